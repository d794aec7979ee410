//! What a member types: names and passwords, and the words for what is wrong with them.

use casebook_core::{
    seal::{Password, PasswordProblem},
    secret::Secret,
    staff::{NameProblem, Role},
};

use crate::kit::{Message, Problems};

pub(super) fn name_problem(problem: NameProblem) -> Message {
    Message::new(match problem {
        NameProblem::TooShort => "staff-name-short",
        NameProblem::TooLong => "staff-name-long",
        NameProblem::Characters => "staff-name-characters",
    })
}

fn password_problem(problem: PasswordProblem) -> Message {
    Message::new(match problem {
        PasswordProblem::TooShort => "staff-password-short",
        PasswordProblem::TooLong => "staff-password-long",
        PasswordProblem::Guessable => "staff-password-guessable",
    })
}

/// Reads a password that somebody chooses and types twice; `context` names what a guesser would try.
pub(super) fn set_password(
    problems: &mut Problems,
    (password, repeated): (&Secret, &Secret),
    context: &[&str],
) -> Option<Password> {
    let chosen = Password::choose(password.reveal(), context).map_err(password_problem);
    let chosen = problems.check("password", chosen);
    if password.reveal() != repeated.reveal() {
        problems.add("repeated", "staff-password-differs");
    }
    chosen
}

/// The key of the words for a role.
pub(super) fn role_key(role: Role) -> &'static str {
    match role {
        Role::Moderator => "staff-role-moderator",
        Role::Administrator => "staff-role-administrator",
    }
}
