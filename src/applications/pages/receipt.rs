//! What the applicant holds of what was received: the receipt, and the application as it was sent in.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::{below, called, link, named, paper, when};
use crate::applications::actions::submitting::Whole;
use crate::applications::member::Reader;
use crate::applications::model::{Seat, Signature, Snapshot};
use crate::applications::store;
use crate::kit::CaseNumber;
use crate::people as accounts;
use crate::people::model::Account;
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// An application that was received, with its papers.
pub struct Shown {
    pub whole: Whole,
    pub number: CaseNumber,
    /// What was sent in first.
    pub snapshot: Snapshot,
    pub signature: Option<Signature>,
    pub people: Vec<Account>,
}

impl Shown {
    /// None while nothing was received.
    pub async fn of(app: &App, seat: &Seat) -> Result<Option<Self>, AppError> {
        let found = app.db.read(async |tx| {
            let id = &seat.application.id;
            let Some(case) = store::case(tx, id).await? else { return Ok(None) };
            let Some(snapshot) = store::snapshots(tx, id).await?.pop() else { return Ok(None) };
            let whole = Whole::of(tx, &seat.application).await?;
            let signature = store::signature(tx, id).await?;
            let ids: Vec<_> = signature.iter().map(|one| one.signed_by.clone()).chain([snapshot.made_by.clone()]).collect();
            let people = accounts::store::accounts(tx, &ids).await?;
            Ok::<_, StoreError>(Some(Self { whole, number: case.number, snapshot, signature, people }))
        });
        Ok(found.await?)
    }

    /// Names and values of the receipt, the same on page and paper.
    pub fn facts(&self, visit: &Visit, seat: &Seat) -> Vec<(String, String)> {
        let lang = visit.lang;
        let texts = text::applications(lang);
        let words = &texts.receipt;
        let mut facts = vec![
            (texts.hub.number.to_owned(), self.number.to_string()),
            (texts.hub.received_at.to_owned(), when(self.snapshot.made_at, lang)),
            (texts.hub.call.to_owned(), self.whole.asked.facts.name.text(lang).to_owned()),
            (texts.hub.organisation.to_owned(), format!("{} ({})", seat.organisation.name, seat.organisation.orgnr)),
            (words.work.to_owned(), called(lang, &seat.application.title)),
            (words.sent_by.to_owned(), named(&self.people, &self.snapshot.made_by, lang)),
        ];
        if let Some(signature) = &self.signature {
            facts.push((words.signed_by.to_owned(), named(&self.people, &signature.signed_by, lang)));
        }
        facts.push((words.fingerprint.to_owned(), self.snapshot.content_hash.clone()));
        facts
    }
}

/// `GET /ansokan/{application}/kvittens`
pub async fn show(State(app): State<App>, visit: Visit, Reader(seat): Reader) -> Page {
    let Some(shown) = Shown::of(&app, &seat).await? else { return Ok(visit.see_other(&seat.path(""))) };
    let lang = visit.lang;
    let words = &text::applications(lang).receipt;
    let head = below(&visit, &seat, words.title);
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let rows: Vec<SummaryRow> = shown
            .facts(&visit, &seat)
            .into_iter()
            .map(|(name, value)| SummaryRow::new(name, view! { <span class="app-lines">{value}</span> }.into_any()))
            .collect();
        let late = (seat.application.late == 1).then(|| view! { <InsetText>{(words.late)(shown.whole.asked.facts.late)}</InsetText> });
        let panel = view! { {words.number} <br /> <strong>{shown.number.to_string()}</strong> };
        view! {
            <Panel title=words.title>{panel}</Panel>
            {late}
            <SummaryList rows=rows />
            <h2 class="govuk-heading-m">{words.next}</h2>
            <p class="govuk-body app-measure">{(words.next_lead)(&shown.whole.asked.facts.decided_by.long(lang))}</p>
            <p class="govuk-body app-measure">{words.public}</p>
            <ul class="govuk-list govuk-list--spaced">
                <li>{link(visit.href(&seat.path("/kvittens.pdf")), words.pdf)}</li>
                <li>{link(visit.href(&seat.path("/utskrift.pdf")), words.application_pdf)}</li>
                <li>{link(visit.href(&seat.path("")), words.back)}</li>
            </ul>
            <p class="govuk-body app-muted app-measure">{words.fingerprint_lead}</p>
        }
    }))
}

/// `GET /ansokan/{application}/kvittens.pdf`
pub async fn pdf(State(app): State<App>, visit: Visit, Reader(seat): Reader) -> Page {
    let Some(shown) = Shown::of(&app, &seat).await? else { return Err(AppError::NotFound) };
    let bytes = paper::receipt(visit.lang, shown.facts(&visit, &seat), &shown.whole, seat.application.late == 1)?;
    Ok(file(&format!("kvittens-{}.pdf", shown.number), bytes))
}

/// `GET /ansokan/{application}/utskrift.pdf`: what stands there, or what was sent in.
pub async fn print(State(app): State<App>, Reader(seat): Reader) -> Page {
    let found = app.db.read(async |tx| {
        let whole = Whole::of(tx, &seat.application).await?;
        let signature = store::signature(tx, &seat.application.id).await?;
        let by = match &signature {
            Some(signature) => accounts::store::account(tx, &signature.signed_by).await?,
            None => None,
        };
        let snapshots = store::snapshots(tx, &seat.application.id).await?;
        Ok::<_, StoreError>((whole, signature, by, snapshots))
    });
    let (mut whole, signature, by, snapshots) = found.await?;
    // Of what was received the paper is what was received, whatever is written meanwhile.
    let at = match snapshots.first() {
        Some(snapshot) => {
            let content = crate::applications::snapshot::Content::read(&snapshot.content)?;
            (whole.asked.form, whole.answers, whole.files) = (content.form, content.answers, content.files);
            snapshot.made_at
        }
        None => app.now(),
    };
    let hash = match snapshots.first() {
        Some(snapshot) => snapshot.content_hash.clone(),
        None => whole.written(&seat.application)?.hash,
    };
    let by = by.filter(|_| signature.is_some_and(|one| one.content_hash == hash));
    let bytes = paper::application(&seat, &whole, by.as_ref(), at)?;
    Ok(file(&format!("ansokan-{}.pdf", &hash[..12]), bytes))
}

/// A PDF of somebody's own.
pub fn file(name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (StatusCode::OK, headers, bytes).into_response()
}
