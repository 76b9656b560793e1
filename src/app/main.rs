//! The first wasm, as Trunk builds it: what is needed to find and understand a procedure.

fn main() {
    app::start_front();
}
