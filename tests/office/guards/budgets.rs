//! How long things may be, and what they may not be called.

use super::sources::{self, Source, assert_none};

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    let found: Vec<String> = sources::rust()
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > 400)
        .map(|(source, lines)| format!("{}: {lines} lines", source.path))
        .collect();

    assert_none("a file has at most 400 lines", &found);
}

#[test]
fn no_function_is_longer_than_sixty_lines() {
    let found: Vec<String> = sources::rust().flat_map(|source| longer_than(source, 60, |_| true)).collect();

    assert_none("a function has at most 60 lines", &found);
}

#[test]
fn no_handler_is_longer_than_thirty_lines() {
    let found: Vec<String> = sources::rust()
        .filter(|source| source.path.starts_with("api/src/"))
        .flat_map(|source| longer_than(source, 30, is_handler))
        .collect();

    assert_none("an HTTP handler has at most 30 lines", &found);
}

#[test]
fn comments_are_neither_missing_nor_in_the_way() {
    let lines: Vec<&str> =
        sources::rust().flat_map(Source::outside_tests).map(|(_, line)| line.trim()).collect();
    let written = lines.iter().filter(|line| !line.is_empty()).count();
    let share = |kinds: &[&str]| {
        let found = lines.iter().filter(|line| kinds.contains(&comment_kind(line))).count();
        u32::try_from(found * 1000 / written).map(f64::from).unwrap() / 10.0
    };

    let (all, inline) = (share(&["sentence", "inline"]), share(&["inline"]));

    assert!((5.0..=SENTENCES_AT_MOST).contains(&all), "{all} % of the lines are comments");
    assert!(inline <= INLINE_AT_MOST, "{inline} % of the lines are comments inside the code");
}

/// Percent. The aim is 12; every public item carries its sentence, which the compiler asks for.
const SENTENCES_AT_MOST: f64 = 20.0;
/// Percent: only why, never what.
const INLINE_AT_MOST: f64 = 3.0;

fn comment_kind(line: &str) -> &'static str {
    match line {
        line if line.starts_with("///") || line.starts_with("//!") => "sentence",
        line if line.starts_with("//") => "inline",
        _ => "code",
    }
}

#[test]
fn nothing_outside_tests_is_left_to_do_or_may_panic() {
    let forbidden = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!(".unw", "rap()"),
        concat!(".unw", "rap_err()"),
        concat!(".exp", "ect(\""),
        concat!("pan", "ic!("),
        concat!("unreach", "able!("),
        concat!("to", "do!("),
        concat!("unimpl", "emented!("),
    ];

    let mut found = Vec::new();
    for source in sources::rust() {
        for (number, line) in source.outside_tests() {
            for word in forbidden.iter().filter(|word| line.contains(**word)) {
                found.push(format!("{}:{number}: {word}", source.path));
            }
        }
    }

    assert_none("outside tests nothing is left to do and nothing panics", &found);
}

#[test]
fn no_file_is_named_after_nothing() {
    let forbidden =
        ["util", "utils", "common", "helper", "helpers", "manager", "service", "services", "misc"];

    let mut found = Vec::new();
    for source in sources::rust() {
        let mut parts = source.path.trim_end_matches(".rs").split('/');
        let modules = source.text.lines().filter_map(module_name);
        if parts.any(|part| forbidden.contains(&part))
            || modules.into_iter().any(|name| forbidden.contains(&name))
        {
            found.push(source.path.clone());
        }
    }

    assert_none("a file or module is named after what it does", &found);
}

fn longer_than(source: &Source, most: usize, which: impl Fn(&[&str]) -> bool) -> Vec<String> {
    let functions = source.functions().into_iter();
    functions
        .filter(|function| function.length > most && which(&function.preamble))
        .map(|f| format!("{}:{}: {} has {} lines", source.path, f.line, f.name, f.length))
        .collect()
}

fn is_handler(preamble: &[&str]) -> bool {
    let routed =
        ["#[utoipa::path", "#[get(", "#[post(", "#[put(", "#[patch(", "#[delete(", "#[head(", "#[routes"];
    preamble.iter().any(|line| routed.iter().any(|route| line.trim_start().starts_with(route)))
}

fn module_name(line: &str) -> Option<&str> {
    let rest = line.trim_start().trim_start_matches("pub ").strip_prefix("mod ")?;
    rest.split([';', ' ']).next()
}

#[test]
fn functions_are_measured_as_they_are_laid_out() {
    let text = [
        "/// Says hello",
        "#[utoipa::path(example = json!({",
        "    \"a\": 1}))]",
        "#[get(\"/hello\")]",
        "pub async fn hello(",
        "    name: &str,",
        ") -> String {",
        "    if name.is_empty() {",
        "        return String::new();",
        "    }",
        "    name.into()",
        "}",
        "",
        "#[cfg(test)]",
        "mod tests {",
        "    fn given() {}",
        "}",
        "",
        "trait Bell {",
        "    fn ring(&self);",
        "}",
    ];
    let source = Source { path: "api/src/hello.rs".into(), text: text.join("\n") };

    let functions = source.functions();
    let measured: Vec<(&str, usize, usize)> = functions.iter().map(|f| (f.name, f.line, f.length)).collect();

    assert_eq!(measured, [("hello", 5, 8), ("given", 16, 1), ("ring", 20, 1)]);
    assert!(is_handler(&functions[0].preamble) && !is_handler(&functions[1].preamble));
    assert_eq!(longer_than(&source, 7, is_handler).len(), 1);
    assert_eq!(source.outside_tests().len(), 17);
}
