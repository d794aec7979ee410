//! The description of the read API (OpenAPI 3.1). Its words are for people who write programs and are not translated, like the names in it.
//!
//! Filters and their codes come from the vocabulary, fixed lists from the types that own them; the rest is held to what is answered by
//! `tests/it/api.rs`, which also looks for each address of the site map in it.

mod answers;
mod build;
mod document;
mod parameters;

use casebook_core::codebook::Codebook;
use serde_json::json;
use utoipa::openapi::{
    ComponentsBuilder, Content, Header, HttpMethod, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathItem,
    PathsBuilder, Ref, RefOr, Required, Response, ResponseBuilder, Server,
    header::HeaderBuilder,
    link::LinkBuilder,
    path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
};

use self::build::{least, pattern};
use crate::{kit::problem::MEDIA_TYPE, url};

/// What version 1 promises is said on the page `/api`.
const ABOUT: &str = "Published cases of how smart-city decisions are made, as readers see them. Reading needs no key. \
    Version 1 only grows: new addresses, parameters and properties may come, none goes and none changes its meaning. \
    Pass over properties that you do not know.";

/// The description of a site with this vocabulary and this address.
pub(super) fn of(codebook: &Codebook, site: &str) -> OpenApi {
    let licence = LicenseBuilder::new().name("CC BY 4.0").identifier(Some("CC-BY-4.0")).build();
    let info = InfoBuilder::new()
        .title("Casebook read API")
        .version("1")
        .description(Some(format!("{ABOUT} More on {site}{}", url::api())))
        .license(Some(licence));
    let components =
        ComponentsBuilder::new().schemas_from_iter(document::schemas()).schemas_from_iter(answers::schemas());
    let components = parameters::of_fields(codebook)
        .into_iter()
        .fold(components, |components, parameter| components.parameter(parameter.name.clone(), parameter));
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([Server::new(site)]))
        .paths(paths(codebook))
        .components(Some(components.build()))
        .build()
}

fn paths(codebook: &Codebook) -> PathsBuilder {
    let filters = || parameters::of_set().into_iter().chain(parameters::of_page());
    let list = read("listCases", "Cases that fit words and filters, a page of them")
        .parameters(Some(filters()))
        .response("200", list_answer());
    let facets = read("countFacets", "How many cases each code has under these filters")
        .parameters(Some(parameters::of_set()))
        .response("200", answer("The counts that stand beside the list", "Facets"));
    let named = |operation: OperationBuilder| {
        let names = parameters::of_fields(codebook).into_iter().map(|parameter| parameter.name);
        names.fold(operation, |operation, name| {
            operation.parameter_ref(Ref::new(format!("#/components/parameters/{name}")))
        })
    };
    let case = read("getCase", "The current revision of a case")
        .parameter(case_id())
        .response("200", answer("The case", "Case"));
    let revisions = read("listRevisions", "The revisions of a case")
        .parameter(case_id())
        .response("200", answer("The revisions, oldest first", "Revisions"));
    let revision = read("getRevision", "A revision of a case, as it was cited")
        .parameter(case_id())
        .parameter(revision_number())
        .response("200", answer("The case as it was then", "Case"));
    let codebook = read("getCodebook", "The vocabulary: every field and code")
        .response("200", answer("The vocabulary", "Codebook"));
    let itself = read("getDescription", "This description").response("200", answer("OpenAPI 3.1", "Description"));
    PathsBuilder::new()
        .path("/api/v1/cases", PathItem::new(HttpMethod::Get, named(list)))
        .path("/api/v1/cases/{id}", PathItem::new(HttpMethod::Get, case))
        .path("/api/v1/cases/{id}/revisions", PathItem::new(HttpMethod::Get, revisions))
        .path("/api/v1/cases/{id}/revisions/{revision}", PathItem::new(HttpMethod::Get, revision))
        .path("/api/v1/facets", PathItem::new(HttpMethod::Get, named(facets)))
        .path("/api/v1/codebook", PathItem::new(HttpMethod::Get, codebook))
        .path("/api/v1/openapi.json", PathItem::new(HttpMethod::Get, itself))
}

/// What is the same of every address: who has the answer already, and failures.
fn read(id: &str, summary: &str) -> OperationBuilder {
    let moved = ResponseBuilder::new()
        .description("It stands elsewhere for good: a case that was merged into another one, a code that was retired")
        .header("Location", header("The address"));
    Operation::builder()
        .operation_id(Some(id))
        .summary(Some(summary))
        .response("301", moved)
        .response("304", Response::new("Nothing has changed since the answer with this ETag"))
        .response("400", problem("A part of the address cannot be used; the answer says which, and what is allowed"))
        .response("404", problem("There is nothing under this address"))
        .response("410", problem("It was public once and was taken down; the answer gives the reason"))
        .response("503", problem("Try again in a minute"))
        .response("default", problem("Any other failure"))
}

fn problem(description: &str) -> Response {
    let problem = Ref::from_schema_name("Problem");
    ResponseBuilder::new().description(description).content(MEDIA_TYPE, Content::new(Some(problem))).build()
}

fn answered(description: &str, schema: &str) -> ResponseBuilder {
    ResponseBuilder::new()
        .description(description)
        .header("ETag", header("Changes with the answer; send it back as If-None-Match"))
        .content("application/json", Content::new(Some(Ref::from_schema_name(schema))))
}

fn answer(description: &str, schema: &str) -> RefOr<Response> {
    answered(description, schema).into()
}

/// A page of cases leads to the next one, and to each case.
fn list_answer() -> RefOr<Response> {
    let first = |operation: &str| {
        LinkBuilder::new().operation_id(operation).parameter("id", "$response.body#/cases/0/id").build()
    };
    answered("A page of cases", "CaseList")
        .header("Link", header("The next page, as rel=\"next\" (RFC 8288); missing on the last one"))
        .link("case", first("getCase"))
        .link("revisions", first("listRevisions"))
        .into()
}

fn header(description: &str) -> Header {
    HeaderBuilder::new().description(Some(description)).build()
}

fn case_id() -> Parameter {
    in_path(
        "id",
        "The id of a case; small letters will do",
        pattern("^[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{8}$", "Eight letters and digits"),
    )
    .example(Some(json!("7K2MQX4T")))
    .build()
}

fn revision_number() -> Parameter {
    in_path("revision", "The number of a revision, from 1", least(1, "Counts from one")).example(Some(json!(1))).build()
}

fn in_path(name: &str, description: &str, schema: build::Any) -> ParameterBuilder {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some(description))
        .schema(Some(schema))
}

/// A parameter of the query, which may be left out.
fn in_query(name: &str, description: &str, schema: build::Any) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(schema))
        .build()
}
