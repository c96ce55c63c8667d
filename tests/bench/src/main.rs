//! Measures the program beside its ceiling; `make bench` runs it (docs/performance.md).

mod asked;
mod ceiling;
#[cfg(feature = "foreign")]
mod foreign;
mod jobs;
mod lists;
mod load;
mod office;
mod papers;
mod people;
mod reading;
mod report;
mod submits;
mod wires;

use asked::Asked;
use office::Engine;
use report::Report;

#[tokio::main]
async fn main() {
    let asked = Asked::read();
    if !asked.text_or("push", "").is_empty() {
        return jobs::push_as_process(&asked).await;
    }
    let report = Report::begin(&asked);
    for engine in [Engine::Postgres, Engine::Sqlite] {
        report.office(engine).await;
    }
    for engine in [Engine::Postgres, Engine::Sqlite] {
        report.jobs(engine).await;
    }
    for engine in [Engine::Postgres, Engine::Sqlite] {
        report.digitising(engine).await;
    }
    report.wires().await;
    report.reading().await;
    report.demo().await;
}
