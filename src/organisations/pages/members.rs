//! The people in an organisation: the list, one of them, and someone who asks to be let in.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::one::below;
use super::{role_choice, success, summary};
use crate::kit::{Errors, Form, Id, Instant, Lang, OrgRole, civil};
use crate::organisations::actions;
use crate::organisations::member::{Member, Reader, Signatory};
use crate::organisations::model::{Invitation, JoinRequest, Membership};
use crate::organisations::rules::{Wrong, field};
use crate::organisations::store::{self, EndedByStaff};
use crate::people;
use crate::people::model::Account;
use crate::platform::db::{StoreError, Tx};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// How many memberships that staff have ended a page shows.
const MOST_ENDED: i64 = 20;

/// Who belongs to an organisation, who is asked in and who asks.
pub struct People {
    pub members: Vec<Membership>,
    pub invitations: Vec<Invitation>,
    pub requests: Vec<JoinRequest>,
    /// Whose membership staff have ended; for staff only.
    pub ended: Vec<EndedByStaff>,
    /// The accounts of them all.
    pub accounts: Vec<Account>,
}

impl People {
    /// Four statements while there are no more than twenty accounts; two when only the members are asked for.
    pub async fn load(tx: &mut Tx, organisation: &Id, all: bool) -> Result<Self, StoreError> {
        let members = store::members(tx, organisation).await?;
        let (invitations, requests) = if all {
            (store::open_invitations(tx, organisation).await?, store::open_requests(tx, organisation).await?)
        } else {
            (Vec::new(), Vec::new())
        };
        Self { members, invitations, requests, ended: Vec::new(), accounts: Vec::new() }.named_by(tx).await
    }

    /// As staff see them: those who ask, and whose membership staff have ended. Four statements, as above.
    pub async fn for_staff(tx: &mut Tx, organisation: &Id) -> Result<Self, StoreError> {
        let members = store::members(tx, organisation).await?;
        let requests = store::open_requests(tx, organisation).await?;
        let ended = store::ended_by_staff(tx, organisation, MOST_ENDED).await?;
        Self { members, invitations: Vec::new(), requests, ended, accounts: Vec::new() }.named_by(tx).await
    }

    async fn named_by(mut self, tx: &mut Tx) -> Result<Self, StoreError> {
        let ids = self.members.iter().map(|one| &one.account_id).chain(self.requests.iter().map(|one| &one.account_id));
        let mut ids: Vec<Id> = ids.chain(self.ended.iter().flat_map(|one| [&one.account_id, &one.ended_by])).cloned().collect();
        ids.sort_unstable();
        ids.dedup();
        self.accounts = people::store::accounts(tx, &ids).await?;
        Ok(self)
    }

    /// What someone is called as long as they have an account; nothing afterwards.
    pub fn still_named(&self, account: &Id) -> String {
        let found = self.accounts.iter().find(|one| one.id == *account);
        found.filter(|one| one.is_active() || !one.name.is_empty()).map(|one| one.shown().to_owned()).unwrap_or_default()
    }

    /// What someone is called, and their address.
    pub fn named(&self, account: &Id) -> (String, String) {
        let found = self.accounts.iter().find(|one| one.id == *account);
        found.map(|one| (one.shown().to_owned(), one.email.to_string())).unwrap_or_default()
    }
}

pub fn day(instant: Instant, lang: Lang) -> String {
    civil::stockholm(instant).date.long(lang)
}

/// `GET /organisation/{organisation}/personer`
pub async fn list(State(app): State<App>, visit: Visit, Reader(member): Reader) -> Page {
    let form = visit.typed().cloned().unwrap_or_default();
    list_page(&app, &visit, StatusCode::OK, &member, form, Errors::new(), None).await
}

/// Everybody, in any state of the form that asks someone in.
pub async fn list_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    member: &Member,
    form: Form,
    errors: Errors<Wrong>,
    problem: Option<&'static str>,
) -> Page {
    let decides = member.may(OrgRole::Signatory);
    let people = app.db.read(async |tx| People::load(tx, &member.organisation.id, decides).await).await?;
    let lang = visit.lang;
    let texts = text::organisations(lang);
    let words = &texts.people;
    let notice = match visit.asked("klart").as_str() {
        "skickad" => Some(words.was_sent),
        "tillbaka" => Some(words.was_withdrawn),
        "andrad" => Some(words.was_changed),
        "borttagen" => Some(words.was_removed),
        "med" => Some(words.was_let_in),
        "avslagen" => Some(words.was_refused),
        _ => None,
    };
    let head = Head { error: status != StatusCode::OK, ..below(visit, member, words.title) };
    let now = app.now();
    Ok(visit.page(app, status, head, move || {
        let mut columns: Vec<Cell> = [words.name, words.email, words.role, words.since].map(Cell::new).into();
        if decides {
            columns.push(Cell::new(words.change));
        }
        let rows: Vec<Vec<Cell>> = people.members.iter().map(|one| row(visit, member, &people, one, decides)).collect();
        view! {
            {summary(texts, &errors, problem)}
            {success(notice)}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <Table caption=words.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
            {requests(visit, &people, |id| member.path(&format!("/personer/forfragan/{id}")))}
            {invitations(lang, &people.invitations, now)}
            {decides.then(|| invite(lang, &form, &errors))}
        }
    }))
}

fn row(visit: &Visit, member: &Member, people: &People, one: &Membership, decides: bool) -> Vec<Cell> {
    let texts = text::organisations(visit.lang);
    let words = &texts.people;
    let (name, email) = people.named(&one.account_id);
    let shown = if one.id == member.membership { format!("{name} ({})", words.you) } else { name.clone() };
    let cell = |label: &'static str, text: &str| Cell::new(text).attributes([("data-label", label)]);
    let mut cells = vec![
        Cell::new(shown),
        cell(words.email, &email),
        cell(words.role, (texts.role)(one.role)),
        cell(words.since, &day(one.since, visit.lang)),
    ];
    if decides {
        let link = view! {
            <a
                class="govuk-link"
                href=visit.href(&member.path(&format!("/personer/{}", one.id)))
                aria-label=(words.change_whose)(&name)
            >
                {words.change}
            </a>
        };
        cells.push(Cell::new(link.into_any()));
    }
    cells
}

/// Who asks to be let in, each a link to where it is answered.
pub fn requests(visit: &Visit, people: &People, path: impl Fn(&Id) -> String) -> AnyView {
    if people.requests.is_empty() {
        return ().into_any();
    }
    let words = &text::organisations(visit.lang).people;
    let entries: Vec<AnyView> = people
        .requests
        .iter()
        .map(|request| {
            let name = (words.request_by)(&people.named(&request.account_id).0, &day(request.created_at, visit.lang));
            view! {
                <li>
                    <a class="govuk-link" href=visit.href(&path(&request.id))>
                        {name}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <h2 class="govuk-heading-m">{words.requests}</h2>
        <ul class="govuk-list govuk-list--spaced">{entries}</ul>
    }
    .into_any()
}

fn invitations(lang: Lang, all: &[Invitation], now: Instant) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let texts = text::organisations(lang);
    let words = &texts.people;
    let entries: Vec<AnyView> = all
        .iter()
        .map(|one| {
            let (email, role, until) = (one.email.as_str(), (texts.role)(one.role), day(one.expires_at, lang));
            let sentence = if one.lives(now) { (words.invited)(email, role, &until) } else { (words.expired)(email, role, &until) };
            let button = |name: &'static str, label: &'static str, aria: String| {
                view! {
                    <button
                        type="submit"
                        name=name
                        value=one.id.to_string()
                        class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0"
                        aria-label=aria
                    >
                        {label}
                    </button>
                }
            };
            view! {
                <li>
                    <form method="post" class="app-inline-form" novalidate=true>
                        <span>{sentence}</span>
                        {button("igen", words.send_again, (words.send_again_to)(email))}
                        {button("tillbaka", words.withdraw, (words.withdraw_from)(email))}
                    </form>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <h2 class="govuk-heading-m">{words.invitations}</h2>
        <ul class="govuk-list govuk-list--spaced">{entries}</ul>
    }
    .into_any()
}

fn invite(lang: Lang, form: &Form, errors: &Errors<Wrong>) -> AnyView {
    let texts = text::organisations(lang);
    let words = &texts.people;
    let at = |name: &'static str| errors.of(name).map(|error| (texts.wrong)(name, *error));
    view! {
        <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
            <h2 class="govuk-heading-m">{words.invite}</h2>
            <p class="govuk-body app-measure">{words.invite_lead}</p>
            <Input
                name=field::EMAIL
                label=words.invite_email
                value=form.get(field::EMAIL).to_owned()
                error=at(field::EMAIL)
                kind=InputKind::Email
                autocomplete="off"
                spellcheck=false
            />
            {role_choice(texts, words.invite_role, form.get(field::ROLE), at(field::ROLE))}
            <Button>{words.invite_submit}</Button>
        </form>
    }
    .into_any()
}

/// `GET /organisation/{organisation}/personer/{membership}`
pub async fn one(
    State(app): State<App>,
    visit: Visit,
    Signatory(member): Signatory,
    Path((_, membership)): Path<(String, String)>,
) -> Page {
    if !member.organisation.status.is_open() {
        return Ok(visit.see_other(&member.path("")));
    }
    let form = visit.typed().cloned();
    one_page(&app, &visit, StatusCode::OK, &member, &membership, form, Errors::new(), OneSays::Nothing).await
}

/// What the page of one member says besides its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OneSays {
    Nothing,
    /// Somebody changed the role in between.
    Stale,
    /// A rule stands in the way.
    Problem(&'static str),
}

/// One member, in any state.
#[expect(clippy::too_many_arguments, reason = "a page in any state takes what was typed and all that is wrong with it")]
pub async fn one_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    member: &Member,
    membership: &str,
    form: Option<Form>,
    errors: Errors<Wrong>,
    says: OneSays,
) -> Page {
    let id = Id::parse(membership).map_err(|_| AppError::NotFound)?;
    let (membership, account) = app
        .db
        .read(async |tx| {
            let membership = store::membership(tx, &member.organisation.id, &id).await?;
            let account = match &membership {
                Some(membership) => people::store::account(tx, &membership.account_id).await?,
                None => None,
            };
            Ok::<_, StoreError>((membership, account))
        })
        .await?;
    let (Some(membership), Some(account)) = (membership, account) else { return Err(AppError::NotFound) };
    let lang = visit.lang;
    let texts = text::organisations(lang);
    let words = &texts.member;
    let mut head = Head { error: status != StatusCode::OK, ..below(visit, member, account.shown()) };
    head.trail.push((visit.href(&member.path("/personer")), texts.people.title.to_owned()));
    let chosen = form.map_or_else(|| membership.role.code().to_owned(), |form| form.get(field::ROLE).to_owned());
    Ok(visit.page(app, status, head, move || {
        let version = || view! { <input type="hidden" name=field::VERSION value=membership.version.to_string() /> };
        let problem = match says {
            OneSays::Nothing => None,
            OneSays::Stale => Some((words.stale)((texts.role)(membership.role))),
            OneSays::Problem(problem) => Some(problem.to_owned()),
        };
        let wrong = errors.of(field::ROLE).map(|error| (texts.wrong)(field::ROLE, *error));
        let rows = vec![
            SummaryRow::new(texts.people.email, account.email.to_string()),
            SummaryRow::new(texts.people.since, day(membership.since, lang)),
        ];
        view! {
            {summary(texts, &errors, problem.as_deref())}
            <h1 class="govuk-heading-l">{account.shown().to_owned()}</h1>
            <SummaryList rows=rows />
            <form method="post" novalidate=true>
                {version()} {role_choice(texts, words.role, &chosen, wrong)} <Button>{words.save}</Button>
            </form>
            <form method="post" novalidate=true>
                {version()} <h2 class="govuk-heading-m">{words.remove}</h2>
                <p class="govuk-body app-measure">{words.remove_lead}</p>
                <Button name="ta_bort" value="ja" warning=true>
                    {words.remove}
                </Button>
            </form>
        }
    }))
}

/// `GET /organisation/{organisation}/personer/forfragan/{request}`
pub async fn request(
    State(app): State<App>,
    visit: Visit,
    Signatory(member): Signatory,
    Path((_, request)): Path<(String, String)>,
) -> Page {
    if !member.organisation.status.is_open() {
        return Ok(visit.see_other(&member.path("")));
    }
    let form = visit.typed().cloned().unwrap_or_default();
    let head = request_head(&visit, &member);
    request_page(&app, &visit, StatusCode::OK, head, &member.organisation.id, &request, form, Errors::new(), None).await
}

/// The head of a request's page for who signs.
pub fn request_head(visit: &Visit, member: &Member) -> Head {
    let texts = text::organisations(visit.lang);
    let mut head = below(visit, member, texts.request.title);
    head.trail.push((visit.href(&member.path("/personer")), texts.people.title.to_owned()));
    head
}

/// Someone who asks to be let in, in any state: for who signs, and for staff.
#[expect(clippy::too_many_arguments, reason = "a page in any state takes what was typed and all that is wrong with it")]
pub async fn request_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    head: Head,
    organisation: &Id,
    request: &str,
    form: Form,
    errors: Errors<Wrong>,
    problem: Option<&'static str>,
) -> Page {
    let id = Id::parse(request).map_err(|_| AppError::NotFound)?;
    let found = app.db.read(async |tx| actions::asked(tx, organisation, &id).await).await?;
    let (request, account) = found.ok_or(AppError::NotFound)?;
    let lang = visit.lang;
    let texts = text::organisations(lang);
    let words = &texts.request;
    let head = Head { error: status != StatusCode::OK, ..head };
    Ok(visit.page(app, status, head, move || {
        let from = if account.name.is_empty() { account.email.to_string() } else { format!("{} ({})", account.name, account.email) };
        let message: Vec<AnyView> = request.message.lines().map(|line| view! { {line.to_owned()} <br /> }.into_any()).collect();
        let rows = vec![
            SummaryRow::new(words.from, from),
            SummaryRow::new(words.when, civil::clock_text(request.created_at, lang)),
            SummaryRow::new(words.message, message.into_any()),
        ];
        let wrong = errors.of(field::ROLE).map(|error| (texts.wrong)(field::ROLE, *error));
        let answer = if request.is_open() {
            view! {
                <p class="govuk-body app-measure">{words.check}</p>
                <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                    {role_choice(texts, words.role, form.get(field::ROLE), wrong)} <div class="govuk-button-group">
                        <Button name="svar" value="ja">
                            {words.approve}
                        </Button>
                        <Button name="svar" value="nej" secondary=true>
                            {words.refuse}
                        </Button>
                    </div>
                </form>
            }
            .into_any()
        } else {
            view! { <InsetText>{words.answered}</InsetText> }.into_any()
        };
        view! {
            {summary(texts, &errors, problem)}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <SummaryList rows=rows />
            {answer}
        }
    }))
}
