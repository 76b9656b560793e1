//! Elements drawn one by one, without a view: what a long form has hundreds of.
//!
//! Each shape of a view is a type of its own, whose code a browser compiles when it first comes by, and which marks in the
//! document where something may once be put. A form is many small shapes that never change, so they are written with one
//! piece of code and without marks; the directives of [`super::field`] and [`super::typing`] change what does change.

use super::page::{self, listen};
use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// An element, drawn and not yet in the document; in a view it stands for itself.
#[derive(Clone)]
pub(crate) struct Drawn(SendWrapper<Element>);

/// What an element is made like: its name, whether it is of a drawing, its attributes.
type Like = (&'static str, bool, Vec<(&'static str, &'static str)>);

thread_local! {
    /// One element of each kind drawn so far: to copy it is one step for the browser, to make it is one for each attribute.
    static COPIED: RefCell<Vec<(Like, Element)>> = const { RefCell::new(Vec::new()) };
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
    let element = Rndr::create_element(tag, svg.then_some("http://www.w3.org/2000/svg"));
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

    /// Takes the place of the older one, and its caret.
    fn rebuild(self, older: &mut Element) {
        let mut newer = self.0.take();
        let caret = page::caret_within(older);
        older.insert_before_this(&mut newer);
        older.unmount();
        *older = newer;
        if let Some(caret) = caret {
            caret.put_back();
        }
    }
}

impl AddAnyAttr for Drawn {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

/// There is no server that draws: of this only the types are needed.
impl RenderHtml for Drawn {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Element {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
