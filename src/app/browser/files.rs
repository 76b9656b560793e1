//! Files of the device: picked, read, shown.
//!
//! The bytes of a file stay in the browser's memory, not in the program's: a photograph of 12 megapixels copied there
//! would never be given back.

use super::digest;
use super::failure::Failure;
use super::page;
use super::promise;
use js_sys::{Array, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, Event, File, HtmlInputElement, Url};

/// A file larger than this is refused before it is read.
pub const MOST_BYTES: u32 = 50_000_000;

/// A file as picked, not read yet.
#[derive(Clone, Debug)]
pub struct PickedFile(File);

/// The bytes of a file, outside the memory of the page's program; cheap to copy.
#[derive(Clone, Debug)]
pub struct FileBytes(Uint8Array);

/// The files that were picked in the input this event came from; the input is emptied, so that the same file can be
/// picked again.
#[must_use]
pub fn picked(event: &Event) -> Vec<PickedFile> {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let mut picked = Vec::new();
    if let Some(files) = input.files() {
        for index in 0..files.length() {
            picked.extend(files.item(index).map(PickedFile));
        }
    }
    input.set_value("");
    picked
}

impl PickedFile {
    /// A file that the page itself made.
    pub(super) fn of(file: File) -> Self {
        Self(file)
    }

    /// Name as the device has it.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// An address to show it at.
    #[must_use]
    pub fn preview(&self) -> Option<Preview> {
        let address = Url::create_object_url_with_blob(&self.0).ok()?;
        Some(Preview(Rc::new(Address(address))))
    }

    /// Size in bytes.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size is a whole number below 2^53")]
    pub fn size(&self) -> u64 {
        self.0.size() as u64
    }

    /// Media type as the device declares it; may be empty, may be wrong.
    #[must_use]
    pub fn declared_type(&self) -> String {
        self.0.type_()
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`Failure::TooLarge`] without reading it; [`Failure::Unreadable`] when the device took it back meanwhile.
    pub async fn read(&self) -> Result<FileBytes, Failure> {
        if self.size() > u64::from(MOST_BYTES) {
            return Err(Failure::TooLarge { most_bytes: MOST_BYTES });
        }
        let buffer = promise::settled(Ok(self.0.array_buffer())).await.map_err(|_| Failure::Unreadable)?;
        Ok(FileBytes(Uint8Array::new(&buffer)))
    }
}

impl FileBytes {
    /// Bytes made by the page itself.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Self(Uint8Array::new_from_slice(bytes))
    }

    pub(super) fn of(bytes: Uint8Array) -> Self {
        Self(bytes)
    }

    /// Size in bytes.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.0.length()
    }

    /// SHA-256 in lower-case hex.
    ///
    /// # Errors
    /// [`Failure::StorageUnavailable`] on a page without https.
    pub async fn sha256(&self) -> Result<String, Failure> {
        digest::sha256_of(&self.0).await
    }

    /// An address to show them at, as a picture of this media type.
    #[must_use]
    pub fn preview(&self, media_type: &str) -> Option<Preview> {
        let options = BlobPropertyBag::new();
        options.set_type(media_type);
        let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&self.0), &options).ok()?;
        let address = Url::create_object_url_with_blob(&blob).ok()?;
        Some(Preview(Rc::new(Address(address))))
    }

    /// The bytes themselves.
    pub(super) fn raw(&self) -> &Uint8Array {
        &self.0
    }
}

/// An address at which a file can be shown while this lives.
#[derive(Clone, Debug)]
pub struct Preview(Rc<Address>);

#[derive(Debug)]
struct Address(String);

impl Preview {
    /// The address.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.0.0
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// Opens the file picker of the input with this id; to be called in the handler of a click.
pub fn open_picker(id: &str) {
    let input = page::document().and_then(|document| document.get_element_by_id(id));
    if let Some(click) = input.as_ref().and_then(|input| promise::method(input, "click")) {
        let _ = click.call0(input.as_ref().map_or(&JsValue::UNDEFINED, AsRef::as_ref));
    }
}
