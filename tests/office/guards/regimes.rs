//! What a regime says is data of its profiles; nobody else asks which regime it is.

use super::sources::{self, assert_none};

#[test]
fn nobody_asks_for_a_regime_but_the_profiles() {
    let asked = ["regime ==", "regime !=", "== Regime::", "!= Regime::", "Regime::R20"];

    let mut found = Vec::new();
    for source in sources::rust().filter(|source| source.path != "entities/rules/src/regime.rs") {
        for (number, line) in source.outside_tests() {
            let code = line.split("//").next().unwrap_or_default();
            found.extend(
                asked
                    .iter()
                    .filter(|words| code.contains(**words))
                    .map(|words| format!("{}:{number}: {words}", source.path)),
            );
        }
    }

    assert_none("a difference between regimes belongs into `rules::regime`", &found);
}
