//! Every template renders every sample: well formed, one heading, labels, nothing within that the content policy would block.

use std::{collections::BTreeSet, fs, path::Path};

use casebook_web::samples;

use crate::site::markup::complaints;

#[test]
fn every_sample_of_every_template_is_a_sound_page() {
    let mut wrong = Vec::new();
    for (name, html) in samples() {
        match html {
            Ok(html) => wrong.extend(complaints(&html).into_iter().map(|complaint| format!("{name}: {complaint}"))),
            Err(error) => wrong.push(format!("{name}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hostile_samples_stay_text() {
    for (name, html) in samples() {
        assert!(!html.unwrap().contains("<script>alert"), "{name} lets a script through");
    }
}

/// A template is a page if it extends the frame; a page has samples.
#[test]
fn every_template_has_samples() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = BTreeSet::new();
    walk(&root.join("../../templates"), &mut |path, text| {
        if text.contains("{% extends") {
            pages.insert(path.to_owned());
        }
    });
    let lib = fs::read_to_string(root.join("src/lib.rs")).unwrap();
    let mut sampled = BTreeSet::new();
    walk(&root.join("src"), &mut |_, text| {
        for (at, _) in text.match_indices("#[template(path = \"") {
            let path = text[at..].split('"').nth(1).unwrap().to_owned();
            let name = text[at..].split("struct ").nth(1).unwrap();
            let name: String = name.chars().take_while(|c| c.is_alphanumeric()).collect();
            if lib.contains(&format!("::{name}>")) {
                sampled.insert(path);
            }
        }
    });
    let missing: Vec<_> =
        pages.iter().filter(|page| !sampled.iter().any(|path| page.ends_with(&format!("/{path}")))).collect();
    assert!(!pages.is_empty() && missing.is_empty(), "no samples in lib.rs for {missing:?}");
}

fn walk(folder: &Path, visit: &mut impl FnMut(&str, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, visit);
        } else if let Ok(text) = fs::read_to_string(&path) {
            visit(path.to_str().unwrap(), &text);
        }
    }
}
