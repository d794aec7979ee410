//! Demands to take something down: each is on record with its day, the kind of claimant, what was demanded, and, once it is decided on, the
//! outcome and a notice that anybody can read (row O16). No name of a claimant is kept.

use super::store::demands as store;
use crate::{
    Error, Result,
    cases::{
        erase::placeholder,
        published::{self, Eyes},
        redact,
    },
    clock::Day,
    codebook::{Code, Codebook},
    db::{
        Reading, Writing,
        outbox::{Act, Entry},
    },
    ids::{CaseId, DemandId},
    intake::{Problems, problems::Fault},
    limits,
    seal::contains_passphrase,
    staff::Moderator,
    text::{Words, clean, cover},
};

/// A demand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The id.
    pub id: DemandId,
    /// The day on which it came.
    pub received: Day,
    /// Code of `demand_claimant`.
    pub claimant: Code,
    /// Code of `demand_sought`.
    pub sought: Code,
    /// The published case that it is about, if it is about one.
    pub case: Option<CaseId>,
    /// What was decided; none as long as nothing is.
    pub decided: Option<Decided>,
}

/// What was decided on a demand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Code of `demand_outcome`.
    pub outcome: Code,
    /// The day.
    pub day: Day,
    /// What readers are told.
    pub notice: String,
}

/// What is done with a demand, as the chain tells it.
enum DemandAct<'a> {
    /// It was put on record.
    Recorded(&'a Demand),
    /// It was decided on.
    Decided(&'a DemandId, &'a Code),
}

/// Code of the act of putting a demand on record; the reason is the claimant.
pub(super) const RECORDED: &str = "demand_recorded";
/// Code of the act of deciding on a demand; the reason is the outcome.
pub(super) const DECIDED: &str = "demand_decided";

impl Act for DemandAct<'_> {
    fn entry(&self) -> Entry {
        match self {
            Self::Recorded(demand) => {
                Entry::new(RECORDED, "demand", demand.id.as_str()).because(demand.claimant.as_str())
            }
            Self::Decided(id, outcome) => Entry::new(DECIDED, "demand", id.as_str()).because(outcome.as_str()),
        }
    }
}

/// A demand as it is put on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDemand {
    received: Day,
    claimant: Code,
    sought: Code,
    case: Option<CaseId>,
}

impl NewDemand {
    /// Reads what was typed and chosen: the day as `2026-11-23`, two codes, and the id of a case or nothing.
    ///
    /// # Errors
    /// Every problem at once.
    pub fn parse(typed: [&str; 4], today: Day, codebook: &Codebook) -> Result<Self, Problems> {
        let [received, claimant, sought, case] = typed.map(str::trim);
        let mut problems = Problems::default();
        let day = received.parse::<Day>().ok().filter(|day| *day <= today);
        let received = problems.check("received", day.ok_or(Fault::new("demand-no-day")));
        let claimant = problems.check("claimant", chosen(codebook, "demand_claimant", claimant));
        let sought = problems.check("sought", chosen(codebook, "demand_sought", sought));
        let case = match case {
            "" => Some(None),
            case => problems.check("case", case.parse().map(Some).map_err(|_| Fault::new("demand-no-such-case"))),
        };
        match (received, claimant, sought, case) {
            (Some(received), Some(claimant), Some(sought), Some(case)) => Ok(Self { received, claimant, sought, case }),
            _ => Err(problems),
        }
    }
}

impl Decided {
    /// Reads what was chosen and typed.
    ///
    /// # Errors
    /// Every problem at once.
    pub fn parse(outcome: &str, notice: &str, today: Day, codebook: &Codebook) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let outcome = problems.check("outcome", chosen(codebook, "demand_outcome", outcome));
        let notice = clean(notice);
        let length = notice.chars().count();
        if notice.is_empty() {
            problems.add("notice", Fault::new("demand-no-notice"));
        } else if length > limits::TEXT {
            let fault = Fault::new("moderation-too-long").number("most", limits::TEXT).number("length", length);
            problems.add("notice", fault);
        } else if contains_passphrase(&notice) {
            problems.add("notice", Fault::new("moderation-passphrase"));
        }
        match outcome {
            Some(outcome) if problems.is_empty() => Ok(Self { outcome, day: today, notice }),
            _ => Err(problems),
        }
    }
}

fn chosen(codebook: &Codebook, field: &str, code: &str) -> Result<Code, Fault> {
    let known = codebook.field(field).and_then(|field| field.code(code));
    known.map(Code::from).ok_or(Fault::new("moderation-not-on-list"))
}

/// Puts a demand on record.
///
/// # Errors
/// [`Error::Refused`] if there is no published case with the id that was given.
pub fn record_demand(tx: &mut Writing, _by: &Moderator, new: NewDemand) -> Result<()> {
    if let Some(case) = &new.case {
        match published::find(tx, case, Eyes::Moderator) {
            Ok(_) => {}
            Err(Error::NotFound) => return Err(Error::Refused("demand-no-such-case")),
            Err(error) => return Err(error),
        }
    }
    let NewDemand { received, claimant, sought, case } = new;
    let demand = Demand { id: DemandId::draw(tx.random()), received, claimant, sought, case, decided: None };
    store::insert(tx, &demand)?;
    tx.record(&DemandAct::Recorded(&demand));
    Ok(())
}

/// Decides on a demand, with a notice for readers. What is done about it is another act. The page of the case tells of it, so what is public
/// changes.
///
/// # Errors
/// [`Error::NotFound`] if there is no such demand; [`Error::Conflict`] if it was decided on already.
pub fn decide_demand(tx: &mut Writing, _by: &Moderator, id: &DemandId, decided: &Decided) -> Result<()> {
    store::find(tx, id)?.ok_or(Error::NotFound)?;
    // Before the demand is locked, as in erasing.
    tx.change_public()?;
    if !store::decide(tx, id, decided)? {
        return Err(Error::Conflict("demand-decided-already"));
    }
    tx.record(&DemandAct::Decided(id, &decided.outcome));
    Ok(())
}

/// A demand.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub fn demand(r: &mut Reading, _by: &Moderator, id: &DemandId) -> Result<Demand> {
    store::find(r, id)?.ok_or(Error::NotFound)
}

/// Every demand, the latest first, with its notice as readers of the case may see it.
///
/// # Errors
/// Those of the database.
pub fn demands(r: &mut Reading) -> Result<Vec<Demand>> {
    let all = store::all(r)?;
    all.into_iter().map(|demand| as_readers_see(r, demand)).collect()
}

/// The demands about a published case on which something was decided, the latest first.
///
/// # Errors
/// Those of the database.
pub fn demands_about(r: &mut Reading, case: &CaseId) -> Result<Vec<Demand>> {
    let decided = store::of_case(r, case)?.into_iter().filter(|demand| demand.decided.is_some());
    decided.collect::<Vec<_>>().into_iter().map(|demand| as_readers_see(r, demand)).collect()
}

/// Words that are redacted in a case are not told by the notice of a demand about it.
fn as_readers_see(r: &mut Reading, mut demand: Demand) -> Result<Demand> {
    if let (Some(case), Some(decided)) = (&demand.case, &mut demand.decided) {
        decided.notice = redact::as_readers_see(r, case, std::mem::take(&mut decided.notice))?;
    }
    Ok(demand)
}

/// Erases words of a case from the notices of demands about it.
pub(super) fn erase(tx: &mut Writing, case: &CaseId, words: &Words, reason: &Code) -> Result<()> {
    for demand in store::of_case(tx, case)? {
        let Some(decided) = &demand.decided else { continue };
        let gone = placeholder(reason.as_str());
        if let Some(notice) = cover(&decided.notice, std::slice::from_ref(words), &|_, _| gone.clone()) {
            store::set_notice(tx, &demand.id, &notice)?;
        }
    }
    Ok(())
}
