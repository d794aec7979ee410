//! Who may do what: every route and method of the site map, tried by everybody there is, with forms of ours and with forged ones.
//! The routes are read from the program's own text; one without a line in the table below fails a test, which prints the line to add.

use casebook_core::{db::TableContent, intake::State, intake::review, random::OsRandom, secret::Token};
use casebook_web::kit::{Area, csrf};
use reqwest::StatusCode;

mod table;

use table::{
    Line, TABLE,
    Who::{self, Administrators, Everyone, Joined, Moderators, Phrase},
    get,
};

use crate::{
    intake::{come_back, contribute},
    site::{Answer, Site, Visitor, addresses},
};

/// Who comes to a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Person {
    Nobody,
    Contributor,
    Joined,
    Moderator,
    Administrator,
}

const PEOPLE: [Person; 5] =
    [Person::Nobody, Person::Contributor, Person::Joined, Person::Moderator, Person::Administrator];

impl Who {
    const ALL: [Self; 5] = [Everyone, Phrase, Joined, Moderators, Administrators];

    fn includes(self, person: Person) -> bool {
        match self {
            Everyone => true,
            Phrase => person == Person::Contributor,
            Joined => person >= Person::Joined,
            Moderators => person >= Person::Moderator,
            Administrators => person == Person::Administrator,
        }
    }
}

impl Person {
    /// Whether they hold the cookie that forms of this area are bound to.
    fn has_cookie_of(self, area: Area) -> bool {
        match area {
            Area::Staff => self >= Self::Joined,
            Area::Contributor => self == Self::Contributor,
            Area::Public | Area::Api => false,
        }
    }
}

/// A method of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Route {
    method: &'static str,
    template: String,
    /// Leads to something that is not there, where it can.
    nowhere: String,
}

impl Route {
    fn area(&self) -> Area {
        Area::of(&self.template)
    }

    fn line(&self) -> Option<&'static Line> {
        TABLE.iter().find(|line| line.method == self.method && line.template == self.template)
    }

    /// The address of something that is there, where the site has it.
    fn somewhere(&self, submission: &str) -> String {
        let path = self.template.replace("/staff/submissions/{id}", &format!("/staff/submissions/{submission}"));
        if path.contains('{') {
            self.nowhere
                .replace("/staff/submissions/00000000000000000000000000", &format!("/staff/submissions/{submission}"))
        } else {
            path
        }
    }
}

/// Every method of every address of the site map.
fn routes() -> Vec<Route> {
    let all = addresses().into_iter().flat_map(|address| {
        let methods = [("GET", address.takes_get), ("POST", address.takes_post)];
        methods.into_iter().filter(|(_, takes)| *takes).map(move |(method, _)| Route {
            method,
            template: address.pattern.clone(),
            nowhere: address.path.clone(),
        })
    });
    all.collect()
}

/// Routes without a line, and lines without a route.
fn unexpected(routes: &[Route], table: &[Line]) -> Vec<String> {
    let fits = |route: &Route, line: &Line| line.method == route.method && line.template == route.template;
    let bare = routes.iter().filter(|route| !table.iter().any(|line| fits(route, line)));
    let mut all: Vec<String> = bare.map(|route| format!("no line for {} {}", route.method, route.template)).collect();
    let stale = table.iter().filter(|line| !routes.iter().any(|route| fits(route, line)));
    all.extend(stale.map(|line| format!("no route for {} {}", line.method, line.template)));
    all
}

/// A site with the first cases and one account, and somebody of each kind.
struct Crowd {
    site: Site,
    people: Vec<Visitor>,
    submission: String,
    count: usize,
}

impl Crowd {
    async fn gathers() -> Self {
        let site = Site::with_first_cases().await;
        site.founder();
        site.expects_jobs();
        let mut crowd = Self { site, people: Vec::new(), submission: String::new(), count: 0 };
        for person in PEOPLE {
            let visitor = crowd.another(person).await;
            crowd.people.push(visitor);
        }
        let all = crowd.site.app.db.read(|r| review::list(r, &State::ALL)).unwrap();
        crowd.submission = all[0].id.to_string();
        crowd
    }

    /// One more of this kind, with a session of their own.
    async fn another(&mut self, person: Person) -> Visitor {
        self.count += 1;
        let name = format!("person{}", self.count);
        match person {
            Person::Nobody => self.site.visitor(),
            Person::Contributor => {
                let words = contribute(&self.site.visitor()).await;
                let somebody = self.site.visitor();
                come_back(&somebody, &words).await.redirects_to("/return/case");
                somebody
            }
            Person::Joined => self.site.joined(&name),
            Person::Moderator => self.site.moderator(&name).await,
            Person::Administrator => self.site.administrator(&name).await,
        }
    }

    fn shared(&self, person: Person) -> Visitor {
        self.people[PEOPLE.iter().position(|one| *one == person).unwrap()].clone()
    }

    fn content(&self) -> Vec<TableContent> {
        let mut content = self.site.app.db.content(&mut |_| ()).unwrap();
        // A session remembers when it was last used, also where it is refused.
        content.retain(|table| table.table != "sessions");
        content
    }

    /// Whoever tries a route: somebody new where trying it may end a session or leave a cookie behind.
    async fn comes(&mut self, person: Person, route: &Route) -> Visitor {
        let lasting = route.method == "GET" && route.area() != Area::Contributor || !may(person, route);
        if lasting && person != Person::Nobody { self.shared(person) } else { self.another(person).await }
    }

    /// What each of these is answered.
    async fn all_try(&mut self, people: &[Person], route: &Route) -> Vec<Got> {
        let mut answers = Vec::new();
        for &person in people {
            let somebody = self.comes(person, route).await;
            let answer = self.tries(&somebody, person, route).await;
            answers.push((person, answer.status().as_u16(), refuses(person, route, &answer)));
        }
        answers
    }

    /// What somebody is answered who does what a browser does on our own page.
    async fn tries(&self, somebody: &Visitor, person: Person, route: &Route) -> Answer {
        if route.method == "GET" {
            return somebody.get(route.somewhere(&self.submission)).await;
        }
        let path = if may(person, route) { route.nowhere.clone() } else { route.somewhere(&self.submission) };
        let nothing: [(&str, &str); 0] = [];
        somebody.post(path, nothing).await
    }
}

/// What somebody got: the status, and whether it is a refusal.
type Got = (Person, u16, bool);

/// Whether the table lets a person use a route; what it does not know is tried as if it did.
fn may(person: Person, route: &Route) -> bool {
    route.line().is_none_or(|line| line.who.includes(person))
}

/// Whether an answer refuses somebody who may not: staff's pages ask for a session or say no, contributors' pages lead elsewhere.
fn refuses(person: Person, route: &Route, answer: &Answer) -> bool {
    let to = answer.header("location").split('?').next().unwrap_or_default().to_owned();
    match route.area() {
        Area::Staff if person >= Person::Joined => answer.status() == StatusCode::FORBIDDEN,
        Area::Staff => answer.status() == StatusCode::SEE_OTHER && to.starts_with("/staff/sign-in"),
        Area::Contributor => {
            answer.status() == StatusCode::SEE_OTHER && Area::of(&to) == Area::Contributor && to != route.nowhere
        }
        Area::Public | Area::Api => answer.status() == StatusCode::FORBIDDEN,
    }
}

/// The line that would describe what was observed, ready to be looked at and pasted.
fn observed(route: &Route, answers: &[Got]) -> String {
    let fits = |who: &Who| answers.iter().all(|(person, _, refused)| who.includes(*person) != *refused);
    let who = Who::ALL.into_iter().find(fits);
    let allowed = answers.iter().rev().find(|(person, _, _)| who.is_some_and(|who| who.includes(*person)));
    let statuses: Vec<String> = answers.iter().map(|(person, status, _)| format!("{person:?} {status}")).collect();
    format!(
        "    {}(\"{}\", {}, {}), // {}",
        route.method.to_lowercase(),
        route.template,
        who.map_or("?".to_owned(), |who| format!("{who:?}")),
        allowed.map_or(0, |(_, status, _)| *status),
        statuses.join(", ")
    )
}

#[test]
fn every_route_has_its_line_and_a_missing_one_is_noticed() {
    let (routes, new) =
        (routes(), Route { method: "POST", template: "/staff/new".into(), nowhere: "/staff/new".into() });
    assert!(routes.len() > 70, "the site map is not understood: {}", routes.len());
    assert_eq!(unexpected(&[new], TABLE)[0], "no line for POST /staff/new");
    assert_eq!(unexpected(&routes, &[get("/gone", Everyone, 200)]).last().unwrap(), "no route for GET /gone");
    let doubled = TABLE.iter().enumerate().find(|(at, line)| {
        TABLE[..*at].iter().any(|other| other.method == line.method && other.template == line.template)
    });
    assert!(doubled.is_none(), "{:?}", doubled.map(|(_, line)| line.template));
}

/// M4: each route answers those who may as the table says, and refuses everybody else without changing anything.
#[actix_web::test]
async fn each_route_answers_each_person_as_the_table_says() {
    let mut crowd = Crowd::gathers().await;
    let mut complaints = unexpected(&routes(), TABLE);
    for route in routes() {
        let (those_who_may, others): (Vec<Person>, Vec<Person>) =
            PEOPLE.into_iter().partition(|person| may(*person, &route));
        let before = (!others.is_empty()).then(|| crowd.content());
        let mut answers = crowd.all_try(&others, &route).await;
        if before.is_some_and(|before| before != crowd.content()) {
            complaints
                .push(format!("one of {others:?} may not {} {}, and changed something", route.method, route.template));
        }
        answers.extend(crowd.all_try(&those_who_may, &route).await);
        answers.sort_by_key(|(person, _, _)| *person);
        let as_expected = route.line().is_some_and(|line| {
            answers.iter().all(|(person, status, refused)| {
                if line.who.includes(*person) {
                    *status == line.answers(*person == Person::Contributor)
                } else {
                    *refused
                }
            })
        });
        if !as_expected {
            complaints.push(observed(&route, &answers));
        }
    }
    assert!(complaints.is_empty(), "not as the table says; observed:\n{}", complaints.join("\n"));
}

fn pairs(token: Option<String>) -> Vec<(String, String)> {
    token.map(|token| (csrf::FIELD.to_owned(), token)).into_iter().collect()
}

/// What a forged form is sent with: what is wrong with it, the token, the header.
type Forgery = (&'static str, Option<String>, [(&'static str, &'static str); 1]);

fn forgeries(visitor: &Visitor, bound: bool) -> Vec<Forgery> {
    let ours = ("sec-fetch-site", "same-origin");
    let foreign = Some(csrf::token(&Token::draw(&OsRandom)));
    let mut all = vec![
        ("a header from another site", visitor.form_token(), [("sec-fetch-site", "cross-site")]),
        ("a header from a sibling site", visitor.form_token(), [("sec-fetch-site", "same-site")]),
    ];
    if bound {
        all.extend([("no token", None, [ours]), ("a foreign token", foreign, [ours])]);
    } else {
        all.push(("neither cookie nor origin", None, [("accept", "text/html")]));
        all.push(("another origin", None, [("origin", "https://evil.example")]));
    }
    all
}

/// M4, protection.md section 9: no route takes a form that is not ours, whoever's browser sends it, and nothing is changed by one.
#[actix_web::test]
async fn no_route_takes_a_form_that_is_not_ours() {
    let crowd = Crowd::gathers().await;
    let before = crowd.content();
    // A mailbox ends an alert from outside, and the token in the address is the proof: tests/it/alerts.rs tries it.
    let by_token = |route: &Route| route.line().is_some_and(|line| line.by_token);
    let bound: Vec<Route> = routes().into_iter().filter(|it| it.method == "POST" && !by_token(it)).collect();
    assert_eq!(TABLE.iter().filter(|line| line.by_token).count(), 1, "the one address of its kind");
    for route in bound {
        for person in PEOPLE {
            let visitor = crowd.shared(person);
            for (wrong, token, headers) in forgeries(&visitor, person.has_cookie_of(route.area())) {
                let answer = visitor.post_bare(route.somewhere(&crowd.submission), &pairs(token), &headers).await;
                let (status, to) = (answer.status(), answer.header("location"));
                let told = status == StatusCode::FORBIDDEN
                    || status == StatusCode::SEE_OTHER
                        && (to.contains("what=forged") || to.starts_with("/staff/sign-in"));
                let how = format!("{} by {person:?} with {wrong}", route.template);
                assert!(told, "{how}: {status} {to}");
                assert_eq!(answer.header("set-cookie"), "", "{how}");
            }
        }
        assert!(before == crowd.content(), "{} changed something", route.template);
    }
}
