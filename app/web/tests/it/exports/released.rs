//! The check of a dataset before it goes out for good, by the command, on the file that readers take away.

use std::{fs, path::Path, process::Command};

use super::{shelf, taken};

/// Runs the check in a folder, without settings; gives whether it ended well, and what it said.
fn checked(folder: &Path, words: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    let done = command.current_dir(folder).args(["release", "check"]).args(words).output().unwrap();
    (
        done.status.success(),
        format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr)),
    )
}

/// R15: what is taken away passes the check; one byte of it changed, or a waiver for nothing, does not, and the report is whole. The check needs no
/// database and leaves none.
#[actix_web::test]
async fn a_dataset_is_checked_by_a_command_that_sees_its_files_alone() {
    let site = shelf().await;
    let folder = tempfile::tempdir().unwrap();
    let package = taken(&site, "zip", "").await;
    fs::write(folder.path().join("cases.zip"), &package).unwrap();
    let (well, said) = checked(folder.path(), &["cases.zip"]);
    assert!(well && said.contains("Cases: 8, of which do not name their place: 0."), "{said}");
    assert!(said.contains("Findings: 0, waived: 0. It may go out."), "{said}");
    let (well, said) = checked(folder.path(), &["cases.zip", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert!(
        well && report["passes"] == true
            && report["cases"] == 8
            && report["findings"].as_array().is_some_and(Vec::is_empty),
        "{said}"
    );
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["cases.zip"], "it leaves nothing behind");

    let unpacked = folder.path().join("unpacked");
    fs::create_dir(&unpacked).unwrap();
    for (name, content) in crate::site::unpack::zip_files(&package) {
        fs::write(unpacked.join(name), content).unwrap();
    }
    assert!(checked(folder.path(), &["unpacked"]).0, "a folder with the same files is the same");
    let mut words = fs::read(unpacked.join("README.md")).unwrap();
    words[0] ^= 1;
    fs::write(unpacked.join("README.md"), words).unwrap();
    let (well, said) = checked(folder.path(), &["unpacked"]);
    assert!(!well && said.contains("README.md: [file] README.md is not the file that"), "{said}");
    assert!(said.contains("Mend each finding, or waive it with a reason."), "{said}");

    let waiver = "[[waiver]]\ncase = \"7K2MQX4T\"\nfinding = \"city\"\ncolumn = \"cases.title\"\nwords = \"x\"\nreason = \"y\"\n";
    fs::write(folder.path().join("waivers.toml"), waiver).unwrap();
    let (well, said) = checked(folder.path(), &["cases.zip", "--waivers", "waivers.toml"]);
    assert!(!well && said.contains("unused   waivers.toml:2: nothing was found that this waiver is for"), "{said}");
    assert!(said.contains("Findings: 0, waived: 0. It is refused while one waiver is for nothing"), "{said}");
    let (well, said) = checked(folder.path(), &["cases.zip", "--waivers", "waivers.toml", "--json"]);
    let mut told = serde_json::Deserializer::from_str(&said).into_iter::<serde_json::Value>();
    let report = told.next().unwrap().unwrap();
    assert!(!well && report["passes"] == false && report["unused_waivers"][0]["line"] == 2, "{said}");
    let (well, said) = checked(folder.path(), &["nothing.zip"]);
    assert!(!well && said.contains("nothing.zip: cannot be read") && said.contains("Name the ZIP file"), "{said}");
    assert!(checked(folder.path(), &["--help"]).1.contains("casebook release check casebook-3.0.zip --waivers"));
}
