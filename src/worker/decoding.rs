//! Pixels from the browser's own decoders: for kinds of pictures that `documents` names but does not decode, and for
//! frames of a camera.

use documents::Decoded;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DedicatedWorkerGlobalScope, ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// Decodes a picture, upright, and shrinks it by what `scale` says of its width and height; nothing where the browser
/// cannot.
pub(crate) async fn decoded(
    scope: &DedicatedWorkerGlobalScope,
    bytes: &[u8],
    scale: impl Fn(f64, f64) -> f64,
) -> Option<Decoded> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence(&parts).ok()?;
    let promise = scope.create_image_bitmap_with_blob(&blob).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    pixels_of(&bitmap, scale)
}

/// The pixels of a bitmap, which is closed; never enlarged.
pub(crate) fn pixels_of(bitmap: &ImageBitmap, scale: impl Fn(f64, f64) -> f64) -> Option<Decoded> {
    let full_size = (bitmap.width(), bitmap.height());
    let pixels = u64::from(full_size.0) * u64::from(full_size.1);
    if pixels == 0 || pixels > documents::limits::MOST_PIXELS {
        bitmap.close();
        return None;
    }
    let (wide, high) = (f64::from(full_size.0), f64::from(full_size.1));
    let scale = scale(wide, high).min(1.0);
    // `as` saturates, and a side has at least one pixel.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let side = |side: f64| ((side * scale).round() as u32).max(1);
    let (width, height) = (side(wide), side(high));
    let drawn = draw(bitmap, width, height);
    bitmap.close();
    Some(Decoded { width, height, rgba: drawn?, full_size })
}

fn draw(bitmap: &ImageBitmap, width: u32, height: u32) -> Option<Vec<u8>> {
    let canvas = OffscreenCanvas::new(width, height).ok()?;
    // Its pixels are fetched at once: they need not go to a graphics card and back.
    let options = Object::new();
    Reflect::set(&options, &JsValue::from_str("willReadFrequently"), &JsValue::TRUE).ok()?;
    let context = canvas.get_context_with_context_options("2d", &options).ok()??;
    let context: OffscreenCanvasRenderingContext2d = context.dyn_into().ok()?;
    let (across, down) = (f64::from(width), f64::from(height));
    context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, across, down).ok()?;
    let data = context.get_image_data(0.0, 0.0, across, down).ok()?;
    Some(data.data().0)
}
