//! A neutral title from what is public already: place, vendors, object. Moderators find a better one.

use super::Composer;
use crate::{
    cases::document::{Document, Place},
    codebook::needed::{DOMAIN, TECHNOLOGY},
    limits,
    organisations::Organisation,
};

/// Place, at most two vendors, and the first technology or part of city life, from the generalised document.
pub(super) fn automatic(on: &Composer<'_>, document: &Document, new: &[Organisation]) -> String {
    let mut parts = vec![place(on, &document.place)];
    parts.extend(vendors(on, document, new));
    let object = [TECHNOLOGY, DOMAIN].into_iter().find_map(|known| {
        let said = document.statements_about(known, on.book).into_iter();
        said.filter_map(|said| Some((said.field.as_str(), said.value.as_ref()?.as_code()?)))
            .map(|(field, code)| on.book.label(field, code.as_str(), "en").to_lowercase())
            .next()
    });
    parts.extend(object);
    parts.retain(|part| !part.is_empty());
    shortened(&parts.join(" - "))
}

fn place(on: &Composer<'_>, place: &Place) -> String {
    let country = |code: &crate::places::CountryCode| {
        on.gazetteer.country(code.as_str()).map_or_else(|| code.to_string(), |country| country.name.to_owned())
    };
    let countries = || place.countries().iter().map(country).collect::<Vec<_>>().join(", ");
    let kind = |size: Option<&str>, body: Option<&str>| {
        let size = size.map(|code| on.book.label("size_class", code, "en"));
        let body = body.map(|code| on.book.label("public_body_type", code, "en"));
        size.or(body).map(|label| format!(", {}", label.to_lowercase())).unwrap_or_default()
    };
    match place {
        Place::Named { places, .. } if !places.is_empty() => {
            places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join(", ")
        }
        Place::Named { .. } => countries(),
        Place::SizeClass { size_class, body_type, .. } => {
            countries() + &kind(size_class.as_ref().map(|c| c.as_str()), body_type.as_ref().map(|c| c.as_str()))
        }
        Place::Region { continent, size_class, body_type, .. } => {
            let name = crate::places::Continent::from_code(continent).map_or("", |continent| continent.name());
            name.to_owned() + &kind(size_class.as_ref().map(|c| c.as_str()), body_type.as_ref().map(|c| c.as_str()))
        }
    }
}

fn vendors(on: &Composer<'_>, document: &Document, new: &[Organisation]) -> Option<String> {
    let named = document.involvements.iter().filter_map(|part| part.organisation.as_ref());
    let mut names: Vec<&str> = Vec::new();
    for id in named {
        let known = new.iter().find(|record| record.id == *id).or_else(|| on.organisations.find(id.as_str()));
        let name = known.filter(|record| !record.is_public_side()).map(Organisation::name);
        names.extend(name.filter(|name| !names.contains(name)));
    }
    names.truncate(2);
    if names.is_empty() { None } else { Some(names.join(", ")) }
}

/// At most as many characters as a title may have, cut between words.
fn shortened(title: &str) -> String {
    if title.chars().count() <= limits::TITLE {
        return title.to_owned();
    }
    let cut: String = title.chars().take(limits::TITLE - 1).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{}…", whole.trim_end_matches([',', '-', ' ']))
}
