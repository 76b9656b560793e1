//! The camera of the device, inside the page: opened, shown, lit, photographed, closed.
//!
//! It is the way that costs the least memory: the system's own camera may push the page out of it.

use super::files::PickedFile;
use super::promise;
use js_sys::{Array, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Blob, CanvasRenderingContext2d, File, FilePropertyBag, HtmlCanvasElement, HtmlVideoElement, MediaStream,
    MediaStreamConstraints, MediaStreamTrack,
};

/// What is asked of the camera: as many pixels as it gives, up to this long side.
const LONG_SIDE: f64 = 4096.0;
/// Quality of the picture, from 0 to 1: text stays crisp, and the checks have something to judge.
const QUALITY: f64 = 0.92;

/// Which way a camera looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facing {
    /// Away from the person: papers.
    Rear,
    /// At the person.
    Front,
}

/// Why there is no camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCamera {
    /// The person, or the page that embeds this one, said no.
    Refused,
    /// There is none, or another program has it.
    Absent,
}

/// An open camera; it is let go when this is dropped.
#[derive(Debug)]
pub struct Camera {
    stream: MediaStream,
    track: MediaStreamTrack,
}

/// Can a page here ask for a camera at all?
#[must_use]
pub fn exists() -> bool {
    devices().is_some_and(|it| promise::method(&it, "getUserMedia").is_some())
}

fn devices() -> Option<JsValue> {
    promise::property(web_sys::window()?.navigator().as_ref(), "mediaDevices")
}

impl Camera {
    /// Opens the camera that looks this way, or the only one there is.
    ///
    /// # Errors
    /// See [`NoCamera`].
    pub async fn open(facing: Facing) -> Result<Self, NoCamera> {
        let devices = devices().ok_or(NoCamera::Absent)?;
        let ask = promise::method(&devices, "getUserMedia").ok_or(NoCamera::Absent)?;
        let facing = match facing {
            Facing::Rear => "environment",
            Facing::Front => "user",
        };
        let ideal = |value: JsValue| JsValue::from(promise::object(&[("ideal", &value)]));
        let video = promise::object(&[
            ("facingMode", &ideal(facing.into())),
            ("width", &ideal(LONG_SIDE.into())),
            ("height", &ideal((LONG_SIDE * 0.75).into())),
        ]);
        let constraints = MediaStreamConstraints::new();
        constraints.set_video(&video);
        let asked = ask.call1(&devices, &constraints).and_then(JsCast::dyn_into::<Promise>);
        let stream: MediaStream = promise::settled(asked).await.and_then(JsCast::dyn_into).map_err(|error| {
            match promise::error_name(&error).as_str() {
                "NotAllowedError" | "SecurityError" => NoCamera::Refused,
                _ => NoCamera::Absent,
            }
        })?;
        let track: MediaStreamTrack = stream.get_video_tracks().get(0).dyn_into().map_err(|_| NoCamera::Absent)?;
        Ok(Self { stream, track })
    }

    /// Has the device another one to turn to? Browsers name cameras only once one is open.
    pub async fn has_others() -> bool {
        let Some(devices) = devices() else { return false };
        let Some(ask) = promise::method(&devices, "enumerateDevices") else { return false };
        let asked = ask.call0(&devices).and_then(JsCast::dyn_into::<Promise>);
        let Ok(list) = promise::settled(asked).await else { return false };
        let is_camera = |it: &JsValue| promise::property(it, "kind").is_some_and(|it| it == "videoinput");
        Array::from(&list).iter().filter(is_camera).count() > 1
    }

    /// Shows what it sees.
    pub fn show(&self, video: &HtmlVideoElement) {
        video.set_src_object(Some(&self.stream));
        // Refused only where a browser wants a tap first, and the picture then stands still until there is one; broken off
        // where the page goes on.
        let playing = video.play();
        spawn_local(async move {
            let _ = promise::settled(playing).await;
        });
    }

    /// Has it a lamp?
    #[must_use]
    pub fn has_lamp(&self) -> bool {
        let Some(ask) = promise::method(&self.track, "getCapabilities") else { return false };
        ask.call0(&self.track).ok().and_then(|it| promise::property(&it, "torch")).is_some_and(|it| it.is_truthy())
    }

    /// Lights the lamp, or puts it out. A lamp that refuses stays as it is.
    pub fn light(&self, on: bool) {
        let wanted = promise::object(&[("torch", &on.into())]);
        let constraints = promise::object(&[("advanced", &Array::of1(&wanted))]);
        if let Some(apply) = promise::method(&self.track, "applyConstraints") {
            let _ = apply.call1(&self.track, &constraints);
        }
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.stream.get_tracks() {
            if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
                track.stop();
            }
        }
    }
}

/// What a camera sees at one moment; the memory is given back when this is dropped.
#[derive(Debug)]
pub struct Frame(JsValue);

impl Frame {
    /// What a video shows now, its long side at most `long_side` pixels. None while nothing is shown yet, and where the
    /// browser cannot.
    pub async fn of(video: &HtmlVideoElement, long_side: u32) -> Option<Self> {
        let (width, height) = scaled(video.video_width(), video.video_height(), Some(long_side))?;
        let options = promise::object(&[("resizeWidth", &width.into()), ("resizeHeight", &height.into())]);
        let window = web_sys::window()?;
        let asked = promise::method(&window, "createImageBitmap")?.call2(&window, video, &options).ok()?;
        promise::settled(asked.dyn_into()).await.ok().map(Self)
    }

    /// The `ImageBitmap` itself.
    pub(super) fn raw(&self) -> &JsValue {
        &self.0
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        if let Some(close) = promise::method(&self.0, "close") {
            let _ = close.call0(&self.0);
        }
    }
}

/// Takes what a video shows as a JPEG without metadata. None while nothing is shown yet.
pub async fn photograph(video: &HtmlVideoElement, name: &str) -> Option<PickedFile> {
    let (width, height) = scaled(video.video_width(), video.video_height(), None)?;
    let canvas: HtmlCanvasElement = web_sys::window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, f64::from(width), f64::from(height))
        .ok()?;
    let made = Promise::new(&mut |resolve, _| {
        let give = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &blob);
        });
        let _ = canvas.to_blob_with_type_and_encoder_options(give.unchecked_ref(), "image/jpeg", &QUALITY.into());
    });
    let blob: Blob = promise::settled(Ok(made)).await.ok()?.dyn_into().ok()?;
    let options = FilePropertyBag::new();
    options.set_type("image/jpeg");
    let file = File::new_with_blob_sequence_and_options(&Array::of1(&blob), name, &options).ok()?;
    // The memory of the canvas is given back now, not when somebody collects it.
    canvas.set_width(0);
    Some(PickedFile::of(file))
}

/// Width and height with the long side at most `long_side`, in the same proportion; none for a picture without pixels.
fn scaled(width: u32, height: u32, long_side: Option<u32>) -> Option<(u32, u32)> {
    let longest = width.max(height);
    if width == 0 || height == 0 {
        return None;
    }
    let most = long_side.unwrap_or(longest).clamp(1, longest);
    let scale = |side: u32| {
        let scaled = (u64::from(side) * u64::from(most) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(scaled.max(1)).unwrap_or(side)
    };
    Some((scale(width), scale(height)))
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn a_picture_keeps_its_proportion_and_is_never_made_larger() {
        assert_eq!(scaled(4000, 3000, Some(800)), Some((800, 600)));
        assert_eq!(scaled(3000, 4000, Some(800)), Some((600, 800)));
        assert_eq!(scaled(640, 480, Some(800)), Some((640, 480)));
        assert_eq!(scaled(640, 480, None), Some((640, 480)));
        assert_eq!(scaled(4000, 1, Some(800)), Some((800, 1)));
        assert_eq!(scaled(0, 480, None), None);
    }
}
