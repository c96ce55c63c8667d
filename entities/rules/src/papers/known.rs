//! What the office knows already and never asks again: fields of an e-form bound to known data (`x-known`; R-J1).

use serde_json::{Map, Value};

/// The annotation of a JSON Schema that binds a field.
pub const ANNOTATION: &str = "x-known";

/// What a field is bound to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// Something known of the applicant; written `applicant.name`.
    Applicant(ApplicantField),
    /// A checked field of a document of a type; written `document:GT-CCCD.number`.
    Document {
        /// Type of paper.
        paper_type: String,
        /// Name of the field.
        field: String,
    },
}

/// What is known of an applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApplicantField {
    /// Full name.
    Name,
    /// Personal id or tax code.
    IdNumber,
    /// Date of birth.
    BornOn,
    /// Telephone.
    Phone,
    /// E-mail.
    Email,
    /// The address in one line.
    Address,
}

impl ApplicantField {
    /// All fields.
    pub const ALL: [Self; 6] =
        [Self::Name, Self::IdNumber, Self::BornOn, Self::Phone, Self::Email, Self::Address];

    /// Its name in an annotation.
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::IdNumber => "id_number",
            Self::BornOn => "born_on",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Address => "address",
        }
    }
}

impl Known {
    /// Reads an annotation; none for one that names nothing.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(field) = text.strip_prefix("applicant.") {
            return ApplicantField::ALL.into_iter().find(|known| known.key() == field).map(Self::Applicant);
        }
        let (paper_type, field) = text.strip_prefix("document:")?.rsplit_once('.')?;
        let named = !paper_type.is_empty() && !field.is_empty();
        named.then(|| Self::Document { paper_type: paper_type.into(), field: field.into() })
    }

    /// As it is written in an annotation.
    pub fn key(&self) -> String {
        match self {
            Self::Applicant(field) => format!("applicant.{}", field.key()),
            Self::Document { paper_type, field } => format!("document:{paper_type}.{field}"),
        }
    }
}

/// A bound field of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound<'s> {
    /// Its names from the outside in.
    pub path: Vec<&'s str>,
    /// What it is bound to; none for an annotation that names nothing.
    pub known: Option<Known>,
    /// Its own schema.
    pub schema: &'s Value,
}

impl Bound<'_> {
    /// JSON pointer within the form.
    pub fn pointer(&self) -> String {
        let escaped = self.path.iter().map(|name| name.replace('~', "~0").replace('/', "~1"));
        escaped.map(|name| format!("/{name}")).collect()
    }
}

/// All bound fields of a form schema, those of inner objects too.
pub fn bindings(schema: &Value) -> Vec<Bound<'_>> {
    let mut found = Vec::new();
    gather(schema, &[], &mut found);
    found
}

fn gather<'s>(schema: &'s Value, path: &[&'s str], found: &mut Vec<Bound<'s>>) {
    let Some(fields) = schema.get("properties").and_then(Value::as_object) else { return };
    for (name, schema) in fields {
        let mut path = path.to_vec();
        path.push(name);
        if let Some(text) = schema.get(ANNOTATION) {
            let known = text.as_str().and_then(Known::parse);
            found.push(Bound { path: path.clone(), known, schema });
        }
        gather(schema, &path, found);
    }
}

/// Writes a value where the form has none; true when it did. What a person wrote stays.
pub fn put(form: &mut Value, path: &[&str], value: Value) -> bool {
    let Some((last, outer)) = path.split_last() else { return false };
    let mut inner = form;
    for name in outer {
        let Some(map) = map_of(inner) else { return false };
        inner = map.entry(*name).or_insert_with(|| Value::Object(Map::new()));
    }
    let Some(map) = map_of(inner) else { return false };
    match map.get(*last) {
        None | Some(Value::Null) => {}
        Some(Value::String(text)) if text.trim().is_empty() => {}
        Some(_) => return false,
    }
    map.insert((*last).to_owned(), value);
    true
}

fn map_of(value: &mut Value) -> Option<&mut Map<String, Value>> {
    if value.is_null() {
        *value = Value::Object(Map::new());
    }
    value.as_object_mut()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_annotation_names_the_applicant_or_a_document() {
        assert_eq!(Known::parse("applicant.name"), Some(Known::Applicant(ApplicantField::Name)));
        let number = Known::Document { paper_type: "GT-CCCD".into(), field: "number".into() };
        assert_eq!(Known::parse("document:GT-CCCD.number"), Some(number.clone()));
        assert_eq!(Known::parse(&number.key()), Some(number));
        for field in ApplicantField::ALL {
            let known = Known::Applicant(field);
            assert_eq!(Known::parse(&known.key()), Some(known));
        }
        for nothing in ["applicant.secret", "document:GT-CCCD", "document:.x", "name", ""] {
            assert_eq!(Known::parse(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn bound_fields_are_found_in_inner_objects_too() {
        let schema = json!({"properties": {
            "name": {"type": "string", "x-known": "applicant.name"}, "free": {"type": "string"},
            "home": {"type": "object", "properties": {"a/b": {"x-known": "applicant.address"}, "odd": {"x-known": "?"}}}}});

        let found = bindings(&schema);

        let mut told: Vec<_> = found.iter().map(|b| (b.pointer(), b.known.is_some())).collect();
        told.sort();
        assert_eq!(told, [("/home/a~1b".into(), true), ("/home/odd".into(), false), ("/name".into(), true)]);
    }

    #[test]
    fn what_a_person_wrote_stays() {
        let mut form = json!({"name": "Mẫu", "phone": " ", "home": null, "list": [1]});

        assert!(!put(&mut form, &["name"], json!("Thử")));
        assert!(put(&mut form, &["phone"], json!("0900")));
        assert!(put(&mut form, &["home", "line"], json!("Tổ 5")));
        assert!(!put(&mut form, &["list", "line"], json!("Tổ 5")));

        assert_eq!(form, json!({"name": "Mẫu", "phone": "0900", "home": {"line": "Tổ 5"}, "list": [1]}));
    }
}
