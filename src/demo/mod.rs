//! `motcua demo`: the whole office in one process, with twins of all outside parties.

mod index_page;
mod people;
mod settings;
mod story;
mod twins;

use crate::assembly::House;
use crate::commands::{Done, api::listen, migrate, seed, tell, told_to_stop};
use crate::settings::Settings;
use actix_web::web::Data;
use api::identity::demo::DemoIssuer;
use clap::Args;
use entities::clock::Clock;
use entities::database::Database;
use entities::seeding::shipped;
use std::path::PathBuf;
use std::process::ExitCode;
use tokio::sync::watch;

/// Options of `motcua demo`.
#[derive(Debug, Clone, Args)]
pub(crate) struct Options {
    /// Play three journeys, print each step, and end.
    #[arg(long)]
    story: bool,
    /// Folder for the database and the files.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// PostgreSQL database to use, postgres://…, in place of a file in that folder.
    #[arg(long)]
    database: Option<String>,
    /// Port of the API. The page of all twins is nine above it; the twins take the four after it and those from twenty on,
    /// and for their pages those from ten and from fifty on.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

/// Runs the demo until it is told to stop, or until the story has been told.
pub(crate) async fn run(options: Options) -> Done {
    std::fs::create_dir_all(&options.data).map_err(|e| format!("{}: {e}", options.data.display()))?;
    let clock = Clock::movable();
    let twins = twins::start(options.port, &clock)?;
    let settings = settings::of(&options, &twins);
    crate::logging::start(&settings.log)?;
    migrated(&settings).await?;
    let house = House::open(&settings, clock).await?;
    prepare(&house).await?;
    let issuer =
        DemoIssuer::start(true, &settings.api.public_url, people::list()).map_err(|e| e.to_string())?;
    people::assign(&house, &issuer).await?;
    let (hall, page) = index_page::serve(options.port, &house, &twins)?;
    welcome(&house, &issuer, &twins, [&settings.api.public_url, &hall]).await?;
    let office = Data::new(house.office(Some(issuer))?);
    let listener = listen(&settings.api.listen)?;
    let (stop, stopped) = watch::channel(false);
    let wait = |mut stopped: watch::Receiver<bool>| async move {
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    let serving = api::serve(vec![listener], office, wait(stopped.clone()));
    let working = workers::run(house.hands(), settings.worker.clone(), wait(stopped));
    let acting = async {
        let told = if options.story {
            story::tell_all(&settings.api.public_url, &twins).await
        } else {
            told_to_stop().await;
            Ok(())
        };
        stop.send_replace(true);
        told
    };
    let (served, worked, told) = futures::join!(serving, working, acting);
    page.stop(false).await;
    served.map_err(|e| e.to_string())?;
    worked.map_err(|e| e.to_string())?;
    told.map(|()| ExitCode::SUCCESS)
}

/// The keys are kept in a table, so the tables come before the house.
async fn migrated(settings: &Settings) -> Result<(), String> {
    let db = Database::connect(&settings.database).await.map_err(|e| format!("[database] {e}"))?;
    migrate::up(&db).await?;
    db.close().await.map_err(|e| e.to_string())
}

async fn prepare(house: &House) -> Result<(), String> {
    let seeds =
        shipped::seeds().map_err(|errors| format!("the shipped catalogue has {} errors", errors.len()))?;
    let report = seed::write(&house.db, &seeds, false).await?;
    tell(&format!("Danh mục / catalogue: {report:?}"));
    twins::follow_the_post_closely(&house.db).await?;
    twins::choose_the_carrier(house).await
}

async fn welcome(
    house: &House,
    issuer: &DemoIssuer,
    twins: &twins::Twins,
    urls: [&str; 2],
) -> Result<(), String> {
    let [url, hall] = urls;
    tell(&format!(
        "\nmotcua  {url}\n  docs          {url}/docs/\n  các bên giả lập, đồng hồ / stand-ins, clock  {hall}/\n"
    ));
    for twin in twins.all().iter().filter(|twin| twin.used) {
        tell(&format!("  {:<18} {}", twin.entry.key, twin.running.page_url));
    }
    tell(&format!("  {:<18} {}/letters", "hộp thư / mailbox", twins.mail()?.page_url));
    tell("\nNgười dùng thử / demo people:");
    for person in issuer.people() {
        let token = issuer.token(&person.key, house.clock.now()).map_err(|_| "no token".to_owned())?;
        tell(&format!("  {} ({}) \n    {token}", person.name, person.key));
    }
    tell(&format!("\nNộp một hồ sơ / submit a dossier:\n{}", people::curl(house, issuer, url).await?));
    Ok(())
}
