//! The browser: the only modules of the page that name web-sys or gloo.
//!
//! Each is thin: it translates, calls, and translates back. What can be decided from values is a pure function with a
//! native test. **Architecture invariant:** no decision about the procedure, no sentence for a citizen, and no panic on
//! anything a browser can refuse: a panic kills the page.

pub mod api;
pub mod awake;
pub mod camera;
pub mod clock;
pub mod digest;
pub mod drafts;
pub(crate) mod draw;
pub mod drawing;
pub mod embed;
pub mod entry;
pub mod failure;
pub(crate) mod field;
pub mod files;
pub mod inspector;
pub(crate) mod links;
pub(crate) mod linter;
pub mod pace;
pub mod page;
pub mod patterns;
pub mod random;
pub mod recovery;
pub mod retry;
pub mod store;
pub(crate) mod typing;
pub mod uploads;
pub mod vault;
pub mod wallet;

mod promise;
