//! A list of rows of which one at a time is open: written, then kept as a card that can be opened again.
//!
//! A row is kept once nothing in it is wrong, neither a field nor the rule of the whole row, which is told beside the row. A
//! list that keeps drafts keeps it all the same, says so on its card, and the step is not left until it is put right.

use crate::browser::field::{Fault, faulty};
use crate::browser::page;
use crate::components::{Icon, icon};
use crate::fields::rows::Rows;
use crate::fields::{Field, group, id_of, sentence};
use crate::review::{self, answer_list};
use crate::session::FormSession;
use crate::words::{errand, put};
use forms::{Component, DataPath, Kind, Outcome};
use leptos::prelude::*;

/// The row that is open, and whether it was tried to keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Open {
    row: usize,
    tried: bool,
}

/// The field.
#[inline(never)]
pub(super) fn edit_grid(field: Field) -> AnyView {
    let Kind::EditGrid { components, add_label, rows: limits, keeps_drafts, .. } = field.component.kind.clone() else {
        return ().into_any();
    };
    let session = field.session;
    let rows = Rows::new(&field, limits);
    let count = rows.count;
    // A fresh list that begins with rows begins with its first one open.
    let open = RwSignal::new((rows.fresh && count.get_untracked() > 0).then_some(Open { row: 0, tried: false }));
    follow_problems(&field, open, count);
    let close = {
        let path = field.path.clone();
        Callback::new(move |row: usize| match first_problem(session, &path.row(row)) {
            Some(problem) if !keeps_drafts => {
                open.set(Some(Open { row, tried: true }));
                page::focus_soon(id_of(&problem));
            }
            _ => {
                open.set(None);
                page::focus_soon(card_id(&path, row));
            }
        })
    };
    let drawn = {
        let rows = rows.clone();
        move || {
            (0..count.get())
                .map(|row| match open.get().filter(|it| it.row == row) {
                    Some(now) => opened(&field, &rows, &components, now, open, close),
                    None => card(&field, &rows, &components, row, open),
                })
                .collect::<Vec<_>>()
        }
    };
    let added = move |row| open.set(Some(Open { row, tried: false }));
    rows.frame(add_label, drawn.into_any(), move || open.get().is_none(), added)
}

/// A row that is being written.
fn opened(
    field: &Field,
    rows: &Rows,
    components: &[Component],
    now: Open,
    open: RwSignal<Option<Open>>,
    close: Callback<usize>,
) -> AnyView {
    let here = field.path.row(now.row);
    let (session, tried) = (field.session, field.tried);
    let tried = Signal::derive(move || now.tried || tried.get());
    let problem = session.problem(here.clone());
    let refused =
        Signal::derive(move || tried.get().then(|| problem.get()).flatten().map(|problem| sentence(session, &problem)));
    let inside = group(field.setting, components, Some(&here), tried);
    let id = id_of(&here);
    view! {
        <fieldset
            class="group row-group"
            id=id.clone()
            tabindex="-1"
            use:faulty=Fault { id, hinted: false, error: refused }
        >
            <legend lang=field.language()>{rows.title(now.row)}</legend>
            {inside}
            <div class="card__actions">
                <button type="button" class="button" on:click=move |_| close.run(now.row)>
                    {icon(Icon::Done)}{errand().row_keep()}
                </button>
                {rows.remove(now.row, move || open.set(None))}
            </div>
        </fieldset>
    }
    .into_any()
}

/// A row that was kept.
fn card(field: &Field, rows: &Rows, components: &[Component], row: usize, open: RwSignal<Option<Open>>) -> AnyView {
    let here = field.path.row(row);
    let (session, title) = (field.session, rows.title(row));
    let lines = untrack(|| review::lines(session, components, Some(&here)));
    let unfinished = Memo::new(move |_| session.with_outcome(|it| problem_in(it, &here).is_some()));
    let edit = move |_| open.set(Some(Open { row, tried: unfinished.get_untracked() }));
    let name = put(errand().check_change_of(), &[&vietnam::case::lower(&title)]);
    view! {
        <section class="card" id=card_id(&field.path, row) tabindex="-1">
            <div class="card__head">
                <h3 class="card__title" lang=field.language()>{title}</h3>
                <button type="button" class="link-button" aria-label=name on:click=edit>
                    {icon(Icon::Change)}{errand().check_change()}
                </button>
            </div>
            {move || unfinished.get().then(|| view! { <p class="field__error">{errand().row_unfinished()}</p> })}
            {answer_list(lines)}
            {rows.remove(row, move || open.set(None))}
        </section>
    }
    .into_any()
}

/// After "continue" the first row with a problem is open, so that the summary's link leads somewhere.
fn follow_problems(field: &Field, open: RwSignal<Option<Open>>, count: Signal<usize>) {
    let (session, path, tried) = (field.session, field.path.clone(), field.tried);
    Effect::new(move |_| {
        if tried.get()
            && open.with_untracked(Option::is_none)
            && let Some(row) = (0..count.get_untracked()).find(|row| first_problem(session, &path.row(*row)).is_some())
        {
            open.set(Some(Open { row, tried: true }));
        }
    });
}

fn card_id(list: &DataPath, row: usize) -> String {
    [id_of(&list.row(row)).as_str(), "-card"].concat()
}

/// The first place in this row where something is wrong, or the row itself.
fn first_problem(session: FormSession, row: &DataPath) -> Option<DataPath> {
    untrack(|| session.with_outcome(|outcome| problem_in(outcome, row)))
}

fn problem_in(outcome: &Outcome, row: &DataPath) -> Option<DataPath> {
    outcome.problems.iter().find(|it| it.path.is_within(row)).map(|it| it.path.clone())
}
