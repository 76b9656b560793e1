//! A list of rows of which one at a time is open: written, then kept as a card that can be opened again.

use crate::browser::page;
use crate::components::{Icon, error_line, icon};
use crate::fields::{Field, group, id_of};
use crate::review::{self, answer_list};
use crate::session::FormSession;
use crate::words::{errand, put};
use forms::{DataPath, Kind};
use leptos::prelude::*;

/// The row that is open, and whether it was tried to keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Open {
    row: usize,
    tried: bool,
}

/// The field.
pub(super) fn edit_grid(field: Field) -> AnyView {
    let Kind::EditGrid { components, add_label, rows: limits, .. } = field.component.kind.clone() else {
        return ().into_any();
    };
    let (session, path, id) = (field.session, field.path.clone(), field.id.clone());
    let label = field.component.label.clone();
    let count = session.rows(path.clone());
    let open: RwSignal<Option<Open>> = RwSignal::new(None);
    let changes = !limits.fixed && !field.component.disabled;
    follow_problems(&field, open, count);

    let close = {
        let path = path.clone();
        move |row: usize| {
            if let Some(problem) = first_problem(session, &path.row(row)) {
                open.set(Some(Open { row, tried: true }));
                page::focus_soon(id_of(&problem));
            } else {
                open.set(None);
                page::focus_soon(card_id(&path, row));
            }
        }
    };
    let rows = {
        let (field, path, label, id) = (field.clone(), path.clone(), label.clone(), id.clone());
        move || {
            (0..count.get())
                .map(|row| {
                    let number = (row + 1).to_string();
                    let (here, list, id) = (path.row(row), path.clone(), id.clone());
                    let remove = move |_| {
                        open.set(None);
                        session.remove_row(&list, row);
                        page::focus_soon(id.clone());
                    };
                    let remove = (changes && count.get() > limits.least as usize).then(|| {
                        view! {
                            <button type="button" class="link-button" on:click=remove>
                                {icon(Icon::Remove)}{put(errand().remove_row, &[&number])}
                            </button>
                        }
                    });
                    let title = put(errand().row, &[&label, &number]);
                    if let Some(now) = open.get().filter(|it| it.row == row) {
                        let tried = field.tried;
                        let tried = Signal::derive(move || now.tried || tried.get());
                        let inside = group(field.setting, components.clone(), Some(&here), tried);
                        let close = close.clone();
                        return view! {
                            <fieldset class="group row-group">
                                <legend lang=field.language()>{title}</legend>
                                {inside}
                                <div class="card__actions">
                                    <button type="button" class="button" on:click=move |_| close(row)>
                                        {icon(Icon::Done)}{errand().row_keep}
                                    </button>
                                    {remove}
                                </div>
                            </fieldset>
                        }
                        .into_any();
                    }
                    let lines = untrack(|| review::lines(session, &components, Some(&here)));
                    let edit = move |_| open.set(Some(Open { row, tried: false }));
                    let name = put(errand().check_change_of, &[&title.to_lowercase()]);
                    view! {
                        <section class="card" id=card_id(&path, row) tabindex="-1">
                            <div class="card__head">
                                <h3 class="card__title" lang=field.language()>{title}</h3>
                                <button type="button" class="link-button" aria-label=name on:click=edit>
                                    {icon(Icon::Change)}{errand().check_change}
                                </button>
                            </div>
                            {answer_list(lines)}
                            {remove}
                        </section>
                    }
                    .into_any()
                })
                .collect::<Vec<_>>()
        }
    };
    let add_text =
        if add_label.trim().is_empty() { put(errand().add_row, &[&label.to_lowercase()]) } else { add_label };
    let add = move |_| {
        let row = count.get_untracked();
        session.add_row(&path);
        open.set(Some(Open { row, tried: false }));
    };
    let add_id = id.clone();
    let may_add = move || changes && open.get().is_none() && limits.most.is_none_or(|most| count.get() < most as usize);
    let error = field.error;
    view! {
        <fieldset class="field grid" class=("field--error", move || error.with(Option::is_some))>
            <legend class="field__label">{field.label()}</legend>
            {field.hint().map(|it| view! { <p class="field__hint" lang=field.language()>{it}</p> })}
            {error_line(id, error)}
            {rows}
            {move || may_add().then(|| {
                let add = add.clone();
                view! {
                    <button type="button" id=add_id.clone() class="button button--quiet" on:click=add>
                        {icon(Icon::Add)}{add_text.clone()}
                    </button>
                }
            })}
        </fieldset>
        {field.notes()}
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

/// The first place in this row where something is wrong.
fn first_problem(session: FormSession, row: &DataPath) -> Option<DataPath> {
    let around = [row.as_str(), "."].concat();
    untrack(|| {
        session.with_outcome(|outcome| {
            outcome.problems.iter().find(|it| it.path.as_str().starts_with(&around)).map(|it| it.path.clone())
        })
    })
}
