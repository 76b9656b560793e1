//! Catalogue, procedures, forms.

use crate::client::Client;
use serde_json::Value;

fn codes(catalogue: &Value) -> Vec<&str> {
    catalogue["rows"].as_array().expect("rows").iter().filter_map(|row| row["code"].as_str()).collect()
}

#[tokio::test]
async fn the_commune_tier_is_small_and_part_of_the_full_one() {
    let mut client = Client::new();
    let commune = client.get("/api/v1/catalogue?tier=commune").await.is(200).json();
    let full = client.get("/api/v1/catalogue?tier=full").await.is(200).json();
    let (commune, full) = (codes(&commune), codes(&full));
    assert!(commune.len() > 200 && full.len() > 2_500, "{} and {}", commune.len(), full.len());
    assert!(commune.iter().all(|code| full.binary_search(code).is_ok()));
    let packed = client.get_with("/api/v1/catalogue?tier=commune", &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert!(packed.body.len() <= 25_000, "{} bytes before the first keystroke", packed.body.len());
    client.all_keep_the_contract();
}

#[tokio::test]
async fn internal_and_replaced_codes_have_no_row() {
    let mut client = Client::new();
    let full = client.get("/api/v1/catalogue?tier=full").await.json();
    assert!(codes(&full).iter().all(|code| !code.starts_with(['5', '6'])));
    assert!(!codes(&full).contains(&"2.000986"));
    assert!(full["replaced"].as_array().is_some_and(|it| it.contains(&serde_json::json!(["2.000986", "3.000722"]))));
}

#[tokio::test]
async fn each_encoding_has_its_own_strong_tag_and_answers_304() {
    let mut client = Client::new();
    let mut tags = Vec::new();
    for encoding in ["br", "gzip", "identity"] {
        let headers = [("accept-encoding", encoding)];
        let first = client.get_with("/api/v1/catalogue?tier=commune", &headers).await;
        let tag = first.is(200).header("etag").to_owned();
        assert!(tag.starts_with('"'), "{tag} is strong");
        let again = [("accept-encoding", encoding), ("if-none-match", tag.as_str())];
        let again = client.get_with("/api/v1/catalogue?tier=commune", &again).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
        tags.push(tag);
    }
    tags.dedup();
    assert_eq!(tags.len(), 3);
}

#[tokio::test]
async fn a_tier_that_is_none_is_malformed() {
    let mut client = Client::new();
    for path in ["/api/v1/catalogue", "/api/v1/catalogue?tier=all", "/api/v1/catalogue?tier=%ff"] {
        client.get(path).await.is_problem(400, "malformed");
    }
}

#[tokio::test]
async fn a_suffix_is_no_part_of_a_code() {
    let mut client = Client::new();
    let whole = client.get("/api/v1/procedures/1.001193").await.is(200).json();
    let suffixed = client.get("/api/v1/procedures/1.001193.000.00.00.H56").await.is(200).json();
    assert_eq!(whole, suffixed);
    assert_eq!(whole["complete"], true);
    client.all_keep_the_contract();
}

#[tokio::test]
async fn a_replaced_code_leads_to_the_new_one() {
    let mut client = Client::new();
    let answer = client.get("/api/v1/procedures/2.000986").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (308, "/api/v1/procedures/3.000722"));
    client.get("/api/v1/procedures/3.000722").await.is(200);
}

#[tokio::test]
async fn internal_and_unknown_codes_are_not_found() {
    let mut client = Client::new();
    for code in ["5.000001", "6.000013", "1.999999", "hello", "%ff", "1.0011930"] {
        let answer = client.get(&format!("/api/v1/procedures/{code}")).await;
        assert!(matches!(answer.status.as_u16(), 400 | 404), "{code}: {}", answer.status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
}

#[tokio::test]
async fn what_only_the_national_data_knows_is_told_as_it_is() {
    let mut client = Client::new();
    let business = client.get("/api/v1/procedures/2.000720").await.is(200).json();
    assert_eq!(business["complete"], false);
    assert_eq!(business["fee"]["kind"], "local", "an amount would be another province's");
    assert!(business["form"].is_null());
    let residence = client.get("/api/v1/procedures/1.010041").await.is(200).json();
    assert_ne!(residence["filing"]["kind"], "anyCentre", "nothing says that the police take part");
    client.all_keep_the_contract();
}

#[tokio::test]
async fn every_procedure_of_the_catalogue_answers_within_the_contract_and_agrees_with_its_row() {
    let mut client = Client::new();
    let full = client.get("/api/v1/catalogue?tier=full").await.json();
    for row in full["rows"].as_array().expect("rows") {
        let code = row["code"].as_str().expect("a code");
        let procedure = client.get(&format!("/api/v1/procedures/{code}")).await.is(200).json();
        assert_eq!(procedure["fee"]["kind"], row["fee"], "{code}");
        assert_eq!(procedure["timeLimit"], row["timeLimit"], "{code}");
        assert_eq!(procedure["form"].is_object(), row["online"].as_bool().unwrap_or_default(), "{code}");
    }
    client.all_keep_the_contract();
}

#[tokio::test]
async fn the_form_of_every_complete_procedure_is_there_and_never_changes() {
    let mut client = Client::new();
    let commune = client.get("/api/v1/catalogue?tier=commune").await.json();
    let online: Vec<&Value> =
        commune["rows"].as_array().expect("rows").iter().filter(|row| row["online"] == true).collect();
    assert!(online.len() >= 5, "five of the six complete procedures have a form");
    for row in online {
        let code = row["code"].as_str().expect("a code");
        let form = client.get(&format!("/api/v1/procedures/{code}")).await.json()["form"].clone();
        let path = format!("/api/v1/forms/{}/versions/{}", form["id"].as_str().expect("an id"), form["version"]);
        let answer = client.get(&path).await;
        assert!(answer.is(200).header("cache-control").contains("immutable"));
        let again = client.get_with(&path, &[("if-none-match", answer.header("etag"))]).await;
        again.is(304);
    }
    client.get("/api/v1/forms/no-such-form/versions/1").await.is_problem(404, "not-found");
    client.get("/api/v1/forms/marital-status-certificate/versions/many").await.is_problem(404, "not-found");
}
