use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::Mutex,
    thread,
};

use super::*;
use crate::search::{contract, parse};

/// A server that answers from a script and remembers what it was asked.
struct Stub {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Stub {
    /// Answers the requests in this order, each given as status and body.
    fn answering(script: Vec<(u16, String)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = asked.clone();
        thread::spawn(move || {
            for (status, body) in script {
                let (stream, _) = listener.accept().unwrap();
                heard.lock().unwrap().push(answer(stream, status, &body));
            }
        });
        Self { url, asked }
    }

    fn index(&self, hits: usize) -> Meilisearch {
        Meilisearch::new(server(&self.url, hits)).unwrap()
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// Reads one request, answers it, and closes; returns `METHOD path body`.
fn answer(stream: TcpStream, status: u16, body: &str) -> String {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let request = line.rsplit_once(' ').unwrap().0.to_owned();
    let (mut chunked, mut key) = (false, String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).unwrap();
        let header = header.trim().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        chunked |= header == "transfer-encoding: chunked";
        if header.starts_with("authorization") {
            key = format!(" ({header})");
        }
    }
    let mut sent = Vec::new();
    if chunked {
        loop {
            let mut size = String::new();
            reader.read_line(&mut size).unwrap();
            let size = usize::from_str_radix(size.trim(), 16).unwrap();
            let mut chunk = vec![0; size + 2];
            reader.read_exact(&mut chunk).unwrap();
            sent.extend_from_slice(&chunk[..size]);
            if size == 0 {
                break;
            }
        }
    }
    let mut stream = reader.into_inner();
    write!(stream, "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()).unwrap();
    format!("{request}{key} {}", String::from_utf8(sent).unwrap()).trim_end().to_owned()
}

fn server(url: &str, hits: usize) -> Server {
    let (patience, work) = (Duration::from_secs(5), Duration::from_secs(60));
    Server { url: url.to_owned(), key: Some(Secret::new("a-key".into())), index: "cases".into(), hits, patience, work }
}

fn hits(ordinals: &[u32]) -> (u16, String) {
    let hits: Vec<_> = ordinals.iter().map(|ordinal| serde_json::json!({"ordinal": ordinal})).collect();
    (200, serde_json::json!({"hits": hits, "processingTimeMs": 1, "query": ""}).to_string())
}

fn queued() -> (u16, String) {
    let task = r#"{"taskUid": 7, "indexUid": "cases_v3", "status": "enqueued", "type": "documentAdditionOrUpdate", "enqueuedAt": "2026-11-23T09:00:00Z"}"#;
    (202, task.to_owned())
}

fn task(status: &str) -> (u16, String) {
    let error = match status {
        "failed" => r#"{"message": "no space left", "code": "internal", "type": "internal", "link": ""}"#,
        _ => "null",
    };
    let task = format!(
        r#"{{"uid": 7, "indexUid": "cases_v3", "status": "{status}", "type": "documentAdditionOrUpdate", "error": {error},
        "duration": "PT0.1S", "enqueuedAt": "2026-11-23T09:00:00Z", "startedAt": "2026-11-23T09:00:00Z", "finishedAt": "2026-11-23T09:00:01Z"}}"#
    );
    (200, task)
}

fn missing() -> (u16, String) {
    let body = r#"{"message": "Index `cases_v3` not found.", "code": "index_not_found", "type": "invalid_request", "link": ""}"#;
    (404, body.to_owned())
}

fn info() -> (u16, String) {
    (200, r#"{"uid": "cases_v3", "primaryKey": "ordinal"}"#.to_owned())
}

#[test]
fn a_search_asks_for_numbers_alone_and_intersects_what_it_gets() {
    let stub = Stub::answering(vec![hits(&[3, 1, 2]), hits(&[2, 3]), hits(&[2])]);
    let found = stub.index(100).matches(&parse("Düsseldorf vendor:huawei -place:köln").query).unwrap();
    assert_eq!(*found, Matches::of(vec![3], true));
    let asked = stub.asked();
    assert_eq!(asked.len(), 3);
    assert!(asked[0].starts_with("POST /indexes/cases_v3/search (authorization: bearer a-key) "), "{}", asked[0]);
    let body: serde_json::Value = serde_json::from_str(&asked[0][asked[0].find('{').unwrap()..]).unwrap();
    let expected = serde_json::json!({"q": "dusseldorf ", "limit": 100, "attributesToSearchOn": ANYWHERE,
        "attributesToRetrieve": ["ordinal"], "matchingStrategy": "all"});
    assert_eq!(body, expected);
    assert!(asked[1].contains(r#""q":"huawei ""#) && asked[1].contains(r#"["vendor"]"#), "{}", asked[1]);
}

#[test]
fn an_answer_that_reaches_the_limit_is_not_complete() {
    let stub = Stub::answering(vec![hits(&[1, 2])]);
    assert!(!stub.index(2).matches(&parse("city").query).unwrap().complete);
}

#[test]
fn a_change_waits_until_the_server_has_done_it() {
    let stub = Stub::answering(vec![info(), queued(), task("processing"), task("succeeded"), task("succeeded")]);
    let entry = Entry {
        ordinal: 4,
        titles: vec!["Street lights, Köln".into()],
        country_codes: vec!["DE".into()],
        ..Entry::default()
    };
    stub.index(10).replace(&[entry]).unwrap();
    let asked = stub.asked();
    assert!(asked[1].starts_with("POST /indexes/cases_v3/documents?primaryKey=ordinal"), "{}", asked[1]);
    assert!(
        asked[1].contains(r#""title":["street lights koln"]"#) && asked[1].contains(r#""country":["de"]"#),
        "{}",
        asked[1]
    );
    assert!(asked[2].starts_with("GET /tasks/7"), "{}", asked[2]);
}

#[test]
fn a_change_that_the_server_fails_at_is_an_error() {
    let stub = Stub::answering(vec![queued(), task("failed"), task("failed")]);
    let error = stub.index(10).remove(&[4]).unwrap_err();
    assert!(matches!(&error, Error::Unavailable(why) if why.contains("no space left")), "{error}");
}

#[test]
fn a_rebuild_builds_beside_and_swaps() {
    let done = || [queued(), task("succeeded"), task("succeeded")];
    let mut script = Vec::new();
    script.extend([queued(), task("failed"), task("failed")].map(|(status, body)| {
        (status, body.replace("no space left", "none").replace(r#""code": "internal""#, r#""code": "index_not_found""#))
    }));
    script.extend(done()); // create
    script.extend(done()); // settings
    script.extend(done()); // documents
    script.push(missing());
    script.extend(done()); // create the one in use
    script.extend(done()); // swap
    script.extend(done()); // delete
    let stub = Stub::answering(script);
    let mut batches = std::iter::once(Ok(vec![Entry { ordinal: 1, ..Entry::default() }]));
    assert_eq!(stub.index(10).rebuild(&mut batches, &mut |_| {}).unwrap(), 1);
    let asked: Vec<String> = stub.asked().into_iter().filter(|asked| !asked.contains("/tasks/")).collect();
    assert!(asked[0].starts_with("DELETE /indexes/cases_v3_next"), "{}", asked[0]);
    assert!(
        asked[2].contains(r#""maxTotalHits":10"#) && asked[2].contains(r#""displayedAttributes":["ordinal"]"#),
        "{}",
        asked[2]
    );
    assert!(asked[3].starts_with("POST /indexes/cases_v3_next/documents"), "{}", asked[3]);
    assert!(asked[6].contains(r#""indexes":["cases_v3","cases_v3_next"]"#), "{}", asked[6]);
    assert!(asked[7].starts_with("DELETE /indexes/cases_v3_next"), "{}", asked[7]);
}

#[test]
fn a_missing_index_and_a_silent_server_are_away() {
    let stub = Stub::answering(vec![missing(), missing()]);
    let index = stub.index(10);
    assert_eq!(index.state(), State::Away(Away::Missing));
    assert!(matches!(index.replace(&[Entry::default()]), Err(Error::Unavailable(_))));
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let silent = Meilisearch::new(server(&format!("http://{nobody}"), 10)).unwrap();
    assert!(matches!(silent.state(), State::Away(Away::Silent(_))));
    assert!(matches!(silent.matches(&parse("x").query), Err(Error::Unavailable(_))));
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut slow = server(&format!("http://{}", listener.local_addr().unwrap()), 10);
    slow.patience = Duration::from_millis(50);
    let index = Meilisearch::new(slow).unwrap();
    assert!(matches!(index.matches(&parse("x").query), Err(Error::Unavailable(_))));
}

#[test]
fn batches_are_cut_by_number_and_by_size() {
    let small: Vec<Entry> = (0..1200).map(|ordinal| Entry { ordinal, ..Entry::default() }).collect();
    assert_eq!(batches(&small, BATCH_BYTES).unwrap().iter().map(Vec::len).collect::<Vec<_>>(), [500, 500, 200]);
    let text = "word ".repeat(3_000);
    let large: Vec<Entry> =
        (0..3).map(|ordinal| Entry { ordinal, texts: vec![text.clone()], ..Entry::default() }).collect();
    assert_eq!(batches(&large, 40_000).unwrap().iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn it_keeps_the_contract() {
    let Ok(url) = std::env::var("TEST_MEILISEARCH_URL") else {
        eprintln!("SKIPPED: the contract was not tried on Meilisearch, because TEST_MEILISEARCH_URL is not set.");
        return;
    };
    let key = std::env::var("TEST_MEILISEARCH_KEY").ok().map(Secret::new);
    let index = format!("casebook_test_{}", std::process::id());
    contract::holds_for(&Meilisearch::new(Server { key, index, ..server(&url, 1000) }).unwrap());
}
