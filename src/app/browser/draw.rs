//! Elements drawn without a view: what a long form has hundreds of.
//!
//! Each shape of a view is a type of its own, whose code a browser compiles when it first comes by, and which marks in the
//! document where something may once be put. A form is many small shapes that never change, so they are written with one
//! piece of code and without marks; the directives of [`super::field`] and [`super::typing`] change what does change. What is
//! around views that come and go is drawn so, too ([`Drawn::around`]): one type for all of it.
//!
//! Nor is the browser asked for each element and each attribute, which would be thousands of calls: an element is noted as steps,
//! with all that is in it, and drawn in one call (`drawing` in `public/boot.js`) when it comes into a view.

use super::page;
use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use send_wrapper::SendWrapper;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, Event, Node};

#[wasm_bindgen]
extern "C" {
    /// What draws; what it has is known to it by number.
    type Board;

    #[wasm_bindgen(js_name = drawing)]
    fn board(called: &js_sys::Function) -> Board;

    /// Has an element to copy: is it of a drawing, is it made unseen; its name and its attributes, each in a line.
    #[wasm_bindgen(method)]
    fn like(this: &Board, svg: bool, unseen: bool, lines: &str);

    /// Has the name of an attribute or an event.
    #[wasm_bindgen(method)]
    fn name(this: &Board, name: &str);

    #[wasm_bindgen(method)]
    fn draw(this: &Board, steps: &[u32], text: &str) -> Element;

    /// An element of what was drawn last that was to be kept.
    #[wasm_bindgen(method)]
    fn kept(this: &Board, at: u32) -> Element;
}

/// What there is to do, in the order of `drawing` in `public/boot.js`. A text is given by its length, and is the next of all text.
#[derive(Clone, Copy)]
enum Step {
    /// Copies an element, by number, to be in the one that was drawn before.
    Copy,
    /// Puts what is drawn into what is around it.
    Up,
    /// Sets an attribute: name, text.
    Set,
    /// Writes a text.
    Text,
    /// Fills in a text.
    Fill,
    /// Calls at an event: name, number of who is called.
    Hear,
    /// Chooses an option.
    Choose,
    /// Sets what room it is given while it is not laid out: text.
    Room,
    /// Keeps it for who asked.
    Keep,
}

/// An element, not yet drawn; in a view it stands for itself.
pub(crate) struct Drawn {
    steps: Vec<u32>,
    text: String,
    places: Vec<Place>,
}

/// A drawn element, once it is there.
#[derive(Clone)]
pub(crate) struct Place(SendWrapper<Rc<OnceCell<Element>>>);

/// How high a field is on a phone, with its label and the room below it, on average over the kinds that forms have.
const FIELD_REM: usize = 8;
/// How high the title of a group is.
const LEGEND_REM: usize = 3;

/// What is made in a document that nobody sees. A browser that fills in forms by itself reads a whole form each time something is
/// chosen in a list of it, and the first option of a list is chosen as it comes into the list; there nobody is told.
const LISTS: [&str; 2] = ["select", "option"];

/// What an element is made like: its name, whether it is of a drawing, its attributes.
type Like = (&'static str, bool, Vec<(&'static str, &'static str)>);

/// Who is called at an event, by number; and the last number. None is given twice: what was drawn may outlive who drew it.
type Heard = (BTreeMap<u32, Rc<dyn Fn(Event)>>, u32);

/// What is drawn with.
struct Drawing {
    board: Board,
    /// One element of each kind drawn so far: to copy it is one step for the browser, to make it is one for each attribute.
    likes: Vec<Like>,
    names: Vec<&'static str>,
}

thread_local! {
    static DRAWING: RefCell<Drawing> = RefCell::new(Drawing::new());
    static HEARING: RefCell<Heard> = const { RefCell::new((BTreeMap::new(), 0)) };
}

impl Drawing {
    fn new() -> Self {
        let called = Closure::<dyn Fn(u32, Event)>::new(|number: u32, event: Event| {
            let act = HEARING.with_borrow(|(hearing, _)| hearing.get(&number).cloned());
            if let Some(act) = act {
                act(event);
            }
        });
        // As long as the page.
        let called = called.into_js_value();
        Self { board: board(called.unchecked_ref()), likes: Vec::new(), names: Vec::new() }
    }

    fn like(&mut self, tag: &'static str, svg: bool, attributes: &[(&'static str, &'static str)]) -> usize {
        let known =
            self.likes.iter().position(|(name, drawing, like)| *name == tag && *drawing == svg && like == attributes);
        known.unwrap_or_else(|| {
            let said = attributes.iter().flat_map(|(name, value)| [*name, *value]);
            let lines: Vec<&str> = [tag].into_iter().chain(said).collect();
            self.board.like(svg, LISTS.contains(&tag), &lines.join("\n"));
            self.likes.push((tag, svg, attributes.to_vec()));
            self.likes.len() - 1
        })
    }

    fn name(&mut self, name: &'static str) -> usize {
        self.names.iter().position(|it| *it == name).unwrap_or_else(|| {
            self.board.name(name);
            self.names.push(name);
            self.names.len() - 1
        })
    }
}

/// An element with attributes that are the same wherever it is drawn.
pub(crate) fn draw(tag: &'static str, attributes: &[(&'static str, &'static str)]) -> Drawn {
    copied(tag, false, attributes)
}

/// An element of a drawing (SVG).
pub(crate) fn draw_svg(tag: &'static str, attributes: &[(&'static str, &'static str)]) -> Drawn {
    copied(tag, true, attributes)
}

fn copied(tag: &'static str, svg: bool, attributes: &[(&'static str, &'static str)]) -> Drawn {
    let like = DRAWING.with_borrow_mut(|it| it.like(tag, svg, attributes));
    Drawn { steps: Vec::new(), text: String::new(), places: Vec::new() }.then(Step::Copy, &[like])
}

impl Place {
    /// The element, once it is drawn.
    pub(crate) fn element(&self) -> Option<&Element> {
        self.0.get()
    }
}

impl From<Element> for Place {
    fn from(element: Element) -> Self {
        Self(SendWrapper::new(Rc::new(OnceCell::from(element))))
    }
}

impl Drawn {
    fn then(mut self, step: Step, of: &[usize]) -> Self {
        self.steps.push(step as u32);
        self.steps.extend(of.iter().map(|it| u32::try_from(*it).unwrap_or(u32::MAX)));
        self
    }

    fn texted(mut self, text: &str) -> Self {
        let units = text.encode_utf16().count();
        self.text.push_str(text);
        self.steps.push(u32::try_from(units).unwrap_or(u32::MAX));
        self
    }

    /// Where the element will be, for what changes it later.
    pub(crate) fn place(&mut self) -> Place {
        let place = Place(SendWrapper::new(Rc::default()));
        self.steps.push(Step::Keep as u32);
        self.places.push(place.clone());
        place
    }

    /// With its id.
    pub(crate) fn id(self, id: &str) -> Self {
        self.with("id", id)
    }

    /// With an attribute.
    pub(crate) fn with(self, name: &'static str, value: &str) -> Self {
        let name = DRAWING.with_borrow_mut(|it| it.name(name));
        self.then(Step::Set, &[name]).texted(value)
    }

    /// With an attribute where there is a value.
    pub(crate) fn may(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With a text in it, alone.
    pub(crate) fn text(self, text: &str) -> Self {
        self.then(Step::Text, &[]).texted(text)
    }

    /// Filled in with a text.
    pub(crate) fn filled(self, text: &str) -> Self {
        self.then(Step::Fill, &[]).texted(text)
    }

    /// Chosen, as an option of a list.
    pub(crate) fn chosen(self) -> Self {
        self.then(Step::Choose, &[])
    }

    /// With an element in it, behind what is there.
    pub(crate) fn and(mut self, child: Drawn) -> Self {
        self.steps.extend(child.steps);
        self.text.push_str(&child.text);
        self.places.extend(child.places);
        self.then(Step::Up, &[])
    }

    /// With elements in it.
    pub(crate) fn and_all(self, children: impl IntoIterator<Item = Drawn>) -> Self {
        children.into_iter().fold(self, Drawn::and)
    }

    /// As high as so many fields, as long as it is neither laid out nor painted (`content-visibility`).
    pub(crate) fn high_as(self, fields: usize) -> Self {
        let rem = fields * FIELD_REM + LEGEND_REM;
        self.then(Step::Room, &[]).texted(&["auto ", &rem.to_string(), "rem"].concat())
    }

    /// With views in it, behind what is drawn.
    pub(crate) fn around(self, inside: Vec<AnyView>) -> AnyView {
        Around { element: self, inside }.into_any()
    }

    /// Calls at each event of these names, with blanks between, until what drew it is drawn anew or gone.
    pub(crate) fn on(mut self, names: &'static str, act: impl Fn(Event) + 'static) -> Self {
        let hearing = Hearing::new(Rc::new(act));
        for name in names.split(' ') {
            let name = DRAWING.with_borrow_mut(|it| it.name(name));
            self = self.then(Step::Hear, &[name, hearing.0 as usize]);
        }
        StoredValue::new_local(hearing);
        self
    }

    fn drawn(self) -> Element {
        DRAWING.with_borrow(|Drawing { board, .. }| {
            let element = board.draw(&self.steps, &self.text);
            for (at, place) in (0..).zip(&self.places) {
                let _ = place.0.set(board.kept(at));
            }
            element
        })
    }
}

/// Is called at an event, until this is dropped.
struct Hearing(u32);

impl Hearing {
    fn new(act: Rc<dyn Fn(Event)>) -> Self {
        HEARING.with_borrow_mut(|(hearing, last)| {
            *last += 1;
            hearing.insert(*last, act);
            Self(*last)
        })
    }
}

impl Drop for Hearing {
    fn drop(&mut self) {
        // What it held is dropped outside the borrow: it may hold others.
        let gone = HEARING.with_borrow_mut(|(hearing, _)| hearing.remove(&self.0));
        drop(gone);
    }
}

impl Render for Drawn {
    type State = Element;

    fn build(self) -> Element {
        self.drawn()
    }

    fn rebuild(self, older: &mut Element) {
        replace(older, self.drawn());
    }
}

/// Puts an element in the place of an older one, with its caret.
fn replace(older: &mut Element, mut newer: Element) {
    let caret = page::caret_within(older);
    older.insert_before_this(&mut newer);
    older.unmount();
    *older = newer;
    if let Some(caret) = caret {
        caret.put_back();
    }
}

/// A drawn element with views in it.
struct Around {
    element: Drawn,
    inside: Vec<AnyView>,
}

/// The element in the document, and what keeps its views alive.
struct AroundState {
    element: Element,
    inside: Vec<AnyViewState>,
}

impl Render for Around {
    type State = AroundState;

    fn build(self) -> AroundState {
        let element = self.element.build();
        let mut inside: Vec<AnyViewState> = self.inside.into_iter().map(Render::build).collect();
        for view in &mut inside {
            view.mount(&element, None);
        }
        AroundState { element, inside }
    }

    fn rebuild(self, older: &mut AroundState) {
        let AroundState { element, inside } = self.build();
        replace(&mut older.element, element);
        older.inside = inside;
    }
}

impl Mountable for AroundState {
    fn unmount(&mut self) {
        self.element.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.element.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.element.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.element.clone()]
    }
}

/// There is no server that draws, and nothing is added to what is drawn: of this only the types are needed.
macro_rules! drawn_in_a_browser {
    ($($view:ty),*) => {$(
        impl AddAnyAttr for $view {
            type Output<SomeNewAttr: Attribute> = Self;

            fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
                self
            }
        }

        impl RenderHtml for $view {
            type AsyncOutput = Self;
            type Owned = Self;

            const MIN_LENGTH: usize = 0;

            fn dry_resolve(&mut self) {}

            async fn resolve(self) -> Self {
                self
            }

            fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

            fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Self::State {
                self.build()
            }

            fn into_owned(self) -> Self {
                self
            }
        }
    )*};
}

drawn_in_a_browser!(Drawn, Around);

#[cfg(test)]
mod tests {
    use super::Step;

    #[test]
    fn the_steps_are_those_of_boot_js() {
        let script = include_str!("../../../public/boot.js");
        for (step, does) in [
            (Step::Copy, "cloneNode("),
            (Step::Up, "appendChild("),
            (Step::Set, "setAttribute("),
            (Step::Text, ".textContent = "),
            (Step::Fill, ".value = "),
            (Step::Hear, "hear("),
            (Step::Choose, ".selected = true"),
            (Step::Room, "contain-intrinsic-size"),
            (Step::Keep, "kept.push("),
        ] {
            let case = format!("case {}: ", step as u32);
            let line = script.lines().find(|it| it.trim_start().starts_with(&case));
            assert!(line.is_some_and(|it| it.contains(does)), "{case}{does}");
        }
    }
}
