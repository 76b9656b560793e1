//! How long a keystroke takes among all wards and former units of the country, and an old address:
//! `cargo run --release -p vietnam --example places_speed -- e2e/sandbox/data/places/vietnam-places.json`.

use std::time::{Duration, Instant};

use vietnam::place::address::read;
use vietnam::place::published::PlaceList;
use vietnam::place::search::search;
use vietnam::place::{Country, ProvincePlaces};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("the published list is the first argument")?;
    let list: PlaceList = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let country = Country::parse(&list.country_text("1"))?;
    let texts: Vec<String> = country.provinces.iter().filter_map(|it| list.province_text(&it.code)).collect();
    let (parsing, provinces) =
        time(1, || texts.iter().map(|text| ProvincePlaces::parse(text)).collect::<Result<Vec<_>, _>>());
    let provinces = provinces?;
    let all: Vec<&ProvincePlaces> = provinces.iter().collect();
    let mut rows = vec!["| what | median |".to_owned(), "| --- | --- |".to_owned()];
    let mut row = |what: &str, median: Duration| rows.push(format!("| {what} | {median:.1?} |"));
    row("reading the texts of all provinces, once", parsing);
    for text in ["h", "ho", "hoa", "hoa t", "hoa tien", "xã hoa tien", "tan long phung hiep", "xa thi tran p"] {
        row(&format!("`{text}` in all provinces"), time(50, || search(&all, text, 8)).0);
    }
    let address = "ap 3 xa hoa tien thanh pho vi thanh";
    row("look_in of an address without its province", time(50, || country.look_in(address)).0);
    row("an old address in all provinces", time(50, || read(address, &country, &all)).0);
    rows.push(String::new());
    std::io::Write::write_all(&mut std::io::stdout(), rows.join("\n").as_bytes())?;
    Ok(())
}

/// The median of several runs, and what the last gave.
fn time<T>(runs: usize, mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut once = || {
        let start = Instant::now();
        let given = run();
        (start.elapsed(), given)
    };
    let (first, mut given) = once();
    let mut times = vec![first];
    for _ in 1..runs {
        let (took, next) = once();
        times.push(took);
        given = next;
    }
    times.sort_unstable();
    (times[times.len() / 2], given)
}
