use std::collections::BTreeMap;

use super::*;
use crate::{
    clock::Week,
    config::Config,
    intake::handling::Risk,
    random::{OsRandom, Random},
    testing::SeededRandom,
};

const ACCOUNT: Wait = Wait { public_sources: false, delay: Delay::None, paused: false };

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn accounts(delay_days: u32, jitter_days: u32, batches: Batches) -> Accounts {
    Accounts { delay_days, jitter_days, batches }
}

fn somebody() -> MemberId {
    MemberId::draw(&OsRandom)
}

/// M12
#[test]
fn a_marked_submission_needs_two_or_a_pause() {
    let (mo, jo) = (somebody(), somebody());
    let marked = Handling { risk: Some(Risk::SourceAtRisk), marker: Some(mo.clone()), ..Handling::default() };
    assert_eq!(oversight(&Handling::default(), 1, &mo), Oversight::None);
    assert_eq!(oversight(&marked, 2, &mo), Oversight::Awaited);
    assert_eq!(oversight(&marked, 1, &mo), Oversight::Pause);
    let accepted = Handling { acceptor: Some(mo.clone()), ..marked };
    assert_eq!(oversight(&accepted, 2, &mo), Oversight::Awaited, "nobody confirms what they accepted");
    assert_eq!(oversight(&accepted, 2, &jo), Oversight::Confirmed);
    assert_eq!(oversight(&accepted, 1, &mo), Oversight::Pause, "the other has left");
}

/// M12
#[test]
fn whoever_lifts_the_mark_does_not_accept_alone() {
    let (mo, jo) = (somebody(), somebody());
    let lifted = Handling { marker: Some(mo.clone()), ..Handling::default() };
    assert_eq!(oversight(&lifted, 2, &mo), Oversight::Awaited);
    assert_eq!(oversight(&lifted, 2, &jo), Oversight::None);
}

/// M12
#[test]
fn the_pause_takes_seven_days_shortens_no_delay_and_keeps_to_the_batches() {
    let paused = Wait { paused: true, ..ACCOUNT };
    let due = |today: &str, wait, days, batches| due_day(day(today), wait, &accounts(days, 0, batches), 0).to_string();
    assert_eq!(due("2026-11-23", paused, 0, Batches::None), "2026-11-30");
    assert_eq!(due("2026-11-23", Wait { public_sources: true, ..paused }, 0, Batches::None), "2026-11-30");
    assert_eq!(due("2026-11-23", paused, 12, Batches::None), "2026-12-05");
    assert_eq!(due("2026-11-23", paused, 0, Batches::Monthly), "2026-12-01");
    assert_eq!(due("2026-11-27", paused, 0, Batches::Monthly), "2027-01-01", "not between two batches");
}

/// M3
#[test]
fn a_claim_ends_on_the_hour() {
    let time = |text: &str| text.parse::<Timestamp>().unwrap();
    assert_eq!(claimed_until(time("2026-11-23T12:00:00"), 24), time("2026-11-24T12:00:00"));
    assert_eq!(claimed_until(time("2026-11-23T12:01:30"), 24), time("2026-11-24T13:00:00"));
}

#[test]
fn an_account_waits_between_the_least_and_the_most_and_public_sources_do_not() {
    let (today, accounts) = (day("2026-11-23"), accounts(7, 14, Batches::None));
    for chance in 0..40 {
        let waits = (due_day(today, ACCOUNT, &accounts, chance) - today).num_days();
        assert!((7..=21).contains(&waits), "{waits}");
        assert_eq!(due_day(today, Wait { public_sources: true, ..ACCOUNT }, &accounts, chance), today);
    }
    assert_eq!(expected(today, ACCOUNT, &accounts), (day("2026-11-30"), day("2026-12-14")));
}

/// C22: the contributor's own delay comes on top, also for public sources.
#[test]
fn an_author_can_have_it_later() {
    let (today, accounts) = (day("2026-11-23"), accounts(7, 0, Batches::None));
    let due =
        |delay, public_sources| due_day(today, Wait { public_sources, delay, paused: false }, &accounts, 0).to_string();
    assert_eq!(due(Delay::OneMonth, false), "2026-12-30");
    assert_eq!(due(Delay::SixMonths, false), "2027-05-30");
    assert_eq!((due(Delay::ThreeMonths, true), due(Delay::None, true)), ("2027-02-23".into(), "2026-11-23".into()));
}

#[test]
fn accounts_are_published_in_batches_where_that_is_set() {
    let due = |today: &str, batches| due_day(day(today), ACCOUNT, &accounts(0, 0, batches), 0).to_string();
    assert_eq!(due("2026-11-23", Batches::Monthly), "2026-12-01");
    assert_eq!(due("2026-12-02", Batches::Monthly), "2027-01-01");
    assert_eq!(due("2026-11-23", Batches::Quarterly), "2027-01-01");
    assert_eq!(
        (due("2027-01-01", Batches::Quarterly), due("2027-01-02", Batches::Quarterly)),
        ("2027-01-01".into(), "2027-04-01".into())
    );
    assert_eq!(due("2026-11-23", Batches::None), "2026-11-23");
}

/// How many weeks accounts come in.
const WEEKS: u64 = 104;
/// How many accounts.
const SUBMISSIONS: usize = 300;

/// Days on which accounts are sent, and for each the day on which its case appears. Each is accepted on the day on which it comes: the worst
/// for its author, since nothing else blurs the time.
fn observed(accounts: &Accounts, count: usize, random: &dyn Random, delay: impl Fn(u64) -> Delay) -> Vec<(Week, Day)> {
    let start = day("2026-11-23");
    let one = |_| {
        let sent = start.checked_add_days(Days::new(random.below(WEEKS * 7))).unwrap();
        let wait = Wait { delay: delay(random.below(4)), ..ACCOUNT };
        (Week::of(sent), due_day(sent, wait, accounts, random.below(u64::MAX)))
    };
    (0..count).map(one).collect()
}

/// In how many of a hundred cases an observer guesses the week of sending. The observer looks at everything public on every day: cases, feeds, log and
/// sitemap, which carry no more than the day on which a case first stands in them. They know the settings, and have learned from a
/// long run of them which week most of what appears on each day was sent in.
fn guessed(accounts: &Accounts, delay: impl Fn(u64) -> Delay + Copy) -> f64 {
    let mut seen: BTreeMap<Day, BTreeMap<Week, usize>> = BTreeMap::new();
    for (week, published) in observed(accounts, 60_000, &SeededRandom::new(1), delay) {
        *seen.entry(published).or_default().entry(week).or_default() += 1;
    }
    let best = |published: &Day| seen.get(published)?.iter().max_by_key(|(_, count)| **count).map(|(week, _)| *week);
    let accounts = observed(accounts, SUBMISSIONS, &SeededRandom::new(2), delay);
    let right = accounts.iter().filter(|(week, published)| best(published) == Some(*week)).count();
    100.0 * right as f64 / SUBMISSIONS as f64
}

/// The week of sending cannot be told from the day of publication as the settings stand: not if nobody chooses a delay, nor if some do. Where there is
/// no delay and no batch, the same observer tells it nearly always.
#[test]
fn an_observer_of_all_that_is_public_guesses_the_week_hardly_better_than_by_chance() {
    let chance = 100.0 / WEEKS as f64;
    let defaults = Config::defaults().unwrap().accounts;
    let nobody = guessed(&defaults, |_| Delay::None);
    let some = guessed(&defaults, |drawn| Delay::ALL[usize::try_from(drawn).unwrap()]);
    assert!(nobody <= chance + 10.0, "{nobody} of 100, {chance} by chance");
    assert!(some <= chance + 10.0, "{some} of 100, {chance} by chance");
    let at_once = guessed(&accounts(0, 0, Batches::None), |_| Delay::None);
    assert!(at_once > 90.0, "{at_once} of 100");
    let without_batches = guessed(&accounts(7, 14, Batches::None), |_| Delay::None);
    assert!(without_batches > chance + 10.0, "{without_batches} of 100: batches would not be needed");
}
