//! What is expected of each route: a line for each method of each address, in the order of `routes.rs`. A new route gets its line here;
//! the test that misses it prints one that fits what the route does, to be judged and pasted.

use Who::{Administrators, Everyone, Joined, Moderators, Phrase};

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Whoever comes.
    Everyone,
    /// A contributor who came back with the words.
    Phrase,
    /// Members of staff, admitted or not.
    Joined,
    /// Admitted members of staff.
    Moderators,
    /// Administrators.
    Administrators,
}

/// What is expected of one method of one address.
pub(super) struct Line {
    pub(super) method: &'static str,
    pub(super) template: &'static str,
    pub(super) who: Who,
    /// The status that those are answered who may: to a POST with nothing in it but the form's token, about something that is not there.
    answers: u16,
    /// The status for a contributor whose account is sent, where that is another: the form leads on to the words.
    once_sent: Option<u16>,
    /// Whether the token in the address is proof enough, wherever the form comes from (RFC 8058).
    pub(super) by_token: bool,
}

impl Line {
    const fn once_sent(mut self, status: u16) -> Self {
        self.once_sent = Some(status);
        self
    }

    const fn by_token(mut self) -> Self {
        self.by_token = true;
        self
    }

    /// The status that those are answered who may.
    pub(super) fn answers(&self, is_sent: bool) -> u16 {
        self.once_sent.filter(|_| is_sent).unwrap_or(self.answers)
    }
}

pub(super) const fn get(template: &'static str, who: Who, answers: u16) -> Line {
    Line { method: "GET", template, who, answers, once_sent: None, by_token: false }
}

pub(super) const fn post(template: &'static str, who: Who, answers: u16) -> Line {
    Line { method: "POST", template, who, answers, once_sent: None, by_token: false }
}

/// One line for each method of each address, in the order of `routes.rs`.
pub(super) const TABLE: &[Line] = &[
    get("/", Everyone, 200),
    get("/about", Everyone, 200),
    get("/protection", Everyone, 200),
    get("/method", Everyone, 200),
    // Staff
    get("/staff", Joined, 200),
    get("/staff/sign-in", Everyone, 200),
    post("/staff/sign-in", Everyone, 303),
    get("/staff/second-factor", Everyone, 303),
    post("/staff/second-factor", Everyone, 303),
    post("/staff/sign-out", Joined, 303),
    get("/staff/join/{token}", Everyone, 404),
    post("/staff/join/{token}", Everyone, 404),
    get("/staff/renew/{token}", Everyone, 404),
    post("/staff/renew/{token}", Everyone, 404),
    get("/staff/keys", Joined, 200),
    post("/staff/keys/codes", Joined, 303),
    post("/staff/keys/recovery", Administrators, 303),
    post("/staff/keys/confirm", Administrators, 303),
    get("/staff/password", Joined, 200),
    post("/staff/password", Joined, 303),
    get("/staff/factor", Joined, 200),
    post("/staff/factor", Joined, 400),
    get("/staff/sessions", Joined, 200),
    post("/staff/sessions/end", Joined, 404),
    get("/staff/mail", Joined, 200),
    post("/staff/mail", Joined, 303),
    post("/staff/mail/forget", Joined, 303),
    post("/staff/mail/trial", Joined, 404),
    get("/staff/continue", Everyone, 200),
    get("/staff/work", Administrators, 200),
    post("/staff/work/{id}/again", Administrators, 404),
    post("/staff/work/{id}/discard", Administrators, 404),
    get("/staff/kept/{id}", Joined, 404),
    post("/staff/kept/{id}/forget", Joined, 404),
    get("/staff/members", Administrators, 200),
    post("/staff/members/invite", Administrators, 400),
    post("/staff/members/{id}/admit", Administrators, 404),
    post("/staff/members/{id}/remove", Administrators, 404),
    post("/staff/members/{id}/renew", Administrators, 404),
    post("/staff/members/{id}/role", Administrators, 400),
    // Cases
    get("/cases", Everyone, 200),
    get("/cases.csv", Everyone, 200),
    get("/cases.jsonl", Everyone, 200),
    get("/cases.json", Everyone, 200),
    get("/cases.xlsx", Everyone, 200),
    get("/cases.parquet", Everyone, 200),
    get("/cases.zip", Everyone, 200),
    get("/cases.bib", Everyone, 200),
    get("/cases.ris", Everyone, 200),
    get("/cases.csl.json", Everyone, 200),
    get("/cases.atom", Everyone, 200),
    get("/organisations/{id}.atom", Everyone, 404),
    get("/cases/facet/{field}", Everyone, 200),
    get("/cases/{id}.json", Everyone, 200),
    get("/cases/{id}.atom", Everyone, 200),
    get("/cases/{id}/r/{revision}.bib", Everyone, 200),
    get("/cases/{id}/r/{revision}.ris", Everyone, 200),
    get("/cases/{id}/r/{revision}.csl.json", Everyone, 200),
    get("/cases/{id}/r/{revision}.json", Everyone, 200),
    get("/cases/{id}/r/{revision}", Everyone, 200),
    get("/cases/{id}/r/{revision}/changes", Everyone, 404),
    get("/cases/{id}/{slug}", Everyone, 301),
    get("/cases/{id}", Everyone, 200),
    get("/compare", Everyone, 200),
    get("/compare.csv", Everyone, 400),
    get("/compare.xlsx", Everyone, 400),
    get("/compare.bib", Everyone, 400),
    get("/compare.ris", Everyone, 400),
    get("/compare.csl.json", Everyone, 400),
    get("/statistics", Everyone, 200),
    get("/statistics.csv", Everyone, 200),
    get("/statistics/bars.csv", Everyone, 200),
    get("/codebook", Everyone, 200),
    get("/codebook.json", Everyone, 200),
    get("/codebook.csv", Everyone, 200),
    get("/datasets", Everyone, 200),
    get("/datasets.ttl", Everyone, 200),
    get("/datasets.jsonld", Everyone, 200),
    get("/datasets.atom", Everyone, 200),
    get("/datasets/latest", Everyone, 303),
    get("/datasets/{version}.bib", Everyone, 404),
    get("/datasets/{version}.ris", Everyone, 404),
    get("/datasets/{version}.csl.json", Everyone, 404),
    get("/datasets/{version}.ttl", Everyone, 404),
    get("/datasets/{version}.jsonld", Everyone, 404),
    get("/datasets/{version}", Everyone, 404),
    get("/datasets/{version}/{file}", Everyone, 404),
    // Alerts by mail
    get("/alerts/new", Everyone, 200),
    post("/alerts/new", Everyone, 409),
    get("/alerts/{token}/confirm", Everyone, 404),
    post("/alerts/{token}/confirm", Everyone, 404),
    get("/alerts/{token}/unsubscribe", Everyone, 404),
    post("/alerts/{token}/unsubscribe", Everyone, 404).by_token(),
    // For programs
    get("/api", Everyone, 200),
    get("/api/v1/cases", Everyone, 200),
    get("/api/v1/cases/{id}", Everyone, 200),
    get("/api/v1/cases/{id}/revisions", Everyone, 200),
    get("/api/v1/cases/{id}/revisions/{revision}", Everyone, 200),
    get("/api/v1/facets", Everyone, 200),
    get("/api/v1/codebook", Everyone, 200),
    get("/api/v1/openapi.json", Everyone, 200),
    // Contributing and coming back
    get("/share", Everyone, 200).once_sent(303),
    post("/share", Everyone, 303),
    get("/share/topics", Everyone, 200).once_sent(303),
    get("/share/topic/{code}", Everyone, 404),
    post("/share/topic/{code}", Everyone, 303),
    get("/share/preview", Everyone, 303),
    post("/share/preview", Everyone, 303),
    post("/share/keep", Everyone, 303),
    get("/share/addition", Everyone, 200).once_sent(303),
    post("/share/addition", Everyone, 303),
    get("/share/words", Phrase, 200),
    post("/share/words", Everyone, 303),
    post("/share/another", Everyone, 303),
    get("/share/leave", Everyone, 303),
    get("/share/left", Everyone, 200),
    get("/share/held", Everyone, 404),
    get("/share/problem", Everyone, 200),
    get("/return", Everyone, 200),
    post("/return", Everyone, 303),
    get("/return/case", Phrase, 200),
    post("/return/changes", Phrase, 303),
    post("/return/correction", Phrase, 303),
    get("/return/withdraw", Phrase, 200),
    post("/return/withdraw", Phrase, 303),
    post("/return/stop", Phrase, 303),
    post("/return/message", Phrase, 303),
    // Review
    get("/staff/queue", Moderators, 200),
    post("/staff/queue/reseal", Moderators, 303),
    get("/staff/queue/pile", Moderators, 200),
    post("/staff/queue/pile", Moderators, 303),
    get("/staff/queue/alike/{id}", Moderators, 404),
    get("/staff/inbox", Moderators, 200),
    get("/staff/submissions/{id}", Moderators, 200),
    post("/staff/submissions/{id}/begin", Moderators, 404),
    post("/staff/submissions/{id}/begin-anew", Moderators, 404),
    post("/staff/submissions/{id}/decline", Moderators, 303),
    post("/staff/submissions/{id}/reopen", Moderators, 404),
    post("/staff/submissions/{id}/accept", Moderators, 303),
    post("/staff/submissions/{id}/take-back", Moderators, 404),
    get("/staff/submissions/{id}/changes", Moderators, 409),
    post("/staff/submissions/{id}/changes", Moderators, 303),
    post("/staff/submissions/{id}/go-on", Moderators, 404),
    post("/staff/submissions/{id}/claim", Moderators, 404),
    post("/staff/submissions/{id}/risk", Moderators, 404),
    post("/staff/submissions/{id}/notes", Moderators, 303),
    post("/staff/submissions/{id}/messages", Moderators, 303),
    post("/staff/submissions/{id}/step-aside", Moderators, 404),
    get("/staff/submissions/{id}/preview", Moderators, 404),
    get("/staff/submissions/{id}/edit/{sheet}", Moderators, 404),
    post("/staff/submissions/{id}/edit/{sheet}", Moderators, 404),
    get("/staff/corrections/{id}", Moderators, 404),
    post("/staff/corrections/{id}", Moderators, 303),
    get("/staff/drafts/{id}", Moderators, 404),
    post("/staff/drafts/{id}/publish", Moderators, 303),
    post("/staff/drafts/{id}/discard", Moderators, 404),
    get("/staff/drafts/{id}/preview", Moderators, 404),
    get("/staff/drafts/{id}/edit/{sheet}", Moderators, 404),
    post("/staff/drafts/{id}/edit/{sheet}", Moderators, 404),
    get("/staff/cases/{id}", Moderators, 200),
    post("/staff/cases/{id}/revise", Moderators, 303),
    post("/staff/cases/{id}/similar", Moderators, 303),
    post("/staff/cases/{id}/visibility", Moderators, 303),
    post("/staff/cases/{id}/merge", Moderators, 303),
    get("/staff/cases/{id}/redact", Moderators, 200),
    post("/staff/cases/{id}/redact", Moderators, 303),
    post("/staff/cases/{id}/redact/lift", Moderators, 404),
    get("/staff/cases/{id}/erase", Administrators, 200),
    post("/staff/cases/{id}/erase", Administrators, 303),
    post("/staff/cases/{id}/notes", Moderators, 303),
    post("/staff/cases/{id}/step-aside", Moderators, 303),
    get("/staff/demands", Moderators, 200),
    post("/staff/demands", Moderators, 303),
    get("/staff/demands/{id}", Moderators, 404),
    post("/staff/demands/{id}", Moderators, 303),
    get("/log", Everyone, 200),
    get("/transparency", Everyone, 200),
    // Operation
    get("/healthz", Everyone, 200),
    get("/robots.txt", Everyone, 200),
    get("/sitemap.xml", Everyone, 200),
    get("/favicon.ico", Everyone, 301),
    get("/static/{file:.*}", Everyone, 404),
];
