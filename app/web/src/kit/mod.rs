//! What every page rests on: the shared state, extractors, forms, pages, errors, headers, limits.
//!
//! The kit knows no feature. A feature's handler takes an extractor or two, calls one use case of the core and shows a [`Page`].

pub mod app;
pub mod area;
pub mod assets;
pub mod cookies;
pub mod csrf;
pub mod error;
pub mod feed;
pub mod flash;
pub mod form;
pub mod headers;
pub mod html;
pub mod kept;
pub mod limits;
pub mod log;
pub mod marks;
pub mod messages;
pub mod nowhere;
pub mod origin;
pub mod page;
pub mod page_cache;
pub mod pairs;
pub mod problem;
pub mod stamp;
pub mod viewer;
pub mod visit;

pub use app::App;
pub use area::Area;
pub use error::{Error, Result};
pub use form::{Filled, FromPairs, PostForm, Problems};
pub use html::{Html, LinkedData};
pub use messages::{Language, Message};
pub use page::{Frame, Page, Sample, SeeOther};
pub use pairs::Pairs;
pub use problem::Parameter;
pub use viewer::{Administrator, Moderator, SignedIn, Viewer};
pub use visit::Visit;
