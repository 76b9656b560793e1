//! Parts of pages that know nothing of forms.

mod camera;
mod choice;
mod heading;
mod icon;
mod label;
mod load;
mod notice;
mod place_picker;
mod qr;
mod shell;
mod summary;
mod text_input;

pub(crate) use camera::{AimingFrame, CameraView, Verdict, camera_view};
pub(crate) use choice::{ChoiceOption, Choices, choice, choices};
pub(crate) use heading::{heading, page_heading};
pub(crate) use icon::{Icon, brand_mark, icon};
pub(crate) use label::Label;
pub(crate) use load::{Load, failure_view, fetched, loading, sentence_of};
pub(crate) use notice::{Tone, notice, notice_with};
pub(crate) use place_picker::{PlaceOption, PlacePicker, place_picker};
pub(crate) use qr::qr_code;
pub(crate) use shell::shell;
pub(crate) use summary::{ErrorLink, error_summary};
pub(crate) use text_input::{TextInput, text_input};
