//! ES256 keys, made once and kept in the database, and compact JWS.

use crate::chance;
use crate::refusal::Refusal;
use crate::store::Store;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde_json::{Value, json};

/// One key for tickets, one for receipts: a receipt can never be shown as a ticket.
pub(crate) struct Keys {
    ticket: Key,
    receipt: Key,
}

struct Key {
    kid: String,
    secret: SigningKey,
}

/// What a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Tickets; kids begin with `t`.
    Ticket,
    /// Receipts; kids begin with `r`.
    Receipt,
}

impl Keys {
    /// Reads the keys, or makes them where there are none.
    pub(crate) fn open(store: &Store) -> Result<Self, Refusal> {
        Ok(Self { ticket: open(store, "ticket", 't')?, receipt: open(store, "receipt", 'r')? })
    }

    /// `claims` as a compact JWS. The kid has three characters so that header and signature leave a ticket's claims
    /// the 99 bytes that fit a QR code of version 12.
    ///
    /// # Panics
    /// Never: the shapes that are signed always print as JSON.
    #[must_use]
    pub(crate) fn sign(&self, purpose: Purpose, claims: &impl Serialize) -> String {
        let key = self.key(purpose);
        let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"ES256","kid":"{}"}}"#, key.kid));
        let claims = URL_SAFE_NO_PAD.encode(serde_json::to_vec(claims).expect("claims print as JSON"));
        let signed = format!("{header}.{claims}");
        let signature: Signature = key.secret.sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }

    /// The key set of `/.well-known/jwks.json`.
    #[must_use]
    pub(crate) fn public(&self) -> Value {
        let keys: Vec<Value> = [Purpose::Ticket, Purpose::Receipt].map(|it| self.key(it).public()).into();
        json!({ "keys": keys })
    }

    fn key(&self, purpose: Purpose) -> &Key {
        match purpose {
            Purpose::Ticket => &self.ticket,
            Purpose::Receipt => &self.receipt,
        }
    }
}

impl Key {
    fn public(&self) -> Value {
        let point = self.secret.verifying_key().to_encoded_point(false);
        let coordinate = |bytes: Option<&p256::FieldBytes>| URL_SAFE_NO_PAD.encode(bytes.map_or(&[][..], |it| &it[..]));
        json!({
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": self.kid,
            "x": coordinate(point.x()), "y": coordinate(point.y()),
        })
    }
}

fn open(store: &Store, purpose: &str, letter: char) -> Result<Key, Refusal> {
    store.change(|database| {
        let kept: Option<(String, Vec<u8>)> = database
            .query_row("SELECT kid, secret FROM signing_keys WHERE purpose = ?1", [purpose], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        if let Some((kid, secret)) = kept {
            let secret = SigningKey::from_slice(&secret).map_err(|_| Refusal::Internal)?;
            return Ok(Key { kid, secret });
        }
        let secret = make();
        let name = chance::sha256_hex(secret.verifying_key().to_encoded_point(false).as_bytes());
        let kid: String = std::iter::once(letter).chain(name.chars().take(2)).collect();
        database.execute(
            "INSERT INTO signing_keys (purpose, kid, secret) VALUES (?1, ?2, ?3)",
            params![purpose, kid, secret.to_bytes().as_slice()],
        )?;
        Ok(Key { kid, secret })
    })
}

/// A new key: a random number below the order of the curve; nearly every number of 256 bits is.
fn make() -> SigningKey {
    loop {
        let mut bytes = [0_u8; 32];
        chance::fill(&mut bytes);
        if let Ok(key) = SigningKey::from_slice(&bytes) {
            return key;
        }
    }
}
