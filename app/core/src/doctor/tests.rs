// Every finding is seen where something is wrong, and all is well where nothing is.

use std::{fs, os::unix::fs::PermissionsExt};

use diesel::connection::SimpleConnection;

use super::*;
use crate::{
    background,
    clock::SystemClock,
    config::{MailTransport, PasswordProfile},
    db::{Actor, Unrecorded},
    instance::Instance,
    random::OsRandom,
    seal::Passwords,
    staff::{Entrance, Role},
    testing::{FixedClock, TestStaff, plain_letters, test_database_url},
};

/// An instance in good order: staff, a recovery key typed back, a text index.
struct Healthy {
    config: Config,
    instance: Instance,
    staff: TestStaff,
    folder: tempfile::TempDir,
}

impl Healthy {
    fn new() -> Self {
        let healthy = Self::without_staff();
        let (founder, _) = healthy.staff.founder("ada");
        healthy.staff.admitted(&founder, Role::Moderator, "mo");
        background::run_all(&healthy.instance, &plain_letters(), |_| ()).unwrap();
        background::rebuild_index(&healthy.instance, &mut |_| ()).unwrap();
        healthy
    }

    fn without_staff() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::defaults().unwrap();
        config.data.folder = folder.path().join("data");
        config.database.url = test_database_url().into();
        let instance = Instance::open(config.clone(), Arc::new(SystemClock), Arc::new(OsRandom)).unwrap();
        let entrance = Entrance {
            db: instance.db.clone(),
            passwords: Arc::new(Passwords::new(PasswordProfile::Cheap)),
            keys: instance.keys.clone(),
            times: (&config.staff).into(),
        };
        Self { config, instance, staff: TestStaff { entrance }, folder }
    }

    fn findings(&self) -> Vec<Finding> {
        examine(&self.config, Arc::new(SystemClock), Arc::new(OsRandom))
    }

    /// What is wrong, by what it is about. The PostgreSQL server of the tests need not survive a power cut.
    fn problems(&self) -> Vec<&'static str> {
        let all = self.findings().into_iter().filter(Finding::is_problem).map(|finding| finding.about);
        all.filter(|about| *about != "connections" || self.instance.db.is_sqlite()).collect()
    }

    #[track_caller]
    fn complains_of(&self, about: &str, words: &str) {
        let all = self.findings();
        let found = all.iter().find(|finding| finding.about == about && finding.is_problem());
        let found = found.unwrap_or_else(|| panic!("nothing is said of {about}: {all:#?}"));
        let text = format!("{} {}", found.says, found.remedy.clone().unwrap());
        assert!(text.contains(words), "{text}");
    }

    fn changes(&self, sql: &str) {
        let change = |tx: &mut Unrecorded| Ok(tx.conn().batch_execute(sql)?);
        self.instance.db.write_unrecorded(change).unwrap();
    }
}

fn mode(path: &std::path::Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn of_an_instance_in_good_order_nothing_is_to_be_done() {
    let healthy = Healthy::new();
    assert_eq!(healthy.problems(), [""; 0], "{:#?}", healthy.findings());
    assert!(healthy.findings().len() >= 15);
}

#[test]
fn a_folder_or_key_that_others_can_read_is_seen() {
    let healthy = Healthy::new();
    let key = healthy.config.in_data(&healthy.config.secret.file);
    mode(&healthy.config.data.folder, 0o755);
    healthy.complains_of("data folder", "chmod 700");
    mode(&healthy.config.data.folder, 0o700);
    mode(&key, 0o644);
    healthy.complains_of("secret key", "chmod 600");
    mode(&key, 0o600);
    assert_eq!(healthy.problems(), [""; 0]);
}

#[test]
fn a_key_that_is_missing_damaged_or_another_one_is_seen() {
    let healthy = Healthy::new();
    let key = healthy.config.in_data(&healthy.config.secret.file);
    let right = fs::read_to_string(&key).unwrap();
    fs::write(&key, "hello").unwrap();
    healthy.complains_of("secret key", "does not hold a secret");
    fs::write(&key, format!("casebook-secret-1:{}A\n", "B".repeat(42))).unwrap();
    healthy.complains_of("secret key of the database", "another one");
    fs::remove_file(&key).unwrap();
    healthy.complains_of("secret key", "Put it back from your copy");
    healthy.complains_of("secret key of the database", "none in place");
    assert!(!key.exists(), "looking makes no key");
    fs::write(&key, right).unwrap();
    mode(&key, 0o600);
    assert_eq!(healthy.problems(), [""; 0]);
}

#[test]
fn where_nothing_was_ever_started_it_says_so_and_makes_nothing() {
    let mut healthy = Healthy::without_staff();
    healthy.config.data.folder = healthy.folder.path().join("nowhere");
    healthy.config.database.url = "sqlite:casebook.sqlite3".to_owned().into();
    healthy.complains_of("data folder", "casebook serve");
    healthy.complains_of("secret key", "not there yet");
    healthy.complains_of("database", "there is none");
    assert!(!healthy.config.data.folder.exists(), "looking makes no folder");
}

#[test]
fn tables_of_another_version_are_seen() {
    let healthy = Healthy::without_staff();
    let newer = "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')";
    healthy.changes(newer);
    healthy.complains_of("tables", "newer program (migration 9999)");
    healthy.changes("DELETE FROM __diesel_schema_migrations WHERE version = '9999'");
    healthy.instance.db.migrate_down().unwrap();
    healthy.complains_of("tables", "casebook migrate");
}

/// O7
#[test]
fn an_index_that_is_away_or_drifted_is_seen() {
    let healthy = Healthy::new();
    let held = crate::search::Entry { ordinal: 7, ..Default::default() };
    healthy.instance.index.replace(&[held]).unwrap();
    healthy.complains_of("text index", "1 are in it that are not public");
    fs::remove_dir_all(healthy.config.in_data(&healthy.config.search.folder)).unwrap();
    healthy.complains_of("text index", "casebook reindex");
}

#[test]
fn work_that_failed_or_is_late_is_seen() {
    let healthy = Healthy::new();
    let job = |id: &str, state: &str, due: &str| {
        format!(
            "INSERT INTO jobs (id, kind, payload, state, attempts, due, last_error) \
             VALUES ('{id}', 'index_cases', '{{}}', '{state}', 8, '{due}', 'a wheel came off')"
        )
    };
    healthy.changes(&job("00000000000000000000000000", "dead", "2026-11-01 00:00:00"));
    healthy.complains_of("work laid aside", "a wheel came off");
    assert!(!healthy.problems().contains(&"waiting work"));
    healthy.changes(&job("00000000000000000000000004", "waiting", "2020-01-01 00:00:00"));
    healthy.complains_of("waiting work", "1 tasks are late, and nobody works");
}

#[test]
fn a_log_that_was_changed_is_seen() {
    let healthy = Healthy::new();
    healthy.changes("UPDATE audit_lines SET subject = 'another' WHERE sequence = 2");
    healthy.complains_of("log", "broken at line 2");
}

#[test]
fn a_clock_that_is_behind_is_seen() {
    let healthy = Healthy::new();
    let at = |day: &str| {
        let all = examine(&healthy.config, Arc::new(FixedClock::at(day)), Arc::new(OsRandom));
        all.into_iter().find(|finding| finding.about == "clock").unwrap()
    };
    let behind = at("2020-01-01");
    assert!(behind.is_problem() && behind.says.contains("the log has a line of"), "{behind:?}");
    healthy.changes("UPDATE audit_lines SET happened = '2020-Q1'");
    let behind = at("2020-01-01");
    assert!(behind.is_problem() && behind.says.contains("member of staff was here"), "{behind:?}");
    if !healthy.instance.db.is_sqlite() {
        assert!(at("2100-01-01").says.contains("server differs"), "ahead of the server");
    }
}

#[test]
fn mail_that_cannot_leave_is_seen() {
    let mut healthy = Healthy::without_staff();
    healthy.config.mail.transport = MailTransport::Directory;
    assert!(!healthy.problems().contains(&"mail"));
    healthy.config.mail.folder = healthy.config.secret.file.clone();
    healthy.complains_of("mail", "the mail folder");
    healthy.config.mail.transport = MailTransport::Smtp;
    healthy.config.mail.from = "casebook@example.org".into();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    healthy.config.mail.smtp_url = format!("smtp://127.0.0.1:{port}").into();
    healthy.complains_of("mail", "does not answer");
}

#[test]
fn an_address_that_does_not_protect_is_seen() {
    let mut healthy = Healthy::without_staff();
    for (public, words) in [
        ("http://casebook.example", "without TLS"),
        ("https://casebook.example/here", "has a path"),
        ("https://casebook.example", "server.trusted_proxies"),
        ("ftp://casebook.example", "ftp:"),
        ("nonsense", "no address"),
    ] {
        healthy.config.server.public_url = public.to_owned();
        healthy.complains_of("public address", words);
    }
    healthy.config.server.trusted_proxies = vec!["127.0.0.1".to_owned()];
    for fine in ["https://casebook.example", "http://abc.onion", "http://localhost:8080", ""] {
        healthy.config.server.public_url = fine.to_owned();
        assert!(!healthy.problems().contains(&"public address"), "{fine}");
    }
    healthy.config.server.onion_url = "http://casebook.example".to_owned();
    healthy.complains_of("onion address", ".onion");
}

#[test]
fn staff_that_is_missing_alone_or_without_a_recovery_key_is_seen() {
    let healthy = Healthy::without_staff();
    healthy.complains_of("staff", "casebook staff invite");
    healthy.complains_of("recovery key", "nobody has joined");
    let keys = &healthy.staff.entrance.keys;
    let invite = |tx: &mut crate::db::Writing| crate::staff::invite_from_command_line(tx, Role::Administrator, 7, keys);
    let link = healthy.instance.db.write(Actor::CommandLine, invite).unwrap();
    healthy.staff.join(&link, "ada");
    healthy.complains_of("recovery key", "not typed back");
    healthy.complains_of("staff", "1 active");
}
