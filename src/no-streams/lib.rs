//! Stands in for the crate `wasm-streams` in the page (`[patch]` in the workspace's Cargo.toml).
//!
//! `server_fn`, a part of leptos, asks for it, to send and read the bodies of server functions. The app has none, but what that crate
//! exports to JavaScript would be linked into each wasm all the same, since nothing tells the linker that no page uses it.

use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};
use wasm_bindgen::{JsCast, JsValue};

/// A stream of the browser. It is never read or written here.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// The stream itself.
    #[must_use]
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// A stream without anything in it.
    #[must_use]
    pub fn from_stream<S>(_: S) -> Self
    where
        S: Stream<Item = Result<JsValue, JsValue>> + 'static,
    {
        Self(web_sys::ReadableStream::new().unwrap_or_else(JsCast::unchecked_into))
    }

    /// The stream itself.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// One error: it is not read.
    #[must_use]
    pub fn into_stream(self) -> NotRead {
        NotRead(Some(self.0.into()))
    }
}

/// Ends with the stream that was not read, as an error.
#[derive(Debug)]
pub struct NotRead(Option<JsValue>);

impl Stream for NotRead {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Err))
    }
}
