//! Staff through the site's own door: joining, signing in, being admitted, leaving.

mod leaving;

use casebook_core::{
    clock::Clock,
    seal::{TotpSecret, step_at},
    testing::TestStaff,
};
use chrono::TimeDelta;
use reqwest::StatusCode;

use crate::site::{Answer, Site, Visitor};

/// The code that the authenticator shows now.
fn code(site: &Site, totp: &TotpSecret) -> String {
    totp.code(step_at(site.clock.now()))
}

/// Somebody opens a link and fills in the form as they should.
async fn join(site: &Site, somebody: &Visitor, link: &str, name: &str) -> (Answer, TotpSecret) {
    let page = somebody.get(link).await.is(StatusCode::OK);
    let secret = page.texts(".secret").remove(0).replace(' ', "");
    let bytes = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let totp = TotpSecret::from_bytes(&bytes).unwrap();
    let form = page
        .form("/staff/join/")
        .fill("login_name", name)
        .fill("alias", &format!("{name} the heron"))
        .fill("password", TestStaff::PASSWORD)
        .fill("repeated", TestStaff::PASSWORD)
        .fill("code", &code(site, &totp));
    (form.send().await, totp)
}

async fn sign_in(site: &Site, somebody: &Visitor, name: &str, totp: &TotpSecret) -> Answer {
    let page = somebody.get("/staff/sign-in").await.is(StatusCode::OK);
    let form = page.form("/staff/sign-in").fill("name", name).fill("password", TestStaff::PASSWORD);
    let second = form.send().await.redirects_to("/staff/second-factor").follow().await.is(StatusCode::OK);
    second.form("/staff/second-factor").fill("code", &code(site, totp)).send().await
}

/// O11
#[actix_web::test]
async fn the_first_administrator_joins_and_opens_intake_and_admits_the_next() {
    let site = Site::open().await;
    let link = site.invites_from_the_command_line();
    let ada = site.visitor();
    let (joined, _) = join(&site, &ada, &link, "ada").await;
    let keys = joined.redirects_to("/staff/keys").follow().await.is(StatusCode::OK);
    let words = keys.texts("ol.words li").join(" ");
    assert_eq!(words.split(' ').count(), 24);
    assert_eq!(keys.texts(".codes li").len(), 10);
    assert!(!site.intake_is_open());

    let wrong = keys.form("/staff/keys/confirm").fill("words", "abandon").send().await;
    wrong.redirects_to("/staff/keys").follow().await.shows("it takes 24").shows("Type the twenty-four words back");
    let right = keys.form("/staff/keys/confirm").fill("words", &words).send().await;
    right.redirects_to("/staff").follow().await.shows("noted as written down");
    assert!(site.intake_is_open());
    ada.get("/staff/keys").await.does_not_show(&words);

    let members = ada.get("/staff/members").await.is(StatusCode::OK);
    let invited = members.form("/staff/members/invite").send().await.follow().await;
    let link = invited.texts(".secret").remove(0).replace(site.address(), "");
    ada.get("/staff/members").await.shows(&link);
    let mo = site.visitor();
    let (joined, totp) = join(&site, &mo, &link, "mo").await;
    joined.redirects_to("/staff/keys").follow().await.does_not_show("recovery key of this instance");
    mo.get("/staff").await.shows("still has to admit you");
    mo.get("/staff/members").await.is(StatusCode::FORBIDDEN).shows("Signed in as");
    site.visitor().get(&link).await.is(StatusCode::NOT_FOUND);

    let members = ada.get("/staff/members").await.shows("waits to be admitted").does_not_show(&link);
    members.form("/admit").send().await.redirects_to("/staff/members").follow().await.shows("Admitted.");
    mo.get("/staff").await.does_not_show("still has to admit you");

    site.clock.advance(TimeDelta::minutes(1));
    let home = sign_in(&site, &site.visitor(), "mo", &totp).await.redirects_to("/staff").follow().await;
    home.is(StatusCode::OK).shows("Signed in as mo the heron");
}

/// O11
#[actix_web::test]
async fn an_unknown_name_and_a_wrong_password_are_answered_alike() {
    let site = Site::open().await;
    site.moderator("mo").await;
    let mut answers = Vec::new();
    for name in ["mo", "nobody"] {
        let somebody = site.visitor();
        let page = somebody.get("/staff/sign-in").await;
        let form = page.form("/staff/sign-in").fill("name", name).fill("password", "not the password at all");
        let again = form.send().await.redirects_to("/staff/sign-in").follow().await.shows("Name or password is wrong.");
        assert_eq!(again.form("/staff/sign-in").value("name"), Some(name), "what was typed is kept");
        assert_eq!(again.form("/staff/sign-in").value("password"), Some(""), "but not the password");
        answers.push(again.text());
    }
    assert_eq!(answers[0], answers[1]);
}

/// O11
#[actix_web::test]
async fn guessing_is_limited_by_name_and_by_neighbourhood() {
    let site = Site::open_with(|config| config.limits.enabled = true).await;
    let guesser = site.visitor();
    let mut last = None;
    for _ in 0..12 {
        let pairs = [("name", "ada"), ("password", "guess after guess")];
        last = Some(guesser.post("/staff/sign-in", pairs).await);
    }
    last.unwrap().is(StatusCode::TOO_MANY_REQUESTS).shows("can be tried again in 10 minutes");

    let site = Site::open().await;
    let guesser = site.visitor();
    for _ in 0..40 {
        guesser.post("/staff/sign-in", [("name", "ada"), ("password", "guess after guess")]).await;
    }
    guesser.get("/staff/sign-in").await.shows("Too many tries with this name");
}

/// O11
#[actix_web::test]
async fn the_password_alone_opens_nothing_and_each_code_holds_once() {
    let site = Site::open().await;
    let mo = site.member("mo").await;
    site.clock.advance(TimeDelta::minutes(1));
    let somebody = site.visitor();
    let page = somebody.get("/staff/sign-in?to=/staff/sessions").await;
    let form = page.form("/staff/sign-in").fill("name", "mo").fill("password", TestStaff::PASSWORD);
    let half = form.send().await.redirects_to("/staff/second-factor?to=%2Fstaff%2Fsessions");
    somebody.get("/staff").await.redirects_to("/staff/sign-in?to=%2Fstaff");

    let second = half.follow().await.is(StatusCode::OK);
    let wrong = second.form("/staff/second-factor").fill("code", "000000").send().await;
    let second = wrong.follow().await.shows("This code does not hold");
    let now = code(&site, &mo.totp);
    second.form("/staff/second-factor").fill("code", &now).send().await.redirects_to("/staff/sessions");
    somebody.get("/staff/sessions").await.is(StatusCode::OK);

    let other = site.visitor();
    let page = other.get("/staff/sign-in").await;
    let form = page.form("/staff/sign-in").fill("name", "mo").fill("password", TestStaff::PASSWORD);
    let second = form.send().await.follow().await;
    second.form("/staff/second-factor").fill("code", &now).send().await.follow().await.shows("does not hold");
}

/// O11
#[actix_web::test]
async fn a_recovery_code_stands_in_once() {
    let site = Site::open().await;
    let mo = site.member("mo").await;
    let code = mo.joined.codes[0].text().reveal().to_lowercase();
    for works in [true, false] {
        let somebody = site.visitor();
        let page = somebody.get("/staff/sign-in").await;
        let form = page.form("/staff/sign-in").fill("name", "mo").fill("password", TestStaff::PASSWORD);
        let second = form.send().await.follow().await;
        let answer = second.form("/staff/second-factor").fill("code", &code).send().await;
        if works {
            answer.redirects_to("/staff");
            somebody.get("/staff/keys").await.shows("9 codes are left");
        } else {
            answer.follow().await.shows("does not hold");
        }
    }
}

#[actix_web::test]
async fn sessions_are_listed_ended_and_run_out() {
    let site = Site::open().await;
    let here = site.moderator("mo").await;
    let there = site.visitor();
    let totp = site.member("mo").await.totp.clone();
    site.clock.advance(TimeDelta::minutes(1));
    sign_in(&site, &there, "mo", &totp).await.redirects_to("/staff");
    there.get("/staff").await.is(StatusCode::OK);
    let list = here.get("/staff/sessions").await.shows("this session");
    list.form("/staff/sessions/end").send().await.follow().await.shows("The session has ended");
    there.get("/staff").await.redirects_to("/staff/sign-in?to=%2Fstaff");

    site.clock.advance(TimeDelta::minutes(59));
    here.get("/staff").await.is(StatusCode::OK);
    site.clock.advance(TimeDelta::minutes(61));
    here.get("/staff").await.redirects_to("/staff/sign-in?to=%2Fstaff");
}

#[actix_web::test]
async fn signing_out_ends_the_session_and_the_cookie() {
    let site = Site::open().await;
    let mo = site.moderator("mo").await;
    let stolen = mo.cookies();
    let page = mo.get("/staff").await;
    page.form("/staff/sign-out").send().await.redirects_to("/");
    assert!(mo.cookies().is_empty());
    let thief = site.visitor();
    thief.steal(&stolen[0].0, &stolen[0].1);
    thief.get("/staff").await.redirects_to("/staff/sign-in?to=%2Fstaff");
}

#[actix_web::test]
async fn a_bad_form_comes_back_with_every_problem_and_what_was_typed() {
    let site = Site::open().await;
    let link = site.invites_from_the_command_line();
    let somebody = site.visitor();
    let form = somebody.get(&link).await.form("/staff/join/");
    let bad = form
        .fill("login_name", "A B")
        .fill("alias", "<script>")
        .fill("password", "short")
        .fill("repeated", "shorter")
        .fill("code", "");
    let again = bad.send().await.redirects_to(&link).follow().await;
    let again = again.shows("5 things need your attention").shows("fewer than 15 characters");
    let form = again.form("/staff/join/");
    assert_eq!(form.value("login_name"), Some("A B"));
    assert_eq!(form.value("alias"), Some("<script>"));
    assert_eq!(form.value("password"), Some(""));
    assert!(crate::site::markup::complaints(&again.body()).is_empty());
    let again = again.form("/staff/join/").fill("login_name", &"long".repeat(300_000)).send().await;
    again.is(StatusCode::PAYLOAD_TOO_LARGE).shows("one megabyte");
}

/// Removing a member ends what they have open.
#[actix_web::test]
async fn a_removed_member_is_out_at_once() {
    let site = Site::open().await;
    let ada = site.administrator("ada").await;
    let mo = site.moderator("mo").await;
    mo.get("/staff").await.is(StatusCode::OK);
    let members = ada.get("/staff/members").await;
    members.form("/remove").send().await.redirects_to("/staff/members").follow().await.shows("Removed.");
    mo.get("/staff").await.redirects_to("/staff/sign-in?to=%2Fstaff");
    let alone = ada.get("/staff/members").await;
    assert!(alone.attributes("form", "action").iter().all(|action| !action.contains("/remove")));
}
