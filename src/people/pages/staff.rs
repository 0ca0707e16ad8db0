//! Who works here, with which roles.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::summary;
use crate::kit::{CivilDate, Errors, Form, Id, Instant, Lang, StaffRole, civil};
use crate::people::actions;
use crate::people::guests;
use crate::people::keys::store::{self as keys, Row as Key};
use crate::people::model::{self, Account, Lasts, RoleRow, SessionRow};
use crate::people::openid::{self, model::Identity};
use crate::people::rules::{ColleagueError, NameError, RoleError, field};
use crate::people::store::{self, Authenticator, ListedAccount, Narrow};
use crate::platform::db::{StoreError, Tx};
use crate::tables::view::shown;
use crate::text;
use crate::text::staff::{AddTexts, OnePersonTexts};
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::sheets::{self, Column, Facts, Field, Listing, SheetOf, Value};
use crate::web::{App, AppError, Tying, Visit};

type Page = Result<Response, AppError>;

/// How many people a page of the list has.
const PAGE: i64 = 50;

pub fn head(title: impl Into<String>) -> Head {
    Head { private: true, staff: true, ..Head::new(title) }
}

/// The table of accounts.
pub const SHEET: SheetOf<Asked> = SheetOf::new();

const LIST: &str = "/handlaggare/anvandare";

const FACTS: Facts = Facts {
    code: "accounts",
    path: LIST,
    title: || text::staff().people.title,
    file: "anvandare",
    sees: &[StaffRole::Administrator],
    takes: &[StaffRole::Administrator],
    fields: &[Field::words("q"), Field::plain("medarbetare")],
};

/// What stands in the address, read.
pub struct Asked {
    narrow: Narrow,
    day: CivilDate,
}

/// An account with the roles that it holds on the day.
pub struct Person {
    account: ListedAccount,
    roles: Vec<StaffRole>,
}

type Col = Column<Person>;

const COLUMNS: &[Col] = &[
    Col::new("namn", || text::staff().people.name, |row| shown_name(&row.account).into()).shown(account_link),
    Col::new("epost", || text::staff().people.email, |row| row.account.email.to_string().into()).classes("app-break"),
    Col::new("roller", || text::staff().people.roles, |row| role_names(&row.roles).into()),
    Col::new("inloggad", || text::staff().people.last_sign_in, |row| row.account.last_sign_in_at.map_or(Value::Empty, Value::Clock))
        .shown(last_sign_in),
    Col::new("konto", || text::staff().people.status, |row| status_name(&row.account.status).into()),
];

fn shown_name(account: &ListedAccount) -> String {
    if account.name.is_empty() { account.email.to_string() } else { account.name.clone() }
}

fn account_link(row: &Person) -> AnyView {
    view! {
        <a class="govuk-link" href=format!("{LIST}/{}", row.account.id)>
            {shown_name(&row.account)}
        </a>
    }
    .into_any()
}

fn role_names(roles: &[StaffRole]) -> String {
    roles.iter().map(|role| (text::staff().role)(*role)).collect::<Vec<_>>().join(", ")
}

fn last_sign_in(row: &Person) -> AnyView {
    let never = || text::staff().people.never.to_owned();
    row.account.last_sign_in_at.map_or_else(never, |at| civil::clock_text(at, Lang::Sv)).into_any()
}

impl Asked {
    async fn people(&self, tx: &mut Tx, last: Option<&Person>, limit: i64, offset: i64) -> Result<Vec<Person>, StoreError> {
        let accounts = store::list_accounts(tx, &self.narrow, self.day, last.map(|last| &last.account), limit, offset).await?;
        let held = store::roles_on(tx, self.day).await?;
        let roles = |account: &Id| held.iter().filter(|role| role.account_id == *account).map(|role| role.role).collect();
        Ok(accounts.into_iter().map(|account| Person { roles: roles(&account.id), account }).collect())
    }
}

impl Listing for Asked {
    type Row = Person;
    const FACTS: &'static Facts = &FACTS;
    const COLUMNS: &'static [Col] = COLUMNS;

    fn read(query: &str, now: Instant) -> Self {
        let narrow = Narrow { words: sheets::asked(query, "q"), only_staff: !sheets::asked(query, "medarbetare").is_empty() };
        Self { narrow, day: civil::stockholm(now).date }
    }

    fn total<'a>(&'a self, tx: &'a mut Tx) -> Tying<'a, i64> {
        Box::pin(store::count_accounts(tx, &self.narrow, self.day))
    }

    fn after<'a>(&'a self, tx: &'a mut Tx, last: Option<&'a Person>, limit: i64) -> Tying<'a, Vec<Person>> {
        Box::pin(self.people(tx, last, limit, 0))
    }
}

/// `GET /handlaggare/anvandare`
pub async fn list(State(app): State<App>, visit: Visit) -> Page {
    let who = visit.signed_in()?;
    let asked = Asked::read(&visit.query, app.now());
    let page = visit.asked("sida").parse::<i64>().unwrap_or(1).clamp(1, 100_000);
    let (shown, count, people, invited) = app
        .db
        .read(async |tx| {
            let shown = shown::<Asked>(tx, &visit, who).await?;
            let count = asked.total(tx).await?;
            let people = asked.people(tx, None, PAGE, (page - 1) * PAGE).await?;
            Ok::<_, StoreError>((shown, count, people, guests::store::latest(tx, guests::pages::SHOWN).await?))
        })
        .await?;
    if let Some(address) = shown.leads_to() {
        return Ok(visit.see_other(&address));
    }
    let pages = usize::try_from((count + PAGE - 1) / PAGE).unwrap_or(1).max(1);
    let words = &text::staff().people;
    let (narrow, now) = (asked.narrow, app.now());
    Ok(visit.page(&app, StatusCode::OK, head(words.title), move || {
        let table = if people.is_empty() {
            view! { <p class="govuk-body">{words.none}</p> }.into_any()
        } else {
            shown.table::<Asked>(words.caption, &people, |_| None)
        };
        let current = usize::try_from(page).unwrap_or(1);
        let links = PageLinks::numbered(current, pages, |page| shown.page(page));
        let ticked: Vec<String> = narrow.only_staff.then(|| "ja".to_owned()).into_iter().collect();
        let further = (pages > 1).then(|| view! { <Pagination links=links /> });
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body">
                <a class="govuk-link" href="/handlaggare/anvandare/ny">
                    {words.add.title}
                </a>
            </p>
            <p class="govuk-body">
                <a class="govuk-link" href="/handlaggare/anvandare/bjud-in">
                    {text::staff().guests.invite}
                </a>
            </p>
            <form method="get" action=LIST novalidate=true>
                {shown.kept()}
                <Input name="q" label=words.find hint=words.find_hint value=narrow.words.clone() classes="govuk-input--width-20" spellcheck=false />
                <Checkboxes
                    name="medarbetare"
                    items=vec![Choice::new("ja", words.only_staff)]
                    values=ticked
                    classes="govuk-checkboxes--small"
                />
                <Button secondary=true>{words.search}</Button>
            </form>
            {shown.bar()}
            <p class="govuk-body">{(words.count)(count)}</p>
            {table}
            {further}
            {guests::pages::list(&invited, now)}
        }
    }))
}

fn status_name(status: &str) -> &'static str {
    let words = &text::staff().people;
    match status {
        "disabled" => words.disabled,
        "closed" => words.closed,
        _ => words.active,
    }
}

/// `GET /handlaggare/anvandare/ny`
pub async fn add(State(app): State<App>, visit: Visit) -> Page {
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(add_page(&app, &visit, StatusCode::OK, form, Errors::new()))
}

/// The form that adds someone, in any state.
pub fn add_page(app: &App, visit: &Visit, status: StatusCode, form: Form, errors: Errors<ColleagueError>) -> Response {
    let people = &text::staff().people;
    let words = &people.add;
    let head = Head { error: !errors.is_empty(), trail: trail(), ..head(words.title) };
    visit.page(app, status, head, move || {
        let at = |field: &str| errors.of(field).map(|error| colleague_sentence(words, *error));
        view! {
            {summary(&errors, |error| colleague_sentence(words, error).to_owned())}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <form method="post" class="govuk-!-width-one-half" novalidate=true>
                <Input name=field::NAME label=people.name value=form.get(field::NAME).to_owned() error=at(field::NAME) autocomplete="off" />
                <Input
                    name=field::EMAIL
                    label=people.email
                    value=form.get(field::EMAIL).to_owned()
                    error=at(field::EMAIL)
                    kind=InputKind::Email
                    autocomplete="off"
                    spellcheck=false
                />
                <Button>{words.submit}</Button>
            </form>
        }
    })
}

fn colleague_sentence(words: &AddTexts, error: ColleagueError) -> &'static str {
    match error {
        ColleagueError::Email => words.email_wrong,
        ColleagueError::Name(NameError::Missing) => words.name_missing,
        ColleagueError::Name(NameError::Long) => words.name_long,
    }
}

pub fn trail() -> Vec<(String, String)> {
    vec![("/handlaggare/anvandare".to_owned(), text::staff().people.title.to_owned())]
}

/// `GET /handlaggare/anvandare/{account}`
pub async fn one(State(app): State<App>, visit: Visit, Path(account): Path<String>) -> Page {
    let words = &text::staff().people.one;
    let notice = match visit.asked("klart").as_str() {
        "given" => Some(words.given),
        "borttagen" => Some(words.ended),
        "sparrat" => Some(words.was_disabled),
        "oppnat" => Some(words.was_enabled),
        "tvasteg" => Some(words.was_taken),
        "utloggad" => Some(words.was_signed_out),
        "avslutad" => Some(words.session_ended),
        "identitet" => Some(words.identity_taken),
        _ => None,
    };
    let form = visit.typed().cloned().unwrap_or_default();
    one_page(&app, &visit, StatusCode::OK, &account, form, Errors::new(), OneSays { notice, problem: None }).await
}

/// What the page of one person says besides its facts.
#[derive(Debug, Clone, Copy, Default)]
pub struct OneSays {
    /// Something was done.
    pub notice: Option<&'static str>,
    /// A rule stood in the way.
    pub problem: Option<&'static str>,
}

/// One person, in any state.
pub async fn one_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    account: &str,
    form: Form,
    errors: Errors<RoleError>,
    says: OneSays,
) -> Page {
    let id = Id::parse(account).map_err(|_| AppError::NotFound)?;
    let loaded = app
        .db
        .read(async |tx| {
            let account = store::account(tx, &id).await?;
            let factors = Factors { app: store::authenticator(tx, &id).await?, keys: keys::all(tx, &id).await? };
            let ways = Ways { sessions: store::sessions(tx, &id).await?, identities: openid::store::identities(tx, &id).await? };
            Ok::<_, StoreError>((account, factors, store::roles(tx, &id).await?, ways))
        })
        .await?;
    let (Some(account), factors, roles, mut ways) = loaded else { return Err(AppError::NotFound) };
    let day = actions::today(app);
    let now = app.now();
    let this = visit.signed_in()?.session.clone();
    let lasts = Lasts::of(roles.iter().any(|role| role.holds_on(day)));
    ways.sessions.retain(|session| lasts.end(session.created_at, session.last_seen_at) > now);
    let words = &text::staff().people.one;
    let head = Head { error: !errors.is_empty() || says.problem.is_some(), trail: trail(), ..head(account.shown()) };
    Ok(visit.page(app, status, head, move || {
        let entries: Vec<(String, String)> = errors
            .iter()
            .map(|entry| (format!("#{}", entry.field), role_sentence(words, entry.error).to_owned()))
            .chain(says.problem.map(|problem| ("#innehall".to_owned(), problem.to_owned())))
            .collect();
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            {says.notice.map(|notice| view! { <NotificationBanner success=true text=notice /> })}
            <h1 class="govuk-heading-l">{account.shown().to_owned()}</h1>
            {facts(&account)}
            <h2 class="govuk-heading-m">{words.roles_held}</h2>
            {held(&roles, day)}
            {account.is_active().then(|| give(words, &form, &errors))}
            {second_factor(words, &factors, !roles.is_empty())}
            {signed_in(words, &ways.sessions, &this)}
            {identities(words, &ways.identities)}
            {block(words, &account)}
        }
    }))
}

fn facts(account: &Account) -> AnyView {
    let words = &text::staff().people;
    let seen = account.last_sign_in_at.map_or_else(|| words.never.to_owned(), |at| civil::clock_text(at, Lang::Sv));
    let rows = vec![
        SummaryRow::new(words.email, account.email.to_string()),
        SummaryRow::new(words.last_sign_in, seen),
        SummaryRow::new(words.status, status_name(&account.status)),
    ];
    view! { <SummaryList rows=rows /> }.into_any()
}

/// Roles that hold, with a button each; then those of other days.
fn held(roles: &[RoleRow], day: CivilDate) -> AnyView {
    let staff = text::staff();
    let words = &staff.people.one;
    let period = |role: &RoleRow| {
        let until = role.valid_until.map(|until| until.long(Lang::Sv));
        (words.period)(&role.valid_from.long(Lang::Sv), until.as_deref())
    };
    // A role that was taken back before it ever held leaves nothing to show.
    let real = |role: &&RoleRow| role.valid_until.is_none_or(|until| until >= role.valid_from);
    let (now, other): (Vec<&RoleRow>, Vec<&RoleRow>) = roles.iter().filter(real).partition(|role| role.holds_on(day));
    let now = now
        .into_iter()
        .map(|role| {
            let name = (staff.role)(role.role);
            view! {
                <li>
                    <form method="post" class="app-inline-form" novalidate=true>
                        {format!("{name} {}", period(role))} " "
                        <button
                            type="submit"
                            name="ta_bort"
                            value=role.id.to_string()
                            class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0"
                            aria-label=(words.end_role)(name)
                        >
                            {words.end}
                        </button>
                    </form>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let other =
        other.into_iter().map(|role| view! { <li>{format!("{} {}", (staff.role)(role.role), period(role))}</li> }).collect::<Vec<_>>();
    let now = if now.is_empty() {
        view! { <p class="govuk-body">{words.no_roles}</p> }.into_any()
    } else {
        view! { <ul class="govuk-list govuk-list--spaced">{now}</ul> }.into_any()
    };
    let other = (!other.is_empty()).then(|| {
        view! {
            <h3 class="govuk-heading-s">{words.roles_before}</h3>
            <ul class="govuk-list">{other}</ul>
        }
    });
    view! {
        {now}
        {other}
    }
    .into_any()
}

fn give(words: &'static OnePersonTexts, form: &Form, errors: &Errors<RoleError>) -> AnyView {
    let at = |field: &str| errors.of(field).map(|error| role_sentence(words, *error));
    let items: Vec<Choice> = StaffRole::ALL.into_iter().map(|role| Choice::new(role.code(), (text::staff().role)(role))).collect();
    let value = |field: &str| form.get(field).to_owned();
    view! {
        <form method="post" class="govuk-!-width-one-half" novalidate=true>
            <h2 class="govuk-heading-m">{words.give}</h2>
            <Radios
                name=field::ROLE
                legend=words.role
                items=items
                value=value(field::ROLE)
                error=at(field::ROLE)
                classes="govuk-radios--small"
            />
            <Input
                name=field::FROM
                label=words.from
                hint=words.from_hint
                value=value(field::FROM)
                error=at(field::FROM)
                classes="govuk-input--width-10"
                autocomplete="off"
            />
            <Input
                name=field::UNTIL
                label=words.until
                hint=words.until_hint
                value=value(field::UNTIL)
                error=at(field::UNTIL)
                classes="govuk-input--width-10"
                autocomplete="off"
            />
            <Button>{words.give_submit}</Button>
        </form>
    }
    .into_any()
}

/// What someone has of a second factor.
struct Factors {
    app: Option<Authenticator>,
    keys: Vec<Key>,
}

/// Which second factors someone has and when they used them, with the button that takes all of them away.
fn second_factor(words: &'static OnePersonTexts, factors: &Factors, works_here: bool) -> AnyView {
    let none = factors.app.is_none() && factors.keys.is_empty();
    if none && !works_here {
        return ().into_any();
    }
    let app = factors.app.as_ref().map(|held| match held.confirmed_at {
        Some(at) => (words.app_since)(&civil::clock_text(at, Lang::Sv)),
        None => words.app_begun.to_owned(),
    });
    let key = |key: &Key| {
        let used = key.used_at.map(|at| civil::clock_text(at, Lang::Sv));
        (words.key)(&key.name, &civil::clock_text(key.created_at, Lang::Sv), used.as_deref())
    };
    let items = app.into_iter().chain(factors.keys.iter().map(key)).map(|text| view! { <li>{text}</li> }).collect_view();
    let held = if none {
        view! { <p class="govuk-body">{words.no_factor}</p> }.into_any()
    } else {
        view! { <ul class="govuk-list govuk-list--bullet">{items}</ul> }.into_any()
    };
    view! {
        <h2 class="govuk-heading-m">{words.factors}</h2>
        {held}
        {(!none).then(|| button(words.factor, words.factor_lead, "tvasteg", false))}
    }
    .into_any()
}

/// How someone has come in.
struct Ways {
    sessions: Vec<SessionRow>,
    identities: Vec<Identity>,
}

/// Where someone is signed in, each with the button that ends it, and one for all. The session of who looks has none.
fn signed_in(words: &'static OnePersonTexts, sessions: &[SessionRow], this: &Id) -> AnyView {
    if sessions.is_empty() {
        return ().into_any();
    }
    let items = sessions
        .iter()
        .map(|session| {
            let (browser, system) = model::device(&session.agent);
            let device = [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let seen = civil::clock_text(session.last_seen_at, Lang::Sv);
            let said = (words.session)(&device, &seen);
            let end = if session.id == *this {
                format!("({})", words.this_session).into_any()
            } else {
                view! {
                    <button
                        type="submit"
                        name="avsluta"
                        value=session.id.to_string()
                        class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0"
                        aria-label=(words.end_session_which)(&said)
                    >
                        {words.end_session}
                    </button>
                }
                .into_any()
            };
            view! { <li>{said} " " {end}</li> }
        })
        .collect_view();
    view! {
        <form method="post" novalidate=true>
            <h2 class="govuk-heading-m">{words.sessions}</h2>
            <ul class="govuk-list govuk-list--spaced">{items}</ul>
            <button type="submit" name="logga_ut" value="ja" class="govuk-button govuk-button--secondary">
                {words.sign_out}
            </button>
        </form>
    }
    .into_any()
}

/// Who someone is at providers of sign-in, each with the button that takes it away.
fn identities(words: &'static OnePersonTexts, identities: &[Identity]) -> AnyView {
    if identities.is_empty() {
        return ().into_any();
    }
    let items = identities
        .iter()
        .map(|identity| {
            let used = civil::clock_text(identity.last_used_at, Lang::Sv);
            view! {
                <li>
                    {(words.identity)(&identity.issuer, &used)} " "
                    <button
                        type="submit"
                        name="identitet"
                        value=identity.id.to_string()
                        class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0"
                        aria-label=(words.take_identity)(&identity.issuer)
                    >
                        {words.end}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <form method="post" novalidate=true>
            <h2 class="govuk-heading-m">{words.identities}</h2>
            <p class="govuk-body app-measure">{words.identities_lead}</p>
            <ul class="govuk-list govuk-list--spaced">{items}</ul>
        </form>
    }
    .into_any()
}

fn block(words: &'static OnePersonTexts, account: &Account) -> AnyView {
    let (title, lead, name) = match account.status.as_str() {
        "active" => (words.disable, words.disable_lead, "sparra"),
        "disabled" => (words.enable, words.enable_lead, "oppna"),
        _ => return ().into_any(),
    };
    button(title, lead, name, name == "sparra")
}

/// Something that is done by pressing: what it is, what comes of it, and the button.
fn button(title: &'static str, lead: &'static str, name: &'static str, warning: bool) -> AnyView {
    let kind = if warning { "govuk-button govuk-button--warning" } else { "govuk-button govuk-button--secondary" };
    view! {
        <form method="post" novalidate=true>
            <h2 class="govuk-heading-m">{title}</h2>
            <p class="govuk-body app-measure">{lead}</p>
            <button type="submit" name=name value="ja" class=kind>
                {title}
            </button>
        </form>
    }
    .into_any()
}

fn role_sentence(words: &OnePersonTexts, error: RoleError) -> &'static str {
    match error {
        RoleError::Role => words.role_missing,
        RoleError::From => words.from_wrong,
        RoleError::Until => words.until_wrong,
        RoleError::Backwards => words.until_before,
    }
}
