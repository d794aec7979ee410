//! Who left, lost something or changed it: each story tries the old keys on the new rows, and has tried them on the old ones before.

use super::*;
use crate::{
    seal::{KeyPair, open},
    staff::{
        join::MEMBER_KEY,
        store::members::{self as rows, Credentials},
    },
    testing::TestMember,
};

const OTHER: &str = "nine grey herons over the weir";

fn row(db: &Database, id: &MemberId) -> Credentials {
    db.read(|r| rows::credentials_by_id(r, id)).unwrap().unwrap()
}

/// What follows from this password beside the stored one.
fn wrap(staff: &TestStaff, password: &str, row: &Credentials) -> Option<KeyPair> {
    staff.entrance.passwords.check(&Password::typed(password), Some(&row.password)).unwrap()
}

fn opens(wrap: &KeyPair, row: &Credentials) -> bool {
    open(wrap, MEMBER_KEY, row.member.id.as_str(), &row.private_half).is_ok()
}

fn signs_in(staff: &TestStaff, db: &TestDatabase, member: &TestMember, password: &str, totp: &str) -> Result<Token> {
    db.clock.advance(TimeDelta::minutes(1));
    let half = staff.entrance.sign_in(&member.login_name, &Password::typed(password))?;
    staff.entrance.second_factor(&half, totp)
}

fn code_in_a_minute(db: &TestDatabase, totp: &crate::seal::TotpSecret) -> String {
    totp.code(step_at(db.clock.now() + TimeDelta::minutes(1)))
}

#[test]
fn after_a_change_the_old_password_opens_nothing_and_other_sessions_end() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (by, _) = staff.founder("mo");
    let kim = staff.admitted(&by, Role::Moderator, "kim");
    let (here, before) = (staff.session(&kim.session).unwrap(), row(&db, &kim.id));
    let code = code_in_a_minute(&db, &kim.totp);
    let elsewhere = signs_in(&staff, &db, &kim, TestStaff::PASSWORD, &code).unwrap();
    let old_wrap = wrap(&staff, TestStaff::PASSWORD, &before).unwrap();
    assert!(opens(&old_wrap, &before), "the control: it opened the old row");

    let chosen = Password::choose(OTHER, &[]).unwrap();
    let wrong = staff.entrance.change_password(&here, &Password::typed("something else altogether"), &chosen);
    assert_eq!(refused(wrong), "staff-password-wrong");
    assert!(staff.session(&elsewhere).is_some(), "nothing was done");
    let token = staff.entrance.change_password(&here, &password(), &chosen).unwrap();

    let after = row(&db, &kim.id);
    assert!(wrap(&staff, TestStaff::PASSWORD, &after).is_none() && !opens(&old_wrap, &after));
    assert!(opens(&wrap(&staff, OTHER, &after).unwrap(), &after));
    assert!(staff.session(&elsewhere).is_none() && staff.session(&kim.session).is_none());
    assert!(reads(&db, &staff.session(&token).unwrap().moderator().unwrap(), &sealed(&db, "Street lights")));
    let code = code_in_a_minute(&db, &kim.totp);
    assert_eq!(refused(signs_in(&staff, &db, &kim, TestStaff::PASSWORD, &code)), "staff-sign-in-wrong");
    let code = code_in_a_minute(&db, &kim.totp);
    let token = signs_in(&staff, &db, &kim, OTHER, &code).unwrap();
    assert!(reads(&db, &staff.session(&token).unwrap().moderator().unwrap(), &sealed(&db, "Street lights")));
    assert!(acts(&db).contains(&"staff_password_changed".to_owned()));
}

#[test]
fn after_a_renewal_of_the_second_factor_codes_of_the_old_one_hold_no_more() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (by, _) = staff.founder("mo");
    let kim = staff.admitted(&by, Role::Moderator, "kim");
    let code = code_in_a_minute(&db, &kim.totp);
    let token = signs_in(&staff, &db, &kim, TestStaff::PASSWORD, &code).unwrap();
    let session = staff.session(&token).unwrap();
    let keys = &staff.entrance.keys;
    let offer = offer_factor(&session, keys, &**db.random()).unwrap();
    let read = |by: &Session, sealed: &str| OfferedFactor::read(by, keys, sealed);
    let other = staff.session(&staff.admitted(&by, Role::Moderator, "lee").session).unwrap();
    assert!(read(&other, offer.sealed.as_str()).is_none(), "it was offered to somebody else");
    let offer = read(&session, offer.sealed.as_str()).unwrap();

    let now = offer.secret.code(step_at(db.clock.now()));
    let change = |password: &Password, code: &str| staff.entrance.change_factor(&session, password, &offer, code);
    assert_eq!(refused(change(&Password::typed(OTHER), &now)), "staff-password-wrong");
    assert_eq!(refused(change(&password(), "000000")), "staff-code-wrong");
    let token = change(&password(), &now).unwrap();
    assert!(staff.session(&token).is_some() && staff.session(&kim.session).is_none());
    let old = code_in_a_minute(&db, &kim.totp);
    assert_eq!(refused(signs_in(&staff, &db, &kim, TestStaff::PASSWORD, &old)), "staff-code-wrong");
    let new = code_in_a_minute(&db, &offer.secret);
    assert!(signs_in(&staff, &db, &kim, TestStaff::PASSWORD, &new).is_ok());
}

#[test]
fn who_lost_the_password_gets_new_keys_and_the_old_ones_open_nothing() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (by, _) = staff.founder("mo");
    let kim = staff.admitted(&by, Role::Moderator, "kim");
    let (held, before) = (staff.session(&kim.session).unwrap().moderator().unwrap(), row(&db, &kim.id));
    let old_wrap = wrap(&staff, TestStaff::PASSWORD, &before).unwrap();
    let text = sealed(&db, "Street lights");
    assert!(reads(&db, &held, &text) && opens(&old_wrap, &before), "the control");

    let keys = &staff.entrance.keys;
    let offer = || db.write(by.actor(), |tx| offer_renewal(tx, &by, &kim.id, 7, keys)).unwrap();
    let (earlier, link) = (offer(), offer());
    assert!(staff.session(&kim.session).is_some(), "a link alone changes nothing");
    assert!(
        matches!(db.read(|r| renewal(r, &earlier, keys)), Err(Error::NotFound)),
        "a later link ends an earlier one"
    );
    assert!(matches!(db.read(|r| invitation(r, &link, keys)), Err(Error::NotFound)), "nobody joins by it");
    let offered = db.read(|r| renewal(r, &link, keys)).unwrap();
    assert_eq!(offered.login_name, "kim");
    let code = offered.totp_secret.code(step_at(db.clock.now()));
    let chosen = Password::choose(OTHER, &[]).unwrap();
    assert_eq!(refused(staff.entrance.renew(&link, &chosen, "000000")), "staff-code-wrong");
    let joined = staff.entrance.renew(&link, &chosen, &code).unwrap();
    assert!(matches!(staff.entrance.renew(&link, &chosen, &code), Err(Error::NotFound)), "it serves once");

    assert_eq!(joined.member.state, MemberState::Waiting);
    assert_eq!(joined.member.alias, before.member.alias);
    let after = row(&db, &kim.id);
    assert!(!opens(&old_wrap, &after) && wrap(&staff, TestStaff::PASSWORD, &after).is_none());
    assert!(staff.session(&kim.session).is_none() && !reads(&db, &held, &text), "no seal to the old keys is left");
    let lost = kim.joined.codes[0].text();
    assert_eq!(refused(signs_in(&staff, &db, &kim, OTHER, lost.reveal())), "staff-code-wrong");

    db.write(by.actor(), |tx| admit(tx, &by, &kim.id)).unwrap();
    let again = staff.session(&joined.session).unwrap().moderator().unwrap();
    assert!(reads(&db, &again, &text) && !reads(&db, &held, &text) && !reads(&db, &held, &sealed(&db, "later")));
}

#[test]
fn the_only_administrator_comes_back_by_the_command_line_and_the_recovery_key() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (by, old_key) = staff.founder("mo");
    let text = sealed(&db, "Street lights");
    let keys = &staff.entrance.keys;
    assert_eq!(refused(db.write(by.actor(), |tx| offer_renewal(tx, &by, by.id(), 7, keys))), "staff-not-oneself");
    let offer = |alias: &str| db.write(Actor::CommandLine, |tx| offer_renewal_from_command_line(tx, alias, 7, keys));
    assert!(matches!(offer("nobody"), Err(Error::NotFound)));
    let link = offer("mo the watcher").unwrap();
    let code = db.read(|r| renewal(r, &link, keys)).unwrap().totp_secret.code(step_at(db.clock.now()));
    let joined = staff.entrance.renew(&link, &Password::choose(OTHER, &[]).unwrap(), &code).unwrap();
    assert!(staff.session(&joined.session).unwrap().administrator().is_none());

    let admit = |key: &RecoveryKey| db.write(Actor::CommandLine, |tx| admit_by_recovery_key(tx, key, by.id()));
    let new_key = admit(&old_key).unwrap();
    let again = staff.session(&joined.session).unwrap().administrator().unwrap();
    assert!(reads(&db, &again, &text) && !reads(&db, &by, &text));
    let opened = |key: &RecoveryKey| db.read(|r| review_keys_by_recovery_key(r, key));
    assert_eq!(refused(opened(&old_key)), "staff-recovery-key-wrong");
    assert!(opened(&new_key).unwrap().open(PURPOSE, "row", &text).is_ok());
}

#[test]
fn another_role_ends_sessions_and_the_recovery_key_of_an_administrator() {
    let db = TestDatabase::open();
    let staff = TestStaff::of(&db);
    let (by, old_key) = staff.founder("mo");
    let kim = staff.admitted(&by, Role::Moderator, "kim");
    let change = |by: &Administrator, id: &MemberId, role| db.write(by.actor(), |tx| change_role(tx, by, id, role));
    assert_eq!(refused(change(&by, by.id(), Role::Moderator)), "staff-last-administrator");
    assert_eq!(refused(change(&by, &kim.id, Role::Moderator)), "staff-has-role");
    assert!(change(&by, &kim.id, Role::Administrator).unwrap().is_none(), "a moderator does not know the key");
    assert!(staff.session(&kim.session).is_none(), "the next session has a new token");
    assert_eq!(refused(change(&by, by.id(), Role::Moderator)), "staff-not-oneself");

    let code = code_in_a_minute(&db, &kim.totp);
    let token = signs_in(&staff, &db, &kim, TestStaff::PASSWORD, &code).unwrap();
    let administrator = staff.session(&token).unwrap().administrator().unwrap();
    let text = sealed(&db, "Street lights");
    let opened = |key: &RecoveryKey| db.read(|r| review_keys_by_recovery_key(r, key));
    assert!(opened(&old_key).unwrap().open(PURPOSE, "row", &text).is_ok(), "the control");
    let new_key = change(&by, &kim.id, Role::Moderator).unwrap().unwrap();
    assert!(staff.session(&token).is_none());
    assert_eq!(refused(opened(&old_key)), "staff-recovery-key-wrong");
    assert!(opened(&new_key).unwrap().open(PURPOSE, "row", &text).is_ok());
    let forbidden = change(&administrator, &kim.id, Role::Administrator);
    assert!(matches!(forbidden, Err(Error::Forbidden)), "what they proved before serves no more");
    assert!(matches!(db.read(audit::verify).unwrap(), Verdict::Whole(_)));
}
