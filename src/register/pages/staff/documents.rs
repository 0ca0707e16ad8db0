//! The table of documents, and one document with its history. Both show what everybody may see; what is masked is shown on demand,
//! and the chain says who read it.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use leptos::prelude::*;

use super::{LANG, LIST, Page, REQUESTS, below, head, name, names};
use crate::kit::{Id, Instant, StaffRole, civil};
use crate::platform::db::{StoreError, Tx};
use crate::register::actions::files;
use crate::register::model::{Direction, Entry, Listed, Party, StoredFile};
use crate::register::pages::request::{answer as file_answer, size};
use crate::register::pages::search::narrow;
use crate::register::pages::{counterpart, mark, subject, success};
use crate::register::routes::READERS;
use crate::register::rules::field;
use crate::register::store::listing::{MOST_FOUND, Narrow, PAGE};
use crate::register::store::{self, listing};
use crate::tables::view::{Shown, Sorted, shown};
use crate::text;
use crate::text::Register;
use crate::ui::components::*;
use crate::web::sheets::{self, Column, Facts, Field, Listing, SheetOf, Value};
use crate::web::{App, AppError, Tying, Visit};

/// The table of documents.
pub const SHEET: SheetOf<Narrow> = SheetOf::new();

/// The fields of the address, besides those of the public search.
const SECRET: &str = "sekretess";
const ORDER: &str = "ordning";
const RISING: &str = "stigande";

const FACTS: Facts = Facts {
    code: "register",
    path: LIST,
    title: || text::staff().register.title,
    file: "diarium",
    sees: READERS,
    takes: READERS,
    fields: &[
        Field::words("q"),
        Field::words(field::COUNTERPART),
        Field::plain("ar"),
        Field::plain(field::DIRECTION),
        Field::plain(SECRET),
        Field::plain(ORDER),
    ],
};

type Col = Column<Listed>;

fn texts() -> &'static Register {
    text::register(LANG)
}

const COLUMNS: &[Col] = &[
    Col::new("nummer", || texts().number, |row| row.number_of_document().into()).shown(link).classes("app-nowrap"),
    Col::new("datum", || texts().day, |row| Value::Day(row.day)).classes("app-nowrap"),
    Col::new("riktning", || texts().way, |row| (texts().direction)(row.direction).into()),
    Col::new("motpart", || texts().counterpart, |row| counterpart(row, LANG).into()).classes("app-break"),
    Col::new("arende", || texts().subject, |row| subject(row, LANG).into()).classes("app-break"),
    Col::new("sekretess", || texts().secret, |row| if row.is_secret() { texts().secret.into() } else { Value::Empty })
        .shown(|row| mark(row, LANG)),
    Col::new("filer", || text::staff().register.files, |row| Value::Count(row.files)).figures(),
    Col::new("registrerad", || texts().search.registered, |row| Value::Clock(row.registered_at)).extra(),
];

/// Where staff see one document.
pub fn path_of(document: &Id) -> String {
    format!("{LIST}/handling/{document}")
}

fn link(row: &Listed) -> AnyView {
    view! {
        <a class="govuk-link" href=path_of(&row.id)>
            {row.number_of_document()}
        </a>
    }
    .into_any()
}

impl Listing for Narrow {
    type Row = Listed;
    const FACTS: &'static Facts = &FACTS;
    const COLUMNS: &'static [Col] = COLUMNS;

    fn read(query: &str, _: Instant) -> Self {
        let asked = |name: &str| sheets::asked(query, name);
        Self { secret: !asked(SECRET).is_empty(), rising: asked(ORDER) == RISING, ..narrow(query) }
    }

    fn total<'a>(&'a self, tx: &'a mut Tx) -> Tying<'a, i64> {
        Box::pin(listing::total(tx, self))
    }

    fn after<'a>(&'a self, tx: &'a mut Tx, last: Option<&'a Listed>, limit: i64) -> Tying<'a, Vec<Listed>> {
        Box::pin(listing::list(tx, self, last, limit))
    }
}

/// `GET /handlaggare/diarium`
pub async fn list(State(app): State<App>, visit: Visit) -> Page {
    let who = visit.signed_in()?;
    let narrow = Narrow::read(&visit.query, app.now());
    let page = visit.asked("sida").parse::<i64>().unwrap_or(1).clamp(1, MOST_FOUND / PAGE);
    let (shown, count, rows) = app
        .db
        .read(async |tx| {
            let shown = shown::<Narrow>(tx, &visit, who).await?;
            let (count, rows) = listing::page(tx, &narrow, page).await?;
            Ok::<_, StoreError>((shown, count, rows))
        })
        .await?;
    if let Some(address) = shown.leads_to() {
        return Ok(visit.see_other(&address));
    }
    let pages = usize::try_from((count.min(MOST_FOUND) + PAGE - 1) / PAGE).unwrap_or(1).max(1);
    let words = &text::staff().register;
    let writes = who.roles.holds(StaffRole::Registrar);
    let notice = (visit.asked("klart") == "registrerad").then_some(words.document.was_registered);
    Ok(visit.page(&app, StatusCode::OK, head(words.title), || {
        let search = &texts().search;
        let found = if count > MOST_FOUND { (search.many)(MOST_FOUND) } else { (search.found)(count) };
        let table = if rows.is_empty() {
            view! { <p class="govuk-body">{search.none}</p> }.into_any()
        } else {
            shown.table::<Narrow>(words.caption, &rows, |column| {
                (column == "nummer").then(|| Sorted::by(turned(&shown, narrow.rising), true, narrow.rising))
            })
        };
        let current = usize::try_from(page).unwrap_or(1);
        let links = PageLinks::numbered(current, pages, |page| shown.page(page));
        let further = (pages > 1).then(|| view! { <Pagination links=links /> });
        let new = writes.then(|| view! { <Button href=format!("{LIST}/registrera")>{words.new}</Button> });
        view! {
            {success(notice)}
            <h1 class="govuk-heading-l">{words.title}</h1>
            {new}
            <p class="govuk-body">
                <a class="govuk-link" href=REQUESTS>
                    {words.requests}
                </a>
            </p>
            {filter(&visit, &narrow, &shown)}
            {shown.bar()}
            <p class="govuk-body">{found}</p>
            {table}
            {further}
        }
    }))
}

/// The address of the first page the other way round.
fn turned(shown: &Shown, rising: bool) -> String {
    let address = shown.page(1);
    let (path, query) = address.split_once('?').unwrap_or((&address, ""));
    let kept = url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != ORDER);
    let mut pairs = url::form_urlencoded::Serializer::new(String::new());
    pairs.extend_pairs(kept);
    // Falling is said too, so that an address without fields can still mean one's own view.
    pairs.append_pair(ORDER, if rising { "fallande" } else { RISING });
    format!("{path}?{}", pairs.finish())
}

fn filter(visit: &Visit, narrow: &Narrow, shown: &Shown) -> AnyView {
    let search = &texts().search;
    let directions = std::iter::once(SelectItem::new("", search.any_direction))
        .chain(Direction::ALL.iter().map(|one| SelectItem::new(one.code(), (texts().direction)(*one))))
        .collect();
    let ticked: Vec<String> = narrow.secret.then(|| "ja".to_owned()).into_iter().collect();
    view! {
        <form method="get" action=LIST novalidate=true>
            {shown.kept()}
            <div class="app-field-row">
                <Input name="q" label=search.words value=visit.asked("q") classes="govuk-input--width-20" spellcheck=false />
                <Input
                    name=field::COUNTERPART
                    label=texts().counterpart
                    value=visit.asked(field::COUNTERPART)
                    classes="govuk-input--width-20"
                    spellcheck=false
                />
                <Input name="ar" label=search.year value=visit.asked("ar") classes="govuk-input--width-4" inputmode="numeric" />
                <Select
                    name=field::DIRECTION
                    label=texts().way
                    items=directions
                    value=narrow.direction.map_or("", Direction::code).to_owned()
                />
            </div>
            <Checkboxes
                name=SECRET
                items=vec![Choice::new("ja", text::staff().register.secret_only)]
                values=ticked
                classes="govuk-checkboxes--small"
            />
            <Button secondary=true>{search.submit}</Button>
        </form>
    }
    .into_any()
}

/// A document with its files and history.
pub struct Opened {
    pub listed: Listed,
    pub entries: Vec<Entry>,
    files: Vec<StoredFile>,
    names: Vec<(Id, String)>,
}

/// The document of a path, with everything that was ever said of it: what the page shows of that is the page's to choose.
pub async fn open(app: &App, asked: &str) -> Result<Opened, AppError> {
    let id = Id::parse(asked).map_err(|_| AppError::NotFound)?;
    let opened = app
        .db
        .read(async |tx| {
            let Some(listed) = listing::one(tx, &id).await? else { return Ok(None) };
            let entries = store::entries(tx, &id).await?;
            let files = store::files(tx, &id).await?;
            let names = names(tx, entries.iter().map(|entry| entry.entered_by.as_str())).await?;
            Ok::<_, StoreError>(Some(Opened { listed, entries, files, names }))
        })
        .await?;
    opened.ok_or(AppError::NotFound)
}

impl Opened {
    /// Whether an entry holds something that not everybody may see: its own marks, or those that came later.
    fn is_masked(&self, entry: &Entry) -> (bool, bool) {
        let mut masked = (false, false);
        for secrecy in self.entries.iter().filter(|other| other.version >= entry.version).filter_map(|other| other.facts.secrecy.as_ref()) {
            masked = (masked.0 || secrecy.masks_subject, masked.1 || secrecy.masks_counterpart);
        }
        masked
    }
}

/// `GET /handlaggare/diarium/handling/{document}`
pub async fn one(State(app): State<App>, visit: Visit, Path(document): Path<String>) -> Page {
    let opened = open(&app, &document).await?;
    render(&app, &visit, opened, false)
}

/// The page of one document; `whole` shows what is masked too.
pub fn render(app: &App, visit: &Visit, opened: Opened, whole: bool) -> Page {
    let who = visit.signed_in()?;
    let writes = who.roles.holds(StaffRole::Registrar);
    let words = &text::staff().register.document;
    let notice = match visit.asked("klart").as_str() {
        "rattad" => Some(words.was_corrected),
        "registrerad" => Some(words.was_registered),
        _ => None,
    };
    let number = opened.listed.number_of_document();
    Ok(visit.page(app, StatusCode::OK, below((words.title)(&number), Vec::new()), move || {
        let path = path_of(&opened.listed.id);
        let hidden = opened.entries.iter().any(|entry| opened.is_masked(entry) != (false, false));
        let read = (hidden && !whole).then(|| {
            view! {
                <form method="post" action=path.clone() class="app-screen-only" novalidate=true>
                    <p class="govuk-body app-measure">{words.read_lead}</p>
                    <Button secondary=true>{words.read}</Button>
                </form>
            }
        });
        let doings = writes.then(|| {
            view! {
                <ul class="govuk-list app-inline-list app-screen-only">
                    <li>
                        <a class="govuk-link" href=format!("{path}/ratta")>
                            {words.correct}
                        </a>
                    </li>
                    <li>
                        <a class="govuk-link" href=format!("{path}/sekretess")>
                            {words.secrecy}
                        </a>
                    </li>
                </ul>
            }
        });
        view! {
            {success(notice)}
            <h1 class="govuk-heading-l">{(words.title)(&number)} {mark(&opened.listed, LANG)}</h1>
            {whole.then(|| view! { <NotificationBanner text=words.was_read /> })}
            <SummaryList rows=facts(&opened, whole) />
            {doings}
            {read}
            {files_of(&opened)}
            {history(&opened, whole)}
        }
    }))
}

/// Subject and counterpart of an entry, masked where they are or were to be.
fn said(opened: &Opened, entry: &Entry, whole: bool) -> (String, String) {
    let (subject, counterpart) = if whole { (false, false) } else { opened.is_masked(entry) };
    let masked = |masked: bool, text: &str| if masked { texts().masked.to_owned() } else { text.to_owned() };
    let party = match entry.facts.party {
        Party::Person if entry.facts.counterpart.is_empty() => texts().somebody,
        _ => entry.facts.counterpart.as_str(),
    };
    (masked(subject, &entry.facts.subject), masked(counterpart, party))
}

fn facts(opened: &Opened, whole: bool) -> Vec<SummaryRow> {
    let words = &text::staff().register.document;
    let listed = &opened.listed;
    let case = view! {
        <a class="govuk-link" href=format!("/diarium/{}", listed.number)>
            {listed.number.to_string()}
        </a>
    };
    let mut rows = vec![
        SummaryRow::new(words.case, case.into_any()),
        SummaryRow::new(texts().way, (texts().direction)(listed.direction)),
        SummaryRow::new(texts().day, listed.day.long(LANG)),
    ];
    if let Some(entry) = opened.entries.first() {
        let (subject, counterpart) = said(opened, entry, whole);
        rows.push(SummaryRow::new(texts().counterpart, counterpart));
        rows.push(SummaryRow::new(texts().subject, subject));
        if let Some(secrecy) = &entry.facts.secrecy {
            rows.push(SummaryRow::new(words.ground, secrecy.ground.to_string()));
        }
    }
    rows.push(SummaryRow::new(words.registered, civil::clock_text(listed.registered_at, LANG)));
    if let Some(hash) = &listed.content_hash {
        rows.push(SummaryRow::new(words.hash, view! { <code class="app-break">{hash.clone()}</code> }.into_any()));
    }
    rows
}

/// What is said of a document now, for whoever was told that somebody else was first.
pub fn now(opened: &Opened) -> AnyView {
    view! { <SummaryList rows=facts(opened, false) /> }.into_any()
}

fn files_of(opened: &Opened) -> AnyView {
    let words = &text::staff().register.document;
    let list = if opened.files.is_empty() {
        view! { <p class="govuk-body">{words.no_files}</p> }.into_any()
    } else {
        let files = opened.files.iter().map(|file| {
            view! {
                <li>
                    <a class="govuk-link app-break" href=format!("{}/fil/{}", path_of(&opened.listed.id), file.id)>
                        {(texts().request.file)(&file.name, &size(file.size, LANG))}
                    </a>
                </li>
            }
        });
        view! { <ul class="govuk-list">{files.collect_view()}</ul> }.into_any()
    };
    view! {
        <h2 class="govuk-heading-m">{words.files}</h2>
        {list}
    }
    .into_any()
}

fn history(opened: &Opened, whole: bool) -> AnyView {
    let words = &text::staff().register.document;
    let each = opened.entries.iter().map(|entry| {
        let (subject, counterpart) = said(opened, entry, whole);
        let by = name(&opened.names, &entry.entered_by, words.portal);
        let when = (words.entered)(entry.version, &civil::clock_text(entry.entered_at, LANG), &by);
        let told: Vec<String> = [
            (texts().direction)(entry.facts.direction).to_owned(),
            entry.facts.day.long(LANG),
            counterpart,
            subject,
            entry.facts.secrecy.as_ref().map(|secrecy| format!("{} {}", texts().secret, secrecy.ground)).unwrap_or_default(),
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
        let reason = entry.reason.as_ref().map(|reason| view! { <br /> {format!("{}: {reason}", words.reason)} });
        view! { <li>{when} <br /> {told.join(" · ")} {reason}</li> }
    });
    view! {
        <h2 class="govuk-heading-m">{words.history}</h2>
        <ol class="govuk-list govuk-list--spaced" reversed=true>
            {each.collect_view()}
        </ol>
    }
    .into_any()
}

/// `GET /handlaggare/diarium/handling/{document}/fil/{file}`
pub async fn file(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    Path((document, file)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    let (Ok(document), Ok(file)) = (Id::parse(&document), Id::parse(&file)) else { return Err(AppError::NotFound) };
    match files::read(&app, who, &document, &file).await? {
        Ok(file) => file_answer(&app, &headers, &file).await,
        Err(_) => Err(AppError::NotFound),
    }
}
