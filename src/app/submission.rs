//! From "submit" to the receipt: nothing is lost, nothing is sent twice.
//!
//! The files go first. Then the body is frozen with its key and stored sealed before its first byte leaves; whatever
//! the network does, exactly these bytes are sent again. Only a definitive refusal thaws the draft. The receipt is
//! stored before the draft is removed.

use crate::app::App;
use crate::browser::failure::Failure;
use crate::browser::uploads::upload_id;
use crate::browser::{api, drafts, random, retry};
use crate::filling::{Filling, OpenFilling, submitter};
use crate::findings;
use crate::pages::check;
use crate::pages::papers::title_of;
use crate::{uploading, wallet};
use contract::dossier::{AT_THE_AGENCY, Collecting, DossierRequest, FileReference, Receipt};
use contract::procedure::{CollectingMethod, Filing};
use contract::stored::{FrozenSubmission, StoredReceipt};
use leptos::prelude::*;
use serde_json::Value;

/// Where a submission is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Not begun.
    Idle,
    /// The files are on their way.
    SendingFiles,
    /// The frozen body is on its way.
    Sending,
    /// No answer yet: it is sent again by itself.
    Waiting,
    /// It ended without a receipt.
    Failed(Failure),
}

impl Stage {
    /// Is something under way, so that pressing again does nothing?
    pub(crate) fn busy(&self) -> bool {
        matches!(self, Self::SendingFiles | Self::Sending | Self::Waiting)
    }
}

/// Submits; ends with the receipt stored and the draft gone.
///
/// # Errors
/// What stopped it; the draft is as it was.
pub(crate) async fn submit(
    app: App,
    open: OpenFilling,
    filling: Filling,
    stage: RwSignal<Stage>,
) -> Result<Receipt, Failure> {
    let mut again = true;
    let receipt = loop {
        freeze(app, filling, stage).await?;
        stage.try_set(Stage::Sending);
        match send(app, filling, stage).await {
            Ok(receipt) => break receipt,
            // The server threw files away that waited too long for their dossier: once more, with the files.
            Err(Failure::Refused(details)) if again && uploading::forget_lost(filling, &details) => again = false,
            Err(failure) => return Err(failure),
        }
    };
    let papers = filling.uploads_asked().iter().map(|it| (it.key.clone(), title_of(it))).collect();
    drafts::save_receipt(&StoredReceipt { v: drafts::VERSION, receipt: receipt.clone(), papers }).await?;
    wallet::keep(app, filling).await;
    open.discard(&filling.id()).await;
    // A draft that could not be removed is only shown again; sending it again answers the same receipt.
    let _ = drafts::delete(&filling.id()).await;
    Ok(receipt)
}

/// Sends the files, then freezes the body; one that is frozen stays as it is.
async fn freeze(app: App, filling: Filling, stage: RwSignal<Stage>) -> Result<(), Failure> {
    if filling.draft.with_untracked(|it| it.frozen.is_some()) {
        return Ok(());
    }
    stage.try_set(Stage::SendingFiles);
    uploading::send_all(app, filling).await?;
    let Some(request) = request(filling) else { return Err(Failure::Unreadable) };
    let frozen = FrozenSubmission::freeze(random::uuid_v4(), &request).map_err(|_| Failure::Unreadable)?;
    filling.draft.update(|it| it.frozen = Some(frozen));
    filling.save_now().await
}

/// Sends the frozen bytes until there is a definitive answer.
async fn send(app: App, filling: Filling, stage: RwSignal<Stage>) -> Result<Receipt, Failure> {
    let mut attempt = 0;
    loop {
        let Some(frozen) = filling.draft.with_untracked(|it| it.frozen.clone()) else { return Err(Failure::Cancelled) };
        let csrf = app.signed_in.with_untracked(|it| it.session().map(|session| session.csrf_token.clone()));
        let Some(csrf) = csrf else { return Err(Failure::SignedOut) };
        let failure = match api::submit(&frozen, &csrf).await {
            Ok(receipt) => return Ok(receipt),
            Err(failure) => failure,
        };
        if failure == Failure::SignedOut {
            app.signed_out();
            return Err(failure);
        }
        if failure.definitive() {
            filling.draft.update(|it| it.frozen = None);
            let _ = filling.save_now().await;
            return Err(failure);
        }
        stage.try_set(Stage::Waiting);
        if !retry::wait(attempt, &failure).await {
            return Err(failure);
        }
        attempt += 1;
        stage.try_set(Stage::Sending);
    }
}

/// The body of the dossier; none where something is missing that the pages before ask for.
fn request(filling: Filling) -> Option<DossierRequest> {
    let submission = check::ready(filling)?;
    let agency = filling.procedure.with_value(|it| matches!(it.filing, Filing::NamedAgency { .. }));
    filling.draft.with_untracked(|draft| {
        let files = draft
            .files
            .iter()
            .map(|file| {
                Some(FileReference {
                    requirement: file.requirement.clone(),
                    sha256: file.sha256.clone(),
                    upload: upload_id(file.upload.as_deref()?)?.to_owned(),
                    bytes: file.report.bytes,
                    media_type: file.report.kind.media_type().to_owned(),
                    overridden: findings::overridden(filling, file),
                })
            })
            .collect::<Option<Vec<_>>>()?;
        Some(DossierRequest {
            procedure: draft.procedure.clone(),
            form: draft.form.clone()?,
            case_answers: draft.case_answers.clone(),
            answers: Value::Object(submission.into_data()),
            owner: draft.owner.clone()?,
            submitter: submitter(draft),
            assistant: None,
            files,
            filing: if agency {
                AT_THE_AGENCY.to_owned()
            } else {
                draft.filing.clone().unwrap_or_else(|| CITY_CENTRE.to_owned())
            },
            collecting: draft.collecting.clone().unwrap_or(Collecting {
                method: CollectingMethod::Electronic,
                centre: None,
                address: None,
            }),
            declared: true,
        })
    })
}

/// Code of the city's own centre, where an online dossier is filed if the person chose no other.
pub(crate) const CITY_CENTRE: &str = "city";
