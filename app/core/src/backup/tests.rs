// O13: a back-up is exercised, not only made.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::*;
use crate::{
    config::Config,
    db::{Actor, TableContent},
    random::OsRandom,
    testing::{SeededRandom, TestDatabase},
};

/// A database that was used with a secret key, and a folder for back-ups.
struct Used {
    db: TestDatabase,
    keys: InstanceKeys,
    folder: tempfile::TempDir,
}

impl Used {
    fn new() -> Self {
        let db = TestDatabase::open();
        let keys = InstanceKeys::draw(&SeededRandom::new(3));
        write(&db, instance::KEY_FINGERPRINT, keys.fingerprint());
        write(&db, "boats", "seven boats, älter als das Rathaus");
        Self { db, keys, folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("casebook.backup")
    }

    fn back_up(&self) -> Result<Proven> {
        create(&self.db, Some(&self.keys), &self.file(), &mut |_| ())
    }

    fn check(&self) -> Result<Proven> {
        check(&self.db, Some(&self.keys), &self.file(), &mut |_| ())
    }

    /// Settings of an instance with nothing in it, and what keeps its place.
    fn elsewhere(&self) -> (Config, Trial) {
        let trial = self.db.trial(&self.folder.path().join("elsewhere")).unwrap();
        let mut config = Config::defaults().unwrap();
        config.data.folder = trial.folder.clone();
        config.database.url = trial.url.clone().into();
        (config, trial)
    }
}

fn write(db: &Database, name: &str, value: &str) {
    db.write(Actor::System, |tx| facts::set(tx, name, value)).unwrap();
}

fn content(db: &Database) -> Vec<TableContent> {
    db.content(&mut |_| ()).unwrap()
}

fn complaint<T>(result: Result<T>) -> String {
    match result {
        Err(Error::Config(words)) => words,
        Err(other) => panic!("expected Error::Config, got {other:?}"),
        Ok(_) => panic!("it was taken for good"),
    }
}

/// A key as `secret.content` takes it, and the keys that follow.
fn written_key(letter: char) -> (String, InstanceKeys) {
    let text = format!("casebook-secret-1:{}A", letter.to_string().repeat(42));
    let keys = InstanceKeys::parse(&text, "the test").unwrap();
    (text, keys)
}

fn bring_back(config: Config, used: &Used) -> Result<Restored> {
    let clock = used.db.clock().clone();
    restore(config, clock, Arc::new(OsRandom), &used.file(), &mut |_| ())
}

/// O13
#[test]
fn a_back_up_counts_after_it_was_restored_and_compared() {
    let used = Used::new();
    let mut told = Vec::new();
    let proven = create(&used.db, Some(&used.keys), &used.file(), &mut |words| told.push(words.to_owned())).unwrap();
    assert_eq!(proven.tables, content(&used.db));
    assert!(proven.tables.iter().any(|table| table.table == "instance_facts" && table.rows >= 2));
    assert_eq!((proven.key, proven.head.sequence), (Key::Right, 0));
    assert!(told.iter().any(|words| words == "comparing instance_facts"), "{told:?}");
    assert_eq!(used.check().unwrap(), proven);
    let mode = fs::metadata(used.file()).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "for its owner alone");
    let left: Vec<_> = fs::read_dir(used.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["casebook.backup"], "nothing is left of the trial");
    assert!(complaint(used.back_up()).contains("is there already"), "an older one is not written over");
}

/// O13: restored into an empty place it is the same, and nothing is ever written over.
#[test]
fn a_back_up_is_restored_into_an_empty_place_and_nowhere_else() {
    let used = Used::new();
    let (text, keys) = written_key('A');
    write(&used.db, instance::KEY_FINGERPRINT, keys.fingerprint());
    used.back_up().unwrap();
    let (mut config, _place) = used.elsewhere();
    config.secret.content = text.into();
    let restored = bring_back(config.clone(), &used).unwrap();
    let instance = restored.instance.expect("the key is in place");
    assert_eq!(content(&instance.db), content(&used.db));
    drop(instance);
    write(&used.db, "boats", "eight");
    let words = complaint(bring_back(config, &used));
    assert!(words.contains("empty place only"), "{words}");
    assert!(words.contains("move that file away") || words.contains("createdb"), "it says how: {words}");
}

/// O13
#[test]
fn another_secret_key_is_named_and_a_missing_one_is_not_made_anew() {
    let used = Used::new();
    used.back_up().unwrap();
    let proven = check(&used.db, Some(&written_key('B').1), &used.file(), &mut |_| ()).unwrap();
    assert_eq!(proven.key, Key::Wrong);
    assert_eq!(check(&used.db, None, &used.file(), &mut |_| ()).unwrap().key, Key::Missing);
    let (mut config, _place) = used.elsewhere();
    config.secret.content = written_key('B').0.into();
    assert!(complaint(bring_back(config.clone(), &used)).contains("secret key in place is not the one"));
    assert!(Place::new(config.database.url.reveal(), &config.data.folder).unwrap().taken().unwrap().is_none());
    config.secret.content = String::new().into();
    let restored = bring_back(config.clone(), &used).unwrap();
    assert!(restored.instance.is_none(), "without the key it is not opened");
    assert!(!config.in_data(&config.secret.file).exists(), "no key is made that opens nothing");
}

/// protection.md section 8: a corrupt back-up is reported at once.
#[test]
fn a_flipped_byte_or_a_missing_end_is_reported_with_the_file_and_what_to_do() {
    let used = Used::new();
    used.back_up().unwrap();
    let whole = fs::read(used.file()).unwrap();
    let step = whole.len() / 60;
    let mut places: Vec<usize> = (0..whole.len()).step_by(step).collect();
    places.extend([5, 20, 100, whole.len() - 1]);
    for place in places {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        fs::write(used.file(), &bytes).unwrap();
        let words = complaint(used.check());
        assert!(words.contains("damaged") && words.contains(&used.file().display().to_string()), "{place}: {words}");
        let (config, _place) = used.elsewhere();
        assert!(complaint(bring_back(config, &used)).contains("damaged"), "{place}");
    }
    for length in [0, 10, 90, whole.len() / 2, whole.len() - 1] {
        fs::write(used.file(), &whole[..length]).unwrap();
        assert!(complaint(used.check()).contains("damaged"), "{length}");
    }
    fs::write(used.file(), &whole).unwrap();
    used.check().unwrap();
    let words = {
        fs::write(used.file(), [whole.as_slice(), b"x"].concat()).unwrap();
        complaint(used.check())
    };
    assert!(words.contains("Take another back-up"), "{words}");
}

/// The comparison is no formality: a copy in good order that holds something else is refused.
#[test]
fn a_copy_that_holds_something_else_is_not_taken_for_good() {
    let used = Used::new();
    let copy = used.folder.path().join("copy");
    let mut copied = used.db.copy_to(&copy, &mut |_| ()).unwrap();
    let table = copied.content.iter_mut().find(|table| table.table == "instance_facts").unwrap();
    table.digest = "0".repeat(64);
    let migration = used.db.read(|r| r.migration()).unwrap();
    let manifest = Manifest::new(used.db.clock().today(), VERSION, copied, migration, None);
    container::write(&used.file(), manifest, &copy).unwrap();
    let words = complaint(used.check());
    assert!(words.contains("instance_facts differs from what was saved"), "{words}");
    let (config, _place) = used.elsewhere();
    for attempt in ["the first time", "once more, as nothing was left in place"] {
        let words = complaint(bring_back(config.clone(), &used));
        assert!(words.contains("instance_facts differs from what was saved"), "{attempt}: {words}");
    }
}

#[test]
fn a_back_up_of_a_newer_program_is_left_alone() {
    let used = Used::new();
    let copy = used.folder.path().join("copy");
    let copied = used.db.copy_to(&copy, &mut |_| ()).unwrap();
    let manifest = Manifest::new(used.db.clock().today(), "9.0.0", copied, "9999".into(), None);
    container::write(&used.file(), manifest, &copy).unwrap();
    let words = complaint(bring_back(used.elsewhere().0, &used));
    assert!(words.contains("made by Casebook 9.0.0"), "{words}");
}

/// A site that goes on writing is saved as it was at one moment.
#[test]
fn a_back_up_is_of_one_moment_while_others_write() {
    let used = Used::new();
    let (stop, other) = (AtomicBool::new(false), TestDatabase::again(&used.db));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut number = 0;
            while !stop.load(Ordering::Relaxed) {
                number += 1;
                // Who is made to wait for a back-up may give up; that is not what is tried here.
                let _ = other.write(Actor::System, |tx| {
                    facts::set(tx, "left", &number.to_string())?;
                    facts::set(tx, "right", &number.to_string())
                });
                // SQLite gives nobody a turn in order: without a pause the back-up might never get one.
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
        });
        let made = used.back_up();
        stop.store(true, Ordering::Relaxed);
        made.unwrap();
    });
    used.check().unwrap();
}

/// O13: what was deleted before a back-up is not in it; what lies apart is not in it either.
#[test]
fn neither_deleted_text_nor_the_secret_key_is_in_a_back_up() {
    let used = Used::new();
    let (text, keys) = written_key('C');
    write(&used.db, instance::KEY_FINGERPRINT, keys.fingerprint());
    write(&used.db, "secret words", "zwiebelturm-deleted");
    write(&used.db, "secret words", "zwiebelturm-kept");
    let copy = used.folder.path().join("copy");
    used.db.copy_to(&copy, &mut |_| ()).unwrap();
    used.back_up().unwrap();
    let has =
        |needle: &str| fs::read(used.file()).unwrap().windows(needle.len()).any(|window| window == needle.as_bytes());
    assert!(has(keys.fingerprint()), "the control: the fingerprint is in it");
    assert!(!has(&text[18..]) && !has("zwiebelturm-deleted"));
    if used.db.is_sqlite() {
        assert!(has("zwiebelturm-kept"), "the control: what is there can be found");
    }
}
