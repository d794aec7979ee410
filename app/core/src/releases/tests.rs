//! Releases of the first cases: the same bytes twice, what a change, a redaction and a hidden case make of them, and what was tampered with.

mod editions;

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read},
    sync::Arc,
};

use tempfile::TempDir;

use super::*;
use crate::{
    Error,
    cases::{
        Showing, Vocabulary,
        document::{Document, Text},
        exports::Site,
        publish, published, redact, revise, seeds, set_visibility,
    },
    codebook::Codebook,
    db::Actor,
    disclosure::{Code, Waivers},
    places::Gazetteer,
    testing::{SeededRandom, TestDatabase},
    text::Words,
};

/// A word of one case that stands nowhere else.
const WORD: &str = "Quantrell";

/// An instance with the first cases, and where its releases lie.
struct Shelf {
    db: TestDatabase,
    codebook: Arc<Codebook>,
    gazetteer: Arc<Gazetteer>,
    key: ReleaseKey,
    folder: TempDir,
}

impl Shelf {
    fn new() -> Self {
        let (codebook, gazetteer) = (Codebook::embedded(), Gazetteer::embedded());
        let key = ReleaseKey::draw(&SeededRandom::new(7));
        let folder = tempfile::tempdir().unwrap();
        let shelf = Self { db: TestDatabase::open(), codebook, gazetteer, key, folder };
        seeds::plant(&shelf.db, shelf.vocabulary(), true).unwrap();
        shelf
    }

    fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { codebook: &self.codebook, gazetteer: &self.gazetteer }
    }

    fn press(&self) -> Press<'_> {
        Press {
            db: &self.db,
            vocabulary: self.vocabulary(),
            key: &self.key,
            folder: self.folder.path().to_owned(),
            site: Site {
                address: "https://casebook.example".to_owned(),
                case: |id| format!("/cases/{id}"),
                revision: |id, revision| format!("/cases/{id}/r/{revision}"),
            },
            page: |version| format!("/datasets/{version}"),
        }
    }

    fn makes(&self, note: Option<&str>) -> Result<Made, Error> {
        let wish = Wish { note, waivers: &Waivers::none(), dry_run: false, anyway: false };
        make(&self.press(), &Actor::CommandLine, wish, &mut |_| ()).and_then(Next::made)
    }

    /// The next snapshot, whether or not it says anything new.
    fn makes_anyway(&self) -> Made {
        let wish = Wish { note: None, waivers: &Waivers::none(), dry_run: false, anyway: true };
        make(&self.press(), &Actor::CommandLine, wish, &mut |_| ()).and_then(Next::made).unwrap()
    }

    /// The release that tells already what a next one would, by a trial that keeps nothing.
    fn told_by(&self) -> Option<String> {
        let wish = Wish { note: None, waivers: &Waivers::none(), dry_run: true, anyway: false };
        match make(&self.press(), &Actor::CommandLine, wish, &mut |_| ()).unwrap() {
            Next::Made(_) => None,
            Next::Told(by) => Some(by.version.to_string()),
        }
    }

    fn rebuilds(&self, version: &str) -> Result<Made, Error> {
        let wish = Wish { note: None, waivers: &Waivers::none(), dry_run: false, anyway: false };
        rebuild(&self.press(), &Actor::CommandLine, version.parse().unwrap(), wish, &mut |_| ())
    }

    fn release(&self, version: &str) -> Release {
        self.db.read(|r| find(r, version.parse().unwrap())).unwrap().unwrap()
    }

    fn changes(&self, version: &str) -> Changes {
        let release = self.release(version);
        self.db.read(|r| changes(r, self.vocabulary(), &release, 100)).unwrap()
    }

    /// Publishes a further case that says [`WORD`] in its title.
    fn tells(&self, id: &str, also: impl FnOnce(&mut Document)) -> CaseId {
        let reference = self.db.read(published::reference).unwrap().unwrap();
        let found = self.db.read(|r| published::find(r, &reference, published::Eyes::Public)).unwrap();
        let mut document = found.document;
        document.id = id.parse().unwrap();
        document.revision = 1;
        document.reference = false;
        document.title = Text::new(format!("{WORD} and the *lamps*"), "en");
        also(&mut document);
        let checked = self.vocabulary().check(document).unwrap();
        self.db.write(Actor::System, |tx| publish(tx, self.vocabulary(), &checked)).unwrap();
        id.parse().unwrap()
    }

    fn revises(&self, id: &CaseId) {
        let found = self.db.read(|r| published::find(r, id, published::Eyes::Moderator)).unwrap();
        let (mut document, base) = (found.document, found.current);
        document.revision = base + 1;
        let checked = self.vocabulary().check(document).unwrap();
        self.db.write(Actor::System, |tx| revise(tx, self.vocabulary(), &checked, base, None)).unwrap();
    }

    fn redacts(&self, id: &CaseId, words: &str) {
        let (words, reason) = (Words::of(words).unwrap(), "legal_demand".parse().unwrap());
        self.db.write(Actor::System, |tx| redact::redact(tx, self.vocabulary(), id, &words, &reason)).unwrap();
    }

    fn shows(&self, id: &CaseId, showing: &Showing) {
        self.db.write(Actor::System, |tx| set_visibility(tx, id, showing)).unwrap();
    }

    /// The files of a release by their names, those of the package beside them.
    fn files(&self, version: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(self.folder.path().join(version)).unwrap() {
            let entry = entry.unwrap();
            files.insert(entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap());
        }
        let package = files[&format!("casebook-{version}.zip")].clone();
        let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            files.insert(format!("package/{}", file.name().unwrap()), content);
        }
        files
    }

    /// The files of a release that hold some words.
    fn holding(&self, version: &str, words: &str) -> Vec<String> {
        let holds = |content: &[u8]| String::from_utf8_lossy(content).contains(words);
        self.files(version).into_iter().filter(|(_, content)| holds(content)).map(|(name, _)| name).collect()
    }
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

/// R15: the same snapshot, made twice by one build, is the same bytes, signature included; each file has the checksum that is listed and signed.
#[test]
fn the_same_snapshot_is_the_same_bytes() {
    let (one, other) = (Shelf::new(), Shelf::new());
    let made = one.makes(Some("The first")).unwrap();
    other.makes(Some("The first")).unwrap();
    let files = one.files("1.0");
    assert!(files == other.files("1.0"));
    assert!(made.released && made.counts.added == 7 && made.cases == 7);
    let names: Vec<&str> = made.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["casebook-1.0.zip", "CHANGELOG.md", "changes.csv", SUMS, SIGNATURE]);
    for file in &made.files {
        assert_eq!(u64::try_from(files[&file.name].len()).unwrap(), file.bytes);
    }
    let described: serde_json::Value = serde_json::from_slice(&files["package/datapackage.json"]).unwrap();
    assert_eq!(described["version"], "1.0");
    assert_eq!(described["casebook"]["release"], "1.0");
    assert_eq!(described["casebook"]["query"]["address"], "https://casebook.example/datasets/1.0");
    assert_eq!(described["title"], "Casebook dataset, release 1.0");
    let words = text(&files, "package/README.md");
    assert!(words.starts_with("# Casebook dataset, release 1.0\n"), "{words}");
    assert!(words.contains("Casebook collection (2026): Casebook dataset, release 1.0. https://"), "{words}");
    let release = one.release("1.0");
    assert_eq!((release.files.as_slice(), release.note.as_deref()), (made.files.as_slice(), Some("The first")));
    assert_eq!((release.state, release.base), (State::Current, None));
    assert!(release.may_be_fetched() && release.file("../secret.key").is_none());
    assert_eq!(verify(&release, one.folder.path()).unwrap(), []);
    let looked = verify_folder(&one.folder.path().join("1.0"), &one.key.public(), None).unwrap();
    let signed = looked.signed.unwrap();
    assert_eq!((looked.faults.len(), signed.version, signed.day), (0, release.version, release.day));
    assert_eq!(signed.comment, format!("Casebook release 1.0 of {}, file SHA256SUMS", release.day));
    assert!(signed.key.len() > 8 && signed.key.bytes().all(|byte| byte.is_ascii_hexdigit()), "{signed:?}");
}

/// R15: a byte that was flipped, in whatever file, is found and the file named.
#[test]
fn a_flipped_byte_is_found_in_every_file() {
    let shelf = Shelf::new();
    shelf.makes(None).unwrap();
    let release = shelf.release("1.0");
    for file in &release.files {
        let path = release.path(shelf.folder.path(), file);
        let whole = fs::read(&path).unwrap();
        let mut flipped = whole.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        fs::write(&path, flipped).unwrap();
        let faults = verify(&release, shelf.folder.path()).unwrap();
        assert!(faults.iter().any(|fault| fault.file == path), "{}: {faults:?}", file.name);
        fs::write(&path, whole).unwrap();
    }
    assert_eq!(verify(&release, shelf.folder.path()).unwrap(), []);
    let place = shelf.folder.path().join("1.0");
    fs::write(place.join("further.csv"), "a").unwrap();
    assert!(verify(&release, shelf.folder.path()).unwrap()[0].to_string().contains("does not stand in SHA256SUMS"));
    fs::remove_file(place.join("further.csv")).unwrap();
    let other = ReleaseKey::draw(&SeededRandom::new(8)).public();
    let Looked { signed, faults, .. } = verify_folder(&place, &other, None).unwrap();
    assert!(signed.is_none() && faults[0].to_string().contains("another key"), "{faults:?}");
    // One release does not pass for another, even with its own valid signature.
    let forged = Release { version: "2.0".parse().unwrap(), ..release };
    fs::rename(&place, shelf.folder.path().join("2.0")).unwrap();
    let faults = verify(&forged, shelf.folder.path()).unwrap();
    assert!(faults[0].to_string().contains("signed as something else"), "{faults:?}");
}

/// R15: what came, what changed and what is gone since the release before, in files and for pages; of what is gone there are no words.
#[test]
fn a_release_tells_what_changed_against_the_one_before() {
    let shelf = Shelf::new();
    let (goes, unlisted) = (shelf.tells("00000001", |_| ()), shelf.tells("00000002", |_| ()));
    let (stays, revised) = (shelf.tells("00000003", |_| ()), shelf.tells("00000004", |_| ()));
    shelf.makes(None).unwrap();
    shelf.shows(&goes, &Showing::Hidden("names_private_person".to_owned()));
    shelf.shows(&unlisted, &Showing::Unlisted("duplicate".to_owned()));
    shelf.redacts(&stays, "lamps");
    shelf.revises(&revised);
    let new = shelf.tells("00000005", |_| ());
    let made = shelf.makes(None).unwrap();
    assert_eq!(made.counts, Counts { added: 1, changed: 2, withdrawn: 2 });
    let files = shelf.files("2.0");
    let words = text(&files, "CHANGELOG.md");
    for line in [
        "Against release 1.0: 1 added, 2 changed, 2 withdrawn.",
        "- 00000005 Quantrell and the \\*lamps\\* (revision 1)",
        "- 00000004 Quantrell and the \\*lamps\\* (revision 2 after 1)",
        "(revision 1, words taken out or shown again)",
        "- 00000001 (revision 1): hidden, names private person",
        "- 00000002 (revision 1): in no list any more, duplicate",
    ] {
        assert!(words.contains(line), "{line} is not in {words}");
    }
    let table = text(&files, "changes.csv");
    assert!(table.contains("00000001,withdrawn,1,,,hidden,names_private_person,\n"), "{table}");
    assert_eq!(table.lines().count(), 1 + 5);

    let told = shelf.changes("2.0");
    let named = |changes: &[Change]| changes.iter().map(|change| change.case.clone()).collect::<Vec<_>>();
    assert_eq!((named(&told.added), named(&told.changed)), (vec![new.clone()], vec![stays.clone(), revised.clone()]));
    assert_eq!((told.changed[1].before, told.changed[1].revision), (Some(1), 2));
    let ends: Vec<&End> = told.withdrawn.iter().map(|gone| &gone.end).collect();
    assert_eq!(ends, [&End::Hidden("names_private_person".to_owned()), &End::Unlisted("duplicate".to_owned())]);
    // What goes later is named no more, and what is shown again is said to be.
    shelf.shows(&new, &Showing::Hidden("legal_demand".to_owned()));
    shelf.shows(&goes, &Showing::Public);
    let told = shelf.changes("2.0");
    assert_eq!((told.added.len(), told.unnamed, &told.withdrawn[0].end), (0, 1, &End::Shown));
}

/// R15 O8 M10: what is not public any more recalls every release that holds it; the next edition holds the same cases at the same revisions
/// without it, and the old files are gone.
#[test]
fn a_release_that_holds_what_is_not_public_is_recalled_until_it_is_built_anew() {
    let shelf = Shelf::new();
    let (goes, stays) = (shelf.tells("00000001", |_| ()), shelf.tells("00000002", |_| ()));
    let revised = shelf.tells("00000003", |document| document.title.text = "Lanternpost".to_owned());
    shelf.makes(None).unwrap();
    assert!(shelf.rebuilds("1.0").unwrap_err().to_string().contains("nothing to build anew"));
    shelf.revises(&revised);
    assert_eq!(shelf.release("1.0").state, State::Current, "a later revision changes nothing of what was cited");
    assert!(!shelf.holding("1.0", WORD).is_empty(), "the search finds the word where it is");
    assert!(shelf.holding("1.0", "00000001").contains(&"package/cases.csv".to_owned()));

    shelf.shows(&goes, &Showing::Hidden("legal_demand".to_owned()));
    shelf.redacts(&stays, WORD);
    assert_eq!(shelf.release("1.0").state, State::Recalled { cases: 2 });
    assert!(!shelf.release("1.0").may_be_fetched());
    // A further revision does not make the redaction forgotten.
    shelf.revises(&stays);
    assert_eq!(shelf.db.read(waiting).unwrap().len(), 1);
    assert_eq!(shelf.release("1.0").state, State::Recalled { cases: 2 });

    let made = shelf.rebuilds("1.0").unwrap();
    assert_eq!((made.version.to_string().as_str(), made.cases), ("1.1", 9));
    assert_eq!(made.counts, Counts { added: 0, changed: 1, withdrawn: 1 });
    assert_eq!(shelf.release("1.0").state, State::Replaced { by: made.version });
    assert!(!shelf.folder.path().join("1.0").exists());
    assert_eq!(shelf.holding("1.1", WORD), [""; 0]);
    let files = shelf.files("1.1");
    assert!(text(&files, "package/cases.jsonl").contains("redacted: legal demand"));
    assert!(!text(&files, "package/cases.csv").contains("00000001"));
    let cited = text(&files, "package/cases.csv");
    assert!(
        cited.contains("/cases/00000003/r/1") && !cited.contains("/cases/00000003/r/2"),
        "the revision is the same"
    );
    let release = shelf.release("1.1");
    assert_eq!((release.state, release.base), (State::Current, Some("1.0".parse().unwrap())));
    assert_eq!(verify(&release, shelf.folder.path()).unwrap(), []);
    assert!(shelf.rebuilds("1.0").unwrap_err().to_string().contains("replaced by 1.1"));
    assert_eq!(shelf.makes(None).unwrap().version.to_string(), "2.0");
    assert_eq!(shelf.db.read(newest).unwrap().unwrap().base, Some("1.1".parse().unwrap()));
    fs::remove_file(shelf.folder.path().join("2.0/CHANGELOG.md")).unwrap();
    assert_eq!(shelf.rebuilds("2.0").unwrap().version.to_string(), "2.1", "damaged files are a reason as well");
}

/// R15: what breaks off leaves nothing that looks like a release, and what lies in the way is named with the remedy.
#[test]
fn nothing_half_made_is_ever_a_release() {
    let shelf = Shelf::new();
    let tried = Wish { note: None, waivers: &Waivers::none(), dry_run: true, anyway: false };
    let mut told = Vec::new();
    let not_there = Press { folder: shelf.folder.path().join("releases"), ..shelf.press() };
    let made = make(&not_there, &Actor::CommandLine, tried, &mut |step| told.push(step));
    let made = made.and_then(Next::made).unwrap();
    assert!(!made.released && made.files.len() == 5);
    assert_eq!(told, [Step::Written(7, 7), Step::Packing, Step::Checking, Step::Signing]);
    let nothing = || fs::read_dir(shelf.folder.path()).unwrap().count() == 0;
    assert!(
        nothing() && shelf.db.read(all).unwrap().is_empty(),
        "what was only tried leaves not even the folder of releases"
    );

    // As a crash between files and rows leaves it.
    fs::create_dir(shelf.folder.path().join("1.0")).unwrap();
    fs::create_dir(shelf.folder.path().join(".making-x")).unwrap();
    fs::create_dir(shelf.folder.path().join("lost+found")).unwrap();
    let refused = shelf.makes(None).unwrap_err().to_string();
    assert!(refused.contains("rm -r") && refused.contains("1.0"), "{refused}");
    let left: Vec<PathBuf> = leftovers(shelf.folder.path(), &[]).unwrap();
    assert_eq!(left, [".making-x", "1.0"].map(|name| shelf.folder.path().join(name)));
    for name in ["1.0", ".making-x", "lost+found"] {
        fs::remove_dir(shelf.folder.path().join(name)).unwrap();
    }

    // A case goes between the fixing of the set and the last batch.
    let gone = shelf.tells("00000001", |_| ());
    let hide = &mut |step: Step| match step {
        Step::Written(..) => shelf.shows(&gone, &Showing::Hidden("legal_demand".to_owned())),
        Step::Packing | Step::Checking | Step::Signing => {}
    };
    let wish = Wish { dry_run: false, ..tried };
    let refused = make(&shelf.press(), &Actor::CommandLine, wish, hide).unwrap_err().to_string();
    assert!(refused.contains("run the command again"), "{refused}");
    assert!(nothing() && shelf.db.read(all).unwrap().is_empty());
    assert_eq!(shelf.makes(None).unwrap().cases, 7);
}

/// R15: what the disclosure check finds refuses the release, and no file of it is left.
#[test]
fn a_planted_address_refuses_the_release() {
    let shelf = Shelf::new();
    shelf.makes(None).unwrap();
    shelf.tells("00000001", |document| document.narrative[0].text.push_str(" Write to ada.quantrell@example.org."));
    let made = shelf.makes(None).unwrap();
    assert!(!made.released && made.report.findings.iter().any(|finding| finding.code == Code::Email));
    assert!(made.report.findings.iter().all(|finding| finding.case.as_deref() == Some("00000001")));
    assert!(!shelf.folder.path().join("2.0").exists());
    assert_eq!(shelf.db.read(all).unwrap().len(), 1);
    shelf.shows(&"00000001".parse().unwrap(), &Showing::Hidden("names_private_person".to_owned()));
    shelf.tells("00000002", |_| ());
    // The note goes out with the files: it stands in the change log, and is looked at there.
    let noted = shelf.makes(Some("Write to ada.quantrell@example.org.")).unwrap();
    let found: Vec<_> = noted.report.findings.iter().map(|finding| (finding.code, finding.file.as_str())).collect();
    assert_eq!((noted.released, found), (false, vec![(Code::Email, "CHANGELOG.md")]));
    assert!(
        shelf.makes(Some("With what was found out since.")).unwrap().released,
        "what was not released took no number"
    );
}
