//! Which way leads in: the regime of the day, and the office's own switch.

use crate::support::commune::{Commune, DESK, MAU, POSTMAN};
use crate::support::house::{json, problem};
use entities::law::LawSettings;
use serde_json::json as body;

#[tokio::test]
async fn l_15_citizens_are_led_to_the_national_portal_where_the_law_and_the_office_say_so() {
    for (day, own_way, barred) in [
        ("2025-06-10", true, false),
        ("2025-06-10", false, false),
        ("2025-08-12", true, false),
        ("2025-08-12", false, true),
        ("2026-11-10", true, false),
        ("2026-11-10", false, true),
    ] {
        let law = LawSettings { provincial_submission: own_way, ..LawSettings::default() };
        let commune = Commune::open_under(format!("{day}T02:00:00Z").parse().unwrap(), law).await;
        for (who, channel) in [(MAU, "online"), (DESK, "desk"), (POSTMAN, "post")] {
            let mut application = super::elsewhere(&commune);
            application["channel"] = body!(channel);
            commune.attach(who, &mut application).await;

            let answer = commune.hand_in(who, &application).await;

            if barred && channel == "online" {
                let told = problem(answer, 409, "act_refused").await;
                assert_eq!(told["blocked_by"][0]["code"], "national_portal_only", "{day}: {told}");
            } else {
                json(answer, 201).await;
            }
        }
    }
}
