//! Drawing with a finger, a pen or a mouse; and writing a name for those who use none of them.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, MouseEvent, PointerEvent};

/// Pixels of the drawing, whatever its size on screen: enough to print a signature 6 cm wide.
pub const WIDTH: u32 = 720;
/// See [`WIDTH`].
pub const HEIGHT: u32 = 240;

/// A place of the drawing, in its own pixels.
pub type Spot = (f64, f64);

/// Where a pointer is on the drawing it points at.
#[must_use]
pub fn spot(canvas: &HtmlCanvasElement, event: &MouseEvent) -> Spot {
    let scale = |pixels: u32, shown: i32| if shown > 0 { f64::from(pixels) / f64::from(shown) } else { 1.0 };
    (
        f64::from(event.offset_x()) * scale(WIDTH, canvas.client_width()),
        f64::from(event.offset_y()) * scale(HEIGHT, canvas.client_height()),
    )
}

/// The pointer stays with the drawing until it is lifted, also beyond its edge.
pub fn hold(canvas: &HtmlCanvasElement, event: &PointerEvent) {
    let _ = canvas.set_pointer_capture(event.pointer_id());
}

/// Draws a stroke of ink.
pub fn stroke(canvas: &HtmlCanvasElement, from: Spot, to: Spot) {
    let Some(context) = context(canvas) else { return };
    context.set_line_width(3.0);
    context.set_line_cap("round");
    context.begin_path();
    context.move_to(from.0, from.1);
    // A dot is a line to itself, a little longer than nothing.
    context.line_to(to.0 + 0.1, to.1);
    context.stroke();
}

/// Takes away all ink.
pub fn clear(canvas: &HtmlCanvasElement) {
    canvas.set_width(WIDTH);
    canvas.set_height(HEIGHT);
}

/// Writes a name in place of what was drawn.
pub fn write(canvas: &HtmlCanvasElement, name: &str) {
    clear(canvas);
    let Some(context) = context(canvas) else { return };
    context.set_font("italic 64px serif");
    context.set_text_align("center");
    context.set_text_baseline("middle");
    let (middle, most) = (f64::from(WIDTH) / 2.0, f64::from(WIDTH) * 0.94);
    let _ = context.fill_text_with_max_width(name, middle, f64::from(HEIGHT) / 2.0, most);
}

/// The drawing as the `data:` address of a PNG.
#[must_use]
pub fn address(canvas: &HtmlCanvasElement) -> Option<String> {
    canvas.to_data_url_with_type("image/png").ok()
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    // Ink is black on paper that stays clear, in every theme: it is printed.
    context.set_stroke_style_str("#000");
    context.set_fill_style_str("#000");
    Some(context)
}
