//! The same office on either engine comes out as the same lines.

use super::{checked, desk_of, manifest, office, taken_out};
use crate::commands::Desk;
use crate::support::keys::MASTER;
use serde_json::Value;

#[tokio::test(flavor = "multi_thread")]
async fn the_same_office_comes_out_of_either_engine_line_by_line_the_same() {
    let stage = office().await;
    let here = desk_of(&stage.commune).await;
    let backups = here.0.join("backups");
    done(&here, "backup", backups.to_str().unwrap());
    let url = format!("sqlite://{}", here.0.join("moved.db").display());
    let moved = Desk::new(&url, &format!("[sealing]\nmaster = \"{MASTER}\"\n"));
    done(&moved, "restore", backups.to_str().unwrap());

    let folders = [&here, &moved].map(|desk| {
        let folder = desk.0.join("handed-over");
        let (well, said) = taken_out(desk, &folder);
        assert!(well, "{said}");
        let (agrees, said) = checked(&folder);
        assert!(agrees, "{said}");
        folder
    });

    let [one, other] = folders.map(|folder| manifest(&folder));
    // Each office has its own entries of what was taken out.
    let tables = |told: &Value| -> Vec<Value> {
        told["tables"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|piece| piece["name"] != "chronicle")
            .cloned()
            .collect()
    };
    assert_eq!(tables(&one), tables(&other));
    assert!(tables(&one).len() > 80);
    for member in ["dictionary", "files", "totals"] {
        assert_eq!(one[member], other[member], "{member}");
    }
}

fn done(desk: &Desk, command: &str, folder: &str) {
    let (well, said) = desk.run(&[command, folder]);
    assert!(well, "{command}: {said}");
}
