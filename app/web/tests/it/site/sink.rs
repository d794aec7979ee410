//! A mail server that does as a script says, and keeps what it was handed.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// What the server does when it is asked to take a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Takes it.
    Takes,
    /// Will never take it: 550, with the recipient's address in its words, as servers do.
    Refuses,
    /// Will not take it now: 451.
    Defers,
    /// Says nothing more.
    Hangs,
    /// Goes away.
    Disconnects,
    /// Takes it, and goes away before it has said so.
    TakesAndDisconnects,
}

/// The server. A mail that is offered takes the next step of the script; the last step is for all that come after.
pub(crate) struct Sink {
    /// Its address, for `mail.smtp_url`.
    pub(crate) url: String,
    script: Arc<Mutex<Vec<Step>>>,
    taken: Arc<Mutex<Vec<String>>>,
    told: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    /// A server with this script.
    pub(crate) fn open(script: &[Step]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let sink = Self {
            url: format!("smtp://{}", listener.local_addr().unwrap()),
            script: Arc::new(Mutex::new(script.to_vec())),
            taken: Arc::default(),
            told: Arc::default(),
        };
        let (script, taken, told) = (sink.script.clone(), sink.taken.clone(), sink.told.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (script, taken, told) = (script.clone(), taken.clone(), told.clone());
                // A client that goes away ends its conversation, and nothing else.
                thread::spawn(move || drop(converse(&stream.unwrap(), &script, &taken, &told)));
            }
        });
        sink
    }

    /// Does this from now on.
    pub(crate) fn now(&self, step: Step) {
        *self.script.lock().unwrap() = vec![step];
    }

    /// The mails that it took, head and text, in order.
    pub(crate) fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    /// Every line that it was told outside of mails.
    pub(crate) fn told(&self) -> Vec<String> {
        self.told.lock().unwrap().clone()
    }

    /// How often it was asked to take a mail.
    pub(crate) fn asked(&self) -> usize {
        self.told().iter().filter(|line| line.starts_with("RCPT")).count()
    }
}

fn next(script: &Mutex<Vec<Step>>) -> Step {
    let mut script = script.lock().unwrap();
    if script.len() > 1 { script.remove(0) } else { script[0] }
}

fn converse(
    stream: &TcpStream,
    script: &Mutex<Vec<Step>>,
    taken: &Mutex<Vec<String>>,
    told: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut out = stream;
    let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes());
    let mut lines = BufReader::new(stream).lines();
    let mut step = Step::Takes;
    say("220 sink.example.org")?;
    while let Some(line) = lines.next() {
        let line = line?;
        told.lock().unwrap().push(line.clone());
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        match verb.as_str() {
            "RCPT" => {
                step = next(script);
                match step {
                    Step::Takes | Step::TakesAndDisconnects => say("250 fine")?,
                    Step::Refuses => say("550 5.1.1 <mo.ender@example.org>: nobody of this name")?,
                    Step::Defers => say("451 4.7.1 <mo.ender@example.org>: later")?,
                    Step::Hangs => thread::sleep(Duration::from_secs(60)),
                    Step::Disconnects => return Ok(()),
                }
            }
            "DATA" => {
                say("354 go on")?;
                let mail: Vec<String> = lines.by_ref().map_while(Result::ok).take_while(|line| line != ".").collect();
                taken.lock().unwrap().push(mail.join("\n"));
                if step == Step::TakesAndDisconnects {
                    return Ok(());
                }
                say("250 taken")?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 sink.example.org")?,
        }
    }
    Ok(())
}
