//! Staff who leave, lose what they sign in with, or change it, through the site's own door.

use casebook_core::moderation;
use reqwest::StatusCode;

use super::*;

const OTHER: &str = "nine grey herons over the weir";

/// The authenticator that a page offers.
fn authenticator(page: &Answer) -> TotpSecret {
    let secret = page.texts(".secret").remove(0).replace(' ', "");
    TotpSecret::from_bytes(&data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap()).unwrap()
}

async fn try_password(site: &Site, password: &str) -> Answer {
    let page = site.visitor().get("/staff/sign-in").await;
    page.form("/staff/sign-in").fill("name", "mo").fill("password", password).send().await
}

#[actix_web::test]
async fn a_member_changes_the_password_and_is_signed_in_here_alone() {
    let site = Site::open().await;
    let here = site.moderator("mo").await;
    let totp = site.member("mo").await.totp.clone();
    site.clock.advance(TimeDelta::minutes(1));
    let there = site.visitor();
    sign_in(&site, &there, "mo", &totp).await.redirects_to("/staff");
    here.get("/staff").await.link("Change your password");
    let page = here.get("/staff/password").await.is(StatusCode::OK);
    let form = page.form("/staff/password").fill("current", "not the password at all");
    let again = form.fill("password", "short").fill("repeated", "shorter").send().await.follow().await;
    again.shows("2 things need your attention").shows("fewer than 15 characters").shows("The two passwords differ");
    let form = page.form("/staff/password").fill("current", "not the password at all");
    let again = form.fill("password", OTHER).fill("repeated", OTHER).send().await.follow().await;
    again.shows("This is not your present password.");
    there.get("/staff").await.is(StatusCode::OK);

    let form = page.form("/staff/password").fill("current", TestStaff::PASSWORD);
    let done = form.fill("password", OTHER).fill("repeated", OTHER).send().await.redirects_to("/staff").follow().await;
    done.is(StatusCode::OK).shows("The password was changed.");
    there.get("/staff").await.redirects_to("/staff/sign-in?to=%2Fstaff");
    try_password(&site, TestStaff::PASSWORD).await.follow().await.shows("Name or password is wrong.");
    try_password(&site, OTHER).await.redirects_to("/staff/second-factor");
    site.log_ends_with("staff_password_changed");
}

#[actix_web::test]
async fn a_member_puts_another_authenticator_in_place() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let old = site.member("mo").await.totp.clone();
    let page = mo.get("/staff/factor").await.is(StatusCode::OK);
    let new = authenticator(&page);
    let form = page.form("/staff/factor").fill("code", "000000").fill("current", TestStaff::PASSWORD);
    let again = form.send().await.redirects_to("/staff/factor").follow().await.shows("This code does not hold");
    assert_eq!(authenticator(&again).bytes(), new.bytes(), "the picture that was scanned stays");
    let form = again.form("/staff/factor").fill("code", &code(&site, &new)).fill("current", TestStaff::PASSWORD);
    form.send().await.redirects_to("/staff").follow().await.shows("The new second factor is in use.");
    site.clock.advance(TimeDelta::minutes(1));
    let second = try_password(&site, TestStaff::PASSWORD).await.follow().await;
    let refused = second.form("/staff/second-factor").fill("code", &code(&site, &old)).send().await.follow().await;
    let second = refused.shows("This code does not hold");
    second.form("/staff/second-factor").fill("code", &code(&site, &new)).send().await.redirects_to("/staff");

    let lee = site.moderator("lee").await;
    let page = lee.get("/staff/factor").await;
    let form = page.form("/staff/factor").fill("offer", again.form("/staff/factor").value("offer").unwrap());
    form.send().await.is(StatusCode::BAD_REQUEST).shows("was not made for you here");
}

#[actix_web::test]
async fn who_lost_everything_sets_it_anew_by_a_link_and_is_admitted_again() {
    let site = Site::open().await;
    let ada = site.administrator("ada").await;
    let mo = site.moderator("mo").await;
    let members = ada.get("/staff/members").await.shows("Lost password or second factor");
    let shown = members.form("/renew").send().await.redirects_to("/staff/members").follow().await;
    let link = shown.texts(".secret").remove(0).replace(site.address(), "");
    mo.get("/staff").await.is(StatusCode::OK);

    let back = site.visitor();
    let page = back.get(&link).await.is(StatusCode::OK).shows("mo the watcher");
    let totp = authenticator(&page);
    let again = page.form("/staff/renew/").fill("password", "short").fill("code", "").send().await.follow().await;
    let again = again.shows("3 things need your attention");
    let form = again.form("/staff/renew/").fill("password", OTHER).fill("repeated", OTHER);
    let keys = form.fill("code", &code(&site, &totp)).send().await.redirects_to("/staff/keys").follow().await;
    assert_eq!(keys.texts(".codes li").len(), 10);
    mo.get("/staff").await.redirects_to("/staff/sign-in?to=%2Fstaff");
    site.visitor().get(&link).await.is(StatusCode::NOT_FOUND);
    back.get("/staff/queue").await.is(StatusCode::FORBIDDEN);
    ada.get("/staff/members").await.form("/admit").send().await.follow().await.shows("Admitted.");
    back.get("/staff/queue").await.is(StatusCode::OK).shows("Signed in as mo the watcher");
}

#[actix_web::test]
async fn a_changed_role_asks_for_a_new_session_and_makes_a_new_recovery_key() {
    let site = Site::open().await;
    let ada = site.administrator("ada").await;
    let mo = site.moderator("mo").await;
    let totp = site.member("mo").await.totp.clone();
    let promoted = ada.get("/staff/members").await.form("/role").send().await.redirects_to("/staff/members");
    promoted.follow().await.shows("The role was changed.");
    mo.get("/staff").await.redirects_to("/staff/sign-in?to=%2Fstaff");
    site.clock.advance(TimeDelta::minutes(1));
    let again = site.visitor();
    sign_in(&site, &again, "mo", &totp).await.redirects_to("/staff");
    again.get("/staff/members").await.is(StatusCode::OK);
    let demoted = ada.get("/staff/members").await.form("/role").send().await.redirects_to("/staff/keys").follow().await;
    assert_eq!(demoted.texts("ol.words li").len(), 24);
    again.get("/staff/members").await.redirects_to("/staff/sign-in?to=%2Fstaff%2Fmembers");
    site.log_ends_with("recovery_key_made");
}

/// The envelopes that the keys which a leaver held are for. What was sealed is a draft of a revision.
fn openable(site: &Site, held: &casebook_core::staff::ReviewKeys) -> usize {
    let cells = casebook_core::testing::dump(&site.app.db);
    let sealed = cells.iter().filter(|(column, _)| column == "review_drafts.envelope");
    let other = Some(casebook_core::seal::Unopened::OtherKey);
    sealed.filter(|(_, text)| held.open("a test", "", &text.parse().unwrap()).err() != other).count()
}

#[actix_web::test]
async fn an_administrators_next_sign_in_seals_anew_what_a_leaver_could_read() {
    let site = Site::with_first_cases().await;
    let ada = site.administrator("ada").await;
    let (mo, jo) = (site.moderator("mo").await, site.member("jo").await);
    let case = site.app.db.read(casebook_core::cases::published::reference).unwrap().unwrap();
    mo.get(format!("/staff/cases/{case}")).await.form("/revise").send().await;
    let staff = TestStaff { entrance: site.app.entrance.clone() };
    let leaver = staff.session(&jo.session).unwrap().moderator().unwrap();
    let held = site.app.db.read(|r| casebook_core::staff::review_keys(r, &leaver)).unwrap();
    assert_eq!(openable(&site, &held), 1, "the control");
    let by = site.founder();
    site.app.db.write(by.actor(), |tx| casebook_core::staff::remove(tx, &by, &jo.id)).unwrap();
    ada.get("/staff").await.shows("One envelope is still sealed to a review key");

    site.clock.advance(TimeDelta::minutes(1));
    let totp = site.member("mo").await.totp.clone();
    sign_in(&site, &site.visitor(), "mo", &totp).await.redirects_to("/staff");
    assert_eq!(openable(&site, &held), 1, "a moderator's sign-in does nothing");
    let totp = site.member("ada").await.totp.clone();
    sign_in(&site, &site.visitor(), "ada", &totp).await.redirects_to("/staff");
    assert_eq!(openable(&site, &held), 0);
    assert_eq!(site.app.db.read(|r| moderation::count_to_reseal(r, &by)).unwrap(), 0);
    ada.get("/staff").await.does_not_show("still sealed");

    mo.get(format!("/staff/cases/{case}")).await.form("/revise").send().await.follow().await.is(StatusCode::OK);
    let members = ada.get("/staff/members").await;
    members.form("/remove").send().await.follow().await.shows("One envelope that they could read was sealed again");
}
