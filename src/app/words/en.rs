//! English. Not linked into the page: it is written to `public/words/en.json`, which loads when it is chosen.

use super::vi::{Essential, Full};
