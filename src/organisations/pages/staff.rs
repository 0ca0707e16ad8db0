//! The staff's pages: every organisation, one of them, who asks to be let in, merging and closing.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::members::{People, day, request_page, requests};
use super::{fact_rows, kinds, municipalities, success, summary};
use crate::kit::{Errors, Form, Id, Instant, Lang, OrgRole};
use crate::organisations::actions::another_signs;
use crate::organisations::model::{Organisation, Status};
use crate::organisations::routes::KEEPERS;
use crate::organisations::rules::{self, Wrong, field};
use crate::organisations::store::{self, Listed, Narrow};
use crate::people::store as people;
use crate::platform::db::{StoreError, Tx};
use crate::tables::view::{Shown, shown};
use crate::text;
use crate::text::organisations::Organisations;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::sheets::{self, Column, Facts, Field, Listing, SheetOf, Value};
use crate::web::{App, AppError, Tying, Visit};

type Page = Result<Response, AppError>;

/// How many organisations a page of the list has.
const PAGE: i64 = 50;

const LIST: &str = "/handlaggare/organisationer";

fn head(title: impl Into<String>) -> Head {
    Head { private: true, staff: true, ..Head::new(title) }
}

/// A page below the list, or below one organisation of it.
fn below(title: impl Into<String>, organisation: Option<&Organisation>) -> Head {
    let mut trail = vec![(LIST.to_owned(), text::staff().organisations.title.to_owned())];
    trail.extend(organisation.map(|one| (path_of(&one.id), one.name.clone())));
    Head { trail, ..head(title) }
}

/// Where staff see one organisation.
pub fn path_of(organisation: &Id) -> String {
    format!("{LIST}/{organisation}")
}

/// The organisation of the path.
pub async fn organisation_of(app: &App, asked: &str) -> Result<Organisation, AppError> {
    let id = Id::parse(asked).map_err(|_| AppError::NotFound)?;
    app.db.read(async |tx| store::organisation(tx, &id).await).await?.ok_or(AppError::NotFound)
}

/// The table of organisations.
pub const SHEET: SheetOf<Narrow> = SheetOf::new();

const FACTS: Facts = Facts {
    code: "organisations",
    path: LIST,
    title: || text::staff().organisations.title,
    file: "organisationer",
    sees: KEEPERS,
    takes: KEEPERS,
    fields: &[Field::words("q"), Field::plain(field::KIND), Field::plain(field::MUNICIPALITY), Field::plain("lage"), Field::plain("vill")],
};

type Col = Column<Listed>;

fn texts() -> &'static Organisations {
    text::organisations(Lang::Sv)
}

const COLUMNS: &[Col] = &[
    Col::new("namn", || texts().fields.name, |row| row.organisation.name.clone().into()).shown(organisation_link),
    Col::new("nummer", || texts().fields.orgnr, |row| row.organisation.orgnr.as_str().into()).classes("app-nowrap"),
    Col::new("slag", || texts().fields.kind, |row| (texts().kind)(row.organisation.kind).into()),
    Col::new("kommun", || texts().fields.municipality, |row| row.organisation.municipality.name().into()),
    Col::new("lage", || texts().fields.status, |row| (texts().status)(row.organisation.status).into()),
    Col::new("vill", || text::staff().organisations.requests, |row| Value::Count(row.requests)).shown(waiting),
];

fn organisation_link(row: &Listed) -> AnyView {
    view! {
        <a class="govuk-link" href=path_of(&row.organisation.id)>
            {row.organisation.name.clone()}
        </a>
    }
    .into_any()
}

/// Nothing where nobody waits: what is there is to be seen.
fn waiting(row: &Listed) -> AnyView {
    if row.requests == 0 { ().into_any() } else { row.requests.to_string().into_any() }
}

impl Listing for Narrow {
    type Row = Listed;
    const FACTS: &'static Facts = &FACTS;
    const COLUMNS: &'static [Col] = COLUMNS;

    fn read(query: &str, _: Instant) -> Self {
        let asked = |name: &str| sheets::asked(query, name);
        Self {
            words: asked("q"),
            kind: asked(field::KIND),
            municipality: asked(field::MUNICIPALITY),
            status: asked("lage"),
            asked: !asked("vill").is_empty(),
        }
    }

    fn total<'a>(&'a self, tx: &'a mut Tx) -> Tying<'a, i64> {
        Box::pin(store::count(tx, self))
    }

    fn after<'a>(&'a self, tx: &'a mut Tx, last: Option<&'a Listed>, limit: i64) -> Tying<'a, Vec<Listed>> {
        Box::pin(store::list(tx, self, last, limit, 0))
    }
}

/// `GET /handlaggare/organisationer`
pub async fn list(State(app): State<App>, visit: Visit) -> Page {
    let who = visit.signed_in()?;
    let narrow = Narrow::read(&visit.query, app.now());
    let page = visit.asked("sida").parse::<i64>().unwrap_or(1).clamp(1, 100_000);
    let (shown, count, rows) = app
        .db
        .read(async |tx| {
            let shown = shown::<Narrow>(tx, &visit, who).await?;
            let count = store::count(tx, &narrow).await?;
            Ok::<_, StoreError>((shown, count, store::list(tx, &narrow, None, PAGE, (page - 1) * PAGE).await?))
        })
        .await?;
    if let Some(address) = shown.leads_to() {
        return Ok(visit.see_other(&address));
    }
    let pages = usize::try_from((count + PAGE - 1) / PAGE).unwrap_or(1).max(1);
    let words = &text::staff().organisations;
    Ok(visit.page(&app, StatusCode::OK, head(words.title), move || {
        let table = if rows.is_empty() {
            view! { <p class="govuk-body">{words.none}</p> }.into_any()
        } else {
            shown.table::<Narrow>(words.caption, &rows, |_| None)
        };
        let current = usize::try_from(page).unwrap_or(1);
        let links = PageLinks::numbered(current, pages, |page| shown.page(page));
        let further = (pages > 1).then(|| view! { <Pagination links=links /> });
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            {filter(&narrow, &shown)}
            {shown.bar()}
            <p class="govuk-body">{(words.count)(count)}</p>
            {table}
            {further}
        }
    }))
}

fn filter(narrow: &Narrow, shown: &Shown) -> AnyView {
    let texts = text::organisations(Lang::Sv);
    let words = &text::staff().organisations;
    let statuses = std::iter::once(SelectItem::new("", words.any_status))
        .chain(Status::ALL.iter().map(|status| SelectItem::new(status.code(), (texts.status)(*status))))
        .collect();
    let ticked: Vec<String> = narrow.asked.then(|| "ja".to_owned()).into_iter().collect();
    view! {
        <form method="get" action=LIST novalidate=true>
            {shown.kept()}
            <Input name="q" label=words.find hint=words.find_hint value=narrow.words.clone() classes="govuk-input--width-20" spellcheck=false />
            <div class="app-field-row">
                <Select name=field::KIND label=texts.fields.kind items=kinds(texts, words.any_kind) value=narrow.kind.clone() />
                <Select
                    name=field::MUNICIPALITY
                    label=texts.fields.municipality
                    items=municipalities(words.any_municipality)
                    value=narrow.municipality.clone()
                />
                <Select name="lage" label=texts.fields.status items=statuses value=narrow.status.clone() />
            </div>
            <Checkboxes name="vill" items=vec![Choice::new("ja", words.asked)] values=ticked classes="govuk-checkboxes--small" />
            <Button secondary=true>{words.search}</Button>
        </form>
    }
    .into_any()
}

/// `GET /handlaggare/organisationer/{organisation}`
pub async fn one(State(app): State<App>, visit: Visit, Path(organisation): Path<String>) -> Page {
    one_page(&app, &visit, StatusCode::OK, &organisation, None).await
}

/// One organisation, in any state.
pub async fn one_page(app: &App, visit: &Visit, status: StatusCode, organisation: &str, problem: Option<&'static str>) -> Page {
    let id = Id::parse(organisation).map_err(|_| AppError::NotFound)?;
    let loaded = app
        .db
        .read(async |tx| {
            let Some(organisation) = store::organisation(tx, &id).await? else { return Ok(None) };
            let into = match &organisation.merged_into {
                Some(into) => store::organisation(tx, into).await?,
                None => None,
            };
            let was = store::merged_into(tx, &id).await?;
            Ok::<_, StoreError>(Some((organisation, into, was, People::for_staff(tx, &id).await?)))
        })
        .await?;
    let (organisation, into, was, people) = loaded.ok_or(AppError::NotFound)?;
    let texts = text::organisations(Lang::Sv);
    let words = &text::staff().organisations.one;
    let notice = match visit.asked("klart").as_str() {
        "kontrollerad" => Some(words.was_verified),
        "okontrollerad" => Some(words.was_unverified),
        "oppnad" => Some(words.was_reopened),
        "avslutad" => Some(words.was_retired),
        "sammanslagen" => Some(words.was_merged),
        "med" => Some(words.was_let_in),
        "avslagen" => Some(words.was_refused),
        "personen" => Some(words.was_removed),
        _ => None,
    };
    let head = Head { error: problem.is_some(), ..below(organisation.name.clone(), None) };
    Ok(visit.page(app, status, head, move || {
        let signs = people.members.iter().any(|one| {
            let active = people.accounts.iter().any(|account| account.id == one.account_id && account.is_active());
            one.role == OrgRole::Signatory && active
        });
        let unsigned = organisation.status.is_open() && !signs;
        let became = into.map(|into| view! { <InsetText>{words.became} " " {link(&into)}</InsetText> });
        let was = (!was.is_empty()).then(|| {
            let all: Vec<AnyView> = was.iter().map(|one| view! { <li>{link(one)}</li> }.into_any()).collect();
            view! {
                <h2 class="govuk-heading-m">{words.was}</h2>
                <ul class="govuk-list">{all}</ul>
            }
        });
        view! {
            {summary(texts, &Errors::new(), problem)}
            {success(notice)}
            <h1 class="govuk-heading-l">{organisation.name.clone()}</h1>
            {became}
            {unsigned.then(|| view! { <InsetText>{words.nobody_signs}</InsetText> })}
            <SummaryList rows=fact_rows(Lang::Sv, &organisation) />
            {was}
            {requests(visit, &people, |request| format!("{}/forfragan/{request}", path_of(&organisation.id)))}
            <h2 class="govuk-heading-m">{words.members}</h2>
            {members(&organisation, &people)}
            {ended(&people)}
            {doings(&organisation)}
        }
    }))
}

fn link(one: &Organisation) -> AnyView {
    view! {
        <a class="govuk-link" href=path_of(&one.id)>
            {format!("{} ({})", one.name, one.orgnr)}
        </a>
    }
    .into_any()
}

fn members(organisation: &Organisation, people: &People) -> AnyView {
    let words = &text::staff().organisations.end;
    let texts = text::organisations(Lang::Sv);
    if people.members.is_empty() {
        return view! { <p class="govuk-body">{text::staff().organisations.one.no_members}</p> }.into_any();
    }
    let columns: Vec<Cell> =
        [texts.people.name, texts.people.email, texts.people.role, texts.people.since, words.end].map(Cell::new).into();
    let cell = |label: &'static str, text: &str| Cell::new(text).attributes([("data-label", label)]);
    let rows: Vec<Vec<Cell>> = people
        .members
        .iter()
        .map(|one| {
            let (name, email) = people.named(&one.account_id);
            let end = view! {
                <a class="govuk-link" href=format!("{}/personer/{}", path_of(&organisation.id), one.id) aria-label=(words.end_whose)(&name)>
                    {words.end}
                </a>
            };
            vec![
                Cell::new(name),
                cell(texts.people.email, &email),
                cell(texts.people.role, (texts.role)(one.role)),
                cell(texts.people.since, &day(one.since, Lang::Sv)),
                Cell::new(end.into_any()),
            ]
        })
        .collect();
    view! {
        <Table
            caption=texts.people.caption
            caption_classes="govuk-visually-hidden"
            classes="app-reflow"
            head=columns
            rows=rows
            first_cell_is_header=true
        />
    }
    .into_any()
}

/// Whose membership staff have ended, who did, and why.
fn ended(people: &People) -> AnyView {
    let words = &text::staff().organisations.end;
    if people.ended.is_empty() {
        return ().into_any();
    }
    let roles = text::organisations(Lang::Sv).role;
    let items: Vec<AnyView> = people
        .ended
        .iter()
        .map(|one| {
            let (name, by) = (people.still_named(&one.account_id), people.still_named(&one.ended_by));
            let said = (words.was_ended)(&name, (roles)(one.role), &day(one.until, Lang::Sv), &by);
            view! { <li>{said} " " {one.ended_reason.clone()}</li> }.into_any()
        })
        .collect();
    view! {
        <h2 class="govuk-heading-m">{words.ended}</h2>
        <ul class="govuk-list govuk-list--bullet app-measure">{items}</ul>
    }
    .into_any()
}

/// `GET /handlaggare/organisationer/{organisation}/personer/{membership}`
pub async fn end_one(State(app): State<App>, visit: Visit, Path((organisation, membership)): Path<(String, String)>) -> Page {
    let organisation = organisation_of(&app, &organisation).await?;
    let form = visit.typed().cloned().unwrap_or_default();
    end_page(&app, &visit, StatusCode::OK, &organisation, &membership, form, Errors::new(), None).await
}

/// The page that ends someone's membership, in any state. Whoever signs alone is said to, and asked about.
#[expect(clippy::too_many_arguments, reason = "a page in any state takes what was typed and all that is wrong with it")]
pub async fn end_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    organisation: &Organisation,
    membership: &str,
    form: Form,
    errors: Errors<Wrong>,
    problem: Option<&'static str>,
) -> Page {
    let id = Id::parse(membership).map_err(|_| AppError::NotFound)?;
    let loaded = app
        .db
        .read(async |tx| {
            let Some(membership) = store::membership(tx, &organisation.id, &id).await? else { return Ok(None) };
            let Some(account) = people::account(tx, &membership.account_id).await? else { return Ok(None) };
            let signs = organisation.status.is_open() && membership.role == OrgRole::Signatory;
            let last = signs && !another_signs(tx, &organisation.id, &account.id).await?;
            Ok::<_, StoreError>(Some((membership, account, last)))
        })
        .await?;
    // Whoever was there a moment ago and is not now was removed by somebody else.
    let Some((membership, account, last)) = loaded else { return Ok(visit.see_other(&path_of(&organisation.id))) };
    let texts = text::organisations(Lang::Sv);
    let words = &text::staff().organisations.end;
    let head = Head { error: status != StatusCode::OK, ..below(words.title, Some(organisation)) };
    let name = organisation.name.clone();
    Ok(visit.page(app, status, head, move || {
        let facts = vec![
            SummaryRow::new(texts.people.name, account.shown().to_owned()),
            SummaryRow::new(texts.people.email, account.email.to_string()),
            SummaryRow::new(texts.people.role, (texts.role)(membership.role)),
            SummaryRow::new(texts.people.since, day(membership.since, Lang::Sv)),
        ];
        let unconfirmed = problem.filter(|problem| last && *problem == words.unconfirmed);
        let mut entries: Vec<(String, String)> =
            errors.iter().map(|error| (format!("#{}", error.field), words.reason_missing.to_owned())).collect();
        entries.extend(
            problem.map(|problem| (format!("#{}", if unconfirmed.is_some() { field::CONFIRM } else { "innehall" }), problem.to_owned())),
        );
        let wrong = errors.of(field::REASON).map(|error| match error {
            Wrong::Long(_) => (texts.wrong)(field::REASON, *error),
            _ => words.reason_missing.to_owned(),
        });
        if let Some((wrong, entry)) = wrong.as_ref().zip(entries.first_mut()) {
            entry.1.clone_from(wrong);
        }
        let warning = last.then(|| {
            view! {
                <WarningText>{words.last}</WarningText>
                <Checkboxes name=field::CONFIRM items=vec![Choice::new("ja", words.confirm)] error=unconfirmed />
            }
        });
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{(words.lead)(&name)}</p>
            <SummaryList rows=facts />
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                <input type="hidden" name=field::VERSION value=membership.version.to_string() />
                <Textarea
                    name=field::REASON
                    label=words.reason
                    hint=words.reason_hint
                    value=form.get(field::REASON).to_owned()
                    error=wrong
                />
                {warning}
                <Button warning=true>{words.submit}</Button>
            </form>
        }
    }))
}

/// What staff may do with an organisation as it is.
fn doings(organisation: &Organisation) -> AnyView {
    let staff = &text::staff().organisations;
    let words = &staff.one;
    let (name, title, lead) = match organisation.status {
        Status::Unverified => ("kontrollerad", words.verify, words.verify_lead),
        Status::Verified => ("okontrollerad", words.unverify, words.unverify_lead),
        Status::Retired => ("oppnad", words.reopen, words.reopen_lead),
        Status::Merged => return ().into_any(),
    };
    let primary = organisation.status == Status::Unverified;
    let kind = if primary { "govuk-button" } else { "govuk-button govuk-button--secondary" };
    let path = path_of(&organisation.id);
    let retire = organisation.status.is_open().then(|| {
        view! {
            <li>
                <a class="govuk-link" href=format!("{path}/avsluta")>
                    {staff.retire.title}
                </a>
            </li>
        }
    });
    view! {
        <form method="post" action=path.clone() novalidate=true>
            <input type="hidden" name=field::VERSION value=organisation.version.to_string() />
            <h2 class="govuk-heading-m">{title}</h2>
            <p class="govuk-body app-measure">{lead}</p>
            <button type="submit" name="gor" value=name class=kind>
                {title}
            </button>
        </form>
        <h2 class="govuk-heading-m">{words.more}</h2>
        <ul class="govuk-list govuk-list--spaced">
            <li>
                <a class="govuk-link" href=format!("{path}/sla-ihop")>
                    {staff.merge.title}
                </a>
            </li>
            {retire}
        </ul>
    }
    .into_any()
}

/// `GET /handlaggare/organisationer/{organisation}/forfragan/{request}`
pub async fn request(State(app): State<App>, visit: Visit, Path((organisation, request)): Path<(String, String)>) -> Page {
    let organisation = organisation_of(&app, &organisation).await?;
    let form = visit.typed().cloned().unwrap_or_default();
    let head = request_head(&organisation);
    request_page(&app, &visit, StatusCode::OK, head, &organisation.id, &request, form, Errors::new(), None).await
}

/// The head of a request's page for staff.
pub fn request_head(organisation: &Organisation) -> Head {
    below(text::organisations(Lang::Sv).request.title, Some(organisation))
}

/// `GET /handlaggare/organisationer/{organisation}/sla-ihop`: asks for the other's number, then shows both.
pub async fn merge(State(app): State<App>, visit: Visit, Path(organisation): Path<String>) -> Page {
    let organisation = organisation_of(&app, &organisation).await?;
    let mut form = visit.typed().cloned().unwrap_or_default();
    let asked = visit.asked(field::ORGNR);
    if asked.is_empty() && form.get(field::ORGNR).is_empty() {
        return merge_page(&app, &visit, StatusCode::OK, &organisation, &form, Errors::new(), None, None);
    }
    if form.get(field::ORGNR).is_empty() {
        form.set(field::ORGNR, asked);
    }
    let orgnr = match rules::orgnr(&form) {
        Ok(orgnr) => orgnr,
        Err(errors) => {
            return merge_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, &organisation, &form, errors, None, None);
        }
    };
    match app.db.read(async |tx| store::organisation_by_orgnr(tx, &orgnr).await).await? {
        Some(into) if into.id != organisation.id && into.status.is_open() => {
            merge_page(&app, &visit, StatusCode::OK, &organisation, &form, Errors::new(), Some(&into), None)
        }
        _ => merge_refused(&app, &visit, &organisation, &form, text::staff().organisations.merge.not_into),
    }
}

/// The page that asks for the other's number, with what stood in the way.
pub fn merge_refused(app: &App, visit: &Visit, organisation: &Organisation, form: &Form, problem: &'static str) -> Page {
    merge_page(app, visit, StatusCode::UNPROCESSABLE_ENTITY, organisation, form, Errors::new(), None, Some(problem))
}

#[expect(clippy::too_many_arguments, reason = "a page in any state takes what was typed and all that is wrong with it")]
fn merge_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    organisation: &Organisation,
    form: &Form,
    errors: Errors<Wrong>,
    into: Option<&Organisation>,
    problem: Option<&'static str>,
) -> Page {
    if organisation.status == Status::Merged {
        return Ok(visit.see_other(&path_of(&organisation.id)));
    }
    let texts = text::organisations(Lang::Sv);
    let words = &text::staff().organisations.merge;
    let head = Head { error: status != StatusCode::OK, ..below(words.title, Some(organisation)) };
    let typed = form.get(field::ORGNR).to_owned();
    let (organisation, into) = (organisation.clone(), into.cloned());
    Ok(visit.page(app, status, head, move || {
        let rest = match into {
            Some(into) => confirm_merge(&organisation, &into),
            None => {
                let wrong = errors.of(field::ORGNR).map(|error| (texts.wrong)(field::ORGNR, *error)).or(problem.map(str::to_owned));
                view! {
                    <p class="govuk-body app-measure">{(words.lead)(&organisation.name)}</p>
                    <form method="get" novalidate=true>
                        <Input
                            name=field::ORGNR
                            label=words.into
                            hint=texts.fields.orgnr_hint
                            value=typed
                            error=wrong
                            inputmode="numeric"
                            autocomplete="off"
                            spellcheck=false
                            classes="govuk-input--width-10"
                        />
                        <Button>{words.next}</Button>
                    </form>
                }
                .into_any()
            }
        };
        let entries: Vec<(String, String)> =
            problem.map(|problem| (format!("#{}", field::ORGNR), problem.to_owned())).into_iter().collect();
        view! {
            {summary(texts, &errors, None)}
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            {rest}
        }
    }))
}

fn confirm_merge(from: &Organisation, into: &Organisation) -> AnyView {
    let words = &text::staff().organisations.merge;
    view! {
        <p class="govuk-body app-measure">{words.check}</p>
        <h2 class="govuk-heading-m">{words.goes}</h2>
        <SummaryList rows=fact_rows(Lang::Sv, from) />
        <h2 class="govuk-heading-m">{words.stays}</h2>
        <SummaryList rows=fact_rows(Lang::Sv, into) />
        <p class="govuk-body app-measure">{(words.what)(&from.name, &into.name)}</p>
        <form method="post" novalidate=true>
            <input type="hidden" name=field::VERSION value=from.version.to_string() />
            <input type="hidden" name=field::ORGNR value=into.orgnr.to_string() />
            <Button warning=true>{words.submit}</Button>
        </form>
    }
    .into_any()
}

/// `GET /handlaggare/organisationer/{organisation}/avsluta`
pub async fn retire(State(app): State<App>, visit: Visit, Path(organisation): Path<String>) -> Page {
    let organisation = organisation_of(&app, &organisation).await?;
    if !organisation.status.is_open() {
        return Ok(visit.see_other(&path_of(&organisation.id)));
    }
    let words = &text::staff().organisations.retire;
    let head = below(words.title, Some(&organisation));
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{(words.lead)(&organisation.name)}</p>
            <form method="post" novalidate=true>
                <input type="hidden" name=field::VERSION value=organisation.version.to_string() />
                <Button warning=true>{words.submit}</Button>
            </form>
        }
    }))
}
