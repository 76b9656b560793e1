//! The vault: everything personal that rests on the device is sealed with AES-GCM (256 bits).
//!
//! One key a device, made once, not extractable: the browser uses it and never gives it away. Each sealing has a new
//! random nonce of 96 bits; kind, id, version and revision are bound to the text as additional data, so that a record
//! put in another's place does not open.

use super::failure::Failure;
use super::promise;
use super::store::Sealed;
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use web_sys::SubtleCrypto;

/// What a sealed record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A draft, as JSON.
    Draft,
    /// The bytes of a file of a draft.
    File,
    /// A receipt, as JSON.
    Receipt,
    /// A ticket, as JSON.
    Ticket,
    /// A paper kept for the next dossier, as JSON.
    Paper,
}

impl Kind {
    /// Its name in the store.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::File => "file",
            Self::Receipt => "receipt",
            Self::Ticket => "ticket",
            Self::Paper => "paper",
        }
    }
}

/// What is bound to a sealed text: it opens only under the same label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Kind of the record.
    pub kind: Kind,
    /// Id of the record: random, never personal.
    pub id: String,
    /// Version of the record's shape.
    pub version: u8,
    /// Revision of the record.
    pub revision: u32,
}

impl Label {
    /// The additional data: the four parts, one a line. No id holds a line break.
    #[cfg_attr(
        all(feature = "unsealed", not(test)),
        expect(dead_code, reason = "a build that seals nothing binds nothing")
    )]
    fn bound(&self) -> String {
        [self.kind.name(), &self.id, &self.version.to_string(), &self.revision.to_string()].join("\n")
    }
}

/// Seals bytes under a label.
///
/// # Errors
/// [`Failure::StorageUnavailable`] where the browser gives no cryptography or cannot keep a key; the failures of the
/// store.
pub async fn seal(label: &Label, plain: &[u8]) -> Result<Sealed, Failure> {
    seal_raw(label, &Uint8Array::new_from_slice(plain)).await
}

/// Opens what was sealed under the same label.
///
/// # Errors
/// [`Failure::Unreadable`] when the key is another or anything was altered; the failures of the store.
pub async fn open(label: &Label, sealed: &Sealed) -> Result<Vec<u8>, Failure> {
    Ok(open_raw(label, sealed).await?.to_vec())
}

/// The browser's cryptography.
pub(super) fn subtle() -> Result<SubtleCrypto, Failure> {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok()).ok_or(Failure::StorageUnavailable)?;
    promise::property(&crypto, "subtle").map(JsCast::unchecked_into).ok_or(Failure::StorageUnavailable)
}

#[cfg(feature = "unsealed")]
pub(super) use unsealed::{open_raw, seal_raw};

#[cfg(not(feature = "unsealed"))]
pub(super) use sealed::{open_raw, seal_raw};

#[cfg(not(feature = "unsealed"))]
mod sealed {
    use super::{Failure, Label, Sealed, promise, subtle};
    use crate::browser::store;
    use js_sys::{Array, Object, Uint8Array};
    use std::cell::RefCell;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::CryptoKey;

    /// Name of the key in its store.
    const KEY: &str = "device";

    thread_local! {
        static DEVICE_KEY: RefCell<Option<CryptoKey>> = const { RefCell::new(None) };
    }

    pub(crate) async fn seal_raw(label: &Label, plain: &Uint8Array) -> Result<Sealed, Failure> {
        let key = key().await?;
        let nonce = Uint8Array::new_with_length(12);
        web_sys::window()
            .and_then(|window| window.crypto().ok())
            .and_then(|crypto| crypto.get_random_values_with_js_u8_array(&nonce).ok())
            .ok_or(Failure::StorageUnavailable)?;
        let cipher = subtle()?.encrypt_with_object_and_js_u8_array(&parameters(label, &nonce), &key, plain);
        let ciphertext = promise::settled(cipher).await.map_err(|_| Failure::StorageUnavailable)?;
        Ok(Sealed {
            kind: label.kind.name().to_owned(),
            id: label.id.clone(),
            version: label.version,
            revision: label.revision,
            nonce,
            ciphertext: Uint8Array::new(&ciphertext),
        })
    }

    pub(crate) async fn open_raw(label: &Label, sealed: &Sealed) -> Result<Uint8Array, Failure> {
        if sealed.nonce.length() != 12 {
            return Err(Failure::Unreadable);
        }
        let key = key().await?;
        let parameters = parameters(label, &sealed.nonce);
        let plain = subtle()?.decrypt_with_object_and_js_u8_array(&parameters, &key, &sealed.ciphertext);
        let plain = promise::settled(plain).await.map_err(|_| Failure::Unreadable)?;
        Ok(Uint8Array::new(&plain))
    }

    fn parameters(label: &Label, nonce: &Uint8Array) -> Object {
        let bound = Uint8Array::new_from_slice(label.bound().as_bytes());
        promise::object(&[("name", &"AES-GCM".into()), ("iv", nonce), ("additionalData", &bound)])
    }

    /// The key of the device. Two tabs may make one at the same time: the one that was stored first is everybody's.
    async fn key() -> Result<CryptoKey, Failure> {
        if let Some(key) = DEVICE_KEY.with_borrow(Clone::clone) {
            return Ok(key);
        }
        let key = if let Some(key) = store::key(KEY).await? {
            key
        } else {
            store::add_key(KEY, &generate().await?).await?;
            store::key(KEY).await?.ok_or(Failure::StorageUnavailable)?
        };
        DEVICE_KEY.set(Some(key.clone()));
        Ok(key)
    }

    async fn generate() -> Result<CryptoKey, Failure> {
        let algorithm = promise::object(&[("name", &"AES-GCM".into()), ("length", &JsValue::from_f64(256.0))]);
        let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
        promise::settled(subtle()?.generate_key_with_object(&algorithm, false, &uses))
            .await
            .map(JsCast::unchecked_into)
            .map_err(|_| Failure::StorageUnavailable)
    }
}

/// End-to-end tests only: the search for canaries must find them in a build that seals nothing.
#[cfg(feature = "unsealed")]
mod unsealed {
    use super::{Failure, Label, Sealed};
    use js_sys::Uint8Array;

    pub(crate) async fn seal_raw(label: &Label, plain: &Uint8Array) -> Result<Sealed, Failure> {
        Ok(Sealed {
            kind: label.kind.name().to_owned(),
            id: label.id.clone(),
            version: label.version,
            revision: label.revision,
            nonce: Uint8Array::new_with_length(0),
            ciphertext: plain.clone(),
        })
    }

    pub(crate) async fn open_raw(_: &Label, sealed: &Sealed) -> Result<Uint8Array, Failure> {
        Ok(sealed.ciphertext.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Label};

    #[test]
    fn every_part_of_a_label_is_bound() {
        let label = Label { kind: Kind::Draft, id: "a".to_owned(), version: 1, revision: 23 };
        assert_eq!(label.bound(), "draft\na\n1\n23");
        let other = Label { version: 12, revision: 3, ..label.clone() };
        assert_ne!(label.bound(), other.bound());
    }
}
