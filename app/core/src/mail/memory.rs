//! Mail that goes nowhere and can be looked at; for tests, refused in production.

use std::sync::{Mutex, PoisonError};

use super::{Mailer, Message};
use crate::error::Result;

/// Keeps what was sent.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Vec<Message>>);

impl Memory {
    /// What was sent so far, in order.
    #[must_use]
    pub fn sent(&self) -> Vec<Message> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Mailer for Memory {
    fn send(&self, message: &Message) -> Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(message.clone());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::tests::message;

    #[test]
    fn what_was_sent_can_be_looked_at() {
        let memory = Memory::default();
        memory.send(&message("mo@example.org")).unwrap();
        assert_eq!(memory.sent(), [message("mo@example.org")]);
    }
}
