//! The worker of `/tools/preview` that looks through a definition, as Trunk builds it.

fn main() {
    app::start_lint();
}
