//! `GET /openapi.json`: what this office answers, and to which methods.

use crate::manners::buckets::Policy;
use actix_web::dev::{Path, ResourceDef};
use actix_web::{HttpResponse, get, web};

/// The OpenAPI document, and the methods of each address as the document has them.
#[derive(Debug)]
pub struct Description {
    json: String,
    addresses: Vec<(ResourceDef, Vec<String>)>,
    costs: Vec<(&'static str, ResourceDef, Policy)>,
}

impl Description {
    /// Of a document in JSON, its addresses with their methods, and what costs more than others there.
    pub(crate) fn new(
        json: String,
        addresses: impl IntoIterator<Item = (String, Vec<String>)>,
        costs: impl IntoIterator<Item = (&'static str, String, Policy)>,
    ) -> Self {
        let addresses =
            addresses.into_iter().map(|(path, methods)| (ResourceDef::new(path), methods)).collect();
        let costs = costs.into_iter().map(|(method, path, policy)| (method, ResourceDef::new(path), policy));
        Self { json, addresses, costs: costs.collect() }
    }

    /// The budget of an operation that is dearer than its method tells; none for all others.
    pub(crate) fn cost_at(&self, method: &str, path: &str) -> Option<Policy> {
        let mut dear = self.costs.iter().filter(|(known, ..)| *known == method);
        dear.find(|(_, def, _)| def.capture_match_info(&mut Path::new(path))).map(|(.., policy)| *policy)
    }

    /// The document in JSON.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// Methods the address of `path` takes; empty when nothing is there.
    pub fn methods_at(&self, path: &str) -> Vec<String> {
        let here = |def: &ResourceDef| def.capture_match_info(&mut Path::new(path));
        self.addresses.iter().filter(|(def, _)| here(def)).flat_map(|(_, methods)| methods.clone()).collect()
    }
}

/// This document
#[utoipa::path(tag = "operations", responses((status = 200, body = Object, example = json!({"openapi": "3.1.0"}))))]
#[get("/openapi.json")]
pub(crate) async fn show_openapi(description: web::Data<Description>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header(("cache-control", "public, max-age=300"))
        .body(description.json().to_owned())
}
