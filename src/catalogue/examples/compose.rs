//! `cargo run -p catalogue --example compose -- PROCEDURES.json commune|full`: the catalogue of a tier as it is served.
#![allow(clippy::print_stdout, reason = "printing is what the example is for")]

use std::error::Error;

use catalogue::published::{Additions, NationalList, Tier, compose};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(tier)) = (arguments.next(), arguments.next()) else {
        return Err("usage: compose PROCEDURES.json commune|full".into());
    };
    let tier = match tier.as_str() {
        "commune" => Tier::Commune,
        "full" => Tier::Full,
        other => return Err(format!("no tier {other}: commune or full").into()),
    };
    let additions = Additions::parse(
        include_str!("../../../e2e/sandbox/data/catalogue/titles.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/synonyms.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/groups.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/life-events.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/replaced.json"),
    )?;
    let list: NationalList = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    println!("{}", serde_json::to_string(&compose(&list, &additions, tier))?);
    Ok(())
}
