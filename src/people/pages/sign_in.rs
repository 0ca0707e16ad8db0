//! Being let in, and leaving.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::summary;
use crate::kit::{Errors, Form, Lang};
use crate::people::demo::{self, MadeUp};
use crate::people::model::Account;
use crate::people::openid::pages as openid;
use crate::people::rules::{CodeError, field};
use crate::platform::db::StoreError;
use crate::platform::kept_posts;
use crate::platform::openid::settings::Kind;
use crate::text;
use crate::text::people::MadeUpTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::cookies::{KEPT, SIGN_IN};
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// `GET /logga-in`
pub async fn show(State(app): State<App>, visit: Visit) -> Page {
    let mut form = Form::default();
    form.set("vidare", visit.asked("vidare"));
    if let Some(who) = visit.who().filter(|_| !visit.asked("vidare").is_empty()) {
        form.set(field::EMAIL, who.email.as_str());
    }
    asking(&app, &visit, StatusCode::OK, form, Errors::new()).await
}

/// The page that asks for an address, in any state.
pub async fn asking(app: &App, visit: &Visit, status: StatusCode, form: Form, errors: Errors<String>) -> Page {
    // What waits, waits for the path that the person was on the way to.
    let path = form.get("vidare").split('?').next().unwrap_or_default().to_owned();
    let kept = visit.cookie(app, KEPT.name).map(|browser| browser.derive(&path));
    let (people, waits) = app
        .db
        .read(async |tx| {
            let people = if app.config.demo { demo::everybody(tx).await? } else { MadeUp::default() };
            let waits = match &kept {
                Some(kept) => kept_posts::waits(tx, kept).await?,
                None => false,
            };
            Ok::<_, StoreError>((people, waits))
        })
        .await?;
    let lang = visit.lang;
    let words = &text::people(lang).sign_in;
    let further = form.get("vidare").to_owned();
    let who = visit.who().map(|who| (words.already)(who.shown()));
    let head = Head { error: !errors.is_empty(), description: Some(words.description.to_owned()), noindex: true, ..Head::new(words.title) };
    let (applicants, colleagues) =
        (openid::buttons(app, visit, Kind::Applicant, &further), openid::buttons(app, visit, Kind::Staff, &further));
    let several = applicants.is_some();
    let mut response = visit.page(app, status, head, move || {
        let entries: Vec<(String, String)> = errors.iter().map(|entry| (format!("#{}", entry.field), entry.error.clone())).collect();
        let needed = if who.is_none() { words.needed } else { words.anew };
        let notice = if waits { Some(words.kept) } else { (!further.is_empty()).then_some(needed) };
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            {notice.map(|text| view! { <InsetText>{text}</InsetText> })}
            {who.map(|text| view! { <p class="govuk-body">{text}</p> })}
            {applicants}
            {several.then(|| view! { <h2 class="govuk-heading-m govuk-!-margin-top-6">{text::openid(lang).by_mail}</h2> })}
            <p class=if several { "govuk-body app-measure" } else { "govuk-body-l app-measure" }>{words.lead}</p>
            <form method="post" action=format!("{}/logga-in", lang.prefix()) novalidate=true>
                <input type="hidden" name="vidare" value=further.clone() />
                <Input
                    name=field::EMAIL
                    label=words.email
                    hint=words.email_hint
                    value=form.get(field::EMAIL).to_owned()
                    error=errors.of(field::EMAIL).cloned()
                    kind=InputKind::Email
                    autocomplete="email"
                    spellcheck=false
                    classes="govuk-!-width-two-thirds"
                />
                <Button>{words.submit}</Button>
            </form>
            {colleagues}
            {made_up(&words.demo_staff, "konto", &people.staff, &further, errors.of("konto").cloned(), lang)}
            {made_up(&words.demo_applicants, SEEKERS, &people.applicants, &further, errors.of(SEEKERS).cloned(), lang)}
        }
    });
    openid::allow(app, &mut response);
    Ok(response)
}

/// The id of the second list of made-up people, which the form sends to say which of them it was.
pub const SEEKERS: &str = "konto-sokande";

/// Some of the demonstration's made-up people, to be chosen from.
fn made_up(
    words: &'static MadeUpTexts,
    list: &'static str,
    people: &[Account],
    further: &str,
    error: Option<String>,
    lang: Lang,
) -> Option<AnyView> {
    if people.is_empty() {
        return None;
    }
    let items: Vec<Choice> = people.iter().map(|account| Choice::new(account.id.as_str(), account.name.clone())).collect();
    let further = further.to_owned();
    let form = view! {
        <h2 class="govuk-heading-m govuk-!-margin-top-6">{words.title}</h2>
        <p class="govuk-body app-measure">{words.lead}</p>
        <form method="post" action=format!("{}/logga-in/demo", lang.prefix()) novalidate=true>
            <input type="hidden" name="vidare" value=further />
            <input type="hidden" name="lista" value=list />
            <Radios name="konto" id=list legend=words.choose items=items error=error classes="govuk-radios--small" />
            <Button secondary=true>{text::people(lang).sign_in.title}</Button>
        </form>
    };
    Some(form.into_any())
}

/// `GET /logga-in/e-post`
pub async fn sent(State(app): State<App>, visit: Visit) -> Page {
    if visit.cookie(&app, SIGN_IN.name).is_none() {
        return Ok(visit.see_other("/logga-in"));
    }
    Ok(code_page(&app, &visit, StatusCode::OK, String::new(), None))
}

/// The page that asks for the code, in any state.
pub fn code_page(app: &App, visit: &Visit, status: StatusCode, typed: String, error: Option<CodeError>) -> Response {
    let words = &text::people(visit.lang).link;
    let page =
        CodePage { title: words.sent_title, lead: words.sent, submit: words.code_submit, action: "/logga-in/e-post", back: "/logga-in" };
    asking_for_code(app, visit, status, page, typed, error)
}

/// A page that asks for a mail's code. Paths without language prefix.
#[derive(Clone, Copy)]
pub struct CodePage {
    pub title: &'static str,
    pub lead: &'static str,
    pub submit: &'static str,
    pub action: &'static str,
    /// Where another mail is asked for.
    pub back: &'static str,
}

/// Asks for a mail's code, in any state.
pub fn asking_for_code(app: &App, visit: &Visit, status: StatusCode, page: CodePage, typed: String, error: Option<CodeError>) -> Response {
    let lang = visit.lang;
    let people = text::people(lang);
    let words = &people.link;
    let (demo, back, action) = (app.config.demo, visit.href(page.back), visit.href(page.action));
    let head = Head {
        error: error.is_some(),
        private: true,
        back: Some((back.clone(), text::site(lang).back_label.to_owned())),
        ..Head::new(page.title)
    };
    visit.page(app, status, head, move || {
        let mut errors = Errors::new();
        if let Some(error) = error {
            errors.push(field::CODE, error);
        }
        view! {
            {summary(&errors, |error| (people.code)(error).to_owned())}
            <h1 class="govuk-heading-l">{page.title}</h1>
            <p class="govuk-body app-measure">{page.lead}</p>
            {demo
                .then(|| {
                    view! {
                        <p class="govuk-body app-measure">
                            <a class="govuk-link" href=format!("{}/demo/post", lang.prefix())>
                                {words.sent_demo}
                            </a>
                        </p>
                    }
                })}
            <form method="post" action=action novalidate=true>
                <Input
                    name=field::CODE
                    label=words.code
                    hint=words.code_hint
                    value=typed
                    error=error.map(|error| (people.code)(error))
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    spellcheck=false
                    classes="govuk-input--width-10 govuk-input--extra-letter-spacing"
                />
                <Button>{page.submit}</Button>
            </form>
            <p class="govuk-body">
                {words.again} " " <a class="govuk-link" href=back>
                    {words.again_link}
                </a>
            </p>
        }
    })
}

/// `GET /logga-in/lank/{token}`: a button and nothing else, so that a mail scanner that opens the link uses nothing up.
pub async fn link(State(app): State<App>, visit: Visit, Path(_): Path<String>) -> Page {
    let words = &text::people(visit.lang).link;
    Ok(open_page(&app, &visit, words.open_title, words.open_lead))
}

/// What a mail's link opens: a button that says what it does.
pub fn open_page(app: &App, visit: &Visit, title: &'static str, lead: &'static str) -> Response {
    let head = Head { private: true, ..Head::new(title) };
    visit.page(app, StatusCode::OK, head, || {
        view! {
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body app-measure">{lead}</p>
            <form method="post" novalidate=true>
                <Button>{title}</Button>
            </form>
        }
    })
}

/// Why a link let nobody in.
pub fn link_refused(app: &App, visit: &Visit, sentence: &'static str) -> Response {
    let words = &text::people(visit.lang).link;
    refused_page(app, visit, words.dead_title, sentence, "/logga-in", words.again_link)
}

/// Why a mail's link did nothing, and where to ask for another; `back` without language prefix.
pub fn refused_page(
    app: &App,
    visit: &Visit,
    title: &'static str,
    sentence: &'static str,
    back: &'static str,
    again: &'static str,
) -> Response {
    let head = Head { private: true, error: true, ..Head::new(title) };
    let back = visit.href(back);
    visit.page(app, StatusCode::UNPROCESSABLE_ENTITY, head, move || {
        view! {
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body app-measure">{sentence}</p>
            <p class="govuk-body">
                <a class="govuk-link" href=back>
                    {again}
                </a>
            </p>
        }
    })
}

/// `GET /logga-ut`: the button, and afterwards the receipt.
pub async fn sign_out(State(app): State<App>, visit: Visit) -> Page {
    let words = &text::people(visit.lang).sign_out;
    let Some(lead) = visit.who().map(|who| (words.lead)(who.shown())) else {
        let head = Head { noindex: true, ..Head::new(words.done_title) };
        return Ok(visit.page(&app, StatusCode::OK, head, || {
            view! {
                <h1 class="govuk-heading-l">{words.done_title}</h1>
                <p class="govuk-body app-measure">{words.done}</p>
            }
        }));
    };
    let head = Head { private: true, ..Head::new(words.title) };
    Ok(visit.page(&app, StatusCode::OK, head, || {
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body">{lead}</p>
            <form method="post" novalidate=true>
                <Button>{words.submit}</Button>
            </form>
        }
    }))
}
