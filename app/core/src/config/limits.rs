//! What the settings of limits say.

use super::LimitSettings;

impl LimitSettings {
    /// How many submissions may reach the queue in an hour; nothing where limits are not kept.
    #[must_use]
    pub fn submissions_per_hour(&self) -> Option<u32> {
        self.enabled.then_some(self.submissions_per_hour)
    }
}
