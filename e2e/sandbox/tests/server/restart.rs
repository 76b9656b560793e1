//! What outlives the server.

use crate::client::{Client, KEY, PNG, config, sha256};
use crate::dossiers::{file, whole};
use sandbox::config::Config;
use std::path::PathBuf;

/// A database file; removed in the end.
struct DatabaseFile(PathBuf);

impl Drop for DatabaseFile {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            let mut name = self.0.clone().into_os_string();
            name.push(suffix);
            // What cannot be removed stays in the folder of temporary files.
            let _ = std::fs::remove_file(name);
        }
    }
}

#[tokio::test]
async fn receipts_keys_uploads_and_sessions_outlive_a_restart() {
    let database = DatabaseFile(std::env::temp_dir().join(format!("mot-cua-{}.sqlite", std::process::id())));
    let start = || Client::with(Config { database: Some(database.0.clone()), ..config() });

    let mut before = start();
    before.sign_in("lan-anh").await;
    let receipt = file(&mut before, KEY, &whole()).await;
    let upload = before.create_upload("authorisation", "a.png", PNG).await.header("location").to_owned();
    before.append(&upload, 0, PNG[..40].to_vec()).await.is(204);
    let keys = before.get("/.well-known/jwks.json").await.json();
    drop(before);

    let mut after = start();
    after.sign_in("lan-anh").await;
    assert_eq!(after.get("/.well-known/jwks.json").await.json(), keys);
    let again = file(&mut after, KEY, &whole()).await;
    assert_eq!(receipt.is(201).body, again.is(201).body);
    assert_eq!(after.offset(&upload).await.header("upload-offset"), "40");
    after.append(&upload, 40, PNG[40..].to_vec()).await.is(204);
    assert_eq!(after.offset(&upload).await.header("upload-sha256"), sha256(PNG));
}
