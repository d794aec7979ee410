//! Citations for reference managers: of a revision, a comparison and a set of cases (row R17). The address ends in the format.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use casebook_core::{
    cases::{
        citation::{AUTHOR, Citation, Issued},
        compare::Chosen,
        published::{self, Eyes, Published},
        search,
    },
    clock::Day,
    ids::CaseId,
};
use chrono::Datelike;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{compare, show::parsed};
use crate::{
    filters,
    kit::{App, Error, Language, Message, Pairs, Result, Visit, page::Moved},
    record::cited,
    url,
};

/// `GET /cases/{id}/r/{n}.bib`, `.ris` and `.csl.json` - a revision.
///
/// # Errors
/// [`Error::NotFound`], or [`Error::Gone`] with the reason where the case is hidden.
pub async fn revision(
    app: Data<App>,
    visit: Visit,
    request: HttpRequest,
    path: Path<(String, u32)>,
) -> Result<HttpResponse> {
    let (id, revision) = path.into_inner();
    let id = parsed(&id)?;
    match app.read(move |r| published::revision(r, &id, revision, Eyes::Public)).await {
        Err(Error::Moved { to }) => Ok(Moved(url::case(&to)).into()),
        found => cited(&request, &of_revision(&app, &visit, &found?)),
    }
}

/// `GET /compare.bib`, `.ris` and `.csl.json` - cases side by side, in the revisions that stand there today.
///
/// # Errors
/// As of `/compare.csv`.
pub async fn comparison(app: Data<App>, visit: Visit, request: HttpRequest, pairs: Pairs) -> Result<HttpResponse> {
    let cases = compare::documents(&app, &pairs).await?;
    let chosen: Vec<Chosen> = cases
        .iter()
        .map(|case| Chosen { case: case.document.id.clone(), revision: Some(case.document.revision) })
        .collect();
    let titles: Vec<&str> = cases.iter().map(|case| case.document.title.text.as_str()).collect();
    let words = Words::of_comparison(&chosen, &titles, visit.language);
    let named: Vec<String> = chosen.iter().map(Chosen::to_string).collect();
    let today = app.clock.today();
    cited(
        &request,
        &Citation {
            key: format!("casebook-comparison-{}", named.join("-").replace('@', "r")),
            title: words.title,
            note: words.note,
            language: visit.language.code().to_owned(),
            issued: Issued::Year(today.year()),
            url: format!("{}{}", app.config.public_url(), url::comparison(&chosen, false)),
            accessed: today,
        },
    )
}

/// `GET /cases.bib`, `.ris` and `.csl.json` - the set that the same query shows.
///
/// # Errors
/// As of `/cases.csv`.
pub async fn set(app: Data<App>, visit: Visit, request: HttpRequest, pairs: Pairs) -> Result<HttpResponse> {
    let ending = request.path().trim_start_matches("/cases.");
    let filters = filters::current(&app, &pairs, |pairs| url::cases_as(ending, pairs))?;
    let (state, sought) = (app.clone(), filters.clone());
    let found = app.read(move |r| search::whole_set(r, &state.catalogue, &*state.index, &sought)).await?;
    let (asked, today) = (filters.pairs_of_set(), app.clock.today());
    let words = Words::of_set(found.ordinals.len(), &asked, visit.language);
    cited(
        &request,
        &Citation {
            key: key_of_set(&asked, today),
            title: words.title,
            note: words.note,
            language: visit.language.code().to_owned(),
            issued: Issued::Year(today.year()),
            url: format!("{}{}", app.config.public_url(), url::cases_fitting(&asked)),
            accessed: today,
        },
    )
}

/// What is made anew whenever it is asked for, as citations call it: the same in a file and in a line of text. It is as of the day on which it is
/// cited, and so is its year.
pub(super) struct Words {
    title: String,
    /// What tells it from others.
    note: String,
}

impl Words {
    /// Cases side by side, in these revisions.
    pub(super) fn of_comparison(chosen: &[Chosen], titles: &[&str], language: Language) -> Self {
        let named: Vec<String> = chosen.iter().map(Chosen::to_string).collect();
        Self {
            title: Message::new("cite-comparison").with("titles", titles.join("; ")).text(language),
            note: Message::new("cite-cases").with("cases", named.join(", ")).text(language),
        }
    }

    /// So many cases, which were asked for by these pairs.
    pub(super) fn of_set(count: usize, asked: &[(String, String)], language: Language) -> Self {
        let words: Vec<String> = asked.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let note = match words.is_empty() {
            true => Message::new("cite-everything"),
            false => Message::new("cite-asked").with("filters", words.join(", ")),
        };
        Self { title: Message::new("cite-set").with("n", count).text(language), note: note.text(language) }
    }

    /// A line of text to be copied, with the address and the day of access, in the style of every other citation.
    pub(super) fn line(&self, address: &str, accessed: Day, language: Language) -> String {
        let line = Message::new("cite-line").with("author", AUTHOR).with("title", &self.title).with("note", &self.note);
        let line = line.with("year", accessed.year().to_string()).with("address", address);
        line.with("day", accessed.to_string()).text(language)
    }
}

fn of_revision(app: &App, visit: &Visit, found: &Published) -> Citation {
    let document = &found.document;
    let (id, revision) = (&document.id, document.revision);
    let note = Message::new("cite-revision").with("id", id.to_string()).with("n", revision);
    Citation {
        key: key(id, revision),
        title: document.title.text.clone(),
        note: visit.text(note.with("quarter", document.revised.to_string())),
        language: document.title.lang.clone(),
        issued: Issued::Year(document.revised.first_day().year()),
        url: format!("{}{}", app.config.public_url(), url::case_revision(id, revision)),
        accessed: app.clock.today(),
    }
}

fn key(id: &CaseId, revision: u32) -> String {
    format!("casebook-{id}-r{revision}")
}

/// The key of a set on a day. A sum of what was asked for tells two sets of one day apart, in a list of references and as files in a folder.
fn key_of_set(asked: &[(String, String)], today: Day) -> String {
    if asked.is_empty() {
        return format!("casebook-cases-{today}");
    }
    let sum = HEXLOWER.encode(&Sha256::digest(url::cases_fitting(asked))[..4]);
    format!("casebook-cases-{today}-{sum}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_one_day_are_told_apart_and_the_same_set_has_one_key() {
        let today: Day = "2026-11-27".parse().unwrap();
        let asked = |value: &str| vec![("f.domain".to_owned(), value.to_owned())];
        assert_eq!(key_of_set(&[], today), "casebook-cases-2026-11-27");
        let (mobility, energy) = (key_of_set(&asked("mobility"), today), key_of_set(&asked("energy"), today));
        assert_ne!(mobility, energy);
        assert_eq!(mobility, key_of_set(&asked("mobility"), today));
        let sum = mobility.strip_prefix("casebook-cases-2026-11-27-").unwrap();
        assert!(sum.len() == 8 && sum.chars().all(|c| c.is_ascii_hexdigit()), "{mobility}");
    }
}
