//! Elements drawn one by one, without a view: what a long form has hundreds of.
//!
//! Each shape of a view is a type of its own, whose code a browser compiles when it first comes by, and which marks in the
//! document where something may once be put. A form is many small shapes that never change, so they are written with one
//! piece of code and without marks; the directives of [`super::field`] and [`super::typing`] change what does change. What is
//! around views that come and go is drawn so, too ([`Drawn::around`]): one type for all of it.

use super::page::{self, listen};
use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement, Node};

/// An element, drawn and not yet in the document; in a view it stands for itself.
pub(crate) struct Drawn(SendWrapper<Element>);

/// How high a field is on a phone, with its label and the room below it, on average over the kinds that forms have.
const FIELD_REM: usize = 8;
/// How high the title of a group is.
const LEGEND_REM: usize = 3;

/// What is made in a document that nobody sees. A browser that fills in forms by itself reads a whole form each time something is
/// chosen in a list of it, and the first option of a list is chosen as it comes into the list; here nobody is told.
const LISTS: [&str; 2] = ["select", "option"];

/// What an element is made like: its name, whether it is of a drawing, its attributes.
type Like = (&'static str, bool, Vec<(&'static str, &'static str)>);

thread_local! {
    /// One element of each kind drawn so far: to copy it is one step for the browser, to make it is one for each attribute.
    static COPIED: RefCell<Vec<(Like, Element)>> = const { RefCell::new(Vec::new()) };
    /// A document that nobody sees, in which lists to choose from are made.
    static UNSEEN: Option<Document> = document().implementation().and_then(|it| it.create_html_document()).ok();
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
    let copy = COPIED.with_borrow(|copied| {
        let mut known = copied.iter();
        let like = known.find(|((name, drawing, like), _)| *name == tag && *drawing == svg && like == attributes);
        like.and_then(|(_, element)| element.clone_node().ok())
    });
    let element = copy.map_or_else(|| made(tag, svg, attributes), JsCast::unchecked_into);
    Drawn(SendWrapper::new(element))
}

fn made(tag: &'static str, svg: bool, attributes: &[(&'static str, &'static str)]) -> Element {
    let unseen = LISTS.contains(&tag).then(|| UNSEEN.with(|it| it.as_ref()?.create_element(tag).ok())).flatten();
    let element = unseen.unwrap_or_else(|| Rndr::create_element(tag, svg.then_some("http://www.w3.org/2000/svg")));
    for (name, value) in attributes {
        Rndr::set_attribute(&element, name, value);
    }
    if let Ok(kept) = element.clone_node() {
        COPIED.with_borrow_mut(|copied| copied.push(((tag, svg, attributes.to_vec()), kept.unchecked_into())));
    }
    element
}

impl Drawn {
    /// The element itself, for the directives that change it.
    pub(crate) fn element(&self) -> Element {
        (*self.0).clone()
    }

    /// With its id.
    pub(crate) fn id(self, id: &str) -> Self {
        self.0.set_id(id);
        self
    }

    /// With an attribute.
    pub(crate) fn with(self, name: &'static str, value: &str) -> Self {
        Rndr::set_attribute(&self.0, name, value);
        self
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
        self.0.set_text_content(Some(text));
        self
    }

    /// With an element in it, behind what is there.
    pub(crate) fn and(self, child: &Drawn) -> Self {
        Rndr::insert_node(&self.0, &child.0, None);
        self
    }

    /// With elements in it.
    pub(crate) fn and_all(self, children: impl IntoIterator<Item = Drawn>) -> Self {
        children.into_iter().fold(self, |parent, child| parent.and(&child))
    }

    /// As high as so many fields, as long as it is neither laid out nor painted (`content-visibility`).
    pub(crate) fn high_as(self, fields: usize) -> Self {
        if let Some(element) = self.0.dyn_ref::<HtmlElement>() {
            let rem = fields * FIELD_REM + LEGEND_REM;
            let _ =
                element.style().set_property("contain-intrinsic-size", &["auto ", &rem.to_string(), "rem"].concat());
        }
        self
    }

    /// With views in it, behind what is drawn.
    pub(crate) fn around(self, inside: Vec<AnyView>) -> AnyView {
        Around { element: self, inside }.into_any()
    }

    /// Calls at each event of these names, with blanks between, until what drew it is drawn anew or gone.
    pub(crate) fn on(self, names: &'static str, act: impl Fn(Event) + 'static) -> Self {
        StoredValue::new_local(listen(&self.0, names, Box::new(act)));
        self
    }
}

impl Render for Drawn {
    type State = Element;

    fn build(self) -> Element {
        self.0.take()
    }

    fn rebuild(self, older: &mut Element) {
        replace(older, self.0.take());
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
