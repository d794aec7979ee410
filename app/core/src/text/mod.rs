//! What is done with text before anything else looks at it: cleaning, folding, Markdown, and marking what could give a person away.
//!
//! Everything a person sends goes through [`clean()`] once, at the edge. Everything that is compared or searched goes through [`fold`] on
//! both sides. Everything that is shown as Markdown goes through [`markdown()`], whose result is the only text that pages print as HTML.

mod clean;
mod cover;
mod fold;
mod markdown;
pub mod marks;

pub use clean::clean;
pub use cover::{Words, cover, readings};
pub(crate) use fold::fold_name_into;
pub use fold::{fold, fold_name, slug};
pub use markdown::{SafeHtml, markdown, marked_markdown};
pub use marks::{Mark, MarkKind, Names, Segment, highlight, marks};
