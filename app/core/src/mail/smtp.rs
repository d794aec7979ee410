//! Mail by a server, with TLS from rustls.

use std::time::Duration;

use lettre::{
    SmtpTransport, Transport,
    transport::smtp::{self, extension::ClientId},
};

use super::{Mailer, Message, Sender};
use crate::error::{Error, Result};

/// Hands mail to a server.
pub struct Smtp {
    server: SmtpTransport,
    from: Sender,
}

impl Smtp {
    /// `url` as in `smtps://user:password@mail.example.org`, or `smtp://…?tls=required` for STARTTLS; `hello` is the name in the greeting,
    /// which is never taken from the machine. `patience` is how long the server may take for one answer.
    ///
    /// # Errors
    /// [`Error::Config`] if the address cannot be used.
    pub fn new(url: &str, hello: &str, from: Sender, patience: Duration) -> Result<Self> {
        let builder = SmtpTransport::from_url(url)
            .map_err(|error| Error::Config(format!("mail.smtp_url is not the address of a mail server: {error}")))?;
        let server = builder.hello_name(ClientId::Domain(hello.to_owned())).timeout(Some(patience)).build();
        Ok(Self { server, from })
    }
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Smtp")
    }
}

impl Mailer for Smtp {
    fn send(&self, message: &Message) -> Result<()> {
        let composed = message.compose(&self.from)?;
        match self.server.send(&composed) {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => {
                Err(Error::unexpected(format!("the mail server refuses a mail for good{}", code(&error))))
            }
            Err(error) if error.is_timeout() => {
                Err(Error::Unavailable("the mail server does not answer in time".into()))
            }
            Err(error) => {
                Err(Error::Unavailable(format!("the mail server does not take mail at the moment{}", code(&error))))
            }
        }
    }

    /// Connects, greets, signs in where the address has a user, and says goodbye.
    fn greet(&self) -> Result<()> {
        match self.server.test_connection() {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::Unavailable("the mail server answers, but not as one should".into())),
            Err(error) if error.status().is_some() => Err(Error::Unavailable(format!(
                "the mail server answers, and refuses what mail.smtp_url says{}",
                code(&error)
            ))),
            Err(error) => Err(Error::Unavailable(format!("the mail server does not answer: {error}"))),
        }
    }
}

/// The three digits that the server answered, if it did. Its words stay out: they name the recipient.
fn code(error: &smtp::Error) -> String {
    error.status().map_or(String::new(), |code| format!(" ({code})"))
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead, BufReader, Write},
        net::{TcpListener, TcpStream},
        sync::{Arc, Mutex},
        thread,
    };

    use super::*;
    use crate::mail::tests::{message, sender};

    const PATIENCE: Duration = Duration::from_secs(30);

    /// A mail server that answers every recipient and every login with `answer` and keeps what it was told.
    struct Sink {
        url: String,
        told: Arc<Mutex<Vec<String>>>,
    }

    impl Sink {
        fn open(answer: &'static str) -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let url = format!("smtp://{}", listener.local_addr().unwrap());
            let told = Arc::new(Mutex::new(Vec::new()));
            let kept = told.clone();
            thread::spawn(move || {
                for stream in listener.incoming() {
                    converse(stream.unwrap(), answer, &kept);
                }
            });
            Self { url, told }
        }
    }

    fn converse(stream: TcpStream, answer: &str, told: &Mutex<Vec<String>>) {
        let mut out = stream.try_clone().unwrap();
        let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).unwrap();
        say("220 sink.example.org");
        let mut in_data = false;
        for line in BufReader::new(stream).lines() {
            let line = line.unwrap();
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            match verb.as_str() {
                "." if in_data => {
                    in_data = false;
                    say("250 taken");
                }
                _ if in_data => (),
                "DATA" => {
                    in_data = true;
                    say("354 go on");
                }
                "EHLO" => say("250-sink.example.org\r\n250 AUTH PLAIN LOGIN"),
                "RCPT" | "AUTH" => say(answer),
                "QUIT" => return say("221 bye"),
                _ => say("250 sink.example.org"),
            }
            told.lock().unwrap().push(line);
        }
    }

    #[test]
    fn a_server_takes_the_mail_and_learns_the_configured_name_only() {
        let sink = Sink::open("250 fine");
        let smtp = Smtp::new(&sink.url, "mail.casebook.example", sender(), PATIENCE).unwrap();
        smtp.send(&message("mo@example.org")).unwrap();
        let told = sink.told.lock().unwrap().join("\n");
        assert!(told.starts_with("EHLO mail.casebook.example\n"), "{told}");
        assert!(told.contains("RCPT TO:<mo@example.org>"), "{told}");
        assert!(told.contains("Subject: A test"), "{told}");
    }

    #[test]
    fn a_server_is_greeted_without_a_mail() {
        let sink = Sink::open("250 fine");
        Smtp::new(&sink.url, "casebook", sender(), PATIENCE).unwrap().greet().unwrap();
        let told = sink.told.lock().unwrap().join("\n");
        assert!(told.starts_with("EHLO casebook\n") && !told.contains("MAIL"), "{told}");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let away = Smtp::new(&format!("smtp://127.0.0.1:{port}"), "casebook", sender(), PATIENCE).unwrap();
        assert!(matches!(away.greet(), Err(Error::Unavailable(_))));
    }

    #[test]
    fn a_refused_login_is_told_from_a_server_that_does_not_answer() {
        let greets = |url: &str| Smtp::new(url, "mail.casebook.example", sender(), PATIENCE).unwrap().greet();
        let with_login = |sink: &Sink| sink.url.replace("smtp://", "smtp://mo:wrong@");
        assert!(greets(&with_login(&Sink::open("235 come in"))).is_ok());
        let refused = greets(&with_login(&Sink::open("535 5.7.8 mo: wrong password"))).unwrap_err().to_string();
        assert!(refused.contains("refuses what mail.smtp_url says (535)"), "{refused}");
        assert!(!refused.contains("wrong"), "neither the server's words nor the password: {refused}");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let silent = greets(&format!("smtp://mo:wrong@127.0.0.1:{port}")).unwrap_err().to_string();
        assert!(silent.contains("does not answer") && !silent.contains("wrong"), "{silent}");
    }

    #[test]
    fn a_server_that_refuses_for_now_is_asked_again_and_one_that_refuses_for_good_is_not() {
        let busy = Smtp::new(&Sink::open("451 later").url, "casebook", sender(), PATIENCE).unwrap();
        assert!(matches!(busy.send(&message("mo@example.org")), Err(Error::Unavailable(_))));
        let firm = Smtp::new(&Sink::open("550 unknown").url, "casebook", sender(), PATIENCE).unwrap();
        assert!(matches!(firm.send(&message("mo@example.org")), Err(Error::Unexpected(_))));
    }

    #[test]
    fn a_server_that_is_away_is_asked_again() {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let away = Smtp::new(&format!("smtp://127.0.0.1:{port}"), "casebook", sender(), PATIENCE).unwrap();
        assert!(matches!(away.send(&message("mo@example.org")), Err(Error::Unavailable(_))));
    }

    #[test]
    fn what_is_no_address_of_a_server_stops_the_start() {
        assert!(matches!(Smtp::new("http://example.org", "casebook", sender(), PATIENCE), Err(Error::Config(_))));
    }
}
