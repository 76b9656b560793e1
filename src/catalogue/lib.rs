//! The index of the procedures and its search, by the words a citizen types.
//!
//! **Architecture invariant:** pure; the index is made from a [`contract::catalogue::Catalogue`] and nothing else, so
//! what the search knows beyond names (plain titles, everyday words, replaced codes) is data served with it.

mod highlight;
mod index;
pub mod published;
mod query;
mod spelling;
mod vocabulary;

pub use highlight::highlights;
pub use index::{Hit, Index};
