//! The second wasm, as Trunk builds it: the whole errand, loaded when somebody leaves the first pages.

fn main() {
    app::start_errand();
}
