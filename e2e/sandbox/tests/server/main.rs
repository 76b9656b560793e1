//! The server as its clients see it: every answer is checked against the contract on its way.

mod catalogue;
mod client;
mod complete;
mod dossiers;
mod faults;
mod places;
mod restart;
mod session;
mod site;
mod tickets;
mod uploads;
