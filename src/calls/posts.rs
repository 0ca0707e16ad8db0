//! The form handlers of calls: read what was typed, let `actions` do it, and lead on with 303, or show the page again with
//! everything that was typed and what stands in the way.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::actions::{self, Refusal, Step};
use super::composing;
use super::fields::DEFINITION;
use super::lifecycle::Event;
use super::pages::compose::{self, About};
use super::pages::staff::{self, id, loaded, path, step};
use super::pages::{inbox, public, question_box};
use super::rules::key;
use super::store::Answer;
use crate::forms::model::{Both, Definition, Key};
use crate::forms::rules::{self, Value, button};
use crate::kit::field::{clean_line, clean_text, count};
use crate::kit::{Email, Form};
use crate::platform::rate_limit::Limit;
use crate::text;
use crate::web::forms::{Posted, PostedLong};
use crate::web::{App, AppError, Visit};

type Reply = Result<Response, AppError>;

const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// Enough for somebody with many questions, too few for a machine to fill the box.
const QUESTIONS: Limit = Limit { purpose: "call_question", times: 10, seconds: 3600 };

/// Longest name of a call.
const LONGEST_NAME: usize = 150;

fn version(form: &Form) -> i64 {
    form.get(step::VERSION).parse().unwrap_or(-1)
}

/// `POST /utlysningar/{slug}/stall-en-fraga`
pub async fn ask(State(app): State<App>, visit: Visit, Path(slug): Path<String>, Posted(form): Posted) -> Reply {
    let call = public::found(&app, &slug).await?;
    let (mut values, mut wrong) = (Vec::new(), Vec::new());
    for question in question_box::QUESTIONS.iter() {
        match rules::read(question, &form) {
            Ok(value) => values.extend(value),
            Err(errors) => wrong.extend(errors),
        }
    }
    let question = values.iter().find_map(|value| if let Value::Text(text) = value { Some(text.clone()) } else { None });
    let email: Option<Email> = values.iter().find_map(|value| if let Value::Email(email) = value { Some(email.clone()) } else { None });
    let (Some(question), true) = (question, wrong.is_empty()) else {
        return Ok(question_box::page(&app, &visit, UNPROCESSABLE, &call, &form, &wrong));
    };
    app.limit(&QUESTIONS, visit.client).await?;
    let asked = public::path(&call.slug, "/stall-en-fraga");
    match actions::ask(&app, &visit, &call.slug, &question, email.as_ref()).await? {
        Ok(()) => Ok(visit.see_other(&format!("{asked}?klart=ja"))),
        Err(Refusal::Unknown) => Err(AppError::NotFound),
        // The page says that it is too late, and what was typed is no secret to who typed it: it stands in their browser.
        Err(_) => Ok(visit.see_other(&asked)),
    }
}

/// `POST /handlaggare/utlysningar/ny`
pub async fn begin(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Reply {
    let who = visit.signed_in()?;
    let texts = &text::staff().calls;
    let name = clean_line(form.get(key::NAME_SV));
    let wrong = match count(&name) {
        0 => Some(texts.name_missing),
        long if long > LONGEST_NAME => Some(texts.name_long),
        _ => None,
    };
    if wrong.is_some() {
        return Ok(staff::begin_page(&app, &visit, UNPROCESSABLE, &form, wrong));
    }
    match actions::begin(&app, who, &name).await? {
        Ok(call) => Ok(visit.see_other(&format!("{}?klart=skapat", path(&call, "")))),
        Err(refusal) => {
            let (_, sentence) = staff::refused(&refusal)?;
            Ok(staff::begin_page(&app, &visit, UNPROCESSABLE, &form, Some(sentence)))
        }
    }
}

fn both(form: &Form, sv: &str, en: &str) -> Both {
    Both::new(clean_text(form.get(sv)), clean_text(form.get(en)))
}

/// `POST /handlaggare/utlysningar/{call}`: the buttons of its page.
pub async fn step_on(State(app): State<App>, visit: Visit, Path(call): Path<String>, Posted(form): Posted) -> Reply {
    let who = visit.signed_in()?;
    let call = id(&call)?;
    let event = Event::of_code(form.get(step::WHAT)).ok_or(AppError::NotFound)?;
    let todo = match event {
        Event::Begun => Step::Begin,
        Event::SentForReview => Step::SendForReview,
        Event::Refused => Step::Refuse { comment: clean_text(form.get(step::COMMENT)) },
        Event::Approved => Step::Approve,
        Event::Published => Step::Publish { change: both(&form, step::CHANGE_SV, step::CHANGE_EN) },
        Event::Discarded => Step::Discard,
        Event::Cancelled => Step::Cancel { reason: both(&form, step::REASON_SV, step::REASON_EN) },
        Event::Decided => Step::Decide,
        Event::Ended => Step::End,
        Event::Saved => return Err(AppError::NotFound),
    };
    let problem = match &todo {
        Step::Refuse { comment } if comment.is_empty() => Some((step::COMMENT, text::staff().calls.one.comment_missing)),
        _ => match actions::step(&app, who, &call, version(&form), &todo).await? {
            Ok(()) => {
                app.bell.ring();
                let gone = event == Event::Discarded && loaded(&app, &call).await.is_err();
                return Ok(visit.see_other(&if gone {
                    staff::PATH.to_owned()
                } else {
                    format!("{}?klart={}", path(&call, ""), event.code())
                }));
            }
            Err(refusal) => Some(staff::refused(&refusal)?),
        },
    };
    if staff::ENDS.contains(&event) {
        let call = loaded(&app, &call).await?;
        return Ok(staff::end_page(&app, &visit, UNPROCESSABLE, &call, event, &form, problem));
    }
    let shown = staff::Shown::of(&app, &call).await?;
    staff::page(&app, &visit, UNPROCESSABLE, &shown, &form, problem)
}

/// `POST /handlaggare/utlysningar/{call}/del/{topic}`: saves what was typed, right or wrong.
pub async fn topic(
    State(app): State<App>,
    visit: Visit,
    Path((call, topic)): Path<(String, String)>,
    PostedLong(mut form): PostedLong,
) -> Reply {
    let who = visit.signed_in()?;
    let call = id(&call)?;
    let section = DEFINITION.section(&topic).ok_or(AppError::NotFound)?;
    let row = rules::step(&DEFINITION, &mut form);
    form.0.retain(|(name, _)| ![button::ADD_ROW, button::REMOVE_ROW].contains(&name.as_str()));
    match actions::save_topic(&app, who, &call, &topic, form.get(staff::SEEN), &form).await? {
        Ok(()) => {
            let here = path(&call, &format!("/del/{topic}"));
            let next = DEFINITION.sections.iter().skip_while(|one| one.key.as_str() != topic).nth(1);
            let on = match (row, form.checked(staff::ON), next) {
                (Some(row), ..) => format!("{here}#{row}"),
                (None, true, Some(next)) => path(&call, &format!("/del/{}", next.key.as_str())),
                (None, true, None) => path(&call, "?klart=saved"),
                (None, false, _) => format!("{here}?klart=sparat"),
            };
            Ok(visit.see_other(&on))
        }
        Err(Refusal::Stale) => {
            let call = loaded(&app, &call).await?;
            Ok(staff::topic_page(&app, &visit, UNPROCESSABLE, &call, section, Some(form), true))
        }
        Err(Refusal::NotNow) => Ok(visit.see_other(&path(&call, &format!("/del/{topic}")))),
        Err(_) => Err(AppError::NotFound),
    }
}

/// What a refusal says where questions are put together.
fn composed(refusal: &Refusal) -> Result<&'static str, AppError> {
    match refusal {
        Refusal::Unknown => Err(AppError::NotFound),
        Refusal::Stale => Ok(text::staff().calls.compose.stale),
        _ => Ok(text::staff().calls.compose.locked),
    }
}

/// `POST /handlaggare/utlysningar/{call}/fragor`: moves a section or a question.
pub async fn moved(State(app): State<App>, visit: Visit, Path(call): Path<String>, Posted(form): Posted) -> Reply {
    let who = visit.signed_in()?;
    let call = id(&call)?;
    let asked = form.get(compose::at::MOVE).to_owned();
    let mut parts = asked.splitn(3, ':');
    let (way, what, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let up = way == "upp";
    let change = |questions: &mut Definition| {
        // At the end there is nothing to change places with.
        match what {
            "del" => composing::move_section(questions, name, up) || questions.section(name).is_some(),
            _ => composing::move_question(questions, name, up) || questions.question(name).is_some(),
        }
    };
    match actions::change_form(&app, who, &call, version(&form), change).await? {
        Ok(()) => Ok(visit.see_other(&format!("{}#{}-{name}", path(&call, "/fragor"), if what == "del" { "del" } else { "rad" }))),
        Err(refusal) => {
            let sentence = composed(&refusal)?;
            Ok(compose::page(&app, &visit, UNPROCESSABLE, &loaded(&app, &call).await?, Some(sentence)))
        }
    }
}

/// `POST /handlaggare/utlysningar/{call}/fragor/del/{section}`
pub async fn section(State(app): State<App>, visit: Visit, Path((call, name)): Path<(String, String)>, Posted(form): Posted) -> Reply {
    let who = visit.signed_in()?;
    let call = loaded(&app, &id(&call)?).await?;
    let section = call.form.section(&name).ok_or(AppError::NotFound)?;
    let (errors, problem) = match composing::section_of(section, &form) {
        Err(errors) => (errors, None),
        Ok(new) => {
            let change = |questions: &mut Definition| replace(questions.sections.iter_mut().find(|one| one.key == new.key), &new);
            match actions::change_form(&app, who, &call.id, version(&form), change).await? {
                Ok(()) => return Ok(visit.see_other(&format!("{}?klart=sparat#del-{name}", path(&call.id, "/fragor")))),
                Err(refusal) => (Vec::new(), Some(composed(&refusal)?)),
            }
        }
    };
    let call = loaded(&app, &call.id).await?;
    let section = call.form.section(&name).ok_or(AppError::NotFound)?;
    Ok(compose::edit_page(&app, &visit, UNPROCESSABLE, &call, &About::Section(section), Some(form), &errors, problem))
}

fn replace<T: Clone>(place: Option<&mut T>, new: &T) -> bool {
    place.map(|place| place.clone_from(new)).is_some()
}

/// `POST /handlaggare/utlysningar/{call}/fragor/fraga/{question}`
pub async fn question(
    State(app): State<App>,
    visit: Visit,
    Path((call, name)): Path<(String, String)>,
    PostedLong(mut form): PostedLong,
) -> Reply {
    let who = visit.signed_in()?;
    let call = loaded(&app, &id(&call)?).await?;
    let question = call.form.question(&name).ok_or(AppError::NotFound)?;
    let about = About::Question(question);
    // Rows come and go without saving: half a list of answers is no question yet.
    if composing::step(&about.questions(&call), &mut form).is_some() {
        return Ok(compose::edit_page(&app, &visit, StatusCode::OK, &call, &about, Some(form), &[], None));
    }
    let (errors, problem) = match composing::question_of(question, &composing::earlier(&call.form, &name), &form) {
        Err(errors) => (errors, None),
        Ok(new) => {
            let change = |questions: &mut Definition| {
                let found = questions.sections.iter_mut().flat_map(|section| &mut section.questions).find(|one| one.key == new.key);
                replace(found, &new)
            };
            match actions::change_form(&app, who, &call.id, version(&form), change).await? {
                Ok(()) => return Ok(visit.see_other(&format!("{}?klart=sparat#rad-{name}", path(&call.id, "/fragor")))),
                Err(refusal) => (Vec::new(), Some(composed(&refusal)?)),
            }
        }
    };
    let call = loaded(&app, &call.id).await?;
    let question = call.form.question(&name).ok_or(AppError::NotFound)?;
    Ok(compose::edit_page(&app, &visit, UNPROCESSABLE, &call, &About::Question(question), Some(form), &errors, problem))
}

/// `POST /handlaggare/utlysningar/{call}/fragor/ny`
pub async fn new(State(app): State<App>, visit: Visit, Path(call): Path<String>, Posted(form): Posted) -> Reply {
    let who = visit.signed_in()?;
    let call = loaded(&app, &id(&call)?).await?;
    let words = &text::staff().calls.compose;
    let (section, part, kind) = (form.get(compose::at::SECTION), form.get(compose::at::PART), form.get(compose::at::KIND));
    let said = clean_line(form.get(compose::at::WORDS));
    let from_parts = form.0.iter().any(|(name, _)| name == compose::at::PART);
    let problem = match (from_parts, section.is_empty()) {
        (true, _) if part.is_empty() => Some((compose::at::PART, words.choose)),
        (true, _) => None,
        (false, false) if kind.is_empty() => Some((compose::at::KIND, words.choose)),
        (false, _) if said.is_empty() || count(&said) > 300 => Some((compose::at::WORDS, text::staff().calls.compose.words_missing)),
        (false, _) => None,
    };
    let problem = match problem {
        Some(problem) => Some(problem),
        None => {
            let change = |questions: &mut Definition| -> Option<Key> {
                match (from_parts, section.is_empty()) {
                    (true, true) => composing::add_standard_section(questions, part),
                    (true, false) => composing::add_standard_question(questions, section, part),
                    (false, true) => Some(composing::add_section(questions, &said)),
                    (false, false) => composing::add_question(questions, section, kind, &said),
                }
            };
            let key = change(&mut call.form.clone());
            match actions::change_form(&app, who, &call.id, version(&form), |questions| change(questions).is_some()).await? {
                Ok(()) => {
                    let key = key.map(|key| key.as_str().to_owned()).unwrap_or_default();
                    // What is new and not of the standard form is not finished yet.
                    let below = match (from_parts, section.is_empty()) {
                        (false, false) => format!("/fragor/fraga/{key}"),
                        (false, true) => format!("/fragor/del/{key}"),
                        (true, true) => format!("/fragor?klart=sparat#del-{key}"),
                        (true, false) => format!("/fragor?klart=sparat#rad-{key}"),
                    };
                    return Ok(visit.see_other(&path(&call.id, &below)));
                }
                Err(refusal) => Some(("innehall", composed(&refusal)?)),
            }
        }
    };
    let call = loaded(&app, &call.id).await?;
    let section = section.to_owned();
    Ok(compose::new_page(&app, &visit, UNPROCESSABLE, &call, &section, &form, problem))
}

/// `POST /handlaggare/utlysningar/{call}/fragor/ta-bort`
pub async fn remove(State(app): State<App>, visit: Visit, Path(call): Path<String>, Posted(form): Posted) -> Reply {
    let who = visit.signed_in()?;
    let call = id(&call)?;
    let (section, question) = (form.get(compose::at::SECTION), form.get(compose::at::QUESTION));
    let change = |questions: &mut Definition| {
        let before = (questions.sections.len(), questions.questions().count());
        questions.sections.retain(|one| one.key.as_str() != section);
        for one in &mut questions.sections {
            one.questions.retain(|one| one.key.as_str() != question);
        }
        before != (questions.sections.len(), questions.questions().count())
    };
    match actions::change_form(&app, who, &call, version(&form), change).await? {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart=sparat", path(&call, "/fragor")))),
        Err(refusal) => {
            let sentence = composed(&refusal)?;
            Ok(compose::page(&app, &visit, UNPROCESSABLE, &loaded(&app, &call).await?, Some(sentence)))
        }
    }
}

/// `POST /handlaggare/utlysningar/{call}/fragelada/{question}`
pub async fn answer(
    State(app): State<App>,
    visit: Visit,
    Path((call, question)): Path<(String, String)>,
    PostedLong(form): PostedLong,
) -> Reply {
    let who = visit.signed_in()?;
    let (call, asked) = inbox::found(&app, &call, &question).await?;
    let words = &text::staff().calls.inbox;
    let new = Answer {
        status: match form.get(inbox::at::AS) {
            "published" => "published",
            "closed" => "closed",
            _ => "answered",
        },
        shown: both(&form, inbox::at::SHOWN_SV, inbox::at::SHOWN_EN),
        answer: both(&form, inbox::at::ANSWER_SV, inbox::at::ANSWER_EN),
    };
    let problem = match new.status {
        "closed" => None,
        _ if new.answer.sv.is_empty() => Some((inbox::at::ANSWER_SV, words.answer_missing)),
        "published" if new.shown.sv.is_empty() => Some((inbox::at::SHOWN_SV, words.shown_missing)),
        "answered" if asked.email.is_none() => Some((inbox::at::AS, words.nowhere)),
        _ => None,
    };
    let problem = match problem {
        Some(problem) => Some(problem),
        None => match actions::answer(&app, who, &call.id, &asked.id, version(&form), &new).await? {
            Ok(()) => return Ok(visit.see_other(&path(&call.id, "/fragelada?klart=ja"))),
            Err(Refusal::Stale) => Some(("innehall", words.stale)),
            Err(_) => return Err(AppError::NotFound),
        },
    };
    let (call, asked) = inbox::found(&app, call.id.as_str(), asked.id.as_str()).await?;
    Ok(inbox::page(&app, &visit, UNPROCESSABLE, &call, &asked, Some(form), problem))
}
