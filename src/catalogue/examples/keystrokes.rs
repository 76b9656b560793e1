//! `cargo run --release -p catalogue --example keystrokes -- CATALOGUE.json`: how long each keystroke of the test queries
//! takes, and how long the index takes to make, in microseconds.
#![allow(clippy::print_stdout, reason = "printing is what the example is for")]

use std::error::Error;
use std::time::Instant;

use catalogue::Index;
use catalogue::published::{Additions, read};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: keystrokes CATALOGUE.json")?;
    let additions = Additions::parse(
        include_str!("../../../e2e/sandbox/data/catalogue/titles.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/synonyms.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/groups.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/life-events.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/replaced.json"),
    )?;
    let catalogue = read(&std::fs::read_to_string(path)?, &additions)?;
    let started = Instant::now();
    let index = Index::build(catalogue);
    let made_in = started.elapsed().as_micros();
    let mut times: Vec<(u128, String)> = Vec::new();
    for query in
        include_str!("../tests/queries.tsv").lines().filter_map(|line| line.split_once('\t')).map(|(query, _)| query)
    {
        for (end, _) in query.char_indices().skip(1).chain([(query.len(), ' ')]) {
            let typed = query.get(..end).unwrap_or_default();
            let started = Instant::now();
            let hits = index.search(typed, 10);
            times.push((started.elapsed().as_micros(), format!("{typed} ({} hits)", hits.len())));
        }
    }
    times.sort();
    let at = |percent: usize| times.get(times.len().saturating_sub(1) * percent / 100).cloned().unwrap_or_default();
    println!("procedures {}, index made in {made_in}", index.len());
    for percent in [50, 95, 99, 100] {
        let (time, typed) = at(percent);
        println!("p{percent} {time} {typed}");
    }
    Ok(())
}
