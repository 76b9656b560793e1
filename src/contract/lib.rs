//! What crosses the wire, the worker boundary, or rests on disk.
//!
//! The shapes follow `e2e/contract/openapi.yaml`, which is the contract; every stored record carries its version.
//! **Architecture invariant:** no logic beyond reading and printing these shapes, no clock, no browser, no sentence
//! for a citizen.

pub mod catalogue;
pub mod document;
pub mod dossier;
pub mod json;
pub mod person;
pub mod place;
pub mod problem;
pub mod procedure;
pub mod session;
pub mod stored;
pub mod ticket;

/// The version of the contract; sent by the server in the `Mot-Cua-Contract` header of each answer, so that the answer
/// of a captive portal is told from ours.
pub const CONTRACT_VERSION: &str = "1";

/// The header that says an answer is the backend's own.
pub const CONTRACT_HEADER: &str = "mot-cua-contract";
