//! The Welsh of the public pages.
//!
//! The pages are written once, in English. The English text is the key of its Welsh text in the
//! catalogue (`texts/*.po`), which a translator edits without Rust. The server puts the Welsh into a
//! finished page (`Catalogue::page`), so the WebAssembly contains no second language.

mod catalogue;
mod date;
mod fault;
mod markup;
mod page;
mod pattern;
mod phrase;
mod plural;
mod po;

pub use catalogue::Catalogue;
pub use fault::Fault;
pub use page::{Missing, Translated};
