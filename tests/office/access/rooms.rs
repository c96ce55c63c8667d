//! No room decides by itself who sees what.

use crate::guards::sources::{assert_none, rust};

/// Words by which a room would ask for a role that oversees, or gather units by roles of its own choice.
const OWN_JUDGEMENT: [&str; 4] =
    [".is(Role::Inspector)", ".is(Role::ProcedureController)", ".is(Role::Administrator)", "_READERS.iter()"];

#[test]
fn no_room_names_the_roles_that_see_a_thing() {
    let rooms = rust().filter(|source| !source.is_test() && !source.path.starts_with("entities/rules/"));
    let mut found = Vec::new();
    for room in rooms {
        for (number, line) in room.outside_tests() {
            let gathers = room.path.starts_with("api/src/") && line.contains(".units_as(");
            if gathers || OWN_JUDGEMENT.iter().any(|words| line.contains(words)) {
                found.push(format!("{}:{number}: {}", room.path, line.trim()));
            }
        }
    }

    assert_none("who sees what is asked of rules::access", &found);
}
