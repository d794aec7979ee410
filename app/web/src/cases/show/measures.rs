//! What the page says where a measure is missing: nothing of it may look like an oversight (rows S2 and S3).

use casebook_core::cases::{document::Place, view::Size};

use super::CasePage;

impl CasePage {
    /// Whether there is a measure, or something to be said of one that is missing.
    pub(super) fn has_measures(&self) -> bool {
        self.case.view.size.is_some() || self.case.view.distance.is_some() || self.no_size().is_some()
    }

    /// Why a case with a vendor has no imbalance of size: there is no one municipality beside it.
    pub(super) fn no_size(&self) -> Option<String> {
        let view = &self.case.view;
        (view.size.is_none() && !view.head.vendors.is_empty()).then(|| self.frame.t("case-size-elsewhere"))
    }

    /// Why there are two figures at most and no ratio of them.
    pub(super) fn size_missing(&self, size: &Size) -> String {
        let is_region = matches!(self.case.document.place, Place::Region { .. });
        self.frame.t(if is_region && size.residents.is_none() { "case-size-continent" } else { "case-size-missing" })
    }
}
