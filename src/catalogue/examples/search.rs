//! `cargo run -p catalogue --example search -- CATALOGUE.json "giay khai sinh"`: the ten best codes, best first.
//!
//! The file may be the catalogue as served, or the national list, to which the titles and everyday words kept beside the
//! sandbox are added.
#![allow(clippy::print_stdout, reason = "printing is what the example is for")]

use std::error::Error;

use catalogue::Index;
use catalogue::published::{Additions, read};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(query)) = (arguments.next(), arguments.next()) else {
        return Err("usage: search CATALOGUE.json QUERY".into());
    };
    let additions = Additions::parse(
        include_str!("../../../e2e/sandbox/data/catalogue/titles.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/synonyms.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/groups.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/life-events.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/replaced.json"),
    )?;
    let catalogue = read(&std::fs::read_to_string(path)?, &additions)?;
    for hit in Index::build(catalogue).search(&query, 10) {
        println!("{}", hit.code);
    }
    Ok(())
}
