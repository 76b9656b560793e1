//! The page.
pub mod browser;
