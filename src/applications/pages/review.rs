//! The last steps: reading all answers, signing, sending in; and the two ways out, taking back and throwing away.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{below, called, link, named, sentence, topic, when};
use crate::applications::actions::submitting::Whole;
use crate::applications::lifecycle::{Actor, Event, State as Stands, apply};
use crate::applications::member::{Editor, Reader, Signatory};
use crate::applications::model::{Seat, Signature};
use crate::applications::store;
use crate::budget::draft::Draft;
use crate::budget::model::Part;
use crate::forms::model::Kind;
use crate::forms::pages::words as both;
use crate::forms::rules::first_field;
use crate::kit::{Form, Instant, OrgRole, civil};
use crate::organisations;
use crate::people as accounts;
use crate::people::model::Account;
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// The fields of the forms.
pub mod field {
    /// What the person has read, by its fingerprint.
    pub const SEEN: &str = "sett";
    pub const CONFIRM: &str = "bekrafta";
    pub const LATE: &str = "sen";
    pub const REASON: &str = "skal";
    /// The button that asks others to sign.
    pub const ASK: &str = "be";
}

/// An application with its newest signature and who may sign.
pub struct Shown {
    pub whole: Whole,
    /// The fingerprint of what stands there now.
    pub hash: String,
    pub signature: Option<Signature>,
    pub people: Vec<Account>,
    /// Names of those who sign for the organisation.
    pub signatories: Vec<String>,
}

impl Shown {
    pub async fn of(app: &App, seat: &Seat) -> Result<Self, AppError> {
        let organisation = seat.organisation.merged_into.as_ref().unwrap_or(&seat.organisation.id);
        let found = app.db.read(async |tx| {
            let whole = Whole::of(tx, &seat.application).await?;
            let hash = whole.written(&seat.application)?.hash;
            let signature = store::signature(tx, &seat.application.id).await?;
            let members = organisations::store::members(tx, organisation).await?;
            let mut ids: Vec<_> = members.iter().filter(|one| one.role == OrgRole::Signatory).map(|one| one.account_id.clone()).collect();
            let signs = ids.clone();
            ids.extend(signature.iter().map(|one| one.signed_by.clone()));
            ids.sort();
            ids.dedup();
            let people = accounts::store::accounts(tx, &ids).await?;
            let signatories =
                people.iter().filter(|one| signs.contains(&one.id) && one.is_active()).map(|one| one.shown().to_owned()).collect();
            Ok::<_, StoreError>(Self { whole, hash, signature, people, signatories })
        });
        Ok(found.await?)
    }

    /// The signature, if it is on what stands there now.
    fn signed(&self) -> Option<&Signature> {
        self.signature.as_ref().filter(|one| one.content_hash == self.hash)
    }

    fn is_ready(&self) -> bool {
        self.whole.beside.is_empty() && self.whole.wrong().is_empty()
    }
}

/// `GET /ansokan/{application}/granska`
pub async fn review(State(app): State<App>, visit: Visit, Reader(seat): Reader) -> Page {
    let shown = Shown::of(&app, &seat).await?;
    let lang = visit.lang;
    let words = &text::applications(lang).review;
    let head = below(&visit, &seat, words.title);
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let next =
            (seat.writes() && shown.is_ready()).then(|| view! { <Button href=visit.href(&seat.path("/underskrift"))>{words.on}</Button> });
        view! {
            <span class="govuk-caption-l">{called(lang, &seat.application.title)}</span>
            <h1 class="govuk-heading-l">{words.title}</h1>
            {missing(&visit, &seat, &shown.whole)}
            {answers(&visit, &seat, &shown.whole)}
            {next}
            <p class="govuk-body">{link(visit.href(&seat.path("")), text::applications(lang).topic.back)}</p>
        }
    }))
}

/// What stands in the way, each leading to its field.
fn missing(visit: &Visit, seat: &Seat, whole: &Whole) -> AnyView {
    let lang = visit.lang;
    let words = &text::applications(lang).review;
    let form = &whole.asked.form;
    let mut items: Vec<AnyView> = whole
        .beside
        .iter()
        .map(|one| {
            let label = form.question(&one.question).map_or_else(String::new, |question| question.label.text(lang).to_owned());
            view! { <li>{link(visit.href(&seat.path(&format!("/konflikt/{}", one.question))), (words.beside)(&label))}</li> }.into_any()
        })
        .collect();
    items.extend(whole.wrong().iter().map(|wrong| {
        let section = form.sections.iter().find(|section| section.questions.iter().any(|one| one.key.as_str() == wrong.question()));
        let at = section.map_or_else(String::new, |section| format!("/del/{}?saknas=ja#{}", section.key.as_str(), wrong.field()));
        view! { <li>{link(visit.href(&seat.path(&at)), sentence(lang, form, wrong))}</li> }.into_any()
    }));
    if items.is_empty() {
        return view! { <InsetText>{words.complete}</InsetText> }.into_any();
    }
    view! {
        <section aria-labelledby="saknas">
            <h2 class="govuk-heading-m" id="saknas">{(words.missing)(items.len())}</h2>
            <ul class="govuk-list govuk-list--bullet">{items}</ul>
        </section>
    }
    .into_any()
}

/// All answers as they stand, each with a way back to its field.
fn answers(visit: &Visit, seat: &Seat, whole: &Whole) -> AnyView {
    let lang = visit.lang;
    let words = &text::applications(lang).review;
    let form = &whole.asked.form;
    let mut blocks: Vec<AnyView> = Vec::new();
    for section in &form.sections {
        let mut rows: Vec<SummaryRow> = Vec::new();
        let mut budgets: Vec<AnyView> = Vec::new();
        for question in section.questions.iter().filter(|question| form.is_asked(question, &whole.answers)) {
            let label = question.label.text(lang).to_owned();
            let at = seat.path(&format!("/del/{}#{}", section.key.as_str(), first_field(question)));
            if matches!(question.kind, Kind::Budget) {
                // A table of years needs the page's width.
                let at = Draft::new(question.key.as_str()).part_id(Part::Labour);
                let at = seat.path(&format!("/del/{}#{at}", section.key.as_str()));
                let change =
                    seat.writes().then(|| view! { <p class="govuk-body">{link(visit.href(&at), format!("{} {label}", words.change))}</p> });
                budgets.push(view! { {topic::standing_answer(lang, whole, question, &label)} {change} }.into_any());
                continue;
            }
            let row = SummaryRow::new(label.clone(), topic::standing_answer(lang, whole, question, &label));
            rows.push(if seat.writes() { row.action(SummaryAction::new(visit.href(&at), words.change).about(label)) } else { row });
        }
        let list = (!rows.is_empty()).then(|| view! { <SummaryList rows=rows /> });
        blocks.push(
            view! {
                <h2 class="govuk-heading-m">{both(&section.title, lang)}</h2>
                {list}
                {budgets}
            }
            .into_any(),
        );
    }
    blocks.into_any()
}

/// `GET /ansokan/{application}/underskrift`
pub async fn sign(State(app): State<App>, visit: Visit, Editor(seat): Editor) -> Page {
    let shown = Shown::of(&app, &seat).await?;
    sign_page(&app, &visit, StatusCode::OK, &seat, &shown, None)
}

/// Signing, or asking others to, in any state.
pub fn sign_page(app: &App, visit: &Visit, status: StatusCode, seat: &Seat, shown: &Shown, problem: Option<String>) -> Page {
    let who = visit.signed_in()?;
    let lang = visit.lang;
    let texts = text::applications(lang);
    let words = &texts.sign;
    let mut head = below(visit, seat, words.title);
    head.error = problem.is_some();
    let may = |event| seat.writes() && apply(Some(seat.application.state), event, Actor::Applicant(seat.role)).is_ok();
    Ok(visit.page(app, status, head, || {
        let summary = problem.clone().map(|problem| view! { <ErrorSummary errors=vec![(format!("#{}", field::CONFIRM), problem)] /> });
        let asked = (visit.asked("klart") == "bedd").then(|| view! { <NotificationBanner success=true text=words.was_asked /> });
        let signed = shown.signed().map(|one| {
            let says = (words.signed)(&named(&shown.people, &one.signed_by, lang), &civil::clock_text(one.signed_at, lang));
            let on = may(Event::Submitted).then(|| view! { <Button href=visit.href(&seat.path("/skicka-in"))>{words.on}</Button> });
            view! {
                <InsetText>{says}</InsetText>
                {on}
            }
        });
        let void = (shown.signature.is_some() && shown.signed().is_none()).then(|| view! { <InsetText>{words.void}</InsetText> });
        let ready = shown.is_ready();
        let not_ready = (!ready).then(|| {
            view! {
                <p class="govuk-body app-measure">{words.not_ready}</p>
                <p class="govuk-body">{link(visit.href(&seat.path("/granska")), texts.review.title)}</p>
            }
        });
        let sign = (ready && shown.signed().is_none() && may(Event::Signed)).then(|| {
            let items = vec![Choice::new("ja", words.confirm)];
            view! {
                <h2 class="govuk-heading-m">{words.yourself}</h2>
                <p class="govuk-body app-measure">{words.yourself_lead}</p>
                <p class="govuk-body">{link(visit.href(&seat.path("/granska")), words.read)}</p>
                <form method="post" novalidate=true>
                    <input type="hidden" name=field::SEEN value=shown.hash.clone() />
                    <Checkboxes name=field::CONFIRM legend=words.legend legend_classes="govuk-fieldset__legend--s" items=items error=problem.clone() />
                    <Button prevent_double_click=true>{words.submit}</Button>
                </form>
            }
        });
        let names = shown.signatories.iter().filter(|name| *name != who.shown());
        let others = (ready && shown.signed().is_none() && may(Event::SignatureAsked) && names.clone().count() > 0).then(|| {
            let names: Vec<AnyView> = names.map(|name| view! { <li>{name.clone()}</li> }.into_any()).collect();
            view! {
                <h2 class="govuk-heading-m">{words.others}</h2>
                <p class="govuk-body app-measure">{words.others_lead}</p>
                <ul class="govuk-list govuk-list--bullet">{names}</ul>
                <form method="post" novalidate=true>
                    <Button secondary=true name=field::ASK value="ja" prevent_double_click=true>{words.ask}</Button>
                </form>
            }
        });
        view! {
            {summary}
            {asked}
            <span class="govuk-caption-l">{called(lang, &seat.application.title)}</span>
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            {void}
            {signed}
            {not_ready}
            {sign}
            {others}
        }
    }))
}

/// `GET /ansokan/{application}/skicka-in`
pub async fn submit(State(app): State<App>, visit: Visit, Editor(seat): Editor) -> Page {
    if seat.application.state.is_received() {
        return Ok(visit.see_other(&seat.path("/kvittens")));
    }
    let shown = Shown::of(&app, &seat).await?;
    submit_page(&app, &visit, StatusCode::OK, &seat, &shown, app.now(), None)
}

/// Sending in, in any state: `problem` is a field and what is wrong.
pub fn submit_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    seat: &Seat,
    shown: &Shown,
    now: Instant,
    problem: Option<(&'static str, String)>,
) -> Page {
    let lang = visit.lang;
    let texts = text::applications(lang);
    let words = &texts.submit;
    let asked = &shown.whole.asked;
    let mut head = below(visit, seat, words.title);
    head.error = problem.is_some();
    let late = now >= asked.deadline();
    Ok(visit.page(app, status, head, || {
        let summary = problem.clone().map(|(field, says)| view! { <ErrorSummary errors=vec![(format!("#{field}"), says)] /> });
        let ready = shown.is_ready() && shown.signed().is_some() && asked.lives && seat.writes();
        let rows = vec![
            SummaryRow::new(texts.hub.organisation, seat.organisation.name.clone()),
            SummaryRow::new(texts.hub.call, both(&asked.facts.name, lang)),
            SummaryRow::new(texts.hub.deadline, when(asked.deadline(), lang)),
            SummaryRow::new(words.fingerprint, view! { <span class="app-lines">{shown.hash.clone()}</span> }.into_any()),
        ];
        let signed = shown.signed().map(|one| {
            let says = (texts.sign.signed)(&named(&shown.people, &one.signed_by, lang), &civil::clock_text(one.signed_at, lang));
            view! { <p class="govuk-body app-measure">{says}</p> }
        });
        let unready = (!ready).then(|| {
            view! {
                <p class="govuk-body app-measure">{words.not_ready}</p>
                <ul class="govuk-list govuk-list--bullet">
                    <li>{link(visit.href(&seat.path("/granska")), texts.review.title)}</li>
                    <li>{link(visit.href(&seat.path("/underskrift")), texts.sign.title)}</li>
                </ul>
            }
        });
        let form = ready.then(|| {
            let knows = late.then(|| {
                let says = (texts.hub.late)(asked.facts.late, &when(asked.deadline(), lang));
                let items = vec![Choice::new("ja", words.knows_late)];
                let error = problem.as_ref().filter(|(field, _)| *field == field::LATE).map(|(_, says)| says.clone());
                view! {
                    <WarningText>{says}</WarningText>
                    <Checkboxes name=field::LATE legend=words.late legend_classes="govuk-fieldset__legend--s" items=items error=error />
                }
            });
            view! {
                <form method="post" novalidate=true>
                    <input type="hidden" name=field::SEEN value=shown.hash.clone() />
                    {knows}
                    <Button prevent_double_click=true>{words.submit}</Button>
                </form>
            }
        });
        view! {
            {summary}
            <span class="govuk-caption-l">{called(lang, &seat.application.title)}</span>
            <h1 class="govuk-heading-l">{words.title}</h1>
            <SummaryList rows=rows />
            {signed}
            <p class="govuk-body app-measure">{words.lead}</p>
            {unready}
            {form}
        }
    }))
}

/// `GET /ansokan/{application}/aterkalla`
pub async fn withdraw(State(app): State<App>, visit: Visit, Signatory(seat): Signatory) -> Page {
    if !matches!(seat.application.state, Stands::Submitted | Stands::Completing) {
        return Ok(visit.see_other(&seat.path("")));
    }
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(withdraw_page(&app, &visit, StatusCode::OK, &seat, &form, None))
}

pub fn withdraw_page(app: &App, visit: &Visit, status: StatusCode, seat: &Seat, form: &Form, problem: Option<String>) -> Response {
    let lang = visit.lang;
    let words = &text::applications(lang).withdraw;
    let mut head = below(visit, seat, words.title);
    head.error = problem.is_some();
    visit.page(app, status, head, || {
        let summary = problem.clone().map(|says| view! { <ErrorSummary errors=vec![(format!("#{}", field::REASON), says)] /> });
        view! {
            {summary}
            <span class="govuk-caption-l">{called(lang, &seat.application.title)}</span>
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                <CharacterCount
                    name=field::REASON
                    label=words.reason
                    value=form.get(field::REASON).to_owned()
                    max_length=LONGEST_REASON
                    rows=4
                    error=problem
                />
                <Button warning=true prevent_double_click=true>{words.submit}</Button>
            </form>
            <p class="govuk-body">{link(visit.href(&seat.path("")), words.keep)}</p>
        }
    })
}

/// Longest reason for taking back.
pub const LONGEST_REASON: u32 = 1000;

/// `GET /ansokan/{application}/ta-bort`
pub async fn discard(State(app): State<App>, visit: Visit, Editor(seat): Editor) -> Page {
    if seat.application.state != Stands::Draft {
        return Ok(visit.see_other(&seat.path("")));
    }
    let lang = visit.lang;
    let words = &text::applications(lang).discard;
    let head = below(&visit, &seat, words.title);
    Ok(visit.page(&app, StatusCode::OK, head, || {
        view! {
            <span class="govuk-caption-l">{called(lang, &seat.application.title)}</span>
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <form method="post">
                <Button warning=true prevent_double_click=true>{words.submit}</Button>
            </form>
            <p class="govuk-body">{link(visit.href(&seat.path("")), words.keep)}</p>
        }
    }))
}
