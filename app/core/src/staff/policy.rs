//! Pure rules of staff: when a session has ended, how often a name may be tried, who can be lost.

use chrono::TimeDelta;

use super::{MemberState, Role, SessionTimes};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    ids::MemberId,
};

/// How long the second factor may take after the password.
pub(super) const HALF_WAY: TimeDelta = TimeDelta::minutes(10);
/// How long attempts on one name are counted together.
pub(super) const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// How many attempts (passwords and codes together) one name has within that time.
pub(super) const ATTEMPTS: i32 = 8;
/// How old the last sign of life of a session may be before it is written down anew.
const FRESH: TimeDelta = TimeDelta::minutes(1);

/// Whether a session with both factors still holds.
pub(super) fn session_holds(started: Timestamp, seen: Timestamp, now: Timestamp, times: &SessionTimes) -> bool {
    now - started < times.absolute && now - seen < times.idle
}

/// Whether a session that has only the password still waits for the second factor.
pub(super) fn half_way_holds(started: Timestamp, now: Timestamp) -> bool {
    now - started < HALF_WAY
}

/// Whether the session's sign of life should be written down anew.
pub(super) fn is_stale(seen: Timestamp, now: Timestamp) -> bool {
    now - seen >= FRESH
}

/// Whether an attempt with this number may go on.
pub(super) fn may_try(attempts: i32) -> Result<()> {
    if attempts <= ATTEMPTS { Ok(()) } else { Err(Error::Refused("staff-too-many-attempts")) }
}

/// Whether a member can be removed, or made a moderator, while so many active administrators are there.
pub(super) fn may_lose(state: MemberState, role: Role, active_administrators: i64) -> Result<()> {
    match state {
        MemberState::Removed => Err(Error::Conflict("staff-already-removed")),
        MemberState::Active if role == Role::Administrator && active_administrators < 2 => {
            Err(Error::Refused("staff-last-administrator"))
        }
        MemberState::Active | MemberState::Waiting => Ok(()),
    }
}

/// Nobody decides on themselves: a new recovery key would be shown to somebody who no longer has a say in it.
pub(super) fn is_another(by: &MemberId, about: &MemberId) -> Result<()> {
    if by == about { Err(Error::Refused("staff-not-oneself")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{clock::Clock, testing::FixedClock};

    const TIMES: SessionTimes = SessionTimes { idle: TimeDelta::minutes(60), absolute: TimeDelta::hours(8) };

    fn noon() -> Timestamp {
        FixedClock::at("2026-11-23").now()
    }

    #[test]
    fn a_session_ends_after_an_idle_hour_and_after_eight_hours() {
        let holds = |since_start, since_seen| {
            session_holds(
                noon() - TimeDelta::minutes(since_start),
                noon() - TimeDelta::minutes(since_seen),
                noon(),
                &TIMES,
            )
        };
        assert!(holds(59, 59));
        assert!(!holds(60, 60));
        assert!(holds(479, 1));
        assert!(!holds(480, 1));
    }

    #[test]
    fn the_ninth_attempt_is_refused() {
        assert!(may_try(ATTEMPTS).is_ok());
        assert!(may_try(ATTEMPTS + 1).is_err());
    }

    #[test]
    fn the_last_administrator_stays() {
        assert!(may_lose(MemberState::Active, Role::Administrator, 1).is_err());
        assert!(may_lose(MemberState::Active, Role::Administrator, 2).is_ok());
        assert!(may_lose(MemberState::Waiting, Role::Administrator, 1).is_ok());
        assert!(may_lose(MemberState::Active, Role::Moderator, 1).is_ok());
        assert!(may_lose(MemberState::Removed, Role::Moderator, 2).is_err());
    }
}
