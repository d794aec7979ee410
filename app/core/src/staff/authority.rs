//! Who is asking: values that exist only as read from a live session with both factors. A use case asks for the one it needs, so a
//! forgotten check does not compile.

use std::ops::Deref;

use super::{Member, MemberState, Role};
use crate::{clock::Timestamp, db::Actor, ids::MemberId, seal::KeyPair, secret::LookupHash};

/// A live session: a member who has shown both factors, admitted or not.
#[derive(Debug, Clone)]
pub struct Session {
    pub(super) lookup: LookupHash,
    pub(super) member: Member,
    pub(super) keys: KeyPair,
    pub(super) seen: Timestamp,
}

impl Session {
    /// Who it is.
    #[must_use]
    pub fn member(&self) -> &Member {
        &self.member
    }

    /// What the session is known by, for its list and for the tokens in its forms.
    #[must_use]
    pub fn lookup(&self) -> &LookupHash {
        &self.lookup
    }

    /// The member as the one who writes.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.member.actor()
    }

    /// The authority to review; none for a member who waits to be admitted.
    #[must_use]
    pub fn moderator(&self) -> Option<Moderator> {
        let active = self.member.state == MemberState::Active;
        active.then(|| Moderator { member: self.member.clone(), keys: self.keys.clone() })
    }

    /// The authority to decide on staff; none for moderators and for those who wait to be admitted.
    #[must_use]
    pub fn administrator(&self) -> Option<Administrator> {
        self.moderator().filter(|_| self.member.role == Role::Administrator).map(Administrator)
    }
}

/// An admitted member who is signed in, with their opened key pair.
#[derive(Debug, Clone)]
pub struct Moderator {
    member: Member,
    keys: KeyPair,
}

impl Moderator {
    /// Who it is.
    #[must_use]
    pub fn member(&self) -> &Member {
        &self.member
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &MemberId {
        &self.member.id
    }

    /// The name that the public log shows.
    #[must_use]
    pub fn alias(&self) -> &str {
        &self.member.alias
    }

    /// The member as the one who writes.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.member.actor()
    }

    /// The member's own key pair.
    pub(super) fn keys(&self) -> &KeyPair {
        &self.keys
    }
}

/// A moderator who also decides on staff.
#[derive(Debug, Clone)]
pub struct Administrator(Moderator);

impl Deref for Administrator {
    type Target = Moderator;

    fn deref(&self) -> &Moderator {
        &self.0
    }
}
