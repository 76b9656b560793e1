//! The screen kept on while files are sent, where the browser lets us: a phone that sleeps stops sending.
//!
//! Source: Screen Wake Lock API, w3.org/TR/screen-wake-lock. web-sys calls it unstable, so it is called by name. The
//! browser takes the lock back whenever the page is hidden.

use super::page::{self, Listening};
use super::promise;
use js_sys::Promise;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

/// Keeps the screen on while this lives.
#[must_use = "dropping it lets the screen go dark"]
pub struct Awake {
    lock: Rc<Lock>,
    _listening: Option<Listening>,
}

#[derive(Default)]
struct Lock {
    sentinel: RefCell<Option<JsValue>>,
    over: Cell<bool>,
}

impl Awake {
    /// Asks the browser to keep the screen on, and again each time the page is seen again.
    pub fn new() -> Self {
        let lock = Rc::new(Lock::default());
        spawn_local(lock.clone().ask());
        let again = lock.clone();
        let listening = page::on_document("visibilitychange", move |_| {
            if page::visible() {
                spawn_local(again.clone().ask());
            }
        });
        Self { lock, _listening: listening }
    }
}

impl Default for Awake {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        self.lock.over.set(true);
        self.lock.release();
    }
}

impl Lock {
    async fn ask(self: Rc<Self>) {
        let Some(wake_lock) = page::window().and_then(|it| promise::property(&it.navigator(), "wakeLock")) else {
            return;
        };
        let asked = promise::method(&wake_lock, "request")
            .and_then(|request| request.call1(&wake_lock, &"screen".into()).ok())
            .and_then(|asked| asked.dyn_into::<Promise>().ok());
        let Some(asked) = asked else { return };
        // Refused: the battery is low, or the page is in a frame that may not.
        if let Ok(sentinel) = promise::settled(Ok(asked)).await {
            self.release();
            self.sentinel.replace(Some(sentinel));
            if self.over.get() {
                self.release();
            }
        }
    }

    fn release(&self) {
        let sentinel = self.sentinel.take();
        if let Some(sentinel) = sentinel
            && let Some(release) = promise::method(&sentinel, "release")
        {
            let _ = release.call0(&sentinel);
        }
    }
}
