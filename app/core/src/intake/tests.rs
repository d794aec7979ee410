use chrono::TimeDelta;

use super::*;
use crate::{
    Error,
    cases::document::Disclosure,
    db::{Actor, Reading, Unrecorded},
    ids::SubmissionId,
    intake::exchange::Item,
    seal::Passphrase,
    secret::Token,
    staff::{self, Moderator},
    testing::{TestDatabase, TestStaff},
};

struct Scene {
    db: TestDatabase,
    book: std::sync::Arc<Codebook>,
    gazetteer: std::sync::Arc<Gazetteer>,
    staff: TestStaff,
    administrator: staff::Administrator,
    moderator: Moderator,
}

impl Scene {
    fn open() -> Self {
        let db = TestDatabase::open();
        let staff = TestStaff::of(&db);
        let (administrator, _) = staff.founder("ada");
        let moderator = staff.moderator(&administrator, "mo");
        Self { db, book: Codebook::embedded(), gazetteer: Gazetteer::embedded(), staff, administrator, moderator }
    }

    fn tools(&self) -> Tools<'_> {
        Tools {
            book: &self.book,
            gazetteer: &self.gazetteer,
            keys: &self.staff.entrance.keys,
            retention_weeks: 26,
            pace: None,
        }
    }

    fn does<T>(&self, act: impl FnOnce(&mut Unrecorded, &Tools<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.db.write_unrecorded(|tx| act(tx, &self.tools()))
    }

    fn draft(&self, cookie: &Token) -> Option<Draft> {
        self.db.read(|r| draft::load(r, cookie)).unwrap()
    }

    fn fill(&self, cookie: &Token) {
        let answers = complete();
        self.does(|tx, tools| draft::change(tx, cookie, tools, |draft| draft.answers = answers)).unwrap();
    }

    /// Fills in, sends, confirms; returns the words.
    fn sends(&self) -> Passphrase {
        let cookie = self.cookie();
        self.fill(&cookie);
        assert!(matches!(self.does(|tx, tools| send(tx, &cookie, tools)).unwrap(), Sent::Received));
        let words = self.draft(&cookie).unwrap().words().unwrap().join(" ");
        Passphrase::parse(&words).unwrap()
    }

    fn cookie(&self) -> Token {
        Token::draw(&**self.db.random())
    }

    fn enters(&self, words: &Passphrase) -> Option<(Token, Door)> {
        self.does(|tx, tools| enter(tx, words, tools)).unwrap()
    }

    fn only(&self) -> Submission {
        let all = self.db.read(|r| review::list(r, &State::ALL)).unwrap();
        assert_eq!(all.len(), 1);
        all.into_iter().next().unwrap()
    }

    fn review_keys(&self) -> staff::ReviewKeys {
        self.db.read(|r| staff::review_keys(r, &self.moderator)).unwrap()
    }

    fn moves(&self, id: &SubmissionId, from: State, to: State) {
        self.db.write_unrecorded(|tx| review::set_state(tx, id, &[from], to, 26)).unwrap();
    }

    fn accepts(&self, id: &SubmissionId) {
        let account = self.db.read(|r| review::open(r, id, &self.review_keys())).unwrap();
        let (due, instance) = (self.db.clock().today(), self.staff.entrance.keys.key_pair());
        self.db.write_unrecorded(|tx| review::accept(tx, id, &account, &account.document, due, instance, 26)).unwrap();
    }
}

fn complete() -> Answers {
    let narrative = "The council was shown a finished contract. ".repeat(8);
    [
        ("scope", "municipality"),
        ("country", "DE"),
        ("city", "Duisburg"),
        ("domain", "mobility"),
        ("narrative", narrative.as_str()),
        ("proximity", "took_part"),
    ]
    .into_iter()
    .collect()
}

// C13: what is kept is found by the words in another browser, and every save reaches it.
#[test]
fn a_kept_form_is_opened_by_its_words_and_an_unkept_one_lasts_a_day() {
    let scene = Scene::open();
    let (mine, other) = (scene.cookie(), scene.cookie());
    scene.fill(&mine);
    scene.fill(&other);
    scene.does(|tx, tools| keep(tx, &mine, tools)).unwrap();
    let first = scene.draft(&mine).unwrap().words().unwrap();
    scene.does(|tx, tools| keep(tx, &mine, tools)).unwrap();
    assert_eq!(scene.draft(&mine).unwrap().words().unwrap(), first, "the same ever after");
    scene.does(|tx, tools| draft::change(tx, &mine, tools, |d| d.answers.set("purpose", ["safety"]))).unwrap();
    scene.db.clock.advance(TimeDelta::days(3));
    assert!(scene.draft(&mine).is_none() && scene.draft(&other).is_none());
    let words = Passphrase::parse(&first.join(" ")).unwrap();
    let (cookie, door) = scene.enters(&words).unwrap();
    let draft = scene.draft(&cookie).unwrap();
    assert_eq!((door, draft.answers.first("purpose")), (Door::Form, "safety"));
    assert!(draft.words().is_none(), "whoever typed them has confirmed them");
    scene.db.clock.advance(TimeDelta::weeks(30));
    assert!(scene.enters(&words).is_none());
}

// C5: the words are shown until three of them are typed back; unconfirmed, the submission counts and is marked.
#[test]
fn confirming_takes_the_mark_away() {
    let scene = Scene::open();
    let cookie = scene.cookie();
    scene.fill(&cookie);
    scene.does(|tx, tools| send(tx, &cookie, tools)).unwrap();
    assert!(scene.only().unconfirmed);
    let draft = scene.draft(&cookie).unwrap();
    let (words, asked) = (draft.words().unwrap(), draft.asked().unwrap());
    let wrong = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
    assert!(!scene.does(|tx, tools| confirm(tx, &cookie, tools, &wrong)).unwrap());
    let right = asked.map(|place| words[usize::from(place) - 1].to_owned());
    assert!(scene.does(|tx, tools| confirm(tx, &cookie, tools, &right)).unwrap());
    assert!(!scene.only().unconfirmed && scene.draft(&cookie).unwrap().words().is_none());
}

#[test]
fn a_form_sent_twice_makes_one_submission() {
    let scene = Scene::open();
    let cookie = scene.cookie();
    scene.fill(&cookie);
    scene.does(|tx, tools| keep(tx, &cookie, tools)).unwrap();
    let words = Passphrase::parse(&scene.draft(&cookie).unwrap().words().unwrap().join(" ")).unwrap();
    let (elsewhere, _) = scene.enters(&words).unwrap();
    for cookie in [&cookie, &cookie, &elsewhere] {
        assert!(matches!(scene.does(|tx, tools| send(tx, cookie, tools)).unwrap(), Sent::Received));
    }
    scene.only();
    assert_eq!(scene.enters(&words).unwrap().1, Door::Submission);
}

#[test]
fn what_is_missing_is_said_and_nothing_is_sent() {
    let scene = Scene::open();
    let cookie = scene.cookie();
    assert!(matches!(scene.does(|tx, tools| send(tx, &cookie, tools)).unwrap(), Sent::Nothing));
    scene.does(|tx, tools| draft::change(tx, &cookie, tools, |d| d.answers.set("domain", ["water"]))).unwrap();
    let Sent::Problems(problems) = scene.does(|tx, tools| send(tx, &cookie, tools)).unwrap() else { panic!() };
    assert!(problems.iter().any(|problem| problem.input == "narrative"));
    assert!(scene.db.read(|r| review::list(r, &State::ALL)).unwrap().is_empty());
    assert!(scene.draft(&cookie).unwrap().checked);
}

#[test]
fn moderators_and_the_contributor_read_what_was_sent() {
    let scene = Scene::open();
    let words = scene.sends();
    let submission = scene.only();
    assert_eq!((submission.state, submission.week.to_string().as_str()), (State::Received, "2026-W48"));
    let account = scene.db.read(|r| review::open(r, &submission.id, &scene.review_keys())).unwrap();
    assert_eq!((account.disclosure, account.answers.first("city")), (Disclosure::SizeClass, "Duisburg"));
    assert!(!serde_json::to_string(&account.document).unwrap().contains("Duisburg"));
    let (cookie, _) = scene.enters(&words).unwrap();
    let own = scene.db.read(|r| own_case(r, &cookie)).unwrap().unwrap();
    assert_eq!(own.account.unwrap().document, account.document);
}

// C8: the code of the reason and the text.
#[test]
fn a_declined_case_says_why_and_can_be_reopened() {
    let scene = Scene::open();
    let words = scene.sends();
    let id = scene.only().id;
    let reason = review::Reason { code: "not_credible".parse().unwrap(), text: "See the minutes.".into() };
    scene.db.write_unrecorded(|tx| review::decline(tx, &id, &reason, 26)).unwrap();
    let (cookie, _) = scene.enters(&words).unwrap();
    let own = scene.db.read(|r| own_case(r, &cookie)).unwrap().unwrap();
    assert_eq!((own.submission.state, own.reason), (State::Declined, Some(reason)));
    scene.moves(&id, State::Declined, State::InReview);
}

// C11: also while it waits; nothing is left but a stub, and the words lead nowhere.
#[test]
fn withdrawing_destroys_everything_at_once() {
    for accepted in [false, true] {
        let scene = Scene::open();
        let words = scene.sends();
        let id = scene.only().id;
        scene.db.write_unrecorded(|tx| review::put_work(tx, &id, &"a draft")).unwrap();
        if accepted {
            scene.accepts(&id);
        }
        let (cookie, _) = scene.enters(&words).unwrap();
        scene.does(|tx, _| withdraw(tx, &cookie)).unwrap();
        let stub = scene.only();
        assert_eq!((stub.state, stub.completeness, stub.expires, stub.due), (State::Withdrawn, None, None, None));
        assert!(scene.enters(&words).is_none());
        let keys = scene.review_keys();
        assert!(matches!(scene.db.read(|r| review::open(r, &id, &keys)), Err(Error::NotFound)));
        assert!(scene.db.read(|r| review::work::<String>(r, &id, &keys)).unwrap().is_none());
        assert!(scene.db.read(review::due).unwrap().is_empty());
        assert!(matches!(scene.db.write_unrecorded(|tx| review::put_work(tx, &id, &"again")), Err(Error::NotFound)));
    }
}

#[test]
fn a_waiting_text_is_seen_and_stopped_by_its_contributor() {
    let scene = Scene::open();
    let words = scene.sends();
    let id = scene.only().id;
    scene.accepts(&id);
    assert_eq!(scene.db.read(review::due).unwrap(), std::slice::from_ref(&id));
    let (cookie, _) = scene.enters(&words).unwrap();
    assert!(scene.db.read(|r| own_case(r, &cookie)).unwrap().unwrap().waiting.is_some());
    scene.does(|tx, tools| stop(tx, &cookie, tools)).unwrap();
    assert_eq!(scene.only().state, State::InReview);
    let instance = scene.staff.entrance.keys.key_pair();
    assert!(scene.db.read(|r| review::waiting::<Account>(r, &id, instance)).unwrap().is_none());
    let published = scene.db.write_unrecorded(|tx| review::published(tx, &id, &"7K2MQX4T".parse().unwrap()));
    assert!(matches!(published, Err(Error::Conflict(_))), "the worker publishes only what still waits");
    assert!(matches!(scene.does(|tx, tools| stop(tx, &cookie, tools)), Err(Error::Conflict(_))));
}

#[test]
fn unpublished_submissions_expire_and_leave_their_week() {
    let scene = Scene::open();
    let words = scene.sends();
    let before = scene.only();
    scene.db.clock.advance(TimeDelta::weeks(20));
    scene.moves(&before.id, State::Received, State::InReview);
    scene.db.clock.advance(TimeDelta::weeks(20));
    scene.db.write(Actor::System, |tx| remove_expired(tx)).unwrap();
    assert_eq!(scene.only().state, State::InReview, "input of moderators starts the time again");
    scene.db.clock.advance(TimeDelta::weeks(10));
    assert!(scene.db.write(Actor::System, |tx| remove_expired(tx)).unwrap() >= 1);
    let stub = scene.only();
    assert_eq!((stub.state, stub.week), (State::Expired, before.week));
    assert!(scene.enters(&words).is_none());
}

#[test]
fn a_new_review_key_seals_anew_what_lay_under_the_old_one() {
    let scene = Scene::open();
    let words = scene.sends();
    let id = scene.only().id;
    let (cookie, _) = scene.enters(&words).unwrap();
    scene.does(|tx, _| exchange::to_both(tx, &id, Item::Changes, &"which street?")).unwrap();
    assert!(scene.does(|tx, tools| write_message(tx, &cookie, "May it be quoted?", tools)).unwrap());
    let by = &scene.administrator;
    let leaver = scene.staff.admitted(by, staff::Role::Moderator, "leaver");
    scene.db.write(by.actor(), |tx| staff::remove(tx, by, &leaver.id)).unwrap();
    let keys = scene.review_keys();
    let under_retired = |r: &mut Reading| {
        let retired = keys.retired_beginnings();
        Ok([
            staff::count_sealed_to::<SubmissionParts>(r, &retired)?,
            staff::count_sealed_to::<exchange::ExchangeItems>(r, &retired)?,
            staff::count_sealed_to::<messages::Messages>(r, &retired)?,
        ])
    };
    assert_eq!(scene.db.read(under_retired).unwrap(), [1, 1, 1]);
    let sealed_anew = scene.db.write_unrecorded(|tx| {
        Ok([
            staff::reseal::<SubmissionParts>(tx, &keys, 10)?,
            staff::reseal::<exchange::ExchangeItems>(tx, &keys, 10)?,
            staff::reseal::<messages::Messages>(tx, &keys, 10)?,
        ])
    });
    assert_eq!(sealed_anew.unwrap(), [1, 1, 1]);
    assert_eq!(scene.db.read(under_retired).unwrap(), [0, 0, 0]);
    scene
        .db
        .read(|r| {
            review::open(r, &id, &keys)?;
            assert_eq!(exchange::by_review::<String>(r, &id, Item::Changes, &keys)?.unwrap(), "which street?");
            assert_eq!(messages::by_review(r, &id, &keys)?.messages.len(), 1);
            Ok(())
        })
        .unwrap();
}

// On PostgreSQL somebody may move it on between the look and the act.
#[test]
fn what_was_given_more_time_or_moved_on_meanwhile_is_not_destroyed() {
    let scene = Scene::open();
    let words = scene.sends();
    scene.db.clock.advance(TimeDelta::weeks(30));
    let seen = scene.only();
    scene.moves(&seen.id, State::Received, State::Received);
    assert!(!scene.db.write_unrecorded(|tx| super::expire::remove(tx, &seen)).unwrap(), "it was given more time");
    scene.accepts(&seen.id);
    scene.db.clock.advance(TimeDelta::weeks(30));
    assert!(!scene.db.write_unrecorded(|tx| super::expire::remove(tx, &seen)).unwrap(), "it was accepted");
    let (cookie, _) = scene.enters(&words).unwrap();
    assert!(scene.db.read(|r| own_case(r, &cookie)).unwrap().unwrap().account.is_some());
}

#[test]
fn what_waited_is_kept_for_the_whole_time_once_it_is_stopped_or_taken_back() {
    for stopped in [true, false] {
        let scene = Scene::open();
        let words = scene.sends();
        let id = scene.only().id;
        scene.accepts(&id);
        scene.db.clock.advance(TimeDelta::weeks(30));
        if stopped {
            let (cookie, _) = scene.enters(&words).unwrap();
            scene.does(|tx, tools| stop(tx, &cookie, tools)).unwrap();
        } else {
            scene.db.write_unrecorded(|tx| review::take_back(tx, &id, 26)).unwrap();
        }
        scene.db.clock.advance(TimeDelta::weeks(25));
        scene.db.write(Actor::System, |tx| remove_expired(tx)).unwrap();
        assert_eq!(scene.only().state, State::InReview);
    }
}

#[test]
fn a_form_that_stayed_open_elsewhere_does_not_hide_what_was_sent() {
    let scene = Scene::open();
    let mine = scene.cookie();
    scene.fill(&mine);
    scene.does(|tx, tools| keep(tx, &mine, tools)).unwrap();
    let words = Passphrase::parse(&scene.draft(&mine).unwrap().words().unwrap().join(" ")).unwrap();
    let (elsewhere, _) = scene.enters(&words).unwrap();
    scene.does(|tx, tools| send(tx, &mine, tools)).unwrap();
    scene.does(|tx, tools| draft::change(tx, &elsewhere, tools, |d| d.answers.set("purpose", ["safety"]))).unwrap();
    assert_eq!(scene.enters(&words).unwrap().1, Door::Submission);
    let (cookie, _) = scene.enters(&words).unwrap();
    scene.does(|tx, _| withdraw(tx, &cookie)).unwrap();
    assert!(scene.enters(&words).is_none(), "nothing was kept beside it");
}
