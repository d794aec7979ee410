//! Mail as files, one `.eml` each, for trying out and for systems that collect mail from a folder.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write},
    path::PathBuf,
};

use super::{Mailer, Message, Sender};
use crate::error::{Error, Result};

/// Writes each mail into a folder.
#[derive(Debug, Clone)]
pub struct Directory {
    folder: PathBuf,
    from: Sender,
}

impl Directory {
    /// Mails will lie in `folder`, which is made when the first one comes.
    #[must_use]
    pub fn new(folder: PathBuf, from: Sender) -> Self {
        Self { folder, from }
    }

    fn unusable(&self, error: &std::io::Error) -> Error {
        Error::Unavailable(format!("the mail folder {}: {error}", self.folder.display()))
    }

    fn write(&self, message: &Message, composed: &[u8]) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let name = format!("{}-{}.eml", message.written.format("%Y%m%dT%H%M%S"), message.id);
        let draft = self.folder.join(format!(".{name}"));
        let mut file = File::create(&draft)?;
        file.write_all(composed)?;
        file.sync_all()?;
        fs::rename(draft, self.folder.join(name))
    }
}

impl Mailer for Directory {
    fn send(&self, message: &Message) -> Result<()> {
        let composed = message.compose(&self.from)?.formatted();
        self.write(message, &composed).map_err(|error| match error.kind() {
            ErrorKind::InvalidInput => Error::unexpected(error),
            _ => self.unusable(&error),
        })
    }

    fn greet(&self) -> Result<()> {
        fs::create_dir_all(&self.folder)
            .and_then(|()| tempfile::Builder::new().prefix(".looking-").tempfile_in(&self.folder).map(drop))
            .map_err(|error| self.unusable(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::tests::{message, sender};

    #[test]
    fn each_mail_is_one_file_also_when_it_is_sent_again() {
        let folder = tempfile::tempdir().unwrap();
        let directory = Directory::new(folder.path().join("mail"), sender());
        directory.send(&message("mo@example.org")).unwrap();
        directory.send(&message("mo@example.org")).unwrap();
        let files: Vec<_> =
            fs::read_dir(folder.path().join("mail")).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(files.len(), 1);
        assert!(files[0].to_string_lossy().ends_with(".eml"));
        assert!(fs::read_to_string(&files[0]).unwrap().contains("To: mo@example.org"));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_worth_another_try() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mail"), "a file in its place").unwrap();
        let directory = Directory::new(folder.path().join("mail"), sender());
        assert!(matches!(directory.send(&message("mo@example.org")), Err(Error::Unavailable(_))));
    }
}
