//! Staff as the stories of their members.

mod leaving;

use chrono::TimeDelta;

use super::*;
use crate::{
    Error,
    audit::{self, Verdict},
    clock::Clock,
    db::{Actor, Database},
    ids::MemberId,
    seal::{Envelope, Password, RecoveryKey, step_at},
    secret::Token,
    testing::{TestDatabase, TestStaff},
};

const PURPOSE: &str = "a test";

fn password() -> Password {
    Password::typed(TestStaff::PASSWORD)
}

fn refused<T>(result: Result<T>) -> &'static str {
    match result {
        Err(Error::Refused(key) | Error::Conflict(key)) => key,
        Err(other) => panic!("expected a refusal, got {other}"),
        Ok(_) => panic!("expected a refusal"),
    }
}

fn sealed(db: &Database, text: &str) -> crate::seal::Envelope {
    db.write_unrecorded(|tx| seal_to_review(tx, PURPOSE, "row", text.as_bytes())).unwrap()
}

fn reads(db: &Database, by: &Moderator, envelope: &crate::seal::Envelope) -> bool {
    match db.read(|r| review_keys(r, by)) {
        Ok(keys) => keys.open(PURPOSE, "row", envelope).is_ok(),
        Err(Error::Forbidden) => false,
        Err(other) => panic!("{other}"),
    }
}

fn acts(db: &Database) -> Vec<String> {
    let lines = db.read(|r| audit::lines_after(r, 0, 100)).unwrap();
    lines.into_iter().map(|line| line.act).collect()
}

fn first_link(staff: &TestStaff) -> Token {
    let Entrance { db, keys, .. } = &staff.entrance;
    db.write(Actor::CommandLine, |tx| invite_from_command_line(tx, Role::Moderator, 7, keys)).unwrap()
}

#[test]
fn intake_opens_when_the_first_administrator_has_typed_the_recovery_key_back() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    assert!(!db.read(intake_is_open).unwrap());
    assert_eq!(refused(db.write_unrecorded(|tx| seal_to_review(tx, PURPOSE, "row", b"x"))), "intake-closed");

    let first = staff.join(&first_link(&staff), "mo");
    let recovery_key = first.joined.recovery_key.unwrap();
    assert_eq!(first.joined.codes.len(), 10);
    assert_eq!(db.read(recovery).unwrap(), Recovery::Shown);
    assert!(!db.read(intake_is_open).unwrap());

    let by = staff.session(&first.session).unwrap().administrator().unwrap();
    let other = RecoveryKey::draw(&**db.random());
    let wrong = db.write(by.actor(), |tx| confirm_recovery_key(tx, &by, &other));
    assert_eq!(refused(wrong), "staff-recovery-key-wrong");
    db.write(by.actor(), |tx| confirm_recovery_key(tx, &by, &recovery_key)).unwrap();
    assert!(db.read(intake_is_open).unwrap());
    assert!(reads(&db, &by, &sealed(&db, "Street lights")));
}

#[test]
fn a_link_holds_for_its_days_and_serves_once() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (used, late) = (first_link(&staff), first_link(&staff));
    let offers = |link: &Token| db.read(|r| invitation(r, link, &staff.entrance.keys));
    assert!(offers(&used).unwrap().founding);
    staff.join(&used, "mo");
    assert!(matches!(offers(&used), Err(Error::NotFound)));
    assert!(!offers(&late).unwrap().founding, "the instance has staff now");
    db.clock.advance(TimeDelta::days(7));
    assert!(matches!(offers(&late), Err(Error::NotFound)));
    assert!(matches!(offers(&Token::draw(&**db.random())), Err(Error::NotFound)));
}

#[test]
fn joining_says_what_is_wrong_and_keeps_the_link() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (by, _) = staff.founder("mo");
    let link = db.write(by.actor(), |tx| invite(tx, &by, Role::Moderator, 7, &staff.entrance.keys)).unwrap();
    let offered = db.read(|r| invitation(r, &link, &staff.entrance.keys)).unwrap();
    let right = offered.totp_secret.code(step_at(db.clock.now()));
    let join = |name: &str, alias: &str, code: &str| {
        let (name, alias) = (LoginName::parse(name).unwrap(), Alias::parse(alias).unwrap());
        staff.entrance.join(&link, &name, &alias, &password(), code)
    };
    assert_eq!(refused(join("kim", "Harbour", "000000")), "staff-code-wrong");
    assert_eq!(refused(join("mo", "Harbour", &right)), "staff-login-name-taken");
    assert_eq!(refused(join("kim", "Mo the WATCHER", &right)), "staff-alias-taken");
    assert_eq!(refused(join("kim", "Kim", &right)), "staff-alias-is-login-name");
    assert_eq!(join("kim", "Harbour", &right).unwrap().member.state, MemberState::Waiting);
}

#[test]
fn a_member_reads_nothing_before_they_are_admitted() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (by, _) = staff.founder("mo");
    let envelope = sealed(&db, "Street lights");
    let link = db.write(by.actor(), |tx| invite(tx, &by, Role::Moderator, 7, &staff.entrance.keys)).unwrap();
    let kim = staff.join(&link, "kim");
    assert!(staff.session(&kim.session).unwrap().moderator().is_none());
    assert_eq!(db.read(waiting).unwrap().len(), 1);

    db.write(by.actor(), |tx| admit(tx, &by, &kim.id)).unwrap();
    let session = staff.session(&kim.session).unwrap();
    assert!(session.administrator().is_none());
    assert!(reads(&db, &session.moderator().unwrap(), &envelope));
    assert_eq!(refused(db.write(by.actor(), |tx| admit(tx, &by, &kim.id))), "staff-not-waiting");
    assert_eq!(db.read(count_active).unwrap(), 2);
}

#[test]
fn the_recovery_key_admits_and_is_replaced() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (_, recovery_key) = staff.founder("mo");
    let envelope = sealed(&db, "Street lights");
    let kim = staff.join(&first_link(&staff), "kim");
    let admit =
        |key: &RecoveryKey, id: &MemberId| db.write(Actor::CommandLine, |tx| admit_by_recovery_key(tx, key, id));
    assert_eq!(refused(admit(&RecoveryKey::draw(&**db.random()), &kim.id)), "staff-recovery-key-wrong");
    db.read(|r| Ok(review_keys_by_recovery_key(r, &recovery_key)?.open(PURPOSE, "row", &envelope)?)).unwrap();
    let new = admit(&recovery_key, &kim.id).unwrap();
    assert!(reads(&db, &staff.session(&kim.session).unwrap().moderator().unwrap(), &envelope));
    assert_eq!(db.read(recovery).unwrap(), Recovery::Shown);
    assert!(db.read(intake_is_open).unwrap(), "it stays open");

    let lee = staff.join(&first_link(&staff), "lee");
    assert_eq!(refused(admit(&recovery_key, &lee.id)), "staff-recovery-key-wrong");
    admit(&new, &lee.id).unwrap();
    assert!(reads(&db, &staff.session(&lee.session).unwrap().moderator().unwrap(), &envelope));
}

#[test]
fn signing_in_takes_the_password_and_then_the_code() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let member = staff.join(&first_link(&staff), "mo");
    let entrance = &staff.entrance;
    let half = entrance.sign_in(" Mo ", &password()).unwrap();
    assert!(entrance.is_half_way(&half).unwrap());
    assert!(staff.session(&half).is_none(), "the password alone opens nothing");
    assert_eq!(refused(entrance.second_factor(&half, "000000")), "staff-code-wrong");

    let code = member.totp.code(step_at(db.clock.now()));
    let full = entrance.second_factor(&half, &code).unwrap();
    assert_eq!(staff.session(&full).unwrap().member().id, member.id);
    assert_ne!(full.lookup(), half.lookup(), "each step has a token of its own");
    assert!(!entrance.is_half_way(&half).unwrap());

    let again = entrance.sign_in("mo", &password()).unwrap();
    assert_eq!(refused(entrance.second_factor(&again, &code)), "staff-code-wrong", "each code is accepted once");
    db.clock.advance(TimeDelta::seconds(30));
    entrance.second_factor(&again, &member.totp.code(step_at(db.clock.now()))).unwrap();
}

/// O11: recovery codes stand in for the second factor.
#[test]
fn a_recovery_code_stands_in_for_the_authenticator_once() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let member = staff.join(&first_link(&staff), "mo");
    let entrance = &staff.entrance;
    let code = member.joined.codes[3].text();
    let full = entrance.second_factor(&entrance.sign_in("mo", &password()).unwrap(), code.reveal()).unwrap();
    let session = staff.session(&full).unwrap();
    assert_eq!(db.read(|r| count_recovery_codes(r, &session)).unwrap(), 9);
    let half = entrance.sign_in("mo", &password()).unwrap();
    assert_eq!(refused(entrance.second_factor(&half, code.reveal())), "staff-code-wrong");

    let new = db.write(session.actor(), |tx| renew_recovery_codes(tx, &session, &entrance.keys)).unwrap();
    let old = member.joined.codes[4].text();
    assert_eq!(refused(entrance.second_factor(&half, old.reveal())), "staff-code-wrong");
    entrance.second_factor(&half, new[0].text().reveal()).unwrap();
}

/// O11: lock-out resists guessing, for known and unknown names alike.
#[test]
fn guessing_is_stopped_for_known_and_unknown_names_alike() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    staff.join(&first_link(&staff), "mo");
    let guess = |name: &str| refused(staff.entrance.sign_in(name, &Password::typed("a wrong guess of theirs")));
    for name in ["mo", "nobody"] {
        let answers: Vec<_> = (0..9).map(|_| guess(name)).collect();
        assert_eq!(answers[..8], ["staff-sign-in-wrong"; 8]);
        assert_eq!(answers[8], "staff-too-many-attempts");
    }
    assert_eq!(refused(staff.entrance.sign_in("mo", &password())), "staff-too-many-attempts");
    db.clock.advance(TimeDelta::minutes(15));
    assert!(staff.entrance.sign_in("mo", &password()).is_ok());
}

#[test]
fn an_unknown_name_costs_the_same_work_as_a_known_one() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    staff.join(&first_link(&staff), "mo");
    let work = |name: &str| {
        let before = staff.entrance.passwords.hashes();
        assert_eq!(refused(staff.entrance.sign_in(name, &Password::typed("a wrong guess"))), "staff-sign-in-wrong");
        staff.entrance.passwords.hashes() - before
    };
    assert_eq!((work("mo"), work("nobody"), work("")), (1, 1, 1));
}

#[test]
fn guessing_the_code_is_stopped_too_and_a_right_one_clears_the_count() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let member = staff.join(&first_link(&staff), "mo");
    let entrance = &staff.entrance;
    let half = entrance.sign_in("mo", &password()).unwrap();
    let answers: Vec<_> = (0..8).map(|_| refused(entrance.second_factor(&half, "000000"))).collect();
    assert_eq!(answers[6], "staff-code-wrong");
    assert_eq!(answers[7], "staff-too-many-attempts");
    db.clock.advance(TimeDelta::minutes(15));
    assert_eq!(refused(entrance.second_factor(&half, "000000")), "staff-sign-in-expired");

    for round in 0..6 {
        let half = entrance.sign_in("mo", &password()).unwrap();
        let full = entrance.second_factor(&half, member.joined.codes[round].text().reveal());
        assert!(full.is_ok(), "sign-in {round} starts a new count");
    }
}

#[test]
fn a_session_idles_out_and_ends_after_eight_hours() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let token = staff.join(&first_link(&staff), "mo").session;
    for _ in 0..9 {
        db.clock.advance(TimeDelta::minutes(50));
        let session = staff.session(&token).unwrap();
        assert!(session.wants_touch(db.clock.now()));
        db.write_unrecorded(|tx| touch(tx, &session)).unwrap();
        assert!(!staff.session(&token).unwrap().wants_touch(db.clock.now()));
    }
    db.clock.advance(TimeDelta::minutes(50));
    assert!(staff.session(&token).is_none(), "eight hours have passed");

    let other = staff.entrance.sign_in("mo", &password()).unwrap();
    db.clock.advance(TimeDelta::minutes(10));
    assert!(!staff.entrance.is_half_way(&other).unwrap());
    let removed = db.write_unrecorded(|tx| remove_expired(tx, &staff.entrance.times)).unwrap();
    assert_eq!(removed, 2, "the ended session and the half-way one");
}

#[test]
fn members_list_and_end_their_own_sessions_only() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (by, _) = staff.founder("mo");
    let kim = staff.admitted(&by, Role::Moderator, "kim");
    let half = staff.entrance.sign_in("kim", &password()).unwrap();
    let second = staff.entrance.second_factor(&half, &kim.totp.code(step_at(db.clock.now()))).unwrap();
    let session = staff.session(&second).unwrap();
    let own = db.read(|r| own_sessions(r, &session, &staff.entrance.times)).unwrap();
    assert_eq!(own.len(), 2);
    assert_eq!(own.iter().filter(|one| one.is_this).count(), 1);

    let mo = staff.session(&staff.join(&first_link(&staff), "lee").session).unwrap();
    let foreign = db.write(mo.actor(), |tx| end_session(tx, &mo, &kim.session.lookup()));
    assert!(matches!(foreign, Err(Error::NotFound)));
    db.write(session.actor(), |tx| end_session(tx, &session, &kim.session.lookup())).unwrap();
    assert!(staff.session(&kim.session).is_none());
    db.write(session.actor(), |tx| sign_out(tx, &session)).unwrap();
    assert!(staff.session(&second).is_none());
}

#[test]
fn a_removed_member_is_out_at_once_and_cannot_read_what_comes_after() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (by, old_recovery) = staff.founder("mo");
    let kim = staff.admitted(&by, Role::Administrator, "kim");
    let held = staff.session(&kim.session).unwrap().moderator().unwrap();
    let before = sealed(&db, "before");
    assert!(reads(&db, &held, &before));

    let new_recovery = db.write(by.actor(), |tx| remove(tx, &by, &kim.id)).unwrap().unwrap();
    assert!(staff.session(&kim.session).is_none());
    assert_eq!(refused(staff.entrance.sign_in("kim", &password())), "staff-sign-in-wrong");
    let after = sealed(&db, "after");
    assert!(!reads(&db, &held, &after) && !reads(&db, &held, &before), "no seal to them is left");
    assert!(reads(&db, &by, &after) && reads(&db, &by, &before));
    db.read(|r| {
        let keys = review_keys(r, &by)?;
        let retired = keys.retired_beginnings();
        let is_retired = |envelope: &Envelope| retired.iter().any(|beginning| envelope.as_str().starts_with(beginning));
        assert!(is_retired(&before) && !is_retired(&after));
        Ok(())
    })
    .unwrap();

    let lee = staff.join(&first_link(&staff), "lee");
    let admit = |key: &RecoveryKey| db.write(Actor::CommandLine, |tx| admit_by_recovery_key(tx, key, &lee.id));
    assert_eq!(refused(admit(&old_recovery)), "staff-recovery-key-wrong");
    admit(&new_recovery).unwrap();
    let lee = staff.session(&lee.session).unwrap().moderator().unwrap();
    assert!(reads(&db, &lee, &after) && reads(&db, &lee, &before));
}

#[test]
fn the_last_administrator_cannot_be_removed() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (by, _) = staff.founder("mo");
    let kim = staff.moderator(&by, "kim");
    assert_eq!(refused(db.write(by.actor(), |tx| remove(tx, &by, by.id()))), "staff-last-administrator");
    assert!(db.write(by.actor(), |tx| remove(tx, &by, kim.id())).unwrap().is_none());
    assert_eq!(db.read(|r| members(r, &by)).unwrap().len(), 1);
    assert_eq!(refused(db.write(by.actor(), |tx| remove(tx, &by, kim.id()))), "staff-already-removed");
}

#[test]
fn a_new_recovery_key_takes_the_place_of_the_old_one() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (by, old) = staff.founder("mo");
    let new = db.write(by.actor(), |tx| renew_recovery_key(tx, &by)).unwrap();
    let confirm = |key: &RecoveryKey| db.write(by.actor(), |tx| confirm_recovery_key(tx, &by, key));
    assert_eq!(refused(confirm(&old)), "staff-recovery-key-wrong");
    confirm(&new).unwrap();
    assert_eq!(db.read(recovery).unwrap(), Recovery::Confirmed);
}

#[test]
fn every_act_of_staff_stands_in_the_log_and_the_chain_is_whole() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (by, _) = staff.founder("mo");
    let kim = staff.moderator(&by, "kim");
    db.write(by.actor(), |tx| remove(tx, &by, kim.id())).unwrap();
    assert_eq!(
        acts(&db),
        [
            "staff_invited",
            "staff_joined",
            "review_key_made",
            "recovery_key_made",
            "recovery_key_confirmed",
            "staff_invited",
            "staff_joined",
            "staff_admitted",
            "staff_removed",
            "review_key_made",
        ]
    );
    assert!(matches!(db.read(audit::verify).unwrap(), Verdict::Whole(_)));
}

#[test]
fn who_was_removed_meanwhile_decides_nothing_any_more() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (first, _) = staff.founder("mo");
    let kim = staff.admitted(&first, Role::Administrator, "kim");
    let removed = staff.session(&kim.session).unwrap().administrator().unwrap();
    let waiting = staff.join(&first_link(&staff), "lee");
    db.write(first.actor(), |tx| remove(tx, &first, &kim.id)).unwrap();
    let before = acts(&db);

    let forbidden = |result: Result<()>| assert!(matches!(result, Err(Error::Forbidden)));
    forbidden(db.write(removed.actor(), |tx| admit(tx, &removed, &waiting.id)));
    forbidden(db.write(removed.actor(), |tx| remove(tx, &removed, &waiting.id)).map(drop));
    forbidden(db.write(removed.actor(), |tx| renew_recovery_key(tx, &removed)).map(drop));
    assert_eq!(acts(&db), before);
}
