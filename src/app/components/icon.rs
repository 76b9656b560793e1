//! Icons: inline SVG, one path each, drawn for this project on a 24 × 24 grid; never the only carrier of a meaning.

use crate::browser::draw::{Drawn, draw_svg};

/// A picture beside a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    /// A magnifying glass.
    Search,
    /// An arrow to the right.
    Next,
    /// An arrow to the left.
    Back,
    /// A tick.
    Done,
    /// An exclamation mark in a circle.
    Attention,
    /// A clock.
    Clock,
    /// A banknote.
    Money,
    /// A pin on a map.
    Place,
    /// A building with columns.
    Office,
    /// A sheet of paper.
    Paper,
    /// A camera.
    Camera,
    /// A paper clip.
    Attach,
    /// A waste bin.
    Remove,
    /// A pencil.
    Change,
    /// A person.
    Person,
    /// A ticket.
    Ticket,
    /// A cloud with a line through it.
    Offline,
    /// A printer.
    Print,
    /// An arrow leaving a box.
    Leave,
    /// A closed lock.
    Lock,
    /// A folder.
    Folder,
    /// A plus sign.
    Add,
    /// Two bars.
    Pause,
    /// A baby's bottle.
    Child,
    /// Two rings.
    Rings,
    /// A house.
    House,
    /// A candle.
    Candle,
    /// A shop.
    Shop,
    /// A hand that supports.
    Support,
    /// A cross.
    Close,
    /// A lamp that shines.
    Lamp,
    /// Two arrows in a circle.
    Turn,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.3 15.3 20 20",
            Self::Next => "M5 12h14M13 6l6 6-6 6",
            Self::Back => "M19 12H5M11 6l-6 6 6 6",
            Self::Done => "M5 12.5 10 17.5 19.5 7",
            Self::Attention => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 8v5M12 16v.5",
            Self::Clock => "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
            Self::Money => "M3.5 7h17v10h-17zM12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM6.5 10v.5M17.5 13.5v.5",
            Self::Place => {
                "M12 21c-4-4.5-6.500-7.700-6.500-11a6.500 6.500 0 0 1 13 0c0 3.300-2.500 6.500-6.500 11zM12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"
            }
            Self::Office => "M4 9.500 12 4.500 20 9.500zM6 10v7M10 10v7M14 10v7M18 10v7M4 19.500h16",
            Self::Paper => "M6.500 3.500h7.500l4 4v13h-11.500zM13.500 3.500v4.500h4.500M9.500 12.500h6M9.500 16h6",
            Self::Camera => {
                "M4 7.500h3.500l1.500-2.500h6l1.500 2.500h3.500v11.500h-16zM12 9.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7z"
            }
            Self::Attach => {
                "M18.500 11.500 11.800 18.200a4 4 0 0 1-5.700-5.700l7.500-7.500a2.700 2.700 0 0 1 3.800 3.800l-7.400 7.400a1.300 1.300 0 0 1-1.900-1.900l6.500-6.500"
            }
            Self::Remove => "M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7M10.500 10.500v6M13.500 10.500v6",
            Self::Change => "M4.500 19.500l1-4.500L16 4.500l3.500 3.500L9 18.500zM13.500 7l3.500 3.500",
            Self::Person => {
                "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20c.8-4 3.700-5.500 7.500-5.500s6.700 1.500 7.500 5.500"
            }
            Self::Ticket => {
                "M4 6.500h16v4a1.700 1.700 0 0 0 0 3.400v3.600H4v-3.600a1.700 1.700 0 0 0 0-3.400zM14.500 6.500v2M14.500 11v2M14.500 15.500v2"
            }
            Self::Offline => {
                "M7 18a4.500 4.500 0 0 1-.5-9M9 6.700A5.500 5.500 0 0 1 17 10.500a3.800 3.800 0 0 1 2.500 6.300M4 4l16 16"
            }
            Self::Print => "M7 9V4h10v5M7 17.500H4.500V9h15v8.500H17M7 14.500h10V20H7z",
            Self::Leave => "M10 5H5v14h14v-5M14 4.500h5.500V10M19.500 4.500 11.500 12.500",
            Self::Lock => "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3M12 14.500v2",
            Self::Folder => "M3.500 6h6l2 2.500h9v10.500h-17z",
            Self::Add => "M12 5v14M5 12h14",
            Self::Pause => "M9 6v12M15 6v12",
            Self::Child => {
                "M12 6.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM9.500 12v.5M14.500 12v.5M9.500 15.500c1.500 1.300 3.500 1.300 5 0M12 6.500c-.5-1.500.5-3 2-3"
            }
            Self::Rings => {
                "M9 9a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM15 9a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM10.500 4h3l-1.500 2z"
            }
            Self::House => "M4 11.500 12 4.500l8 7M6.500 10v9.500h11V10M10 19.500v-5.500h4v5.500",
            Self::Candle => {
                "M9 11h6v9.500H9zM12 11V8.500M12 3.500c1.500 1.700 2 2.500 2 3.300a2 2 0 0 1-4 0c0-.8.5-1.600 2-3.300zM6 20.500h12"
            }
            Self::Shop => {
                "M4.500 9 6 4.500h12L19.500 9M4.500 9a2.500 2.500 0 0 0 5 0 2.500 2.500 0 0 0 5 0 2.500 2.500 0 0 0 5 0M6 12v7.500h12V12M10 19.500v-4h4v4"
            }
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Lamp => "M13 3 6 13.500h5L10.500 21 18 10.500h-5z",
            Self::Turn => {
                "M5 10a7.500 7.500 0 0 1 13-2.500M18.500 4v4h-4M19 14a7.500 7.500 0 0 1-13 2.500M5.500 20v-4h4"
            }
            Self::Support => {
                "M12 11.500c-3-2-4.500-3.500-4.500-5.200A2.300 2.300 0 0 1 12 5.500a2.300 2.300 0 0 1 4.500.8c0 1.700-1.500 3.200-4.500 5.200zM3.500 15l4-1.500 5 1.500c1 .4 1 2-.3 2H9.500M12.500 17l5.500-2.300c1.500-.5 2.300 1.100 1.200 2L13 20.500l-9.500-2"
            }
        }
    }
}

/// Draws an icon; hidden from assistive technology.
pub(crate) fn icon(icon: Icon) -> Drawn {
    let like = [("class", "icon"), ("viewBox", "0 0 24 24"), ("aria-hidden", "true"), ("focusable", "false")];
    draw_svg("svg", &like).and(draw_svg("path", &[("d", icon.path())]))
}

/// The shapes of the mark in their colours, as in `public/icons/icon.svg`.
const MARK: [(&str, &str); 3] = [
    ("#9f1d35", "M14 0h36a14 14 0 0 1 14 14v36a14 14 0 0 1-14 14H14A14 14 0 0 1 0 50V14A14 14 0 0 1 14 0z"),
    ("#fff", "M18 50V26a14 14 0 0 1 28 0v24h-6V26a8 8 0 0 0-16 0v24z"),
    ("#e2b04a", "M32 30c3 4 5 7 5 10a5 5 0 0 1-10 0c0-3 2-6 5-10zM14 50h36v4H14z"),
];

/// The mark of the app. Drawn here: one request less for a page, and one document less for a browser.
pub(crate) fn brand_mark() -> Drawn {
    let like = [
        ("class", "brand__mark"),
        ("viewBox", "0 0 64 64"),
        ("width", "36"),
        ("height", "36"),
        ("aria-hidden", "true"),
        ("focusable", "false"),
    ];
    draw_svg("svg", &like).and_all(MARK.map(|(colour, shape)| draw_svg("path", &[("fill", colour)]).with("d", shape)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_the_one_of_the_browsers_tab() {
        let file = include_str!("../../../public/icons/icon.svg");
        let shapes = MARK.map(|(colour, shape)| format!("<path fill=\"{colour}\" d=\"{shape}\"/>")).concat();
        assert_eq!(file, format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\">{shapes}</svg>\n"));
    }
}
