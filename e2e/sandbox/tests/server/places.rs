//! Places and centres.

use crate::client::Client;
use serde_json::Value;
use vietnam::place::address::{Now, read};
use vietnam::place::{Country, ProvincePlaces};

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

/// The compact text of the country.
async fn country(client: &mut Client) -> Country {
    let answer = client.get("/api/v1/places/country").await;
    assert_eq!(answer.is(200).header("content-type"), "text/plain; charset=utf-8");
    Country::parse(std::str::from_utf8(&answer.body).expect("text")).expect("a country")
}

#[tokio::test]
async fn the_compact_texts_hold_every_place_and_keep_the_contract() {
    let mut client = Client::new();
    let country = country(&mut client).await;
    let (mut wards, mut former) = (0, 0);
    for province in &country.provinces {
        let answer = client.get(&format!("/api/v1/places/{}/{}", country.version, province.code)).await;
        let text = std::str::from_utf8(&answer.is(200).body).expect("text");
        let places = ProvincePlaces::parse(text).expect("a province");
        assert_eq!(places.province.full_name, province.full_name);
        wards += places.wards.len();
        former += places.former.len();
    }
    assert_eq!((country.provinces.len(), wards, former), (34, 3_321, 10_040));
    client.all_keep_the_contract();
}

#[tokio::test]
async fn the_compact_texts_are_small_tagged_and_do_not_change() {
    let mut client = Client::new();
    let country = country(&mut client).await;
    let brotli = [("accept-encoding", "br")];
    let whole = client.get_with("/api/v1/places/country", &brotli).await;
    assert_eq!((whole.is(200).header("content-encoding"), whole.header("cache-control")), ("br", "no-cache"));
    let mut all = whole.body.len();
    for province in &country.provinces {
        let path = format!("/api/v1/places/{}/{}", country.version, province.code);
        let answer = client.get_with(&path, &brotli).await;
        assert_eq!(answer.is(200).header("content-encoding"), "br");
        assert!(answer.header("cache-control").contains("immutable"));
        assert!(answer.body.len() <= 8_000, "{path}: {} bytes", answer.body.len());
        let again = [("accept-encoding", "br"), ("if-none-match", answer.header("etag"))];
        assert_eq!(client.get_with(&path, &again).await.status.as_u16(), 304);
        all += answer.body.len();
    }
    assert!(all <= 120_000, "{all} bytes for the country");
    client.get("/api/v1/places/0123456789abcdef/92").await.is_problem(404, "not-found");
    client.get(&format!("/api/v1/places/{}/99", country.version)).await.is_problem(404, "not-found");
}

#[tokio::test]
async fn an_old_address_is_read_with_the_country_and_one_province() {
    let mut client = Client::new();
    let country = country(&mut client).await;
    let address = "ấp 3, xã Hỏa Tiến, thành phố Vị Thanh, tỉnh Hậu Giang";
    let provinces = country.look_in(address);
    assert_eq!(provinces, ["92"]);
    let answer = client.get(&format!("/api/v1/places/{}/{}", country.version, provinces[0])).await;
    let places = ProvincePlaces::parse(std::str::from_utf8(&answer.body).expect("text")).expect("a province");
    let reading = read(address, &country, &[&places]);
    assert_eq!(reading.street, "ấp 3");
    assert!(matches!(reading.now, Now::One { ward, .. } if places.wards[ward].full_name() == "Xã Hỏa Lựu"));
}
