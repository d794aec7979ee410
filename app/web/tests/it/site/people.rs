//! The named members of staff of a test.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use casebook_core::{
    db::Actor,
    ids::SubmissionId,
    moderation::{self, Opened},
    secret::Token,
    staff::{self, Administrator, Role},
    testing::{TestMember, TestStaff},
};
use casebook_web::url;

use super::{Site, Visitor};

/// Who has joined so far.
#[derive(Default)]
pub(super) struct People {
    members: RefCell<BTreeMap<String, Rc<TestMember>>>,
    founder: RefCell<Option<Administrator>>,
}

impl Site {
    fn staff(&self) -> TestStaff {
        TestStaff { entrance: self.app.entrance.clone() }
    }

    /// The browser of a moderator of this name, signed in.
    pub(crate) async fn moderator(&self, name: &str) -> Visitor {
        let member = self.member(name).await;
        self.signed_in(&member)
    }

    /// The browser of an administrator of this name, signed in. The first one founds the staff, so that intake is open.
    pub(crate) async fn administrator(&self, name: &str) -> Visitor {
        let known = self.people.members.borrow().get(name).cloned();
        let member = match known {
            Some(member) => member,
            None if self.people.founder.borrow().is_none() => self.found(name),
            None => self.admit(Role::Administrator, name),
        };
        self.signed_in(&member)
    }

    /// The browser of somebody who joined, and whom nobody has admitted.
    pub(crate) fn joined(&self, name: &str) -> Visitor {
        let (by, keys) = (self.founder(), &self.app.entrance.keys);
        let link = self.app.db.write(by.actor(), |tx| staff::invite(tx, &by, Role::Moderator, 7, keys)).unwrap();
        let member = self.staff().join(&link, name);
        self.signed_in(&member)
    }

    /// The moderator of this name: their authenticator, and what they were shown when they joined.
    pub(crate) async fn member(&self, name: &str) -> Rc<TestMember> {
        let known = self.people.members.borrow().get(name).cloned();
        known.unwrap_or_else(|| self.admit(Role::Moderator, name))
    }

    /// The first administrator, who joins if nobody has yet; intake is then open.
    pub(crate) fn founder(&self) -> Administrator {
        if self.people.founder.borrow().is_none() {
            self.found("founder");
        }
        self.people.founder.borrow().clone().unwrap()
    }

    /// The path of a link that the command line makes.
    pub(crate) fn invites_from_the_command_line(&self) -> String {
        url::join(&self.command_line_link().text())
    }

    /// Whether accounts are taken.
    pub(crate) fn intake_is_open(&self) -> bool {
        self.app.db.read(staff::intake_is_open).unwrap()
    }

    /// A submission as the moderator of this name opens it.
    pub(crate) async fn opens(&self, name: &str, id: &SubmissionId) -> Opened {
        let member = self.member(name).await;
        let by = self.staff().session(&member.session).unwrap().moderator().unwrap();
        self.app.db.read(|r| moderation::open(r, &by, id)).unwrap()
    }

    fn command_line_link(&self) -> Token {
        let keys = &self.app.entrance.keys;
        let invite = |tx: &mut _| staff::invite_from_command_line(tx, Role::Administrator, 7, keys);
        self.app.db.write(Actor::CommandLine, invite).unwrap()
    }

    fn found(&self, name: &str) -> Rc<TestMember> {
        let member = self.staff().join(&self.command_line_link(), name);
        let by = self.staff().session(&member.session).unwrap().administrator().unwrap();
        let key = member.joined.recovery_key.clone().unwrap();
        self.app.db.write(by.actor(), |tx| staff::confirm_recovery_key(tx, &by, &key)).unwrap();
        self.people.founder.replace(Some(by));
        self.remember(name, member)
    }

    fn admit(&self, role: Role, name: &str) -> Rc<TestMember> {
        let member = self.staff().admitted(&self.founder(), role, name);
        self.remember(name, member)
    }

    fn remember(&self, name: &str, member: TestMember) -> Rc<TestMember> {
        let member = Rc::new(member);
        self.people.members.borrow_mut().insert(name.to_owned(), member.clone());
        member
    }

    fn signed_in(&self, member: &TestMember) -> Visitor {
        let visitor = self.visitor();
        visitor.steal("staff", member.session.text().reveal());
        visitor
    }
}
