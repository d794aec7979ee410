//! The real program in a process of its own, for what only a process can suffer: to be killed, and to be run again.

use std::{
    fs::File,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use casebook_core::testing::{FixedClock, test_database_url};
use tempfile::TempDir;

use super::{Answer, CANARY_FORWARDED, TODAY, Visitor};

/// How long the program may take for what it was asked.
const PATIENCE: Duration = Duration::from_secs(120);

/// An instance in a folder of its own.
pub(crate) struct Program {
    folder: TempDir,
    address: String,
    settings: Vec<(String, String)>,
    running: Option<Child>,
}

impl Program {
    /// An instance with the first cases, not yet started.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut program = Self { address: format!("http://{free}"), folder, settings: Vec::new(), running: None };
        program.set("DATA_FOLDER", &program.data().display().to_string());
        program.set("DATABASE_URL", &test_database_url());
        program.set("INSTANCE_SEED", "always");
        program.set("SERVER_LISTEN", &free.to_string());
        program.set("SERVER_OPERATIONS_LISTEN", "");
        program.set("STAFF_PASSWORD_PROFILE", "cheap");
        program
    }

    /// Its data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A file beside the data folder.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Changes a setting, by the end of its variable's name.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.settings.push((format!("CASEBOOK_{name}"), value.to_owned()));
    }

    /// Starts the site and waits until it answers.
    pub(crate) async fn starts(&mut self) {
        let log = File::options().create(true).append(true).open(self.file("log.txt")).unwrap();
        let child = self.command(&["serve"]).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        self.running = Some(child);
        let begun = Instant::now();
        while reqwest::get(format!("{}/healthz", self.address)).await.is_err() {
            assert!(begun.elapsed() < PATIENCE, "the site does not start: {}", self.log());
            actix_web::rt::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Ends it without a warning, as a power cut does.
    pub(crate) fn is_killed(&mut self) {
        // Child::kill sends SIGKILL.
        let mut child = self.running.take().expect("it runs");
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Runs another command; gives whether it ended well, and all that it said.
    pub(crate) fn runs(&self, words: &[&str]) -> (bool, String) {
        let Output { status, stdout, stderr } = self.command(words).output().unwrap();
        (status.success(), format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr)))
    }

    /// Runs a command again and again until it ends well.
    pub(crate) async fn runs_well_in_the_end(&self, words: &[&str]) {
        let begun = Instant::now();
        loop {
            let (well, said) = self.runs(words);
            if well {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{words:?} never ends well: {said}");
            actix_web::rt::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// Asks for a page again and again until it shows something.
    pub(crate) async fn shows_in_the_end(&self, path: &str, words: &str) -> Answer {
        let begun = Instant::now();
        loop {
            let page = self.visitor().get(path).await;
            if page.body().contains(words) {
                return page;
            }
            assert!(begun.elapsed() < PATIENCE, "{path} never shows {words:?}: {}", page.body());
            actix_web::rt::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// What it has logged.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.file("log.txt")).unwrap_or_default()
    }

    /// Somebody with an empty cookie jar.
    pub(crate) fn visitor(&self) -> Visitor {
        // The process goes by the machine's time, whatever this clock says.
        Visitor::new(&self.address, CANARY_FORWARDED, Arc::new(FixedClock::at(TODAY)))
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CASEBOOK_")) {
            command.env_remove(name);
        }
        command.args(words).envs(self.settings.iter().cloned()).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if let Some(child) = &mut self.running {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
