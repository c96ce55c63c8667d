//! Nobody makes an HTTP client but the one place that judges where it goes.

use super::sources::{self, assert_none};

const HERE: &str = "workers/connectors/src/way_out.rs";
const MADE: [&str; 6] = [
    "Client::builder(",
    "Client::new(",
    "Client::default(",
    "ClientBuilder",
    "reqwest::get(",
    "reqwest::blocking",
];

#[test]
fn http_clients_are_made_in_one_place() {
    let asking = sources::rust().filter(|source| !source.is_test() && source.text.contains("reqwest"));
    let lines =
        asking.flat_map(|source| source.outside_tests().into_iter().map(move |(n, line)| (source, n, line)));
    let made = lines.filter(|(_, _, line)| MADE.iter().any(|made| line.contains(made)));
    let (here, elsewhere): (Vec<_>, Vec<_>) = made.partition(|(source, ..)| source.path == HERE);

    assert_eq!(here.len(), 1, "the guard knows the one place by what it says");
    let elsewhere: Vec<String> =
        elsewhere.iter().map(|(source, n, line)| format!("{}:{n}: {}", source.path, line.trim())).collect();
    assert_none(&format!("a client is made in {HERE} and nowhere else"), &elsewhere);
}
