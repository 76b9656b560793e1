//! Every page has one address: [`Route::parse`] and [`Route::href`] stand side by side.

use std::fmt::Write as _;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// Search first, life events, groups, drafts.
    Home,
    /// Results as one types.
    Search { query: String },
    /// The procedures of a group of fields.
    Group { key: String },
    /// The procedures of a life event.
    LifeEvent { key: String },
    /// One procedure.
    Procedure { code: String },
    /// A filling about to begin: the procedure and the answers to its case questions, in the fragment of the address,
    /// which no server sees.
    NewFilling { procedure: String, case: Vec<(String, String)> },
    /// One page of a filling.
    Filling { draft: String, place: Place },
    /// The receipt of a dossier that was just filed, kept on the device.
    Receipt { code: String },
    /// Choosing a centre and taking a number.
    TakeTicket { procedure: String, dossier: Option<String> },
    /// One ticket.
    Ticket { id: String },
    /// Dossiers, drafts and tickets of this person.
    MyDossiers,
    /// One dossier.
    Dossier { code: String },
    /// Look-up without login.
    LookUp,
    /// Sign-in, and where to go after it.
    SignIn { back: String, expired: bool },
    /// No such page.
    NotFound,
}

/// Where somebody is in a filling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Who this is for.
    Who,
    /// A step of the form, counted from 0 among the steps that apply.
    Step(usize),
    /// The papers.
    Papers,
    /// Check your answers.
    Check,
    /// Declare and submit.
    Submit,
    /// The declaration on paper; not part of the way.
    Declaration,
}

impl Place {
    /// The segment of the address, as `buoc-2`.
    pub(crate) fn segment(self) -> String {
        match self {
            Self::Who => "cho-ai".into(),
            Self::Step(index) => format!("buoc-{}", index + 1),
            Self::Papers => "giay-to".into(),
            Self::Check => "kiem-tra".into(),
            Self::Submit => "nop".into(),
            Self::Declaration => "to-khai".into(),
        }
    }

    /// Reads a segment.
    pub(crate) fn parse(segment: &str) -> Option<Self> {
        match segment {
            "cho-ai" => Some(Self::Who),
            "giay-to" => Some(Self::Papers),
            "kiem-tra" => Some(Self::Check),
            "nop" => Some(Self::Submit),
            "to-khai" => Some(Self::Declaration),
            _ => segment.strip_prefix("buoc-")?.parse::<usize>().ok()?.checked_sub(1).map(Self::Step),
        }
    }
}

impl Route {
    /// Reads the part of an address after the base path, as `thu-tuc/1.004873?x=y`; never fails.
    pub(crate) fn parse(address: &str) -> Self {
        let (address, fragment) = address.split_once('#').unwrap_or((address, ""));
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let segments: Vec<String> = path.split('/').filter(|it| !it.is_empty()).map(decode).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let value = |name: &str| {
            query.split('&').find_map(|pair| {
                let (key, value) = pair.split_once('=')?;
                (key == name).then(|| decode(value))
            })
        };
        match segments.as_slice() {
            [] => Self::Home,
            ["tim"] => Self::Search { query: value("q").unwrap_or_default() },
            ["nhom", key] => Self::Group { key: (*key).to_owned() },
            ["viec", key] => Self::LifeEvent { key: (*key).to_owned() },
            ["thu-tuc", code] => Self::Procedure { code: (*code).to_owned() },
            ["lam", "moi"] => {
                let mut parts = fragment.split('&');
                match parts.next().filter(|it| !it.is_empty()) {
                    Some(procedure) => Self::NewFilling {
                        procedure: decode(procedure),
                        case: parts
                            .filter_map(|it| it.split_once('='))
                            .map(|(key, value)| (decode(key), decode(value)))
                            .collect(),
                    },
                    None => Self::NotFound,
                }
            }
            ["lam", draft, place] => match Place::parse(place) {
                Some(place) => Self::Filling { draft: (*draft).to_owned(), place },
                None => Self::NotFound,
            },
            ["bien-nhan", code] => Self::Receipt { code: (*code).to_owned() },
            ["lay-so", code] => Self::TakeTicket { procedure: (*code).to_owned(), dossier: value("ho-so") },
            ["so", id] => Self::Ticket { id: (*id).to_owned() },
            ["ho-so"] => Self::MyDossiers,
            ["ho-so", code] => Self::Dossier { code: (*code).to_owned() },
            ["tra-cuu"] => Self::LookUp,
            ["dang-nhap"] => {
                Self::SignIn { back: value("ve").unwrap_or_default(), expired: value("het-han").is_some() }
            }
            _ => Self::NotFound,
        }
    }

    /// The part of the address after the base path.
    pub(crate) fn href(&self) -> String {
        match self {
            Self::Home | Self::NotFound => String::new(),
            Self::Search { query } if query.is_empty() => "tim".into(),
            Self::Search { query } => format!("tim?q={}", encode(query)),
            Self::Group { key } => format!("nhom/{}", encode(key)),
            Self::LifeEvent { key } => format!("viec/{}", encode(key)),
            Self::Procedure { code } => format!("thu-tuc/{}", encode(code)),
            Self::NewFilling { procedure, case } => {
                let mut href = format!("lam/moi#{}", encode(procedure));
                for (key, value) in case {
                    href.push_str(&["&", &encode(key), "=", &encode(value)].concat());
                }
                href
            }
            Self::Filling { draft, place } => format!("lam/{}/{}", encode(draft), place.segment()),
            Self::Receipt { code } => format!("bien-nhan/{}", encode(code)),
            Self::TakeTicket { procedure, dossier: None } => format!("lay-so/{}", encode(procedure)),
            Self::TakeTicket { procedure, dossier: Some(dossier) } => {
                format!("lay-so/{}?ho-so={}", encode(procedure), encode(dossier))
            }
            Self::Ticket { id } => format!("so/{}", encode(id)),
            Self::MyDossiers => "ho-so".into(),
            Self::Dossier { code } => format!("ho-so/{}", encode(code)),
            Self::LookUp => "tra-cuu".into(),
            Self::SignIn { back, expired } => {
                let expired = if *expired { "&het-han=1" } else { "" };
                format!("dang-nhap?ve={}{expired}", encode(back))
            }
        }
    }
}

/// Percent-encodes all but unreserved characters (RFC 3986, section 2.3).
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Undoes percent-encoding and `+`; what is not valid stays as it is.
fn decode(text: &str) -> String {
    let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        let pair = bytes.get(index + 1).copied().and_then(hex).zip(bytes.get(index + 2).copied().and_then(hex));
        match (byte, pair) {
            (b'%', Some((high, low))) => {
                decoded.push(high * 16 + low);
                index += 2;
            }
            (b'+', _) => decoded.push(b' '),
            _ => decoded.push(byte),
        }
        index += 1;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Place, Route};

    #[track_caller]
    fn check(address: &str, route: &Route) {
        assert_eq!(&Route::parse(address), route, "reading {address}");
        assert_eq!(Route::parse(&route.href()), *route, "reading back {}", route.href());
    }

    #[test]
    fn every_page_reads_back_from_its_own_address() {
        check("", &Route::Home);
        check("/", &Route::Home);
        check("tim", &Route::Search { query: String::new() });
        check("tim?q=gi%E1%BA%A5y+khai%20sinh", &Route::Search { query: "giấy khai sinh".into() });
        check("nhom/ho-tich", &Route::Group { key: "ho-tich".into() });
        check("viec/sinh-con", &Route::LifeEvent { key: "sinh-con".into() });
        check("thu-tuc/1.004873", &Route::Procedure { code: "1.004873".into() });
        for place in [
            Place::Who,
            Place::Step(0),
            Place::Step(11),
            Place::Papers,
            Place::Check,
            Place::Submit,
            Place::Declaration,
        ] {
            let address = format!("lam/a-b_c/{}", place.segment());
            check(&address, &Route::Filling { draft: "a-b_c".into(), place });
        }
        check(
            "lam/moi#1.004873&filer=owner&a%20b=c%3D",
            &Route::NewFilling {
                procedure: "1.004873".into(),
                case: vec![("filer".into(), "owner".into()), ("a b".into(), "c=".into())],
            },
        );
        check("bien-nhan/H13.31-261122-0001", &Route::Receipt { code: "H13.31-261122-0001".into() });
        check("lay-so/2.000815", &Route::TakeTicket { procedure: "2.000815".into(), dossier: None });
        check(
            "lay-so/1.000894?ho-so=H13.31-261122-0001",
            &Route::TakeTicket { procedure: "1.000894".into(), dossier: Some("H13.31-261122-0001".into()) },
        );
        check("so/abc", &Route::Ticket { id: "abc".into() });
        check("ho-so", &Route::MyDossiers);
        check("ho-so/H13.31-261122-0001#top", &Route::Dossier { code: "H13.31-261122-0001".into() });
        check("tra-cuu", &Route::LookUp);
        check("dang-nhap?ve=lam%2Fx%2Fnop&het-han=1", &Route::SignIn { back: "lam/x/nop".into(), expired: true });
    }

    #[test]
    fn an_address_that_means_nothing_is_not_found() {
        for address in [
            "khong-co",
            "lam/x",
            "lam/moi",
            "lam/moi#",
            "lam/x/buoc-0",
            "lam/x/buoc-x",
            "thu-tuc",
            "tim/x",
            "%",
            "%zz/%E1",
        ] {
            assert_eq!(Route::parse(address), Route::NotFound, "{address}");
        }
    }
}
