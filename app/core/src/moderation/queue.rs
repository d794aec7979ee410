//! What waits for moderators.

use crate::{
    Result,
    codebook::Codebook,
    db::Reading,
    ids::{CaseId, MemberId},
    intake::{
        State, Submission, changes,
        corrections::{self, Kind},
        handling::{self, Handling, Risk},
        review,
    },
    staff::{self, Moderator},
};

use super::{addition, conflict::Aside, pile};

/// A line of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The submission, without what is sealed.
    pub submission: Submission,
    /// How many whole weeks ago it was sent.
    pub age: u32,
    /// The case that it adds to, as far as the reader can open that.
    pub adds_to: Option<CaseId>,
    /// The mark of its risk.
    pub risk: Option<Risk>,
    /// Who works on it.
    pub assignee: Option<Assignee>,
    /// The first of two moderators has accepted it, and it waits for whoever asks, or for another.
    pub awaits: Option<Awaits>,
    /// In how many weeks it is removed unless somebody does something with it.
    pub weeks_left: Option<u32>,
    /// Whether that is soon.
    pub is_ending: bool,
    /// How many near-duplicates stand behind it.
    pub alike: usize,
    /// Its contributor has answered to changes that were asked for.
    pub answered: bool,
    /// What its contributor asks for, where it is published.
    pub asks: Option<Kind>,
}

/// Who works on a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignee {
    /// Their alias.
    pub alias: String,
    /// Whether that is whoever asks.
    pub is_me: bool,
}

/// Whose confirmation is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaits {
    /// That of whoever asks.
    Me,
    /// That of another moderator than whoever asks, who was the first.
    Another,
}

/// By what the queue is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The oldest first.
    #[default]
    Age,
    /// By what it is.
    Kind,
    /// By where it stands.
    State,
    /// The fullest first.
    Completeness,
    /// One's own first, then by alias; what nobody works on comes last.
    Assignee,
    /// What is marked first.
    Risk,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Age, Self::Kind, Self::State, Self::Completeness, Self::Assignee, Self::Risk];

    /// The word in an address.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Kind => "kind",
            Self::State => "state",
            Self::Completeness => "completeness",
            Self::Assignee => "assignee",
            Self::Risk => "risk",
        }
    }

    /// The order of this name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.word() == word)
    }
}

/// What is open, in this order; with `declined`, what was declined and is still kept. What the moderator stepped aside from is left out.
///
/// # Errors
/// Those of the database.
pub fn queue(r: &mut Reading, by: &Moderator, order: Order, declined: bool, codebook: &Codebook) -> Result<Vec<Line>> {
    let states: &[State] = if declined { &[State::Declined] } else { &State::OPEN };
    let aside = Aside::of(r, by.id())?;
    let (mut handling, aliases) = (handling::all(r)?, staff::aliases(r, by)?);
    let (today, now, asked) = (r.today(), r.now(), changes::asked(r)?);
    let mut lines = Vec::new();
    for submission in review::list(r, states)? {
        let adds_to = addition::adds_to(r, by, &submission)?;
        if aside.is_from(&submission, adds_to.as_ref()) {
            continue;
        }
        let held: Handling = handling.remove(&submission.id).unwrap_or_default();
        let alias = |member: &MemberId| aliases.get(member).cloned().unwrap_or_default();
        let assignee = |member| Assignee { alias: alias(member), is_me: member == by.id() };
        let awaits = |first| if first == by.id() { Awaits::Another } else { Awaits::Me };
        lines.push(Line {
            age: submission.week.age(today),
            adds_to,
            risk: held.risk,
            assignee: held.claim_at(now).map(|claim| assignee(&claim.member)),
            awaits: held.acceptor.as_ref().map(awaits),
            weeks_left: submission.weeks_left(today),
            is_ending: submission.is_ending(today),
            alike: 0,
            answered: submission.state == State::Received && asked.contains(&submission.id),
            asks: None,
            submission,
        });
    }
    let mut lines = pile::folded(r, lines)?;
    if !declined {
        lines.extend(requests(r, &aside)?);
        lines.sort_by(|a, b| (a.submission.week, &a.submission.id).cmp(&(b.submission.week, &b.submission.id)));
    }
    let fullness = |line: &Line| {
        let code = line.submission.completeness.as_deref().unwrap_or_default();
        let codes = codebook.field("completeness").map_or(&[][..], |field| &field.codes);
        std::cmp::Reverse(codes.iter().position(|known| known.code == code))
    };
    let place = |state: State| State::ALL.iter().position(|known| *known == state);
    match order {
        Order::Age => {}
        Order::Kind => lines.sort_by(|a, b| a.submission.kind.cmp(&b.submission.kind)),
        Order::State => lines.sort_by_key(|line| place(line.submission.state)),
        Order::Completeness => lines.sort_by_key(fullness),
        Order::Assignee => lines.sort_by_cached_key(|line| match &line.assignee {
            Some(assignee) => (0, !assignee.is_me, assignee.alias.clone()),
            None => (1, true, String::new()),
        }),
        Order::Risk => lines.sort_by_key(|line| (line.risk.is_none(), line.risk)),
    }
    Ok(lines)
}

/// What contributors ask for after publication: each stands in the queue by the week in which it was asked for.
fn requests(r: &mut Reading, aside: &Aside) -> Result<Vec<Line>> {
    let today = r.today();
    let mut lines = Vec::new();
    for request in corrections::unanswered(r)? {
        let submission = review::find(r, &request.submission)?;
        if aside.is_from(&submission, None) {
            continue;
        }
        lines.push(Line {
            age: request.week.age(today),
            submission: Submission {
                kind: request.kind.code().to_owned(),
                week: request.week,
                completeness: None,
                unconfirmed: false,
                expires: None,
                ..submission
            },
            adds_to: None,
            risk: None,
            assignee: None,
            awaits: None,
            weeks_left: None,
            is_ending: false,
            alike: 0,
            answered: false,
            asks: Some(request.kind),
        });
    }
    Ok(lines)
}
