//! Places and centres.

use crate::client::Client;
use serde_json::Value;

#[tokio::test]
async fn the_city_has_103_wards_and_104_centres() {
    let mut client = Client::new();
    let places = client.get("/api/v1/places?province=92").await.is(200).json();
    assert_eq!(places["wards"].as_array().map(Vec::len), Some(103));
    assert_eq!(places["centres"].as_array().map(Vec::len), Some(104));
    assert_eq!(places["provinces"].as_array().map(Vec::len), Some(34));
    client.all_keep_the_contract();
}

#[tokio::test]
async fn a_ward_names_the_units_it_came_from_and_which_of_them_were_divided() {
    let mut client = Client::new();
    let places = client.get("/api/v1/places?province=92").await.json();
    let ward = |name: &str| -> Value {
        let wards = places["wards"].as_array().expect("wards");
        wards.iter().find(|it| it["name"] == name).unwrap_or_else(|| panic!("{name} is a ward")).clone()
    };
    let former: Vec<Value> = ward("Xã Hỏa Lựu")["former"].as_array().expect("former units").clone();
    assert_eq!(former.len(), 3);
    assert!(former.iter().all(|it| it["divided"].is_null()));
    let divided: Vec<Value> = ward("Phường Cái Khế")["former"]
        .as_array()
        .expect("former units")
        .iter()
        .filter(|it| it["divided"] == true)
        .map(|it| it["name"].clone())
        .collect();
    assert_eq!(divided, ["Phường Bùi Hữu Nghĩa"]);
}

#[tokio::test]
async fn every_province_answers_within_the_contract() {
    let mut client = Client::new();
    let places = client.get("/api/v1/places").await.is(200).json();
    assert_eq!(places["wards"], serde_json::json!([]));
    let mut wards = 0;
    for province in places["provinces"].as_array().expect("provinces") {
        let path = format!("/api/v1/places?province={}", province["code"].as_str().expect("a code"));
        wards += client.get(&path).await.is(200).json()["wards"].as_array().map_or(0, Vec::len);
    }
    assert_eq!(wards, 3_321);
    client.get("/api/v1/places?province=99").await.is_problem(404, "not-found");
    client.get("/api/v1/places?province=Hue").await.is_problem(400, "malformed");
}

#[tokio::test]
async fn a_centre_says_that_its_hours_and_counters_are_sample_data() {
    let mut client = Client::new();
    let city = client.get("/api/v1/centres/city").await.is(200).json();
    assert_eq!(city["sample"], true);
    assert!(city["address"].as_str().is_some_and(|it| it.starts_with("109 Nguyễn Trãi")));
    let places = client.get("/api/v1/places").await.json();
    for centre in places["centres"].as_array().expect("centres") {
        client.get(&format!("/api/v1/centres/{}", centre["code"].as_str().expect("a code"))).await.is(200);
    }
    client.get("/api/v1/centres/99999").await.is_problem(404, "not-found");
}
