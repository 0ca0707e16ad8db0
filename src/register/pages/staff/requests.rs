//! The table of requests to see documents, one of them with all that can be done, and the form that answers it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::documents::path_of as document_path;
use super::{LANG, Page, REQUESTS, below, name, names};
use crate::kit::workdays::workdays_since;
use crate::kit::{CivilDate, Errors, Form, Id, Instant, StaffRole, civil};
use crate::platform::db::{StoreError, Tx};
use crate::register::actions::disclosures::{is_late, limits, path_of};
use crate::register::actions::today;
use crate::register::lifecycle::{Actor, Event, State as Where};
use crate::register::model::{Answer, Disclosure, Happened, Listed as Document, NewFile, StoredFile};
use crate::register::pages::request::{lines, size};
use crate::register::pages::{mark, subject, success, summary};
use crate::register::routes::READERS;
use crate::register::rules::{ACCEPTED_FILES, Wrong, answers, field};
use crate::register::store::disclosures::{self, Listed, Narrow};
use crate::register::store::listing;
use crate::tables::view::{Shown, shown};
use crate::text;
use crate::text::Register;
use crate::text::staff::register::DisclosureTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::sheets::{self, Column, Facts, Field, Listing, SheetOf, Value};
use crate::web::{App, AppError, LOST_FILE, Tying, Visit};

/// How many requests a page of the list has.
const PAGE: i64 = 50;

/// How much of a person's own words the list shows.
const SHOWN_CHARACTERS: usize = 120;

/// The table of requests.
pub const SHEET: SheetOf<Narrow> = SheetOf::new();

const STATE: &str = "lage";
const OPEN: &str = "oppna";
const LATE: &str = "sena";
const ORDER: &str = "ordning";
const RISING: &str = "stigande";

const FACTS: Facts = Facts {
    code: "disclosures",
    path: REQUESTS,
    title: || words().title,
    file: "begaranden",
    sees: READERS,
    takes: READERS,
    fields: &[Field::words("q"), Field::plain(STATE), Field::plain(OPEN), Field::plain(LATE), Field::plain(ORDER)],
};

fn texts() -> &'static Register {
    text::register(LANG)
}

fn words() -> &'static DisclosureTexts {
    &text::staff().register.disclosures
}

type Col = Column<Listed>;

const COLUMNS: &[Col] = &[
    Col::new("nummer", || words().number, |row| row.number.as_str().into()).shown(link).classes("app-nowrap"),
    Col::new("kom", || words().came, |row| Value::Clock(row.received_at)),
    Col::new("lage", || words().state, |row| (texts().request.state)(row.state).into()),
    Col::new("vantat", || words().age, |row| if row.closed_at.is_none() { Value::Count(row.age) } else { Value::Empty }).shown(waited),
    Col::new("vad", || words().wish, |row| row.wish.as_str().into()).shown(wish).classes("app-break"),
    Col::new("handlingar", || words().documents, |row| Value::Count(row.documents)).figures(),
];

fn link(row: &Listed) -> AnyView {
    view! {
        <a class="govuk-link" href=path_of(&row.id)>
            {row.number.to_string()}
        </a>
    }
    .into_any()
}

fn wish(row: &Listed) -> AnyView {
    let short: String = row.wish.chars().take(SHOWN_CHARACTERS).collect();
    if short.len() < row.wish.len() { format!("{short} …").into_any() } else { short.into_any() }
}

/// How long somebody has waited, and whether that is too long, in words.
fn waited(row: &Listed) -> AnyView {
    if row.closed_at.is_some() {
        return ().into_any();
    }
    let late = row.late.then(|| view! { " " <Tag text=words().late classes="govuk-tag--red" /> });
    view! { <div>{(words().days)(row.age)} {late}</div> }.into_any()
}

impl Listing for Narrow {
    type Row = Listed;
    const FACTS: &'static Facts = &FACTS;
    const COLUMNS: &'static [Col] = COLUMNS;

    fn read(query: &str, now: Instant) -> Self {
        let asked = |name: &str| sheets::asked(query, name);
        let day = civil::stockholm(now).date;
        Self {
            state: Where::of_code(&asked(STATE)),
            open: !asked(OPEN).is_empty(),
            late: !asked(LATE).is_empty(),
            limits: limits(day),
            today: day,
            words: asked("q"),
            rising: asked(ORDER) == RISING,
        }
    }

    fn total<'a>(&'a self, tx: &'a mut Tx) -> Tying<'a, i64> {
        Box::pin(disclosures::count(tx, self))
    }

    fn after<'a>(&'a self, tx: &'a mut Tx, last: Option<&'a Listed>, limit: i64) -> Tying<'a, Vec<Listed>> {
        Box::pin(some(tx, self, last, limit, 0))
    }
}

/// Some rows, with how long each has waited.
async fn some(tx: &mut Tx, narrow: &Narrow, last: Option<&Listed>, limit: i64, offset: i64) -> Result<Vec<Listed>, StoreError> {
    let mut rows = disclosures::list(tx, narrow, last, limit, offset).await?;
    for row in rows.iter_mut().filter(|row| row.closed_at.is_none()) {
        row.age = workdays_since(row.waits_since, narrow.today);
        row.late = is_late(row.state, row.waits_since, narrow.limits);
    }
    Ok(rows)
}

/// `GET /handlaggare/diarium/begaranden`
pub async fn list(State(app): State<App>, visit: Visit) -> Page {
    let who = visit.signed_in()?;
    let narrow = Narrow::read(&visit.query, app.now());
    let page = visit.asked("sida").parse::<i64>().unwrap_or(1).clamp(1, 100_000);
    let (shown, count, rows) = app
        .db
        .read(async |tx| {
            let shown = shown::<Narrow>(tx, &visit, who).await?;
            let count = disclosures::count(tx, &narrow).await?;
            Ok::<_, StoreError>((shown, count, some(tx, &narrow, None, PAGE, (page - 1) * PAGE).await?))
        })
        .await?;
    if let Some(address) = shown.leads_to() {
        return Ok(visit.see_other(&address));
    }
    let pages = usize::try_from((count + PAGE - 1) / PAGE).unwrap_or(1).max(1);
    Ok(visit.page(&app, StatusCode::OK, below(words().title, Vec::new()), move || {
        let table = if rows.is_empty() {
            view! { <p class="govuk-body">{words().none}</p> }.into_any()
        } else {
            shown.table::<Narrow>(words().caption, &rows, |_| None)
        };
        let current = usize::try_from(page).unwrap_or(1);
        let links = PageLinks::numbered(current, pages, |page| shown.page(page));
        let further = (pages > 1).then(|| view! { <Pagination links=links /> });
        view! {
            <h1 class="govuk-heading-l">{words().title}</h1>
            {filter(&narrow, &shown)}
            {shown.bar()}
            <p class="govuk-body">{(words().count)(count)}</p>
            {table}
            {further}
        }
    }))
}

fn filter(narrow: &Narrow, shown: &Shown) -> AnyView {
    let states = std::iter::once(SelectItem::new("", words().any_state))
        .chain(Where::ALL.iter().map(|one| SelectItem::new(one.code(), (texts().request.state)(*one))))
        .collect();
    let orders = vec![SelectItem::new("", words().newest), SelectItem::new(RISING, words().oldest)];
    let ticked = |on: bool| on.then(|| "ja".to_owned()).into_iter().collect::<Vec<_>>();
    view! {
        <form method="get" action=REQUESTS novalidate=true>
            {shown.kept()}
            <Input
                name="q"
                label=words().find
                hint=words().find_hint
                value=narrow.words.clone()
                classes="govuk-input--width-20"
                spellcheck=false
            />
            <div class="app-field-row">
                <Select name=STATE label=words().state items=states value=narrow.state.map_or("", Where::code).to_owned() />
                <Select name=ORDER label=words().order items=orders value=if narrow.rising { RISING } else { "" }.to_owned() />
            </div>
            <Checkboxes name=OPEN items=vec![Choice::new("ja", words().open_only)] values=ticked(narrow.open) classes="govuk-checkboxes--small" />
            <Checkboxes name=LATE items=vec![Choice::new("ja", words().late_only)] values=ticked(narrow.late) classes="govuk-checkboxes--small" />
            <Button secondary=true>{texts().search.submit}</Button>
        </form>
    }
    .into_any()
}

/// A request with all that its pages show.
pub struct Opened {
    pub request: Disclosure,
    documents: Vec<Document>,
    files: Vec<StoredFile>,
    pub ready: Vec<NewFile>,
    answers: Vec<Answer>,
    events: Vec<Happened>,
    names: Vec<(Id, String)>,
    today: CivilDate,
}

/// The request of a path.
pub async fn open(app: &App, asked: &str) -> Result<Opened, AppError> {
    let id = Id::parse(asked).map_err(|_| AppError::NotFound)?;
    let today = today(app);
    let opened = app
        .db
        .read(async |tx| {
            let Some(request) = disclosures::one(tx, &id).await? else { return Ok(None) };
            let documents = listing::of_disclosure(tx, &id).await?;
            let files = disclosures::asked_files(tx, &id).await?;
            let ready = disclosures::ready(tx, &id).await?;
            let answers = disclosures::answers(tx, &id).await?;
            let events = disclosures::events(tx, &id).await?;
            let names = names(tx, events.iter().map(|event| event.done_by.as_str())).await?;
            Ok::<_, StoreError>(Some(Opened { request, documents, files, ready, answers, events, names, today }))
        })
        .await?;
    opened.ok_or(AppError::NotFound)
}

/// `GET /handlaggare/diarium/begaranden/{disclosure}`
pub async fn one(State(app): State<App>, visit: Visit, Path(disclosure): Path<String>) -> Page {
    let opened = open(&app, &disclosure).await?;
    let lost = visit.typed().is_some_and(|form| !form.get(LOST_FILE).is_empty());
    let problem = lost.then_some(text::staff().register.form.lost);
    render(&app, &visit, StatusCode::OK, opened, &Errors::new(), problem)
}

/// The page of one request, with what is wrong.
pub fn render(app: &App, visit: &Visit, status: StatusCode, opened: Opened, errors: &Errors<Wrong>, problem: Option<&'static str>) -> Page {
    let who = visit.signed_in()?;
    let writes = who.roles.holds(StaffRole::Registrar);
    let notice = match visit.asked("klart").as_str() {
        "borjad" => Some(words().was_begun),
        "noterad" => Some(words().was_noted),
        "filer" => Some(words().was_prepared),
        "svarad" => Some(words().was_answered),
        _ => None,
    };
    let title = (texts().case.title)(opened.request.number.as_str());
    let requests = vec![(REQUESTS.to_owned(), words().title.to_owned())];
    let head = Head { error: problem.is_some() || !errors.is_empty(), ..below(title.clone(), requests) };
    let megabytes = app.config.upload_megabytes;
    Ok(visit.page(app, status, head, || {
        let request = &opened.request;
        let late = is_late(request.state, request.waits_since, limits(opened.today)).then(|| {
            let sentence = if request.state == Where::Received { words().late_unassessed } else { words().late_unanswered };
            view! { <WarningText>{sentence}</WarningText> }
        });
        view! {
            {summary(LANG, errors, problem)}
            {success(notice)}
            <span class="govuk-caption-l">{words().title}</span>
            <h1 class="govuk-heading-l">{title}</h1>
            {late}
            <SummaryList rows=facts(&opened) />
            {documents(&opened)}
            {writes.then(|| doings(&opened, errors, megabytes))}
            {given(&opened)}
            {happened(&opened)}
        }
    }))
}

fn facts(opened: &Opened) -> Vec<SummaryRow> {
    let request = &opened.request;
    let mut rows = vec![
        SummaryRow::new(words().state, (texts().request.state)(request.state)),
        SummaryRow::new(words().came, civil::weekday_text(request.received_at, LANG)),
    ];
    if request.closed_at.is_none() {
        rows.push(SummaryRow::new(words().age, (words().days)(workdays_since(request.waits_since, opened.today))));
    }
    let who = request.name.clone().unwrap_or_else(|| words().nameless.to_owned());
    let address = request.email.as_ref().map_or_else(|| texts().request.address_gone.to_owned(), ToString::to_string);
    rows.push(SummaryRow::new(words().requester, who));
    rows.push(SummaryRow::new(texts().request.address, address).value_classes("app-break"));
    if !request.wish.is_empty() {
        rows.push(SummaryRow::new(words().wish, lines(&request.wish)));
    }
    rows
}

/// The documents that are asked for, with their files.
fn documents(opened: &Opened) -> AnyView {
    let list = if opened.documents.is_empty() {
        view! { <p class="govuk-body">{words().no_documents}</p> }.into_any()
    } else {
        let each = opened.documents.iter().map(|one| {
            let files = opened.files.iter().filter(|file| file.document_id == one.id).count();
            let files = (files > 0).then(|| format!(" ({}: {files})", text::staff().register.files));
            view! {
                <li>
                    <a class="govuk-link" href=document_path(&one.id)>
                        {one.number_of_document()}
                    </a>
                    " "
                    {subject(one, LANG)}
                    {files}
                    {mark(one, LANG)}
                </li>
            }
        });
        view! { <ul class="govuk-list govuk-list--bullet">{each.collect_view()}</ul> }.into_any()
    };
    view! {
        <h2 class="govuk-heading-m">{words().documents}</h2>
        {list}
    }
    .into_any()
}

/// A form of one button, with the version that was seen.
fn press(opened: &Opened, value: &'static str, label: &'static str, secondary: bool) -> AnyView {
    view! {
        <form method="post" action=path_of(&opened.request.id) novalidate=true data-once="">
            <input type="hidden" name=field::VERSION value=opened.request.version.to_string() />
            <Button name=field::WHAT value=value secondary=secondary>
                {label}
            </Button>
        </form>
    }
    .into_any()
}

/// The values of the buttons, and what each makes happen.
pub const DOINGS: &[(&str, Event)] =
    &[("borja", Event::AssessmentBegun), ("beslut", Event::DecisionAsked), ("aterkalla", Event::Withdrawn)];

/// What the registrar may do now.
fn doings(opened: &Opened, errors: &Errors<Wrong>, megabytes: u64) -> AnyView {
    let state = opened.request.state;
    let may = |event| state.allows(event, Actor::Staff);
    let begin = may(Event::AssessmentBegun).then(|| {
        view! {
            <p class="govuk-body app-measure">{words().begin_lead}</p>
            {press(opened, "borja", words().begin, false)}
        }
    });
    let answering = !answers(state).is_empty();
    let answer = answering.then(|| {
        view! {
            {ready(opened, errors, megabytes)}
            <Button href=format!("{}/svara", path_of(&opened.request.id))>{words().answer}</Button>
        }
    });
    let decision = may(Event::DecisionAsked).then(|| press(opened, "beslut", words().wants_decision, true));
    let withdraw = may(Event::Withdrawn).then(|| press(opened, "aterkalla", words().withdraws, true));
    let phone = (decision.is_some() || withdraw.is_some()).then(|| {
        view! {
            <h2 class="govuk-heading-m">{words().by_phone}</h2>
            <p class="govuk-body app-measure">{words().by_phone_lead}</p>
            {decision}
            {withdraw}
        }
    });
    view! {
        <div class="app-screen-only">
            {begin}
            {answer}
            {phone}
        </div>
    }
    .into_any()
}

/// A form of the files that go with the answer: its fields, and a button.
fn file_form(opened: &Opened, what: &'static str, id: &Id, label: &'static str, which: String) -> AnyView {
    view! {
        <form method="post" action=format!("{}/filer", path_of(&opened.request.id)) enctype="multipart/form-data" novalidate=true>
            <input type="hidden" name=field::VERSION value=opened.request.version.to_string() />
            <input type="hidden" name=field::DOCUMENTS value=id.to_string() />
            <button type="submit" class="govuk-button govuk-button--secondary" name=field::WHAT value=what>
                {label}
                <span class="govuk-visually-hidden">" " {which}</span>
            </button>
        </form>
    }
    .into_any()
}

/// What is made ready, and what can be.
fn ready(opened: &Opened, errors: &Errors<Wrong>, megabytes: u64) -> AnyView {
    let form = &text::staff().register.form;
    let listed = if opened.ready.is_empty() {
        view! { <p class="govuk-body">{words().nothing_ready}</p> }.into_any()
    } else {
        let rows = opened.ready.iter().map(|file| {
            let remove = file_form(opened, "ta_bort", &file.id, words().remove, (words().remove_which)(&file.name));
            vec![Cell::new((texts().request.file)(&file.name, &size(file.size, LANG))).classes("app-break"), Cell::new(remove)]
        });
        view! { <Table caption=words().ready caption_classes="govuk-visually-hidden" rows=rows.collect() first_cell_is_header=true /> }
            .into_any()
    };
    let originals = opened.documents.iter().flat_map(|document| {
        let number = document.number_of_document();
        let taken = |file: &&StoredFile| opened.ready.iter().any(|ready| ready.hash == file.file_hash);
        opened.files.iter().filter(|file| file.document_id == document.id).filter(move |file| !taken(file)).map(move |file| {
            let which = (words().take_which)(&file.name, &number);
            if document.is_secret() {
                view! { <p class="govuk-body">{format!("{which}. {}", words().secret_original)}</p> }.into_any()
            } else {
                let take = file_form(opened, "original", &file.id, words().take_original, which.clone());
                view! {
                    <p class="govuk-body govuk-!-margin-bottom-1">{which}</p>
                    {take}
                }
                .into_any()
            }
        })
    });
    view! {
        <h2 class="govuk-heading-m">{words().ready}</h2>
        <p class="govuk-body app-measure">{words().ready_lead}</p>
        {listed}
        {originals.collect_view()}
        <form
            method="post"
            action=format!("{}/filer", path_of(&opened.request.id))
            enctype="multipart/form-data"
            class="app-measure"
            novalidate=true
        >
            <input type="hidden" name=field::VERSION value=opened.request.version.to_string() />
            <FileUpload
                name=field::FILE
                label=words().upload
                hint=(form.file_hint)(megabytes)
                error=errors.of(field::FILE).map(|error| (texts().wrong)(field::FILE, *error))
                accept=ACCEPTED_FILES
            />
            <Button secondary=true>{words().upload_submit}</Button>
        </form>
    }
    .into_any()
}

/// What was answered.
fn given(opened: &Opened) -> AnyView {
    if opened.answers.is_empty() {
        return ().into_any();
    }
    let each = opened.answers.iter().map(|answer| {
        let grounds = answer.grounds().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let grounds = (!grounds.is_empty()).then(|| view! { <p class="govuk-body">{format!("{}: {grounds}", words().grounds)}</p> });
        view! {
            <h3 class="govuk-heading-s">
                <a class="govuk-link" href=document_path(&answer.document_id)>
                    {(texts().request.answer)(answer.kind)}
                </a>
            </h3>
            <p class="govuk-body app-muted">{(texts().request.answered)(&civil::clock_text(answer.answered_at, LANG))}</p>
            <p class="govuk-body app-measure">{lines(&answer.message)}</p>
            {grounds}
        }
    });
    view! {
        <h2 class="govuk-heading-m">{texts().request.answers}</h2>
        {each.collect_view()}
    }
    .into_any()
}

fn happened(opened: &Opened) -> AnyView {
    if opened.events.is_empty() {
        return ().into_any();
    }
    let each = opened.events.iter().map(|event| {
        let what = Event::of_code(&event.event).map_or("", words().event);
        let by = name(&opened.names, &event.done_by, words().by_requester);
        view! { <li>{(words().happened_at)(what, &civil::clock_text(event.at, LANG), &by)}</li> }
    });
    view! {
        <h2 class="govuk-heading-m">{words().happened}</h2>
        <ul class="govuk-list govuk-list--bullet">{each.collect_view()}</ul>
    }
    .into_any()
}

/// `GET /handlaggare/diarium/begaranden/{disclosure}/svara`
pub async fn answer(State(app): State<App>, visit: Visit, Path(disclosure): Path<String>) -> Page {
    let opened = open(&app, &disclosure).await?;
    if answers(opened.request.state).is_empty() {
        return Ok(visit.see_other(&path_of(&opened.request.id)));
    }
    let mut form = visit.typed().cloned().unwrap_or_default();
    if form.get(field::VERSION).is_empty() {
        form.set(field::VERSION, opened.request.version.to_string());
    }
    Ok(answer_page(&app, &visit, StatusCode::OK, &opened, &form, &Errors::new(), None))
}

/// The form that answers, with what was typed and all that is wrong with it.
pub fn answer_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    opened: &Opened,
    form: &Form,
    errors: &Errors<Wrong>,
    problem: Option<&'static str>,
) -> Response {
    let number = opened.request.number.as_str();
    let title = (words().answer_title)(number);
    let further = vec![(REQUESTS.to_owned(), words().title.to_owned()), (path_of(&opened.request.id), (texts().case.title)(number))];
    let head = Head { error: status != StatusCode::OK, ..below(title.clone(), further) };
    let at = |name: &'static str| errors.of(name).map(|error| (texts().wrong)(name, *error));
    visit.page(app, status, head, || {
        let kinds: Vec<Choice> = answers(opened.request.state)
            .into_iter()
            .map(|kind| Choice::new(kind.code(), (words().answer_name)(kind)).hint((words().answer_hint)(kind)))
            .collect();
        let goes = if opened.ready.is_empty() {
            view! { <p class="govuk-body">{words().nothing_ready}</p> }.into_any()
        } else {
            let files = opened.ready.iter().map(|file| view! { <li>{(texts().request.file)(&file.name, &size(file.size, LANG))}</li> });
            view! { <ul class="govuk-list govuk-list--bullet">{files.collect_view()}</ul> }.into_any()
        };
        view! {
            {summary(LANG, errors, problem)}
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body app-measure">{words().answer_lead}</p>
            <h2 class="govuk-heading-m">{words().goes_out}</h2>
            {goes}
            <form method="post" class="app-measure" novalidate=true data-once="">
                <input type="hidden" name=field::VERSION value=form.get(field::VERSION).to_owned() />
                <Radios name=field::KIND legend=words().kind items=kinds value=form.get(field::KIND) error=at(field::KIND) />
                <Textarea
                    name=field::MESSAGE
                    label=words().message
                    hint=words().message_hint
                    value=form.get(field::MESSAGE)
                    error=at(field::MESSAGE)
                    rows=10
                />
                <Input
                    name=field::GROUND
                    label=words().grounds
                    hint=words().grounds_hint
                    value=form.get(field::GROUND)
                    error=at(field::GROUND)
                    autocomplete="off"
                    spellcheck=false
                />
                <Button>{words().submit}</Button>
            </form>
        }
    })
}
