//! What the program itself speaks of by name, in one place (decision 0045).
//!
//! Everything else of the vocabulary is asked, counted and shown without being known here. These names mean something to a rule, a measure or
//! the form of the documents. The program follows the successors of those that may be renamed; a file that it could not follow is refused
//! when it is read, before anything is counted wrongly.

use super::{Codebook, Field, FieldKind, In};

/// A field of statements that the program speaks of, by the name that it first had. It may be renamed or merged, and most may be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    within: In,
    code: &'static str,
    needs: Needs,
}

/// What a followed field has to be, so that the program can do with it what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// Codes that cases are counted by.
    Counts,
    /// The same, and one field alone: a case is in one list of it.
    OneCount,
    /// Codes, each with the country beside it.
    CodesWithCountry,
    /// Countries.
    Countries,
}

/// How a case stands.
pub const STATE: Followed = Followed { within: In::Case, code: "state", needs: Needs::OneCount };
/// What sort of agreement it is.
pub const INSTRUMENT: Followed = Followed { within: In::Agreement, code: "instrument", needs: Needs::Counts };
/// Which technology it is about.
pub const TECHNOLOGY: Followed = Followed { within: In::Case, code: "technology", needs: Needs::Counts };
/// Which part of city life.
pub const DOMAIN: Followed = Followed { within: In::Case, code: "domain", needs: Needs::Counts };
/// Which data arise.
pub const DATA_COLLECTED: Followed = Followed { within: In::Case, code: "data_collected", needs: Needs::Counts };
/// How it was bought.
pub const PROCUREMENT: Followed = Followed { within: In::Agreement, code: "procurement", needs: Needs::Counts };
/// Whose initiative it was.
pub const INITIATIVE: Followed = Followed { within: In::Case, code: "initiative", needs: Needs::Counts };
/// Why it was wanted.
pub const MOTIVE_STATED: Followed = Followed { within: In::Case, code: "motive_stated", needs: Needs::Counts };
/// Whether the municipality gets at its own data.
pub const MUNICIPAL_ACCESS: Followed = Followed { within: In::Case, code: "municipal_access", needs: Needs::Counts };
/// Why it ended.
pub const END_REASON: Followed = Followed { within: In::Case, code: "end_reason", needs: Needs::Counts };
/// Where data are stored.
pub const STORAGE_PLACE: Followed =
    Followed { within: In::Case, code: "storage_place", needs: Needs::CodesWithCountry };
/// Where copies of them are kept.
pub const BACKUP_COUNTRY: Followed = Followed { within: In::Case, code: "backup_country", needs: Needs::Countries };

/// All that are followed.
const FOLLOWED: [Followed; 12] = [
    STATE,
    INSTRUMENT,
    TECHNOLOGY,
    DOMAIN,
    DATA_COLLECTED,
    PROCUREMENT,
    INITIATIVE,
    MOTIVE_STATED,
    MUNICIPAL_ACCESS,
    END_REASON,
    STORAGE_PLACE,
    BACKUP_COUNTRY,
];

/// The figure that would tell a place that is not named; protection goes by this name.
pub const POPULATION: &str = "population";

/// Statements and qualifiers that keep their names, because protection, files or derived columns know them by these. The fields of all other
/// places are the form of the documents themselves, and keep theirs too.
const STAYS: [(In, &str); 8] = [
    (In::Case, POPULATION),
    (In::Case, "public_body_type"),
    (In::Agreement, "label"),
    (In::Qualifier, "side"),
    (In::Qualifier, "ground"),
    (In::Qualifier, "country"),
    (In::Qualifier, "deployment_status"),
    (In::Qualifier, "lesson_stance"),
];

/// Fields whose codes are lists of the program: its own types, no more and no fewer.
const CLOSED: [(In, &str); 17] = [
    (In::Head, "scope"),
    (In::Head, "size_class"),
    (In::Head, "place_disclosure"),
    (In::Head, "completeness"),
    (In::Head, "translation"),
    (In::Source, "reliability"),
    (In::Account, "proximity"),
    (In::Wrapper, "status"),
    (In::Wrapper, "confidence"),
    (In::Wrapper, "rank"),
    (In::Wrapper, "date_qualifier"),
    (In::Wrapper, "visibility"),
    (In::Wrapper, "knowers"),
    (In::Wrapper, "publication_delay"),
    (In::Wrapper, "submission_state"),
    (In::Wrapper, "risk_mark"),
    (In::Organisation, "reach_kind"),
];

/// Codes of open lists that the program writes, or looks for.
const KEPT: [(In, &str, &[&str]); 9] = [
    (In::Head, "kind", &["agreement", "deployment", "proposal", "refusal"]),
    (In::Head, "narrative_heading", &["unknown", "undivided"]),
    (In::Head, "related_kind", &["same_contract", "follow_up", "replaced_by"]),
    (In::Source, "source_kind", &["first_hand_account", "second_hand_account"]),
    (In::Organisation, "organisation_kind", &["company", "state_company", "public_body", "person_group"]),
    (
        In::Case,
        "public_body_type",
        &["municipality", "municipal_company", "city_state", "regional_government", "national_government"],
    ),
    (In::Case, "storage_place", &["city_data_centre", "municipal_company_data_centre"]),
    (In::Qualifier, "deployment_status", &["discussed", "agreed", "pilot", "in_use", "withdrawn", "declined"]),
    (In::Qualifier, "side", &["public"]),
];

impl Followed {
    /// The name that it first had.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.code
    }

    /// Why a field cannot do what the program needs of it; none where it can.
    fn unfit(self, field: &Field) -> Option<&'static str> {
        let coded = field.kind.is_coded();
        match self.needs {
            Needs::Counts | Needs::OneCount if !coded => Some("the program counts by its codes: make it a choice"),
            Needs::Counts | Needs::OneCount if !field.facet => {
                Some("the program counts by its codes: say facet = true")
            }
            Needs::CodesWithCountry if !coded || !field.qualifiers.iter().any(|code| code == "country") => {
                Some("the program reads the country beside its codes: make it a choice with the qualifier country")
            }
            Needs::Countries if field.kind != FieldKind::Country => {
                Some("the program reads countries in it: make it a country")
            }
            _ => None,
        }
    }
}

impl Codebook {
    /// The fields under which cases speak of this today: the one that stands for it; where it was split, itself and all that took its place.
    /// None in a vocabulary that never had it.
    #[must_use]
    pub fn followed(&self, known: Followed) -> Vec<&Field> {
        let Some(first) = self.field_in(known.within, known.code) else { return Vec::new() };
        let mut found = vec![self.standing_field(first)];
        let mut at = 0;
        while let Some(field) = found.get(at).copied() {
            at += 1;
            for next in self.successors_of(field).map(|next| self.standing_field(next)) {
                if !found.iter().any(|seen| seen.code == next.code) {
                    found.push(next);
                }
            }
        }
        found
    }

    /// The code of the field that cases are counted by for this.
    #[must_use]
    pub fn name_of(&self, known: Followed) -> &str {
        self.followed(known).first().map_or(known.code, |field| field.code.as_str())
    }

    /// Whether statements of a field with this code speak of it, under whatever name the vocabulary of their day had for it.
    #[must_use]
    pub fn speaks_of(&self, code: &str, known: Followed) -> bool {
        let Some(field) = self.field_in(known.within, code) else { return code == known.code };
        let standing = self.standing_field(field);
        self.followed(known).iter().any(|field| field.code == standing.code)
    }

    /// Whether a code of a field means what the program knows by this name, the one that it first had.
    #[must_use]
    pub fn means(&self, field: &str, code: &str, known: &str) -> bool {
        code == known || self.field(field).is_some_and(|field| field.standing(code) == field.standing(known))
    }

    /// What of an operator's own vocabulary the program cannot follow, each with the field, or the field and the code, at which it stands.
    /// `ours` is the vocabulary that the program brings along.
    pub(super) fn unfit_names(&self, ours: &Self) -> Vec<(Spot, String)> {
        let mut faults = Vec::new();
        let stays =
            |field: &&Field| !matches!(field.within, In::Case | In::Agreement | In::Qualifier) || keeps_name(field);
        for field in ours.current().filter(stays) {
            faults.extend(self.gone(field).map(|reason| (spot(field.within, &field.code), reason)));
        }
        for field in CLOSED.iter().filter_map(|(within, code)| ours.field_in(*within, code)) {
            let codes: Vec<&str> = field.current_codes().map(|code| code.code.as_str()).collect();
            self.lacks(field.within, &field.code, &codes, &mut faults);
            self.has_more(field.within, &field.code, &codes, &mut faults);
        }
        for (within, field, codes) in KEPT {
            self.lacks(within, field, codes, &mut faults);
        }
        for known in FOLLOWED {
            self.lost(known, &mut faults);
        }
        faults
    }

    /// Why a field that keeps its name is not what the program needs; none where it is.
    fn gone(&self, ours: &Field) -> Option<String> {
        let (code, within) = (&ours.code, ours.within.code());
        let Some(own) = self.field_in(ours.within, code) else {
            return Some(format!("there is no field {code} (in = \"{within}\"), {NEEDS_IT}: {TAKE_OVER}"));
        };
        if own.retired.is_some() {
            return Some(format!("{code} is retired, but {BY_THIS_NAME}: keep it, and change its label instead"));
        }
        (own.kind != ours.kind)
            .then(|| format!("{code} is answered in another way (type) than the program reads it: {TAKE_OVER}"))
    }

    /// Which of the codes that the program works with are missing or retired.
    fn lacks(&self, within: In, field: &str, codes: &[&str], faults: &mut Vec<(Spot, String)>) {
        let Some(own) = self.field_in(within, field).map(|own| self.standing_field(own)) else { return };
        for code in codes {
            match own.code(code) {
                None => faults.push((
                    spot(within, &own.code),
                    format!("{} lacks its code {code}, {NEEDS_IT}: {TAKE_OVER}", own.code),
                )),
                Some(found) if found.retired.is_some() => faults.push((
                    (within, format!("{}.{code}", own.code)),
                    format!(
                        "{code} of {} is retired, but {BY_THIS_NAME}: keep it, and change its label instead",
                        own.code
                    ),
                )),
                Some(_) => {}
            }
        }
    }

    /// Which codes there are besides those that the program knows, where it knows all.
    fn has_more(&self, within: In, field: &str, codes: &[&str], faults: &mut Vec<(Spot, String)>) {
        let own = self.field_in(within, field).into_iter().flat_map(Field::current_codes);
        for code in own.filter(|code| !codes.contains(&code.code.as_str())) {
            faults.push((
                (within, format!("{field}.{}", code.code)),
                format!("{} is new in {field}, whose codes are a list of the program itself: take it out", code.code),
            ));
        }
    }

    /// Why a field that may be renamed cannot be followed.
    fn lost(&self, known: Followed, faults: &mut Vec<(Spot, String)>) {
        let (code, within) = (known.code, known.within.code());
        let found = self.followed(known);
        if found.is_empty() {
            let reason =
                format!("there is no field {code} (in = \"{within}\"), {NEEDS_IT}: {TAKE_OVER}, retired if need be");
            faults.push((spot(known.within, code), reason));
        }
        if known.needs == Needs::OneCount && found.len() > 1 {
            let ends: Vec<&str> = found.iter().skip(1).map(|field| field.code.as_str()).collect();
            let reason = format!(
                "{code} is split into {}, but the program counts by one field: let one take its place",
                ends.join(", ")
            );
            faults.push((spot(known.within, code), reason));
        }
        for field in found {
            let unfit = known.unfit(field).map(|reason| format!("{} cannot be used for {code}: {reason}", field.code));
            faults.extend(unfit.map(|reason| (spot(field.within, &field.code), reason)));
        }
    }
}

/// A field, or a field and a code of it with a dot between, in a place.
pub(super) type Spot = (In, String);

const NEEDS_IT: &str = "which the program itself works with";
const TAKE_OVER: &str = "take it over from the vocabulary that the program brings along";
const BY_THIS_NAME: &str = "documents and the program know it by this name";

fn spot(within: In, field: &str) -> Spot {
    (within, field.to_owned())
}

fn keeps_name(field: &Field) -> bool {
    STAYS.iter().any(|(within, code)| *within == field.within && *code == field.code)
}
