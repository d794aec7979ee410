//! How the site is reached, and whether there is somebody to read what comes in.

use url::{Host, Url};

use super::Finding;
use crate::{
    Result,
    config::Config,
    db::Database,
    moderation,
    staff::{self, Recovery},
};

pub(super) fn address(config: &Config) -> Finding {
    const ABOUT: &str = "public address";
    let public = config.public_url();
    let Ok(url) = Url::parse(&public) else {
        return Finding::ill(
            ABOUT,
            format!("{public} is no address"),
            "Set server.public_url, as in https://casebook.example.",
        );
    };
    let onion = url.host_str().is_some_and(|host| host.ends_with(".onion"));
    if url.path() != "/" || url.query().is_some() {
        return Finding::ill(
            ABOUT,
            format!("{public} has a path"),
            "Give server.public_url scheme and host only: forms compare the Origin with it.",
        );
    }
    match url.scheme() {
        "https" if config.server.trusted_proxies.is_empty() => Finding::ill(
            ABOUT,
            format!("{public} is reached by a proxy, but no proxy is trusted: all visitors share one limit of tries"),
            "Name the proxy's address in server.trusted_proxies.",
        ),
        "https" => Finding::well(ABOUT, format!("{public}, by TLS")),
        "http" if onion || is_loopback(&url) => {
            Finding::well(ABOUT, format!("{public}, which nobody on the way can read"))
        }
        "http" => Finding::ill(
            ABOUT,
            format!("{public} is reached without TLS: everybody on the way can read passwords, words and accounts"),
            "Put a proxy with TLS before the site, and let server.public_url begin with https://.",
        ),
        other => {
            Finding::ill(ABOUT, format!("{public} begins with {other}:"), "Let server.public_url begin with https://.")
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

pub(super) fn onion(config: &Config) -> Finding {
    const ABOUT: &str = "onion address";
    let onion = config.server.onion_url.as_str();
    if onion.is_empty() {
        return Finding::well(ABOUT, "none is offered");
    }
    let is_one = Url::parse(onion).is_ok_and(|url| url.host_str().is_some_and(|host| host.ends_with(".onion")));
    if is_one {
        Finding::well(ABOUT, onion)
    } else {
        Finding::ill(
            ABOUT,
            format!("{onion} is none"),
            "Set server.onion_url to http://, the fifty-six characters and .onion, or to \"\".",
        )
    }
}

pub(super) fn staff(db: &Database) -> Result<Finding> {
    const ABOUT: &str = "staff";
    let (active, waiting) = db.read(|r| Ok((staff::count_active(r)?, staff::waiting(r)?.len())))?;
    let says = format!("{active} active, {waiting} waiting to be admitted");
    Ok(match (active, waiting) {
        (0, 0) => Finding::ill(ABOUT, "nobody has joined, and no account is taken", "Run `casebook staff invite`."),
        (0, _) => Finding::ill(ABOUT, says, "Run `casebook staff admit ALIAS --recovery-key`."),
        (1, _) => Finding::ill(
            ABOUT,
            format!("{says}: nobody can check what the only one does, nor stand in"),
            "Invite a second one under /staff/members.",
        ),
        _ => Finding::well(ABOUT, says),
    })
}

pub(super) fn recovery_key(db: &Database) -> Result<Finding> {
    const ABOUT: &str = "recovery key";
    Ok(match db.read(staff::recovery)? {
        Recovery::Confirmed => Finding::well(ABOUT, "was typed back; whether the paper is still there only you know"),
        Recovery::Missing => Finding::ill(ABOUT, "there is none: nobody has joined", "Run `casebook staff invite`."),
        Recovery::Shown => Finding::ill(
            ABOUT,
            "was shown, but not typed back",
            "An administrator types it back under /staff/keys, or makes a new one there.",
        ),
    })
}

pub(super) fn sealing(db: &Database) -> Result<Finding> {
    const ABOUT: &str = "sealing";
    let left = db.read(moderation::count_sealed_to_retired)?;
    Ok(if left == 0 {
        Finding::well(ABOUT, "everything is sealed to the key in use")
    } else {
        Finding::ill(
            ABOUT,
            format!("{left} envelopes are still sealed to a key that somebody who left has held"),
            "Any moderator presses the button beside the notice under /staff/queue.",
        )
    })
}
