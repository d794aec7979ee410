//! The bounds of what people may send and what one page may ask for: one table, so that forms, checks and documentation agree.

/// The longest title, in characters (schema.md section 2).
pub const TITLE: usize = 120;
/// The longest summary, in characters (schema.md section 2).
pub const SUMMARY: usize = 500;
/// The shortest account that can be sent, in characters (schema.md rule 5).
pub const NARRATIVE_LEAST: usize = 200;
/// The longest account or section of a narrative, in characters.
pub const NARRATIVE: usize = 50_000;
/// The longest text of a concern, an answer or a note, in characters.
pub const TEXT: usize = 5_000;
/// The longest one-line answer, in characters.
pub const LINE: usize = 300;
/// The longest address of a source, in characters.
pub const ADDRESS: usize = 2_000;
/// The most parts of one kind (agreements, viewpoints, sources and so on) that one case may hold.
pub const PARTS: usize = 200;
/// The most messages that a thread between a contributor and the moderators holds.
pub const MESSAGES: usize = 200;
/// The largest body of a request, in bytes (protection.md section 2).
pub const BODY: usize = 1024 * 1024;
/// The longest search query, in characters.
pub const QUERY: usize = 400;
/// The longest search that can be followed by mail, in bytes of the names and values of its address.
pub const FOLLOWED: usize = 2_000;
/// How many cases one page of results shows.
pub const PAGE: usize = 25;
/// How many values of a facet stand beside the list; the others have a page of their own.
pub const FACET_VALUES: usize = 12;
/// How many values of a facet a page of them shows.
pub const FACET_PAGE: usize = 100;
/// How many cases a page of the read API holds where nothing else is asked for.
pub const API_PAGE: usize = 20;
/// The most cases that a page of the read API holds.
pub const API_PAGE_MOST: usize = 100;
/// How many cases a batch of an import, an export or an index run holds.
pub const BATCH: usize = 500;
/// How many cases can stand side by side.
pub const COMPARED: usize = 4;
/// How many cases the address of a comparison can name: as many as can be marked on a page of results. Those that are too many are listed.
pub const COMPARED_NAMED: usize = PAGE;
