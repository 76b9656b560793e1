//! The inputs that random search kept (`fuzz/corpus`): none of them makes anything panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../../../fuzz/bodies/boxes.rs"]
mod boxes;
#[path = "../../../fuzz/bodies/exif.rs"]
mod exif;
#[path = "../../../fuzz/bodies/inspect.rs"]
mod inspect;
#[path = "../../../fuzz/bodies/jpeg.rs"]
mod jpeg;
#[path = "../../../fuzz/bodies/pdf.rs"]
mod pdf;
#[path = "../../../fuzz/bodies/png.rs"]
mod png;
#[path = "../../../fuzz/bodies/qr.rs"]
mod qr;

/// Runs every input of a target as it is, and then with one byte changed at a time, here and there.
#[track_caller]
fn replay(target: &str, run: fn(&[u8])) {
    let folder = [env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/", target].concat();
    let mut inputs = 0;
    for entry in std::fs::read_dir(folder).expect("the corpus is there") {
        let mut input = std::fs::read(entry.expect("a file").path()).expect("an input");
        run(&input);
        let step = input.len() / 8 + 1;
        for at in (0..input.len()).step_by(step) {
            let was = std::mem::replace(&mut input[at], 0xFF);
            run(&input);
            input[at] = was;
        }
        inputs += 1;
    }
    assert!(inputs >= 10, "only {inputs} inputs of {target}");
}

#[test]
fn every_file_of_the_corpus_is_survived() {
    replay("inspect", inspect::run);
}

#[test]
fn every_jpeg_of_the_corpus_is_survived() {
    replay("jpeg", jpeg::run);
}

#[test]
fn every_png_of_the_corpus_is_survived() {
    replay("png", png::run);
}

#[test]
fn every_pdf_of_the_corpus_is_survived() {
    replay("pdf", pdf::run);
}

#[test]
fn every_kind_of_boxes_of_the_corpus_is_survived() {
    replay("boxes", boxes::run);
}

#[test]
fn every_exif_of_the_corpus_is_survived() {
    replay("exif", exif::run);
}

#[test]
fn every_code_of_the_corpus_is_survived() {
    replay("qr", qr::run);
}
