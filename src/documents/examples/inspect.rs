//! `inspect FILE…`: one JSON line per file, as `inspect` sees it for a paper that accepts every kind we read.
#![allow(clippy::print_stdout)]

use std::path::Path;
use std::process::ExitCode;

use contract::document::Requirement;

fn main() -> ExitCode {
    let requirement = Requirement { accepts: Vec::new(), max_bytes: 256 * 1024 * 1024, min_short_side: 0, paper: None };
    let mut every_file_opened = true;
    for path in std::env::args().skip(1) {
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
        println!(
            "{}",
            serde_json::json!({
                "file": path,
                "kind": report.kind,
                "bytes": report.bytes,
                "pages": report.pages,
                "width": report.width,
                "height": report.height,
                "findings": report.findings,
                "qr": report.qr,
                "pdf": report.pdf,
                "scores": {},
            })
        );
    }
    if every_file_opened { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
