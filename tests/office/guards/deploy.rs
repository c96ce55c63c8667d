//! The units and the containers start commands that the program has.

use super::sources::{self, Source, assert_none};
use serde_json::Value;

const COMMANDS: [&str; 3] = ["migrate", "api", "worker"];
const NIGHTLY: &str = "backup /var/backups/motcua --keep 14";

#[test]
fn every_unit_starts_a_command_behind_walls() {
    let walls = [
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "CapabilityBoundingSet=",
        "UMask=0077",
    ];

    let mut found = Vec::new();
    for command in COMMANDS.into_iter().chain([NIGHTLY]) {
        let name = command.split(' ').next().unwrap();
        let unit = file(&format!("deploy/motcua-{name}.service"));
        let start = format!("ExecStart=/usr/local/bin/motcua {command}");
        let missing = [start.as_str(), "User=motcua"].into_iter().chain(walls);
        let missing = missing.filter(|wanted| !unit.text.lines().any(|line| line == *wanted));
        found.extend(missing.map(|wanted| format!("{}: {wanted}", unit.path)));
    }

    assert_none("the units lack these lines", &found);
}

#[test]
fn the_backup_is_taken_every_night_and_writes_to_its_own_folder_alone() {
    let (unit, timer) = (file("deploy/motcua-backup.service"), file("deploy/motcua-backup.timer"));

    let writes: Vec<&str> = unit.text.lines().filter(|line| line.starts_with("ReadWritePaths=")).collect();
    assert_eq!(writes, ["ReadWritePaths=/var/backups/motcua"]);
    assert!(NIGHTLY.contains("/var/backups/motcua"));
    let each_night = timer.text.lines().find(|line| line.starts_with("OnCalendar=*-*-* 0"));
    assert!(each_night.is_some_and(|line| line.ends_with("Asia/Ho_Chi_Minh")), "{}", timer.text);
}

#[test]
fn the_containers_start_each_command_once_the_database_is_there() {
    let compose: Value = serde_saphyr::from_str(&file("deploy/compose.yaml").text).unwrap();
    let services = &compose["services"];

    for command in COMMANDS {
        assert_eq!(services[command]["command"], serde_json::json!([command]));
    }
    assert_eq!(services["migrate"]["depends_on"]["database"]["condition"], "service_healthy");
    for command in ["api", "worker"] {
        let waits_for = &services[command]["depends_on"];
        assert_eq!(waits_for["migrate"]["condition"], "service_completed_successfully");
    }
}

#[test]
fn the_containers_of_the_program_stand_behind_walls() {
    let compose: Value = serde_saphyr::from_str(&file("deploy/compose.yaml").text).unwrap();

    for command in COMMANDS {
        let own = &compose["services"][command];
        let service = if own["<<"].is_object() { &own["<<"] } else { own };
        assert_eq!(service["read_only"], true, "{command}");
        assert_eq!(service["cap_drop"], serde_json::json!(["ALL"]), "{command}");
        assert_eq!(service["security_opt"], serde_json::json!(["no-new-privileges:true"]), "{command}");
    }
    assert!(file("deploy/Dockerfile").text.lines().any(|line| line == "USER motcua"));
}

#[test]
fn the_master_of_the_containers_comes_from_a_file_of_its_own() {
    let compose: Value = serde_saphyr::from_str(&file("deploy/compose.yaml").text).unwrap();

    for command in COMMANDS {
        let own = &compose["services"][command];
        let service = if own["<<"].is_object() { &own["<<"] } else { own };
        assert_eq!(service["secrets"], serde_json::json!(["sealing"]), "{command}");
        assert_eq!(service["environment"]["MOTCUA__SEALING__FILE"], "/run/secrets/sealing", "{command}");
    }
    assert_eq!(compose["secrets"]["sealing"]["file"], "./sealing.key");
    let kept_out = |path: &str, line: &str| file(path).text.lines().any(|known| known == line);
    assert!(kept_out("deploy/Dockerfile.dockerignore", "deploy/sealing.key"), "it is no part of an image");
}

#[test]
fn the_owner_of_the_tables_is_known_to_the_migration_alone() {
    let owner = "EnvironmentFile=-/etc/motcua/owner.env";

    for command in COMMANDS {
        let unit = file(&format!("deploy/motcua-{command}.service"));
        let told = unit.text.lines().any(|line| line == owner);
        assert_eq!(told, command == "migrate", "{}", unit.path);
    }
}

#[test]
fn the_containers_work_under_a_role_that_owns_no_table() {
    let compose: Value = serde_saphyr::from_str(&file("deploy/compose.yaml").text).unwrap();
    let services = &compose["services"];
    let shared = &compose["x-motcua"]["environment"];
    let by = |environment: &Value| {
        let address = environment["MOTCUA__DATABASE__URL"].as_str().unwrap().to_owned();
        address.split("://").nth(1).unwrap().split(':').next().unwrap().to_owned()
    };

    assert_eq!(by(&services["migrate"]["environment"]), "motcua");
    assert_eq!(by(shared), "motcua_app");
    assert_eq!(shared["MOTCUA__DATABASE__APP_ROLE"], "motcua_app");
    for command in ["api", "worker"] {
        let own = &services[command]["environment"];
        assert!(own.is_null() || by(own) == "motcua_app", "{command}");
    }
    let made = services["database"]["volumes"].as_array().unwrap();
    assert!(
        made.iter().any(|volume| volume == "./postgres-roles.sh:/docker-entrypoint-initdb.d/roles.sh:ro")
    );
    assert!(file("deploy/postgres-roles.sh").text.contains("CREATE ROLE motcua_app LOGIN"));
}

#[test]
fn no_server_of_the_containers_is_open_to_the_world() {
    let compose: Value = serde_saphyr::from_str(&file("deploy/compose.yaml").text).unwrap();

    let ports = compose["services"].as_object().unwrap().values().filter_map(|service| service.get("ports"));
    let open: Vec<String> = ports
        .flat_map(|ports| ports.as_array().unwrap())
        .filter(|port| !port.as_str().unwrap().starts_with("127.0.0.1:"))
        .map(Value::to_string)
        .collect();

    assert_none("ports beyond the loopback", &open);
}

fn file(path: &str) -> &'static Source {
    sources::all().iter().find(|source| source.path == path).unwrap_or_else(|| panic!("{path} is missing"))
}
