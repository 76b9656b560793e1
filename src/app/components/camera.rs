//! The camera in the page: a frame to hold the paper in, what the picture lacks while one aims, shutter, retake.

use crate::browser::camera::{self, Camera, Facing, NoCamera};
use crate::browser::files::{PickedFile, Preview};
use crate::components::{Icon, Tone, icon, notice};
use crate::words::errand;
use leptos::html::{Dialog, Video};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

/// The shape of the frame one aims with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum AimingFrame {
    /// A sheet, upright.
    #[default]
    Sheet,
    /// A card, lying.
    Card,
}

/// What a look at a picture says: a sentence, or that it is good.
pub(crate) type Verdict = Pin<Box<dyn Future<Output = Option<Result<(), String>>>>>;

/// A camera in the page.
pub(crate) struct CameraView {
    /// What is photographed.
    pub(crate) title: String,
    /// The frame to aim with.
    pub(crate) frame: AimingFrame,
    /// Judges a small picture of what is seen now; none where nobody could.
    pub(crate) judge: Rc<dyn Fn(camera::Frame) -> Verdict>,
    /// Called with a picture that the person wants to keep.
    pub(crate) on_photo: Callback<PickedFile>,
    /// Called when the camera is closed.
    pub(crate) on_close: Callback<()>,
}

/// Long side of the pictures that are judged while one aims.
const AIMING_SIDE: u32 = 1_600;
/// Between two looks while one aims.
const AIMING_PAUSE: Duration = Duration::from_millis(700);

#[derive(Clone)]
enum State {
    Opening,
    Failed(NoCamera),
    Aiming,
    Taken(PickedFile, Option<Preview>),
}

/// Draws the camera, over the page.
pub(crate) fn camera_view(asked: CameraView) -> AnyView {
    let CameraView { title, frame, judge, on_photo, on_close } = asked;
    let state: RwSignal<State, LocalStorage> = RwSignal::new_local(State::Opening);
    let open: StoredValue<Option<Camera>, LocalStorage> = StoredValue::new_local(None);
    let facing = RwSignal::new(Facing::Rear);
    let lamp: RwSignal<Option<bool>> = RwSignal::new(None);
    let others = RwSignal::new(false);
    let hint: RwSignal<Option<Result<(), String>>> = RwSignal::new(None);
    let (dialog, video) = (NodeRef::<Dialog>::new(), NodeRef::<Video>::new());

    let start = move || {
        state.set(State::Opening);
        // One camera at a time: many phones cannot open the second while the first is on.
        open.set_value(None);
        spawn_local(async move {
            match Camera::open(facing.get_untracked()).await {
                Ok(camera) => {
                    // The page may have gone on meanwhile; the camera is then let go here.
                    let Some(Some(screen)) = video.try_get_untracked() else { return };
                    camera.show(&screen);
                    lamp.try_set(camera.has_lamp().then_some(false));
                    open.try_set_value(Some(camera));
                    state.try_set(State::Aiming);
                    others.try_set(Camera::has_others().await);
                }
                Err(failure) => {
                    state.try_set(State::Failed(failure));
                }
            }
        });
    };
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            let _ = dialog.show_modal();
            start();
        }
    });
    aim(state, video, hint, judge);

    let shoot = move |_| {
        spawn_local(async move {
            let Some(Some(screen)) = video.try_get_untracked() else { return };
            if let Some(file) = camera::photograph(&screen, "anh-chup.jpg").await {
                let preview = file.preview();
                state.try_set(State::Taken(file, preview));
            }
        });
    };
    let keep = move |_| {
        if let State::Taken(file, _) = state.get_untracked() {
            on_photo.run(file);
            on_close.run(());
        }
    };
    let turn = move |_| {
        facing.update(|it| *it = if *it == Facing::Rear { Facing::Front } else { Facing::Rear });
        start();
    };
    let light = move |_| {
        let on = lamp.get_untracked() != Some(true);
        open.with_value(|it| {
            if let Some(camera) = it {
                camera.light(on);
            }
        });
        lamp.set(Some(on));
    };
    let is_aiming = move || state.with(|it| matches!(it, State::Aiming));
    let says = move || {
        state.with(|it| match it {
            State::Opening => errand().camera_opening().to_owned(),
            State::Failed(_) => String::new(),
            State::Aiming => hint.with(|it| match it {
                None => errand().camera_aim().to_owned(),
                Some(Ok(())) => errand().camera_good().to_owned(),
                Some(Err(sentence)) => sentence.clone(),
            }),
            State::Taken(..) => errand().camera_look().to_owned(),
        })
    };
    let failed = move || match state.get() {
        State::Failed(NoCamera::Refused) => Some(notice(Tone::Warning, errand().camera_refused())),
        State::Failed(NoCamera::Absent) => Some(notice(Tone::Warning, errand().camera_absent())),
        State::Opening | State::Aiming | State::Taken(..) => None,
    };
    let picture = move || match state.get() {
        State::Taken(_, Some(preview)) => Some(
            view! { <img class="camera__taken" src=preview.address().to_owned() alt=errand().camera_taken() /> }
                .into_any(),
        ),
        _ => None,
    };
    let buttons = move || {
        if state.with(|it| matches!(it, State::Taken(..))) {
            return view! {
                <button type="button" class="button" on:click=keep>{icon(Icon::Done)}{errand().camera_keep()}</button>
                <button type="button" class="button button--quiet" on:click=move |_| state.set(State::Aiming)>
                    {icon(Icon::Camera)}{errand().camera_again()}
                </button>
            }
            .into_any();
        }
        let lamp_button = lamp.get().map(|on| {
            view! {
                <button type="button" class="camera__tool" aria-pressed=on.to_string() on:click=light>
                    {icon(Icon::Lamp)}<span>{errand().camera_lamp()}</span>
                </button>
            }
        });
        let turn_button = others.get().then(|| {
            view! {
                <button type="button" class="camera__tool" on:click=turn>
                    {icon(Icon::Turn)}<span>{errand().camera_turn()}</span>
                </button>
            }
        });
        view! {
            {turn_button}
            <button type="button" class="camera__shutter" disabled=move || !is_aiming() on:click=shoot>
                <span class="visually-hidden">{errand().papers_take()}</span>
            </button>
            {lamp_button}
        }
        .into_any()
    };
    let shape = match frame {
        AimingFrame::Sheet => "camera__frame camera__frame--sheet",
        AimingFrame::Card => "camera__frame camera__frame--card",
    };
    view! {
        <dialog class="camera" node_ref=dialog aria-labelledby="camera-title" on:close=move |_| on_close.run(())>
            <div class="camera__head">
                <h2 id="camera-title" class="camera__title">{title}</h2>
                <button type="button" class="camera__tool" on:click=move |_| on_close.run(())>
                    {icon(Icon::Close)}<span>{errand().camera_close()}</span>
                </button>
            </div>
            <div class="camera__scene">
                <video node_ref=video class="camera__video" muted=true playsinline=true autoplay=true aria-hidden="true"></video>
                <div class=shape hidden=move || !is_aiming() aria-hidden="true"></div>
                {picture}
                {failed}
            </div>
            <p class="camera__says" role="status">{says}</p>
            <div class="camera__tools">{buttons}</div>
        </dialog>
    }
    .into_any()
}

/// Judges what is seen, again and again while one aims, one look at a time.
fn aim(
    state: RwSignal<State, LocalStorage>,
    video: NodeRef<Video>,
    hint: RwSignal<Option<Result<(), String>>>,
    judge: Rc<dyn Fn(camera::Frame) -> Verdict>,
) {
    let looking = StoredValue::new(false);
    let look = move || {
        let is_aiming = state.with_untracked(|it| matches!(it, State::Aiming));
        if !is_aiming || looking.get_value() {
            return;
        }
        looking.set_value(true);
        let judge = judge.clone();
        spawn_local(async move {
            if let Some(Some(screen)) = video.try_get_untracked()
                && let Some(frame) = camera::Frame::of(&screen, AIMING_SIDE).await
            {
                let said = judge(frame).await;
                if hint.try_get_untracked().is_some_and(|it| it != said) {
                    hint.try_set(said);
                }
            }
            looking.try_set_value(false);
        });
    };
    if let Ok(timer) = set_interval_with_handle(look, AIMING_PAUSE) {
        on_cleanup(move || timer.clear());
    }
}
