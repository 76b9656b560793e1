//! The inputs that random search kept (`fuzz/corpus`): none of them makes anything panic.

#[path = "../../../fuzz/bodies/definition.rs"]
mod definition;
#[path = "../../../fuzz/bodies/evaluate.rs"]
mod evaluate;
#[path = "../../../fuzz/bodies/lint.rs"]
mod lint;
#[path = "../../../fuzz/bodies/script.rs"]
mod script;

/// Runs every input of a target.
#[track_caller]
fn replay(target: &str, run: fn(&[u8])) {
    let folder = [env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/", target].concat();
    let mut inputs = 0;
    for entry in std::fs::read_dir(folder).expect("the corpus is there") {
        run(&std::fs::read(entry.expect("a file").path()).expect("an input"));
        inputs += 1;
    }
    assert!(inputs >= 10, "only {inputs} inputs of {target}");
}

#[test]
fn every_script_of_the_corpus_is_survived() {
    replay("script", script::run);
}

#[test]
fn every_definition_of_the_corpus_is_survived() {
    replay("definition", definition::run);
}

#[test]
fn every_evaluation_of_the_corpus_is_survived() {
    replay("evaluate", evaluate::run);
}

#[test]
fn every_definition_looked_over_of_the_corpus_is_survived() {
    replay("lint", lint::run);
}
