//! What a member types: names and passwords, and the words for what is wrong with them.

use casebook_core::{
    seal::PasswordProblem,
    staff::{NameProblem, Role},
};

use crate::kit::Message;

pub(super) fn name_problem(problem: NameProblem) -> Message {
    Message::new(match problem {
        NameProblem::TooShort => "staff-name-short",
        NameProblem::TooLong => "staff-name-long",
        NameProblem::Characters => "staff-name-characters",
    })
}

pub(super) fn password_problem(problem: PasswordProblem) -> Message {
    Message::new(match problem {
        PasswordProblem::TooShort => "staff-password-short",
        PasswordProblem::TooLong => "staff-password-long",
        PasswordProblem::Guessable => "staff-password-guessable",
    })
}

/// The key of the words for a role.
pub(super) fn role_key(role: Role) -> &'static str {
    match role {
        Role::Moderator => "staff-role-moderator",
        Role::Administrator => "staff-role-administrator",
    }
}
