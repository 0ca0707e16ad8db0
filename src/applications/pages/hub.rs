//! An application's first page: as a draft the list of what is to be done, afterwards where it stands.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{below, called, is_missing, link, named, of_section, when};
use crate::applications::actions::submitting::Whole;
use crate::applications::actions::writing::THERE_MINUTES;
use crate::applications::lifecycle::{Actor, Event, State as Stands, apply};
use crate::applications::member::Reader;
use crate::applications::model::{Happened, Presence, Seat, Signature};
use crate::applications::pages::begin::state_tag;
use crate::applications::store::{self, people};
use crate::forms::pages::words as both;
use crate::kit::{CaseNumber, Id, Instant, Lang, civil};
use crate::people as accounts;
use crate::people::model::Account;
use crate::platform::db::{StoreError, Tx};
use crate::text;
use crate::ui::components::*;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// Everything that the first page says.
pub struct Shown {
    pub whole: Whole,
    pub present: Vec<Presence>,
    pub happened: Vec<Happened>,
    pub signature: Option<Signature>,
    pub number: Option<CaseNumber>,
    pub people: Vec<Account>,
}

impl Shown {
    pub async fn of(tx: &mut Tx, seat: &Seat, now: Instant) -> Result<Self, StoreError> {
        let id = &seat.application.id;
        let whole = Whole::of(tx, &seat.application).await?;
        let present = people::present(tx, id, now.plus_seconds(-THERE_MINUTES * 60)).await?;
        let happened = store::events(tx, id).await?;
        let signature = store::signature(tx, id).await?;
        let number = store::case(tx, id).await?.map(|case| case.number);
        let mut ids: Vec<Id> = present.iter().map(|one| one.account_id.clone()).collect();
        ids.extend(happened.iter().filter_map(|one| one.account_id.clone()));
        ids.extend(whole.standing.iter().chain(&whole.beside).map(|one| one.saved_by.clone()));
        ids.sort();
        ids.dedup();
        let people = accounts::store::accounts(tx, &ids).await?;
        Ok(Self { whole, present, happened, signature, number, people })
    }
}

/// `GET /ansokan/{application}`
pub async fn show(State(app): State<App>, visit: Visit, Reader(seat): Reader) -> Page {
    let who = visit.signed_in()?;
    let now = app.now();
    let shown = app.db.read(async |tx| Shown::of(tx, &seat, now).await).await?;
    let lang = visit.lang;
    let words = &text::applications(lang).hub;
    let done = match visit.asked("klart").as_str() {
        "begunnen" => Some(words.begun),
        "sparad" => Some(words.saved),
        "gatt-med" => Some(words.joined),
        "ny-version" => Some(words.moved_on),
        "aterkallad" => Some(words.withdrawn),
        _ => None,
    };
    let mut head = below(&visit, &seat, called(lang, &seat.application.title));
    head.trail.pop();
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let body = if seat.application.state.is_written() {
            draft(&visit, &seat, &shown, &who.account, now)
        } else {
            received(&visit, &seat, &shown)
        };
        view! {
            {done.map(|text| view! { <NotificationBanner success=true text=text /> })}
            <span class="govuk-caption-l">{both(&shown.whole.asked.facts.name, lang)}</span>
            <h1 class="govuk-heading-l">{called(lang, &seat.application.title)}</h1>
            {facts(&visit, &seat, &shown)}
            {body}
            {history(&seat, &shown, lang)}
        }
    }))
}

fn facts(visit: &Visit, seat: &Seat, shown: &Shown) -> AnyView {
    let lang = visit.lang;
    let texts = text::applications(lang);
    let words = &texts.hub;
    let asked = &shown.whole.asked;
    let mut rows = vec![
        SummaryRow::new(words.state, state_tag(lang, seat.application.state)),
        SummaryRow::new(words.organisation, seat.organisation.name.clone()),
    ];
    if let Some(number) = &shown.number {
        rows.push(SummaryRow::new(words.number, number.to_string()));
    }
    if let Some(at) = seat.application.submitted_at {
        rows.push(SummaryRow::new(words.received_at, when(at, lang)));
    } else {
        rows.push(SummaryRow::new(words.deadline, when(asked.deadline(), lang)));
    }
    rows.push(SummaryRow::new(words.decided_by, asked.facts.decided_by.long(lang)));
    rows.push(SummaryRow::new(words.call, link(visit.href(&format!("/utlysningar/{}", asked.slug)), words.read_call)));
    view! { <SummaryList rows=rows /> }.into_any()
}

/// The list of what is to be done, who is there, and what one can do.
fn draft(visit: &Visit, seat: &Seat, shown: &Shown, me: &Id, now: Instant) -> AnyView {
    let lang = visit.lang;
    let texts = text::applications(lang);
    let words = &texts.hub;
    let asked = &shown.whole.asked;
    let files = shown.whole.counted();
    let late = (seat.application.state == Stands::Draft && now >= asked.deadline()).then(|| {
        let says = (words.late)(asked.facts.late, &when(asked.deadline(), lang));
        view! { <WarningText>{says}</WarningText> }
    });
    let gone = (!asked.lives).then(|| view! { <WarningText>{words.call_gone}</WarningText> });
    let extended =
        asked.extended_to.filter(|_| asked.lives).map(|until| view! { <InsetText>{(words.extended)(&when(until, lang))}</InsetText> });
    let beside = (!shown.whole.beside.is_empty()).then(|| {
        let items: Vec<AnyView> = shown
            .whole
            .beside
            .iter()
            .map(|one| {
                let label = asked.form.question(&one.question).map_or_else(String::new, |question| question.label.text(lang).to_owned());
                let path = seat.path(&format!("/konflikt/{}", one.question));
                view! { <li>{link(visit.href(&path), (words.compare)(&label, &named(&shown.people, &one.saved_by, lang)))}</li> }.into_any()
            })
            .collect();
        view! {
            <InsetText>
                <p>{words.beside}</p>
                <ul class="govuk-list govuk-list--bullet">{items}</ul>
            </InsetText>
        }
    });
    let tasks: Vec<Task> = asked
        .form
        .sections
        .iter()
        .map(|section| {
            let wrong = of_section(&shown.whole, section, &files);
            let missing = wrong.iter().filter(|one| is_missing(one)).count();
            let status = match (wrong.len() - missing, missing) {
                (0, 0) => TaskStatus::text(words.complete),
                (0, missing) => TaskStatus::tag((words.missing)(missing), "govuk-tag--yellow"),
                (bad, _) => TaskStatus::tag((words.to_mend)(bad), "govuk-tag--red"),
            };
            let there: Vec<String> = shown
                .present
                .iter()
                .filter(|one| one.section == section.key.as_str() && one.account_id != *me)
                .map(|one| named(&shown.people, &one.account_id, lang))
                .collect();
            let task =
                Task::new(both(&section.title, lang), status).href(visit.href(&seat.path(&format!("/del/{}", section.key.as_str()))));
            if there.is_empty() { task } else { task.hint((words.there)(&there.join(", "))) }
        })
        .collect();
    let wrong = shown.whole.wrong().len() + shown.whole.beside.len();
    let signed = shown
        .signature
        .as_ref()
        .filter(|signature| shown.whole.written(&seat.application).is_ok_and(|written| written.hash == signature.content_hash));
    let signed_text = signed.map(|one| (words.signed_by)(&named(&shown.people, &one.signed_by, lang)));
    let may = |event| apply(Some(seat.application.state), event, Actor::Applicant(seat.role)).is_ok();
    let status = |ready: bool, done: bool, waits: &'static str| match (done, ready) {
        (true, _) => TaskStatus::text(words.complete),
        (false, true) => TaskStatus::tag(words.ready, "govuk-tag--blue"),
        (false, false) => TaskStatus::tag(waits, "govuk-tag--grey"),
    };
    let mut last = vec![Task::new(words.review, status(wrong == 0, false, words.later)).href(visit.href(&seat.path("/granska"))), {
        let task = Task::new(words.sign, status(wrong == 0, signed.is_some(), words.later)).href(visit.href(&seat.path("/underskrift")));
        match signed_text {
            Some(text) => task.hint(text),
            None => task,
        }
    }];
    if may(Event::Submitted) {
        last.push(
            Task::new(words.submit, status(wrong == 0 && signed.is_some(), false, words.later)).href(visit.href(&seat.path("/skicka-in"))),
        );
    }
    let newer = (asked.newest > seat.application.call_version && may(Event::MovedOn) && seat.writes()).then(|| {
        let call = link(visit.href(&format!("/utlysningar/{}", asked.slug)), words.read_call);
        let action = visit.href(&seat.path("/ny-version"));
        view! {
            <InsetText>
                <p>{words.newer}</p>
                <p>{call}</p>
                <form method="post" action=action>
                    <Button secondary=true prevent_double_click=true>{words.move_on}</Button>
                </form>
            </InsetText>
        }
    });
    let discard =
        (may(Event::Discarded) && seat.writes()).then(|| view! { <li>{link(visit.href(&seat.path("/ta-bort")), words.discard)}</li> });
    view! {
        {gone}
        {late}
        {extended}
        {newer}
        {beside}
        <h2 class="govuk-heading-m">{words.to_do}</h2>
        <p class="govuk-body app-measure">{words.lead}</p>
        <TaskList items=tasks id_prefix="del" />
        <h2 class="govuk-heading-m">{words.last}</h2>
        <TaskList items=last id_prefix="sist" />
        <h2 class="govuk-heading-m">{words.more}</h2>
        <ul class="govuk-list govuk-list--spaced">
            <li>{link(visit.href(&seat.path("/personer")), words.people)}</li>
            <li>{link(visit.href(&seat.path("/utskrift.pdf")), words.print)}</li>
            {discard}
        </ul>
    }
    .into_any()
}

/// Where an application that was received stands, and what comes next.
fn received(visit: &Visit, seat: &Seat, shown: &Shown) -> AnyView {
    let lang = visit.lang;
    let words = &text::applications(lang).hub;
    let state = seat.application.state;
    let may_withdraw = apply(Some(state), Event::Withdrawn, Actor::Applicant(seat.role)).is_ok() && seat.may(seat.role);
    let withdraw = may_withdraw.then(|| view! { <li>{link(visit.href(&seat.path("/aterkalla")), words.withdraw)}</li> });
    let papers = state.is_received().then(|| {
        view! {
            <ul class="govuk-list govuk-list--spaced">
                <li>{link(visit.href(&seat.path("/kvittens")), words.receipt)}</li>
                <li>{link(visit.href(&seat.path("/utskrift.pdf")), words.print)}</li>
                {withdraw}
            </ul>
        }
    });
    let asked = &shown.whole.asked;
    let next = (state == Stands::Submitted).then(|| {
        let day = asked.facts.decided_by.long(lang);
        view! {
            <h2 class="govuk-heading-m">{words.next}</h2>
            <ol class="app-timeline">
                {step(words.step_received, seat.application.submitted_at.map(|at| civil::clock_text(at, lang)), "app-timeline__item--done")}
                {step(words.step_checked, None, "app-timeline__item--current")}
                {step(words.step_assessed, None, "")}
                {step(words.step_decided, Some((words.expected)(&day)), "")}
            </ol>
        }
    });
    view! {
        {next}
        {papers}
    }
    .into_any()
}

fn step(title: &'static str, meta: Option<String>, class: &'static str) -> AnyView {
    let meta = meta.map(|meta| view! { <p class="govuk-body-s app-muted govuk-!-margin-bottom-0">{meta}</p> });
    view! {
        <li class=format!("app-timeline__item {class}")>
            <p class="govuk-body app-timeline__title">{title}</p>
            {meta}
        </li>
    }
    .into_any()
}

/// What has happened, newest first; folded away.
fn history(seat: &Seat, shown: &Shown, lang: Lang) -> AnyView {
    let texts = text::applications(lang);
    let rows: Vec<Vec<Cell>> = shown
        .happened
        .iter()
        .filter_map(|one| {
            let event = Event::of_code(&one.event)?;
            let who = one.account_id.as_ref().map(|id| named(&shown.people, id, lang)).unwrap_or_default();
            let when = civil::clock_text(one.at, lang);
            let cell = |label: &'static str, text: String| Cell::new(text).attributes([("data-label", label)]);
            Some(vec![Cell::new((texts.event)(event)), cell(texts.hub.by, who), cell(texts.hub.when, when)])
        })
        .collect();
    let head: Vec<Cell> = [texts.hub.what, texts.hub.by, texts.hub.when].map(Cell::new).into();
    let label = seat.application.id.to_string();
    view! {
        <Details summary=texts.hub.history id=format!("historik-{label}")>
            <Table caption=texts.hub.history caption_classes="govuk-visually-hidden" classes="app-reflow" head=head rows=rows first_cell_is_header=true />
        </Details>
    }
    .into_any()
}
