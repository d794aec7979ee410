//! Mail: one message type, one trait, and the ways in which mail leaves (a server, a folder, memory for tests, or not at all).
//!
//! Mail is sent by jobs only, never inside a request. A failure comes back as an error, so that the job waits and tries again.

mod directory;
mod memory;
mod smtp;

use std::{sync::Arc, time::Duration};

use data_encoding::HEXLOWER;
use lettre::message::{
    Mailbox,
    header::{ContentType, HeaderName, HeaderValue},
};

use crate::{
    clock::Timestamp,
    config::{Config, MailTransport},
    error::{Error, Result},
    random::Random,
};

pub use directory::Directory;
pub use memory::Memory;
pub use smtp::Smtp;

/// The longest address, in bytes (RFC 5321, section 4.5.3.1.3, without the angle brackets).
const LONGEST_ADDRESS: usize = 254;

/// Somebody's mail address. `Debug` masks it.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(lettre::Address);

/// A text that is no mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a mail address")]
pub struct MalformedAddress;

impl Address {
    /// Reads `mo@example.org`; white space around it is passed over.
    ///
    /// # Errors
    /// [`MalformedAddress`] if it is none, or longer than mail servers take; also where one mailbox could be written in many ways (a quoted
    /// name), where the domain is an address of the network (which could be a machine inside), or for letters that many servers refuse.
    pub fn parse(text: &str) -> Result<Self, MalformedAddress> {
        let address: lettre::Address = text.trim().parse().map_err(|_| MalformedAddress)?;
        let plain = text.is_ascii() && !address.user().starts_with('"') && !address.domain().starts_with('[');
        let fits = plain && text.trim().len() <= LONGEST_ADDRESS;
        fits.then_some(Self(address)).ok_or(MalformedAddress)
    }

    /// The whole address, for the one who sends.
    #[must_use]
    pub fn reveal(&self) -> &str {
        self.0.as_ref()
    }

    /// The address as pages and log lines may show it: `m…@example.org`.
    #[must_use]
    pub fn masked(&self) -> String {
        let first = self.0.user().chars().next().map_or(String::new(), String::from);
        format!("{first}…@{}", self.0.domain())
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject, one line.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// What names a mail: 128 random bits in hexadecimal. It is drawn when the mail becomes needful, so that it stays the same however often sending it is tried.
#[must_use]
pub fn draw_id(random: &dyn Random) -> String {
    HEXLOWER.encode(&random.bytes::<16>())
}

/// A mail in plain text to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Names the mail; 128 random bits in hexadecimal, the same when it is tried again.
    pub id: String,
    /// The recipient.
    pub to: Address,
    /// The subject, one line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// When it was written.
    pub written: Timestamp,
    /// The address by which one click ends such mails (RFC 8058); none for a mail that does not come again.
    pub unsubscribe: Option<String>,
}

impl Message {
    /// A letter on its way to somebody.
    #[must_use]
    pub fn new(id: String, to: Address, letter: Letter, written: Timestamp) -> Self {
        Self { id, to, subject: letter.subject, text: letter.text, written, unsubscribe: None }
    }

    /// The same with the address by which one click ends such mails.
    #[must_use]
    pub fn ended_by(self, address: String) -> Self {
        Self { unsubscribe: Some(address), ..self }
    }

    /// The mail as it travels. Neither the machine's name nor its clock is in it.
    fn compose(&self, from: &Sender) -> Result<lettre::Message> {
        let seconds = u64::try_from(self.written.and_utc().timestamp()).unwrap_or(0);
        let mut builder = lettre::Message::builder()
            .from(from.0.clone())
            .to(Mailbox::new(None, self.to.0.clone()))
            .subject(self.subject.replace(['\r', '\n'], " "))
            .date(std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds))
            .message_id(Some(format!("<{}@{}>", self.id, from.0.email.domain())))
            .header(ContentType::TEXT_PLAIN);
        if let Some(address) = &self.unsubscribe {
            for (name, value) in unsubscribing(address) {
                builder = builder.raw_header(HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value));
            }
        }
        builder.body(self.text.clone()).map_err(Error::unexpected)
    }
}

/// The headers by which a mailbox offers to end such mails with one click (RFC 8058, section 3.1). What is no printable ASCII has no place
/// in an address and is left out, so that nothing can follow the header in its own line.
fn unsubscribing(address: &str) -> [(HeaderName, String); 2] {
    let address: String = address.chars().filter(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>')).collect();
    [
        (HeaderName::new_from_ascii_str("List-Unsubscribe"), format!("<{address}>")),
        (HeaderName::new_from_ascii_str("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click".to_owned()),
    ]
}

/// The address that mails come from.
#[derive(Debug, Clone)]
pub struct Sender(Mailbox);

impl Sender {
    /// Reads `casebook@example.org` or `Casebook <casebook@example.org>`.
    ///
    /// # Errors
    /// [`Error::Config`] if it is neither.
    pub fn parse(text: &str) -> Result<Self> {
        text.parse().map(Self).map_err(|_| Error::Config(format!("mail.from: \"{text}\" is not a mail address")))
    }
}

/// A way for mail to leave.
pub trait Mailer: Send + Sync {
    /// Hands the mail on. When this returns, the next station has it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if trying again may help; [`Error::Unexpected`] if the next station will not have it.
    fn send(&self, message: &Message) -> Result<()>;

    /// Whether the next station would listen; nothing is sent.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if it does not answer or cannot be written.
    fn greet(&self) -> Result<()> {
        Ok(())
    }
}

/// The way that the settings name.
///
/// # Errors
/// [`Error::Config`] if they do not fit together.
pub fn from_config(config: &Config) -> Result<Arc<dyn Mailer>> {
    let mail = &config.mail;
    Ok(match mail.transport {
        MailTransport::None => Arc::new(Nowhere),
        MailTransport::Memory => Arc::new(Memory::default()),
        MailTransport::Directory => {
            let from = if mail.from.is_empty() { "casebook@localhost" } else { &mail.from };
            Arc::new(Directory::new(config.in_data(&mail.folder), Sender::parse(from)?))
        }
        MailTransport::Smtp => {
            let patience = Duration::from_secs(mail.smtp_timeout_seconds.into());
            Arc::new(Smtp::new(mail.smtp_url.reveal(), &mail.smtp_hello, Sender::parse(&mail.from)?, patience)?)
        }
    })
}

/// An instance that sends no mail.
#[derive(Debug, Clone, Copy)]
struct Nowhere;

impl Mailer for Nowhere {
    fn send(&self, message: &Message) -> Result<()> {
        tracing::debug!(to = message.to.masked(), "no mail is sent: mail.transport is none");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clock::Clock,
        testing::{FixedClock, SeededRandom},
    };

    pub(super) fn message(to: &str) -> Message {
        let now = FixedClock::at("2026-11-23").now();
        let (subject, text) = ("A test\r\nBcc: x@example.org".to_owned(), "Grüße from the harbour\n.\nend".to_owned());
        Message::new(draw_id(&SeededRandom::new(1)), Address::parse(to).unwrap(), Letter { subject, text }, now)
    }

    pub(super) fn sender() -> Sender {
        Sender::parse("Casebook <casebook@example.org>").unwrap()
    }

    #[test]
    fn a_mail_names_no_machine_and_its_subject_stays_one_line() {
        let mail = message("mo@example.org");
        let text = String::from_utf8(mail.compose(&sender()).unwrap().formatted()).unwrap();
        assert!(text.contains(&format!("Message-ID: <{}@example.org>", mail.id)), "{text}");
        assert!(text.contains("Date: Mon, 23 Nov 2026 12:00:00 +0000"), "{text}");
        assert!(!text.contains("\r\nBcc:"), "{text}");
    }

    /// RFC 8058: both headers, each on its own line, whatever stands in the address.
    #[test]
    fn a_mail_that_comes_again_can_be_ended_with_one_click() {
        let bare = String::from_utf8(message("mo@example.org").compose(&sender()).unwrap().formatted()).unwrap();
        assert!(!bare.contains("List-Unsubscribe"), "{bare}");
        let address = "https://casebook.example/alerts/x/unsubscribe>\r\nBcc: x@example.org";
        let mail = message("mo@example.org").ended_by(address.to_owned());
        let text = String::from_utf8(mail.compose(&sender()).unwrap().formatted()).unwrap();
        let header = "List-Unsubscribe: <https://casebook.example/alerts/x/unsubscribeBcc:x@example.org>\r\n";
        assert!(text.contains(header), "{text}");
        assert!(text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{text}");
    }

    #[test]
    fn an_address_is_read_and_masked_wherever_it_is_shown() {
        let address = Address::parse(" mo.ender@example.org ").unwrap();
        assert_eq!((address.reveal(), address.masked().as_str()), ("mo.ender@example.org", "m…@example.org"));
        assert_eq!(format!("{:?}", message("mo@example.org").to), "m…@example.org");
        let long = format!("mo@{}.org", "example.".repeat(40));
        for wrong in ["", "mo", "not an address", "mo@", "mo@example.org\r\nRCPT TO:<x@example.org>", &long] {
            assert_eq!(Address::parse(wrong), Err(MalformedAddress), "{wrong}");
        }
        for second in ["\"mo\"@example.org", "\"m\\o\"@example.org", "mo@[10.0.0.5]", "mö@example.org"] {
            assert_eq!(Address::parse(second), Err(MalformedAddress), "{second}");
        }
    }

    #[test]
    fn a_sender_that_is_no_address_stops_the_start() {
        assert!(matches!(Sender::parse("nobody"), Err(Error::Config(_))));
    }

    #[test]
    fn the_settings_name_the_way() {
        let mut config = Config::defaults().unwrap();
        from_config(&config).unwrap().send(&message("mo@example.org")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        config.data.folder = folder.path().to_owned();
        config.mail.transport = MailTransport::Directory;
        from_config(&config).unwrap().send(&message("mo@example.org")).unwrap();
        assert_eq!(std::fs::read_dir(folder.path().join("mail")).unwrap().count(), 1);
        config.mail.transport = MailTransport::Smtp;
        assert!(matches!(from_config(&config), Err(Error::Config(_))));
    }
}
