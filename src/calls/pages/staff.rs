//! The staff's calls: the list, one call with what can be done about it, its topics, and how it will look.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{link, public, tag};
use crate::calls::actions::{self, Refusal, actor};
use crate::calls::fields::DEFINITION;
use crate::calls::lifecycle::{Draft, Event, Public, apply};
use crate::calls::routes::WRITERS;
use crate::calls::rules::key;
use crate::calls::rules::{self, Wrong};
use crate::calls::store::{self, Call, Change, Happened, Published};
use crate::forms::answers::shown;
use crate::forms::model::{Fault, Question, Section};
use crate::forms::pages::{answer, field};
use crate::forms::rules::read;
use crate::kit::{Form, Id, Instant, Lang, civil};
use crate::people;
use crate::people::model::Account;
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// The staff's calls.
pub const PATH: &str = "/handlaggare/utlysningar";

const SV: Lang = Lang::Sv;

/// A page of one call.
pub fn path(call: &Id, below: &str) -> String {
    format!("{PATH}/{call}{below}")
}

pub fn id(text: &str) -> Result<Id, AppError> {
    Id::parse(text).map_err(|_| AppError::NotFound)
}

/// What a call is called by the staff: its name in Swedish as it stands in the text that is written.
pub fn name(call: &Call) -> String {
    call.answers.get(key::NAME_SV).trim().to_owned()
}

/// A page below a call.
pub fn below(call: &Call, title: impl Into<String>) -> Head {
    let trail = vec![(PATH.to_owned(), text::staff().calls.title.to_owned()), (path(&call.id, ""), name(call))];
    Head { private: true, staff: true, trail, ..Head::new(title) }
}

/// Where a call stands, in words: what the public reads, and the text beside it.
fn standing(call: &Call, now: Instant) -> AnyView {
    let draft = (text::staff().calls.draft)(call.state.draft);
    let public = actions::phase(call, now).map(|phase| tag(SV, (call.state.public, phase)));
    let draft = (!draft.is_empty()).then(|| view! { <Tag text=draft classes="govuk-tag--yellow" /> });
    view! {
        {public}
        " "
        {draft}
    }
    .into_any()
}

/// `GET /handlaggare/utlysningar`
pub async fn list(State(app): State<App>, visit: Visit) -> Page {
    let calls = app.db.read(async |tx| store::calls(tx).await).await?;
    let texts = &text::staff().calls;
    let now = app.now();
    let may_write = visit.signed_in()?.roles.any_of(WRITERS);
    let head = Head { private: true, staff: true, ..Head::new(texts.title) };
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let rows: Vec<Vec<Cell>> = calls
            .iter()
            .map(|call| {
                let closes = call.closes_at.map_or_else(|| texts.no_time.to_owned(), |at| civil::clock_text(at, SV));
                vec![
                    Cell::new(link(path(&call.id, ""), name(call))),
                    Cell::new(standing(call, now)).attributes([("data-label", texts.state)]),
                    Cell::new(closes).attributes([("data-label", texts.closes)]),
                    Cell::new(civil::clock_text(call.updated_at, SV)).attributes([("data-label", texts.changed)]),
                ]
            })
            .collect();
        let columns: Vec<Cell> = [texts.name, texts.state, texts.closes, texts.changed].map(Cell::new).into();
        let table = if rows.is_empty() {
            view! { <p class="govuk-body">{texts.none}</p> }.into_any()
        } else {
            view! {
                <Table
                    caption=texts.caption
                    caption_classes="govuk-visually-hidden"
                    classes="app-reflow"
                    head=columns
                    rows=rows
                    first_cell_is_header=true
                />
            }
            .into_any()
        };
        view! {
            <h1 class="govuk-heading-l">{texts.title}</h1>
            {may_write.then(|| view! { <Button href=format!("{PATH}/ny")>{texts.new}</Button> })}
            {table}
        }
    }))
}

/// `GET /handlaggare/utlysningar/ny`
pub async fn begin(State(app): State<App>, visit: Visit) -> Page {
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(begin_page(&app, &visit, StatusCode::OK, &form, None))
}

/// The first question about a call, in any state.
pub fn begin_page(app: &App, visit: &Visit, status: StatusCode, form: &Form, wrong: Option<&'static str>) -> Response {
    let texts = &text::staff().calls;
    let trail = vec![(PATH.to_owned(), texts.title.to_owned())];
    let head = Head { private: true, staff: true, trail, error: wrong.is_some(), ..Head::new(texts.new_title) };
    visit.page(app, status, head, || {
        let summary = wrong.map(|wrong| {
            let entries = vec![(format!("#{}", key::NAME_SV), wrong.to_owned())];
            view! { <ErrorSummary errors=entries /> }
        });
        view! {
            {summary}
            <h1 class="govuk-heading-l">{texts.new_title}</h1>
            <p class="govuk-body app-measure">{texts.new_lead}</p>
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                <Input name=key::NAME_SV label=texts.new_name value=form.get(key::NAME_SV).to_owned() error=wrong autocomplete="off" />
                <Button prevent_double_click=true>{texts.new_submit}</Button>
            </form>
        }
    })
}

/// One call with all that its page shows.
pub struct Shown {
    pub call: Call,
    pub happened: Vec<Happened>,
    pub people: Vec<Account>,
    pub open_questions: usize,
}

impl Shown {
    pub async fn of(app: &App, call: &Id) -> Result<Self, AppError> {
        let found = app
            .db
            .read(async |tx| {
                let Some(call) = store::call(tx, call).await? else { return Ok(None) };
                let happened = store::events(tx, &call.id).await?;
                let mut ids: Vec<Id> = happened.iter().map(|one| one.account_id.clone()).collect();
                ids.sort();
                ids.dedup();
                let people = people::store::accounts(tx, &ids).await?;
                let asked = store::questions(tx, &call.id).await?;
                let open_questions = asked.iter().filter(|one| one.status == "open").count();
                Ok::<_, StoreError>(Some(Self { call, happened, people, open_questions }))
            })
            .await?;
        found.ok_or(AppError::NotFound)
    }

    fn who(&self, account: &Id) -> String {
        let found = self.people.iter().find(|one| one.id == *account);
        found.map_or_else(String::new, |one| if one.name.is_empty() { one.email.to_string() } else { one.name.clone() })
    }
}

/// The sentence of something that is wrong with a call.
pub fn sentence(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Answer(wrong) => {
            let label = DEFINITION.question(&wrong.question).map_or("", |question| question.label.sv.as_str());
            (text::forms(SV).problem)(label, wrong.problem)
        }
        Wrong::Together(_, together) => (text::staff().calls.together)(*together).to_owned(),
    }
}

/// The sentence of something that is wrong with the questions, and what it is about.
pub fn fault(call: &Call, fault: &Fault) -> String {
    let says = (text::staff().calls.compose.fault)(fault.what);
    let about = match (&fault.question, &fault.section) {
        (Some(question), _) => call.form.question(question.as_str()).map(|one| one.label.sv.clone()),
        (None, Some(section)) => call.form.section(section.as_str()).map(|one| one.title.sv.clone()),
        (None, None) => None,
    };
    about.map_or_else(|| says.to_owned(), |about| format!("{about}: {says}"))
}

/// `GET /handlaggare/utlysningar/{call}`
pub async fn show(State(app): State<App>, visit: Visit, Path(call): Path<String>) -> Page {
    let shown = Shown::of(&app, &id(&call)?).await?;
    page(&app, &visit, StatusCode::OK, &shown, &Form::default(), None)
}

/// The page of one call, in any state: `problem` is what stands in the way of what somebody wanted, and what was typed then.
pub fn page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    shown: &Shown,
    typed: &Form,
    problem: Option<(&'static str, &'static str)>,
) -> Page {
    let who = visit.signed_in()?;
    let (now, call) = (app.now(), &shown.call);
    let texts = &text::staff().calls;
    let words = &texts.one;
    let trail = vec![(PATH.to_owned(), texts.title.to_owned())];
    let head = Head { private: true, staff: true, trail, error: problem.is_some(), ..Head::new(name(call)) };
    let done = visit.asked("klart");
    let success = match done.as_str() {
        "skapat" => Some(words.created),
        code => Event::of_code(code).map(words.done),
    };
    let may = |event: Event| {
        who.roles.any_of(WRITERS) && apply(call.state, event, actor(&shown.happened, &who.account), actions::phase(call, now)).is_ok()
    };
    Ok(visit.page(app, status, head, || {
        let summary = problem.map(|(field, sentence)| {
            let entries = vec![(format!("#{field}"), sentence.to_owned())];
            view! { <ErrorSummary errors=entries /> }
        });
        let success = success.filter(|_| problem.is_none()).map(|text| view! { <NotificationBanner success=true text=text /> });
        let address = public::path(&call.slug, "");
        let address = if call.state.public == Public::Never { address.into_any() } else { link(address.clone(), address) };
        let rows = vec![SummaryRow::new(words.status, standing(call, now)), SummaryRow::new(words.address, address)];
        view! {
            {summary}
            {success}
            <h1 class="govuk-heading-l">{name(call)}</h1>
            <SummaryList rows=rows />
            <p class="govuk-body">{(words.reads)(call.state.public, call.current.unwrap_or_default())}</p>
            {(call.state.draft != Draft::None).then(|| tasks(shown))}
            <ul class="govuk-list govuk-list--spaced">
                {(call.state.draft == Draft::None).then(|| view! { <li>{link(path(&call.id, "/fragor"), words.questions)}</li> })}
                <li>{link(path(&call.id, "/forhandsgranska"), words.preview)}</li>
                <li>{link(path(&call.id, "/fragelada"), (words.inbox)(shown.open_questions))}</li>
            </ul>
            {advice(call)}
            {steps(call, typed, problem, may)}
            {history(shown)}
        }
    }))
}

/// The topics, each with how far it has come.
fn tasks(shown: &Shown) -> AnyView {
    let call = &shown.call;
    let texts = &text::staff().calls;
    let wrong = rules::facts(&call.answers).err().unwrap_or_default();
    let mut items: Vec<Task> = DEFINITION
        .sections
        .iter()
        .map(|section| {
            let missing =
                wrong.iter().filter(|one| section.questions.iter().any(|question| question.key.as_str() == one.question())).count();
            Task::new(section.title.sv.clone(), status(missing)).href(path(&call.id, &format!("/del/{}", section.key.as_str())))
        })
        .collect();
    let faults = call.form.faults().iter().filter(|fault| !fault.what.is_advice()).count();
    items.push(Task::new(texts.one.questions, status(faults)).href(path(&call.id, "/fragor")));
    view! {
        <h2 class="govuk-heading-m">{texts.one.topics}</h2>
        <TaskList items=items id_prefix="del" />
    }
    .into_any()
}

fn status(missing: usize) -> TaskStatus {
    let words = &text::staff().calls.one;
    if missing == 0 { TaskStatus::text(words.complete) } else { TaskStatus::tag((words.missing)(missing), "govuk-tag--yellow") }
}

fn advice(call: &Call) -> AnyView {
    let texts = &text::staff().calls;
    let Ok(facts) = rules::facts(&call.answers) else { return ().into_any() };
    let items: Vec<AnyView> = rules::advice(&facts).into_iter().map(|one| view! { <li>{(texts.advice)(one)}</li> }.into_any()).collect();
    if call.state.draft == Draft::None || items.is_empty() {
        return ().into_any();
    }
    view! {
        <InsetText>
            <p>{texts.one.advice}</p>
            <ul class="govuk-list govuk-list--bullet">{items}</ul>
        </InsetText>
    }
    .into_any()
}

/// The names of the fields of the steps.
pub mod step {
    pub const WHAT: &str = "gor";
    pub const VERSION: &str = "version";
    pub const COMMENT: &str = "kommentar";
    pub const CHANGE_SV: &str = "nytt-sv";
    pub const CHANGE_EN: &str = "nytt-en";
    pub const REASON_SV: &str = "skal-sv";
    pub const REASON_EN: &str = "skal-en";
}

/// What can be done about a call now, each as a form of its own.
fn steps(call: &Call, typed: &Form, problem: Option<(&'static str, &'static str)>, may: impl Fn(Event) -> bool) -> AnyView {
    let words = &text::staff().calls.one;
    let error = |field: &'static str| problem.filter(|(at, _)| *at == field).map(|(_, sentence)| sentence);
    let text = |name: &'static str, label: &'static str, hint: &'static str| {
        view! { <Textarea name=name label=label hint=hint value=typed.get(name).to_owned() error=error(name) rows=3 /> }.into_any()
    };
    let form = |event: Event, fields: AnyView, label: &'static str, second: bool| {
        may(event).then(|| {
            view! {
                <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                    <input type="hidden" name=step::VERSION value=call.version.to_string() />
                    {fields}
                    <Button name=step::WHAT value=event.code() secondary=second prevent_double_click=true>
                        {label}
                    </Button>
                </form>
            }
            .into_any()
        })
    };
    let waits = (call.state.draft == Draft::InReview && !may(Event::Approved)).then(|| view! { <InsetText>{words.writers}</InsetText> });
    let change = (call.current.is_some()).then(|| {
        view! {
            {text(step::CHANGE_SV, words.change_sv, words.change_hint)}
            {text(step::CHANGE_EN, words.change_en, "")}
        }
    });
    let publish = view! {
        <p class="govuk-body">{words.publish_lead}</p>
        {change}
    };
    let nothing = || ().into_any();
    let apart = |event: Event, label: &'static str| {
        may(event).then(|| view! { <li>{link(path(&call.id, &format!("/avbryt?{}={}", step::WHAT, event.code())), label)}</li> }.into_any())
    };
    let apart: Vec<AnyView> =
        [apart(Event::Discarded, words.discard), apart(Event::Cancelled, words.cancel)].into_iter().flatten().collect();
    let apart = (!apart.is_empty()).then(|| view! { <ul class="govuk-list">{apart}</ul> });
    view! {
        {waits}
        {form(Event::Begun, nothing(), words.begin, false)}
        {form(Event::SentForReview, nothing(), words.send, false)}
        {form(Event::Approved, nothing(), words.approve, false)}
        {form(Event::Published, publish.into_any(), words.publish, false)}
        {form(Event::Refused, text(step::COMMENT, words.refuse_comment, ""), words.refuse, true)}
        {form(Event::Decided, nothing(), words.decide, true)}
        {form(Event::Ended, nothing(), words.end, true)}
        {apart}
    }
    .into_any()
}

/// `GET /handlaggare/utlysningar/{call}/avbryt`: what cannot be undone is asked about once more.
pub async fn end(State(app): State<App>, visit: Visit, Path(call): Path<String>) -> Page {
    let call = loaded(&app, &id(&call)?).await?;
    let event = Event::of_code(&visit.asked(step::WHAT)).filter(|event| ENDS.contains(event)).ok_or(AppError::NotFound)?;
    Ok(end_page(&app, &visit, StatusCode::OK, &call, event, &Form::default(), None))
}

/// What is asked about on a page of its own.
pub const ENDS: [Event; 2] = [Event::Discarded, Event::Cancelled];

/// Throwing a text away, or calling a call off, in any state.
pub fn end_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    call: &Call,
    event: Event,
    typed: &Form,
    problem: Option<(&'static str, &'static str)>,
) -> Response {
    let words = &text::staff().calls.one;
    let (title, lead) = if event == Event::Cancelled { (words.cancel, words.cancel_lead) } else { (words.discard, words.discard_lead) };
    let head = Head { error: problem.is_some(), ..below(call, title) };
    visit.page(app, status, head, || {
        let summary = problem.map(|(field, sentence)| {
            let entries = vec![(format!("#{field}"), sentence.to_owned())];
            view! { <ErrorSummary errors=entries /> }
        });
        let text = |name: &'static str, label: &'static str| {
            let error = problem.filter(|(at, _)| *at == name).map(|(_, sentence)| sentence);
            view! { <Textarea name=name label=label value=typed.get(name).to_owned() error=error rows=3 /> }.into_any()
        };
        let reason = (event == Event::Cancelled).then(|| {
            view! {
                {text(step::REASON_SV, words.cancel_sv)}
                {text(step::REASON_EN, words.cancel_en)}
            }
        });
        view! {
            {summary}
            <h1 class="govuk-heading-l">
                <span class="govuk-caption-l">{name(call)}</span>
                {title}
            </h1>
            <p class="govuk-body app-measure">{lead}</p>
            <form method="post" action=path(&call.id, "") class="govuk-!-width-two-thirds" novalidate=true>
                <input type="hidden" name=step::VERSION value=call.version.to_string() />
                {reason}
                <Button name=step::WHAT value=event.code() warning=true prevent_double_click=true>
                    {title}
                </Button>
            </form>
        }
    })
}

fn history(shown: &Shown) -> AnyView {
    let words = &text::staff().calls.one;
    let rows: Vec<Vec<Cell>> = shown
        .happened
        .iter()
        .map(|one| {
            let what = Event::of_code(&one.event).map_or("", words.event);
            let note = match (one.event.as_str(), one.note.as_str()) {
                ("saved", actions::QUESTIONS) => words.questions.to_owned(),
                ("saved", topic) => (text::staff().calls.topic)(topic).to_owned(),
                (_, note) => note.to_owned(),
            };
            vec![
                Cell::new(civil::clock_text(one.at, SV)),
                Cell::new(what).attributes([("data-label", words.what)]),
                Cell::new(shown.who(&one.account_id)).attributes([("data-label", words.who)]),
                Cell::new(view! { <span class="app-lines">{note}</span> }.into_any()).attributes([("data-label", words.note)]),
            ]
        })
        .collect();
    let head: Vec<Cell> = [words.when, words.what, words.who, words.note].map(Cell::new).into();
    view! {
        <Table
            caption=words.history
            caption_classes="govuk-table__caption--m"
            classes="app-reflow"
            head=head
            rows=rows
            first_cell_is_header=true
        />
    }
    .into_any()
}

/// `GET /handlaggare/utlysningar/{call}/del/{topic}`
pub async fn topic(State(app): State<App>, visit: Visit, Path((call, topic)): Path<(String, String)>) -> Page {
    let call = loaded(&app, &id(&call)?).await?;
    let section = DEFINITION.section(&topic).ok_or(AppError::NotFound)?;
    let form = visit.typed().cloned();
    Ok(topic_page(&app, &visit, StatusCode::OK, &call, section, form, false))
}

pub async fn loaded(app: &App, call: &Id) -> Result<Call, AppError> {
    app.db.read(async |tx| store::call(tx, call).await).await?.ok_or(AppError::NotFound)
}

/// What a form of a topic has seen.
pub const SEEN: &str = "sett";
/// Saves and goes on with the next topic.
pub const ON: &str = "vidare";

/// A topic in any state: `typed` is what was typed, if not what is stored; `stale` that somebody saved it meanwhile.
pub fn topic_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    call: &Call,
    section: &'static Section,
    typed: Option<Form>,
    stale: bool,
) -> Response {
    let texts = &text::staff().calls;
    let words = &texts.form;
    let topic = section.key.as_str();
    let had_seen = typed.as_ref().map(|form| form.get(SEEN).to_owned()).filter(|seen| !seen.is_empty() && !stale);
    let seen = had_seen.unwrap_or_else(|| actions::seen(&call.answers, topic));
    let answers = typed.unwrap_or_else(|| call.answers.clone());
    let open = call.state.draft != Draft::None;
    let all = rules::facts(&call.answers).err().unwrap_or_default();
    let here: Vec<Wrong> =
        all.into_iter().filter(|wrong| section.questions.iter().any(|question| question.key.as_str() == wrong.question())).collect();
    // What was never answered is missing and not wrong: the page of a new call is not full of errors.
    let begun = section.questions.iter().any(|question| !crate::forms::rules::answers_to(question, &call.answers).0.is_empty());
    let here = if begun && open { here } else { Vec::new() };
    let head = Head { error: stale, ..below(call, section.title.sv.clone()) };
    let saved = visit.asked("klart") == "sparat" && !stale;
    visit.page(app, status, head, || {
        let success = saved.then(|| view! { <NotificationBanner success=true text=words.saved /> });
        let met = stale.then(|| {
            let content = view! {
                <p class="govuk-body">{words.stale}</p>
                <p class="govuk-body">{words.holds_now}</p>
                {stored(call, section)}
            };
            view! { <NotificationBanner role="alert">{content}</NotificationBanner> }
        });
        let wrong = (!here.is_empty() && !stale).then(|| {
            let items: Vec<AnyView> =
                here.iter().map(|wrong| view! { <li>{link(format!("#{}", wrong.field()), sentence(wrong))}</li> }.into_any()).collect();
            view! {
                <InsetText>
                    <p>{words.wrong_now}</p>
                    <ul class="govuk-list">{items}</ul>
                </InsetText>
            }
        });
        let reviewed =
            matches!(call.state.draft, Draft::InReview | Draft::Approved).then(|| view! { <InsetText>{words.back_to_draft}</InsetText> });
        let form = if open {
            let errors: Vec<_> =
                here.iter().filter_map(|wrong| if let Wrong::Answer(wrong) = wrong { Some(wrong.clone()) } else { None }).collect();
            let fields: Vec<AnyView> = section.questions.iter().map(|question| field(SV, question, &answers, &errors)).collect();
            view! {
                <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                    <input type="hidden" name=SEEN value=seen />
                    {fields}
                    <div class="govuk-button-group">
                        <Button name=ON value="ja">
                            {words.save_on}
                        </Button>
                        <Button secondary=true>{words.save}</Button>
                    </div>
                </form>
            }
            .into_any()
        } else {
            view! {
                <InsetText>{words.locked}</InsetText>
                {stored(call, section)}
            }
            .into_any()
        };
        view! {
            {success}
            {met}
            <h1 class="govuk-heading-l">
                <span class="govuk-caption-l">{name(call)}</span>
                {section.title.sv.clone()}
            </h1>
            {reviewed}
            {wrong}
            {form}
        }
    })
}

/// The answers of a topic as they are stored, to be read.
fn stored(call: &Call, section: &Section) -> AnyView {
    let rows: Vec<SummaryRow> =
        section.questions.iter().map(|question| SummaryRow::new(question.label.sv.clone(), given(question, &call.answers))).collect();
    view! { <SummaryList rows=rows /> }.into_any()
}

/// An answer as a reader sees it; as it was typed when it cannot be read.
fn given(question: &Question, answers: &Form) -> AnyView {
    match read(question, answers) {
        Ok(Some(value)) => answer(shown(SV, question, &value), &question.label.sv),
        Ok(None) => text::staff().calls.form.empty.into_any(),
        Err(_) => {
            let typed: Vec<String> = crate::forms::rules::answers_to(question, answers).0.into_iter().map(|(_, value)| value).collect();
            let typed = if typed.is_empty() { text::staff().calls.form.empty.to_owned() } else { typed.join("\n") };
            view! { <span class="app-lines">{typed}</span> }.into_any()
        }
    }
}

/// `GET /handlaggare/utlysningar/{call}/forhandsgranska`
pub async fn preview(State(app): State<App>, visit: Visit, Path(call): Path<String>) -> Page {
    let call = loaded(&app, &id(&call)?).await?;
    let texts = &text::staff().calls;
    let head = below(&call, texts.one.preview);
    let now = app.now();
    let facts = rules::facts(&call.answers);
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let facts = match facts {
            Ok(facts) => {
                let published = Published {
                    call: call.id.clone(),
                    slug: call.slug.clone(),
                    public: Public::Published,
                    number: call.current.unwrap_or_default() + 1,
                    facts,
                    published_at: now,
                    first_at: now,
                };
                let none: Vec<Change> = Vec::new();
                public::whole(&visit, &published, &none, &[], now, false)
            }
            Err(wrong) => {
                let items: Vec<AnyView> = wrong.iter().map(|wrong| view! { <li>{sentence(wrong)}</li> }.into_any()).collect();
                view! {
                    <h1 class="govuk-heading-l">{name(&call)}</h1>
                    <InsetText>
                        <p>{texts.form.wrong_now}</p>
                        <ul class="govuk-list govuk-list--bullet">{items}</ul>
                    </InsetText>
                }
                .into_any()
            }
        };
        view! {
            {facts}
            {applicant_pages(&call)}
        }
    }))
}

/// The questions as the applicant will meet them, page by page, with empty fields that go nowhere.
fn applicant_pages(call: &Call) -> AnyView {
    let sections: Vec<AnyView> = call
        .form
        .sections
        .iter()
        .map(|section| {
            let fields: Vec<AnyView> = section.questions.iter().map(|question| field(SV, question, &Form::default(), &[])).collect();
            view! {
                <section class="app-preview">
                    <h2 class="govuk-heading-m">{crate::forms::pages::words(&section.title, SV)}</h2>
                    {crate::forms::pages::paragraphs(&section.lead, SV)}
                    {fields}
                </section>
            }
            .into_any()
        })
        .collect();
    sections.into_any()
}

/// What a refusal says on the page of a call, and at which field.
pub fn refused(refusal: &Refusal) -> Result<(&'static str, &'static str), AppError> {
    let words = &text::staff().calls.one;
    Ok(match refusal {
        Refusal::Unknown => return Err(AppError::NotFound),
        Refusal::NotNow => ("innehall", words.not_now),
        Refusal::NotYou => ("innehall", words.not_you),
        Refusal::Stale => ("innehall", words.stale),
        Refusal::Name => (rules::key::NAME_SV, text::staff().calls.name_taken),
        Refusal::Unfit(..) => ("innehall", words.unfit),
        Refusal::ChangeUnsaid => (step::CHANGE_SV, words.change_unsaid),
        Refusal::NoReason => (step::REASON_SV, words.no_reason),
    })
}
