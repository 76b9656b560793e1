//! The page, as Trunk builds it.

fn main() {
    app::start();
}
