//! `inspect [--paper a4|card] FILE…`: one JSON line per file, as `inspect` sees it for a paper that accepts every kind
//! we read.
#![allow(clippy::print_stdout)]

use std::path::Path;
use std::process::ExitCode;

use contract::document::{PaperFormat, Requirement};
use serde_json::{Map, Value, json};

fn main() -> ExitCode {
    let mut requirement =
        Requirement { accepts: Vec::new(), max_bytes: 256 * 1024 * 1024, min_short_side: 0, paper: None };
    let mut every_file_opened = true;
    let mut arguments = std::env::args().skip(1);
    while let Some(path) = arguments.next() {
        if path == "--paper" {
            requirement.paper = match arguments.next().as_deref() {
                Some("a4") => Some(PaperFormat::A4),
                Some("card") => Some(PaperFormat::Id1Card),
                _ => None,
            };
            continue;
        }
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{path}: {error}");
                every_file_opened = false;
                continue;
            }
        };
        let name = Path::new(&path).file_name().unwrap_or_default().to_string_lossy();
        let report = documents::inspect(&bytes, &requirement, &name, "");
        let mut scores = Map::new();
        for score in &report.scores {
            // Three decimals are more than any of them is worth.
            let value = (f64::from(score.value) * 1_000.0).round() / 1_000.0;
            if let Value::String(name) = json!(score.name) {
                scores.insert(name, json!(value));
            }
        }
        println!(
            "{}",
            json!({
                "file": path,
                "kind": report.kind,
                "bytes": report.bytes,
                "pages": report.pages,
                "width": report.width,
                "height": report.height,
                "findings": report.findings,
                "qr": report.qr,
                "pdf": report.pdf,
                "corners": report.corners,
                "scores": scores,
            })
        );
    }
    if every_file_opened { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
