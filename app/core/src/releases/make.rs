//! Making a release: the set is fixed, its documents are read through the gate, files are written, checked by what sees nothing but them, and
//! signed; then one transaction makes it known.

use std::{
    collections::HashSet,
    fs::{self, File},
    io::BufWriter,
    path::{Path, PathBuf},
};

use super::{
    Counts, Release, ReleaseFile, ReleaseKey, SIGNATURE, SUMS, State, Version, Waived,
    acts::{self, ReleaseAct},
    changelog::{self, ChangeLog},
    coverage::Coverage,
    plan::{self, Item, Plan},
    read::{self, Manifest},
    shelf, store, verify,
};
use crate::{
    Error, Result,
    cases::{
        Vocabulary,
        document::SCHEMA,
        exports::{About, Batch, Site, package},
    },
    db::{Actor, Database, Reading, Writing},
    disclosure::{self, Report, Waivers},
    ids::CaseId,
    limits,
};

/// What a release is made with.
#[derive(Clone)]
pub struct Press<'a> {
    /// The database.
    pub db: &'a Database,
    /// The vocabulary.
    pub vocabulary: Vocabulary<'a>,
    /// What it is signed with.
    pub key: &'a ReleaseKey,
    /// The folder of releases.
    pub folder: PathBuf,
    /// Where cases stand.
    pub site: Site,
    /// The path of a release's page.
    pub page: fn(Version) -> String,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// What there is to say of the release, for everybody.
    pub note: Option<&'a str>,
    /// Findings of the disclosure check that are let pass.
    pub waivers: &'a Waivers,
    /// Whether everything is tried and nothing kept.
    pub dry_run: bool,
    /// Whether the next snapshot is made even where it says nothing new of cases.
    pub anyway: bool,
}

/// How far a release is, while it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many cases are written, of so many.
    Written(usize, usize),
    /// The files become one archive.
    Packing,
    /// The archive is looked at as a stranger would.
    Checking,
    /// Checksums are counted and signed.
    Signing,
}

/// What came of it.
#[derive(Debug)]
pub struct Made {
    /// Which release.
    pub version: Version,
    /// How many cases it holds.
    pub cases: usize,
    /// How many changed.
    pub counts: Counts,
    /// Its files.
    pub files: Vec<ReleaseFile>,
    /// What the disclosure check found.
    pub report: Report,
    /// Whether it is a release now: not if the check refused it, and not if it was only tried.
    pub released: bool,
    /// The folder of the edition before, if it could not be taken away.
    pub left: Option<PathBuf>,
}

/// What becomes of the wish for a next snapshot.
#[derive(Debug)]
pub enum Next {
    /// Its files were written and looked at.
    Made(Made),
    /// None was made, since this release tells the same cases already.
    Told(Release),
}

impl Next {
    /// What was made.
    ///
    /// # Errors
    /// [`Error::Config`] with the release that tells the same cases already, and the remedy.
    pub fn made(self) -> Result<Made> {
        match self {
            Self::Made(made) => Ok(made),
            Self::Told(Release { version, day, .. }) => Err(Error::Config(format!(
                "release {version} of {day} tells these cases already: since then no case was added, changed, withdrawn or reworded. Cite that \
                 one; to make another of the same cases, such as for a new name of an organisation, run the command again with --anyway."
            ))),
        }
    }
}

/// Makes the next snapshot, unless a release tells the same cases already. Tells `progress` how far it is.
///
/// # Errors
/// [`Error::Config`] with what stands in the way; then nothing was released and no file is left.
pub fn make(press: &Press<'_>, actor: &Actor, wish: Wish<'_>, progress: &mut dyn FnMut(Step)) -> Result<Next> {
    let (plan, told) = press.db.read(|r| {
        let plan = Plan::next(r)?;
        let told = if wish.anyway { None } else { plan.told_by(r)? };
        Ok((plan, told))
    })?;
    if let Some(told) = told {
        return Ok(Next::Told(told));
    }
    let made = press.print(&plan, wish, progress, |files| {
        press.db.write(actor.clone(), |tx| {
            press.publish(tx, &plan, wish, files)?;
            tx.record(&ReleaseAct::Made(plan.version));
            Ok(())
        })
    });
    made.map(Next::Made)
}

/// Makes the next edition of a snapshot: the same cases at the same revisions, without what is not public any more. The files of the edition
/// before are taken away.
///
/// # Errors
/// As [`make`]; also where the release needs no rebuilding.
pub fn rebuild(
    press: &Press<'_>,
    actor: &Actor,
    old: Version,
    wish: Wish<'_>,
    progress: &mut dyn FnMut(Step),
) -> Result<Made> {
    let old = press.db.read(|r| plan::to_rebuild(r, old))?;
    refuse_if_whole(&old, &press.folder)?;
    let place = press.folder.join(old.version.to_string());
    if old.state != State::Current && !wish.dry_run && place.exists() {
        // It holds what is not public any more, and goes whatever becomes of the next edition.
        fs::remove_dir_all(&place)?;
    }
    let plan = press.db.read(|r| Plan::anew(r, &old))?;
    let mut made = press.print(&plan, wish, progress, |files| {
        press.db.write(actor.clone(), |tx| {
            acts::note_news(tx)?;
            press.publish(tx, &plan, wish, files)?;
            tx.record(&ReleaseAct::Rebuilt(plan.version));
            Ok(())
        })
    })?;
    if made.released && place.exists() && fs::remove_dir_all(&place).is_err() {
        made.left = Some(place);
    }
    Ok(made)
}

/// A release whose files are whole and may be handed out stays what it is.
fn refuse_if_whole(release: &Release, folder: &Path) -> Result<()> {
    if release.state == State::Current && verify::verify(release, folder)?.is_empty() {
        return Err(Error::Config(format!(
            "release {0} is whole, and all that it holds is public: there is nothing to build anew. `casebook release make` makes the next one.",
            release.version
        )));
    }
    Ok(())
}

/// What is known of the files when they are checked and signed.
struct Printed {
    files: Vec<ReleaseFile>,
    report: Report,
    coverage: Coverage,
}

impl Press<'_> {
    /// Writes, checks and signs the files, gives them their place and lets `publish` make them known; if that fails, they go.
    fn print(
        &self,
        plan: &Plan,
        wish: Wish<'_>,
        progress: &mut dyn FnMut(Step),
        publish: impl FnOnce(&Printed) -> Result<()>,
    ) -> Result<Made> {
        shelf::refuse_leftover(&self.folder, plan.version)?;
        let was_there = self.folder.exists();
        let draft = shelf::draft(&self.folder)?;
        let zip = package_name(plan.version);
        let coverage = self.write_data(plan, wish, draft.path(), &zip, progress)?;
        progress(Step::Checking);
        let report = disclosure::check(draft.path(), wish.waivers)?;
        progress(Step::Signing);
        let files = self.seal(plan, draft.path(), &zip)?;
        let released = report.passes() && !wish.dry_run;
        let printed = Printed { files, report, coverage };
        if released {
            let place = shelf::put_in_place(draft, &self.folder, plan.version)?;
            if let Err(error) = publish(&printed) {
                // What cannot be taken away either is named by the next release and by the check.
                let _ = fs::remove_dir_all(place);
                return Err(error);
            }
        } else if !was_there {
            drop(draft);
            // Nothing is kept in it, so that it need not be there; where it cannot be taken away it is in nobody's way.
            let _ = fs::remove_dir(&self.folder);
        }
        let Printed { files, report, .. } = printed;
        let (version, cases, counts) = (plan.version, plan.items.len(), plan.counts());
        Ok(Made { version, cases, counts, files, report, released, left: None })
    }

    /// The package and the change log; gives what the cases span.
    fn write_data(
        &self,
        plan: &Plan,
        wish: Wish<'_>,
        draft: &Path,
        zip: &str,
        progress: &mut dyn FnMut(Step),
    ) -> Result<Coverage> {
        let set: HashSet<CaseId> = plan.items.iter().map(|item| item.case.clone()).collect();
        let mut log = ChangeLog::begin(plan, wish.note, draft)?;
        let (mut written, mut coverage) = (0, Coverage::default());
        let mut batches = plan.items.chunks(limits::BATCH).map(|items| -> Result<Batch> {
            let wanted: Vec<(CaseId, u32)> = items.iter().map(cited).collect();
            let batch = self.db.read(|r| Batch::cited(r, self.vocabulary, &wanted, &set))?;
            log.batch(&batch)?;
            batch.cases.iter().for_each(|case| coverage.take_in(&case.document));
            written += items.len();
            progress(Step::Written(written, plan.items.len()));
            Ok(batch)
        });
        let files = package(&self.about(plan), self.vocabulary.codebook, &mut batches, draft)?;
        progress(Step::Packing);
        files.zip(BufWriter::new(File::create(draft.join(zip))?))?;
        log.end()?;
        Ok(coverage)
    }

    fn about(&self, plan: &Plan) -> About {
        About {
            site: self.site.clone(),
            query: String::new(),
            address: format!("{}{}", self.site.address, (self.page)(plan.version)),
            date: plan.day,
            release: Some(plan.version.to_string()),
        }
    }

    /// The list of checksums and its signature; gives all files of the release.
    fn seal(&self, plan: &Plan, draft: &Path, zip: &str) -> Result<Vec<ReleaseFile>> {
        let names = [zip, changelog::WORDS, changelog::TABLE];
        let mut files = names.iter().map(|name| shelf::measured(draft, name)).collect::<Result<Vec<_>>>()?;
        let sums: String = files.iter().map(|file| format!("{}  {}\n", file.sha256, file.name)).collect();
        fs::write(draft.join(SUMS), &sums)?;
        let comment = changelog::signed_name(plan.version, plan.day, SUMS);
        fs::write(draft.join(SIGNATURE), self.key.sign(sums.as_bytes(), &comment))?;
        files.push(shelf::measured(draft, SUMS)?);
        files.push(shelf::measured(draft, SIGNATURE)?);
        Ok(files)
    }

    /// The rows of a release whose files have their place.
    fn publish(&self, tx: &mut Writing, plan: &Plan, wish: Wish<'_>, printed: &Printed) -> Result<()> {
        refuse_if_known(tx, plan.version)?;
        let (files, coverage) = (printed.files.clone(), printed.coverage.clone());
        let manifest = Manifest { files, waived: waived(&printed.report), coverage };
        let manifest = serde_json::to_string(&manifest)?;
        let (vocabulary, public_key) = (self.vocabulary.codebook.version().to_string(), self.key.public());
        let new = store::NewRelease {
            plan,
            versions: (SCHEMA, vocabulary.as_str()),
            note: wish.note,
            public_key: &public_key,
            manifest: &manifest,
        };
        store::insert(tx, &new)?;
        match read::find(tx, plan.version)?.map(|release| release.state) {
            Some(State::Current) => Ok(()),
            _ => Err(changelog::moved_on()),
        }
    }
}

fn refuse_if_known(r: &mut Reading, version: Version) -> Result<()> {
    match read::find(r, version)? {
        None => Ok(()),
        Some(_) => Err(Error::Config(format!("release {version} was made at the same time by another command"))),
    }
}

fn cited(item: &Item) -> (CaseId, u32) {
    (item.case.clone(), item.revision)
}

/// The name of the package of a release.
#[must_use]
pub fn package_name(version: Version) -> String {
    format!("casebook-{version}.zip")
}

/// What was let pass, without the words that were found.
fn waived(report: &Report) -> Vec<Waived> {
    let waived = report.waived.iter().map(|(finding, reason)| Waived {
        code: finding.code.to_string(),
        case: finding.case.clone(),
        reason: reason.0.clone(),
    });
    let in_all = report.waived_in_all.iter().map(|covered| Waived {
        code: covered.finding.to_string(),
        case: None,
        reason: covered.reason.0.clone(),
    });
    waived.chain(in_all).collect()
}
