//! The wasm of `/tools/preview`, as Trunk builds it: a tool for people who write forms, apart from the citizen's page.

fn main() {
    app::start_preview();
}
