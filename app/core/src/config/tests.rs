use super::*;

fn load(file: Option<&str>, variables: &[(&str, &str)]) -> Result<Config> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("casebook.toml");
    if let Some(text) = file {
        std::fs::write(&path, text).unwrap();
    }
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::load(file.map(|_| path.as_path()), variables)
}

fn complaint(file: Option<&str>, variables: &[(&str, &str)]) -> String {
    load(file, variables).unwrap_err().to_string()
}

#[test]
fn a_file_overrides_the_defaults_and_a_variable_overrides_the_file() {
    let file = "[server]\nlisten = \"127.0.0.1:1\"\npublic_url = \"https://a.example/\"\n";
    let config = load(Some(file), &[("CASEBOOK_SERVER_LISTEN", "127.0.0.1:2"), ("HOME", "x")]).unwrap();
    assert_eq!(config.server.listen, "127.0.0.1:2");
    assert_eq!(config.public_url(), "https://a.example");
    assert_eq!(config.accounts.delay_days, 7);
}

#[test]
fn numbers_flags_and_lists_are_read_from_variables() {
    let variables = [
        ("CASEBOOK_ACCOUNTS_DELAY_DAYS", "0"),
        ("CASEBOOK_LIMITS_ENABLED", "false"),
        ("CASEBOOK_SERVER_TRUSTED_PROXIES", "10.0.0.1, 10.0.0.2"),
    ];
    let config = load(None, &variables).unwrap();
    assert_eq!(config.accounts.delay_days, 0);
    assert!(!config.limits.enabled);
    assert_eq!(config.server.trusted_proxies, ["10.0.0.1", "10.0.0.2"]);
}

#[test]
fn a_wrong_key_is_named_with_its_file_and_line() {
    let complaint = complaint(Some("[server]\nlisten = \"a:1\"\nlistne = \"b\"\n"), &[]);
    assert!(complaint.contains("casebook.toml:3") && complaint.contains("server.listne"), "{complaint}");
}

#[test]
fn a_wrong_value_is_named_with_what_would_fit() {
    let of_file = complaint(Some("[accounts]\ndelay_days = \"seven\"\n"), &[]);
    assert!(of_file.contains("casebook.toml:2") && of_file.contains("accounts.delay_days"), "{of_file}");
    let of_variable = complaint(None, &[("CASEBOOK_ACCOUNTS_DELAY_DAYS", "seven")]);
    assert!(of_variable.contains("CASEBOOK_ACCOUNTS_DELAY_DAYS"), "{of_variable}");
    let negative = complaint(None, &[("CASEBOOK_ACCOUNTS_DELAY_DAYS", "-1")]);
    assert!(negative.contains("accounts.delay_days"), "{negative}");
    let of_choice = complaint(None, &[("CASEBOOK_SEARCH_ENGINE", "grep")]);
    assert!(of_choice.contains("search.engine") && of_choice.contains("tantivy"), "{of_choice}");
}

#[test]
fn a_variable_that_sets_nothing_is_refused() {
    assert!(complaint(None, &[("CASEBOOK_SERVER_PORT", "1")]).contains("CASEBOOK_SERVER_PORT"));
}

#[test]
fn production_refuses_what_is_for_tests() {
    let url = ("CASEBOOK_SERVER_PUBLIC_URL", "https://a.example");
    let production = ("CASEBOOK_INSTANCE_ENVIRONMENT", "production");
    assert!(load(None, &[production, url]).is_ok());
    assert!(complaint(None, &[production]).contains("server.public_url"));
    assert!(
        complaint(None, &[production, url, ("CASEBOOK_STAFF_PASSWORD_PROFILE", "cheap")]).contains("password_profile")
    );
}

#[test]
fn no_secret_stands_in_what_debug_shows() {
    let hidden = ["SECRET_CONTENT", "SEARCH_MEILISEARCH_KEY", "MAIL_SMTP_URL", "DATABASE_URL"];
    let names: Vec<String> = hidden.iter().map(|name| format!("CASEBOOK_{name}")).collect();
    let variables: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "hunter2")).collect();
    let config = load(None, &variables).unwrap();
    assert_eq!(config.mail.smtp_url.reveal(), "hunter2");
    assert!(!format!("{config:?}").contains("hunter2"));
}

#[test]
fn every_setting_is_explained_where_it_stands() {
    let mut explained = false;
    for line in DEFAULT.lines() {
        if line.contains(" = ") && !line.starts_with('#') {
            assert!(explained, "no comment above: {line}");
        }
        explained = line.starts_with('#');
    }
}
