//! What the lists of rows have in common: the frame around them, the button that adds a row, the one that takes it away.

use crate::browser::draw::draw;
use crate::browser::field::{hinted, with_fault};
use crate::browser::page;
use crate::components::{Icon, icon};
use crate::fields::Field;
use crate::words::{errand, put};
use forms::RowLimits;
use leptos::prelude::*;

/// A list of rows on screen.
#[derive(Clone)]
pub(super) struct Rows {
    field: Field,
    limits: RowLimits,
    /// How many there are.
    pub(super) count: Signal<usize>,
    /// Was there none before those it begins with?
    pub(super) fresh: bool,
}

impl Rows {
    /// The rows of the list; a fresh list gets those it begins with.
    pub(super) fn new(field: &Field, limits: RowLimits) -> Self {
        let (session, path) = (field.session, &field.path);
        let count = session.rows(path.clone());
        let fresh = count.get_untracked() == 0;
        if fresh {
            (0..limits.initial).for_each(|_| session.add_row(path));
        }
        let limits = RowLimits { fixed: limits.fixed || field.component.disabled, ..limits };
        Self { field: field.clone(), limits, count, fresh }
    }

    /// What a row is called.
    pub(super) fn title(&self, row: usize) -> String {
        put(errand().row(), &[&self.field.component.label, &(row + 1).to_string()])
    }

    /// The button that takes a row away, where there may be one less; `before` is called first.
    pub(super) fn remove(&self, row: usize, before: impl Fn() + 'static) -> Option<AnyView> {
        let Self { field, limits, count, .. } = self.clone();
        limits.may_shrink(count.get()).then(|| {
            let remove = move |_| {
                before();
                field.session.remove_row(&field.path, row);
                page::focus_soon(field.id.clone());
            };
            let text = put(errand().remove_row(), &[&(row + 1).to_string()]);
            draw("button", &[("type", "button"), ("class", "link-button")])
                .and(icon(Icon::Remove))
                .and(draw("span", &[]).text(&text))
                .on("click", remove)
                .into_any()
        })
    }

    /// The frame around `rows`, with the button that adds one where there may be one more and `ready`; `added` is told which.
    pub(super) fn frame(
        self,
        add_label: String,
        rows: AnyView,
        ready: impl Fn() -> bool + Send + Sync + 'static,
        added: impl Fn(usize) + Send + Sync + 'static,
    ) -> AnyView {
        let Self { field, limits, count, .. } = self;
        let (session, path, add_id) = (field.session, field.path.clone(), field.id.clone());
        let name = vietnam::case::lower(&field.component.label);
        let add_text = if add_label.trim().is_empty() { put(errand().add_row(), &[&name]) } else { add_label };
        let add = Callback::new(move |()| {
            let row = count.get_untracked();
            session.add_row(&path);
            added(row);
        });
        let more = move || {
            (limits.may_grow(count.get()) && ready()).then(|| {
                draw("button", &[("type", "button"), ("class", "button button--quiet")])
                    .id(&add_id)
                    .and(icon(Icon::Add))
                    .and(draw("span", &[]).text(&add_text))
                    .on("click", move |_| add.run(()))
            })
        };
        let frame = draw("fieldset", &[("class", "field grid")]);
        let frame = with_fault(frame, field.fault(false));
        let frame = frame.and(field.label().written(draw("legend", &[("class", "field__label")])));
        let frame = hinted(frame, None, field.hint().as_deref(), field.language());
        field.with_notes(frame.around(vec![rows, more.into_any()]))
    }
}
