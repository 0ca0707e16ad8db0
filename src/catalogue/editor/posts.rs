//! The form handlers of the editor: read what was typed, let `actions` do it, and lead on with 303, or show the page again with
//! everything that was typed and what stands in the way.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;

use super::actions::{self, Refusal, Seen, Step};
use super::fields::{self, Topic};
use super::pages::editions::NEW;
use super::pages::topic::{MET, PREVIEW, choice_name};
use super::pages::{self, Shown, id};
use super::record;
use super::words::path_of;
use crate::catalogue::model::Kind;
use crate::kit::field::{clean_line, clean_text, count};
use crate::kit::{CivilDate, Form, Id, Instant, PublishedText, PublishedTextError, civil};
use crate::text;
use crate::web::forms::{Posted, PostedLong};
use crate::web::{App, AppError, Visit};

type Answer = Result<Response, AppError>;

const UNPROCESSABLE: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// How far ahead a time may lie.
const FAR_DAYS: i64 = 731;

/// `POST /handlaggare/publikationer/ny`
pub async fn begin(State(app): State<App>, visit: Visit, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let words = &text::staff().editor.one;
    let title = clean_line(form.get("title"));
    let kind = Kind::of_code(form.get("publication_type"));
    let mut wrong = Vec::new();
    if title.is_empty() {
        wrong.push(("title", words.title_missing));
    } else if count(&title) > 500 {
        wrong.push(("title", words.title_long));
    }
    match kind {
        Some(kind) if wrong.is_empty() => {
            let work = actions::create(&app, who, &title, kind.code()).await?;
            return Ok(visit.see_other(&format!("{}?klart=skapat", path_of(&work))));
        }
        Some(_) => {}
        None => wrong.push(("publication_type", words.kind_missing)),
    }
    Ok(pages::one::begin_page(&app, &visit, UNPROCESSABLE, &form, wrong))
}

/// What a refusal says on a page that shows no more of it.
fn plain(refusal: &Refusal) -> Result<&'static str, AppError> {
    let words = &text::staff().editor;
    match refusal {
        Refusal::Unknown => Err(AppError::NotFound),
        Refusal::NotNow => Ok(words.one.not_now),
        Refusal::NotYou => Ok(words.one.not_you),
        Refusal::Stale | Refusal::Clash(_) => Ok(words.one.stale),
        Refusal::Invalid(_) => Ok(words.one.invalid),
        Refusal::Moved(_) => Ok(words.moved.notice),
    }
}

fn version_of(form: &Form) -> i64 {
    form.get("version").parse().unwrap_or(-1)
}

/// `POST /handlaggare/publikationer/{work}`: the buttons of its page.
pub async fn step(State(app): State<App>, visit: Visit, Path(work): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let work = id(&work)?;
    let (step, done) = match form.get("gor") {
        "skicka" => (Step::Send, "skickat"),
        "publicera" => (Step::Publish, "publicerat"),
        "stall-in" => (Step::Unschedule, "installt"),
        "kasta" => (Step::Discard, "kastat"),
        "igen" => {
            return match actions::set_public(&app, who, &work, None).await? {
                Ok(()) => Ok(visit.see_other(&format!("{}?klart=igen", path_of(&work)))),
                Err(refusal) => pages::one::page(&app, &visit, UNPROCESSABLE, &work, Some(plain(&refusal)?)).await,
            };
        }
        _ => return Err(AppError::NotFound),
    };
    match actions::step(&app, who, &work, version_of(&form), &step).await? {
        Ok(()) => {
            app.bell.ring();
            let gone = step == Step::Discard && app.db.read(async |tx| Shown::load(tx, &work).await).await?.is_none();
            Ok(visit.see_other(&if gone { pages::list::PATH.to_owned() } else { format!("{}?klart={done}", path_of(&work)) }))
        }
        Err(Refusal::Moved(_)) => Ok(visit.see_other(&format!("{}/sammanfoga", path_of(&work)))),
        Err(refusal) => pages::one::page(&app, &visit, UNPROCESSABLE, &work, Some(plain(&refusal)?)).await,
    }
}

/// The parts in which two met, without those for which what is saved was chosen; and the parts for which nothing was.
fn chosen(form: &Form, answers: &mut Vec<(String, Option<Value>)>) -> Vec<String> {
    let mut unchosen = Vec::new();
    for part in form.all(MET) {
        match form.get(&choice_name(part)) {
            "sparat" => answers.retain(|(known, _)| known != part),
            "mitt" => {}
            _ => unchosen.push(part.to_owned()),
        }
    }
    unchosen
}

/// `POST /handlaggare/publikationer/{work}/{topic}`
pub async fn topic(
    State(app): State<App>,
    visit: Visit,
    Path((work, topic)): Path<(String, String)>,
    PostedLong(form): PostedLong,
) -> Answer {
    let who = visit.signed_in()?;
    let topic = Topic::of_path(&topic).ok_or(AppError::NotFound)?;
    let id = id(&work)?;
    if form.checked(PREVIEW) {
        let shown = Shown::of(&app, &work).await?;
        return pages::topic::page(&app, &visit, StatusCode::OK, shown, topic, Some(form), None, Vec::new()).await;
    }
    let mut answers = fields::answers(topic, &form);
    if topic == Topic::Related {
        resolve(&app, &mut answers).await?;
    }
    let unchosen = chosen(&form, &mut answers);
    if !unchosen.is_empty() {
        let shown = Shown::of(&app, &work).await?;
        return pages::topic::page(&app, &visit, UNPROCESSABLE, shown, topic, Some(form), None, unchosen).await;
    }
    let clash = match actions::save(&app, who, &id, Seen::parse(form.get("version")), &answers).await? {
        Ok(()) => return Ok(visit.see_other(&format!("{}?klart=sparat", path_of(&id)))),
        Err(Refusal::Clash(clash)) => *clash,
        Err(refusal) => return pages::one::page(&app, &visit, UNPROCESSABLE, &id, Some(plain(&refusal)?)).await,
    };
    let shown = Shown::of(&app, &work).await?;
    pages::topic::page(&app, &visit, UNPROCESSABLE, shown, topic, Some(unmet(form)), Some(clash), Vec::new()).await
}

/// A form without the choices of an earlier meeting.
fn unmet(mut form: Form) -> Form {
    form.0.retain(|(name, _)| name != MET && !name.starts_with("val-"));
    form
}

/// Makes keys of the addresses in a list of related publications; what leads nowhere stays as it was typed.
async fn resolve(app: &App, answers: &mut [(String, Option<Value>)]) -> Result<(), AppError> {
    for (_, value) in answers {
        let Some(Value::Array(lines)) = value else { continue };
        let typed: Vec<String> = lines.iter().filter_map(Value::as_str).map(path_in).collect();
        let named = app.db.read(async |tx| crate::catalogue::store::named(tx, &typed).await).await?;
        for (line, typed) in lines.iter_mut().zip(&typed) {
            if let Some((key, _, _)) = named.iter().find(|(key, path, _)| key == typed || path == typed) {
                *line = Value::String(key.clone());
            }
        }
    }
    Ok(())
}

/// The path of a work in an address: `2021/umea-vaxer-tryggt-och-sakert`; anything else as it is.
fn path_in(line: &str) -> String {
    let path = line.split_once("/publikationer/").map_or(line, |(_, path)| path);
    path.split(['?', '#']).next().unwrap_or(path).trim_matches('/').to_owned()
}

/// `POST /handlaggare/publikationer/{work}/utgavor/{edition}`
pub async fn edition(State(app): State<App>, visit: Visit, Path((work, edition)): Path<(String, String)>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let words = &text::staff().editor;
    let work_id = id(&work)?;
    let shown = Shown::of(&app, &work).await?;
    let known = record::edition(&shown.record, &edition).cloned();
    let removed = form.checked("ta_bort");
    let part_id = if edition == NEW { app.ids.id(app.now()).to_string() } else { id(&edition)?.to_string() };
    let mut answers = if removed {
        known
            .iter()
            .flat_map(|known| known.keys())
            .filter(|name| *name != "id")
            .map(|name| (record::edition_part(&part_id, name), None))
            .collect()
    } else {
        fields::edition_answers(&part_id, known.as_ref(), &form)
    };
    let gone = edition != NEW && known.is_none();
    let formless = !removed && crate::catalogue::model::EditionForm::of_code(form.get("form")).is_none();
    if formless || gone {
        let problem = ("form", if gone { words.edition.gone } else { words.edition.form_missing });
        return pages::editions::page(&app, &visit, UNPROCESSABLE, shown, &edition, Some(form), None, &[], Some(problem));
    }
    let unchosen = chosen(&form, &mut answers);
    if !unchosen.is_empty() {
        return pages::editions::page(&app, &visit, UNPROCESSABLE, shown, &edition, Some(form), None, &unchosen, None);
    }
    match actions::save(&app, who, &work_id, Seen::parse(form.get("version")), &answers).await? {
        Ok(()) => {
            let done = if removed { "utgava-borta" } else { "utgava" };
            Ok(visit.see_other(&format!("{}/utgavor?klart={done}", path_of(&work_id))))
        }
        Err(Refusal::Clash(clash)) if !removed => {
            let shown = Shown::of(&app, &work).await?;
            pages::editions::page(&app, &visit, UNPROCESSABLE, shown, &edition, Some(unmet(form)), Some(*clash), &[], None)
        }
        Err(Refusal::Unknown) => {
            let problem = ("form", words.edition.gone);
            pages::editions::page(&app, &visit, UNPROCESSABLE, shown, &edition, Some(form), None, &[], Some(problem))
        }
        Err(refusal) => pages::one::page(&app, &visit, UNPROCESSABLE, &work_id, Some(plain(&refusal)?)).await,
    }
}

/// `POST /handlaggare/publikationer/{work}/granska`
pub async fn review(State(app): State<App>, visit: Visit, Path(work): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let work = id(&work)?;
    let words = &text::staff().editor.review;
    let (step, done) = if form.get("svar") == "ja" {
        (Step::Approve, "godkant")
    } else {
        let comment = clean_text(form.get("kommentar"));
        let wrong = if comment.is_empty() {
            Some(words.comment_missing)
        } else if count(&comment) > 2000 {
            Some(words.comment_long)
        } else {
            None
        };
        if wrong.is_some() {
            return pages::review::page(&app, &visit, UNPROCESSABLE, &work, &form, wrong, None).await;
        }
        (Step::Refuse(comment), "avvisat")
    };
    match actions::step(&app, who, &work, version_of(&form), &step).await? {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart={done}", path_of(&work)))),
        Err(refusal) => pages::review::page(&app, &visit, UNPROCESSABLE, &work, &form, None, Some(plain(&refusal)?)).await,
    }
}

/// A day and a clock time in Sweden, ahead of now. The hour that spring skips is none; of the hour that autumn shows twice it
/// is the second.
fn time_of(form: &Form, now: Instant) -> Result<Instant, (&'static str, &'static str)> {
    let words = &text::staff().editor.schedule;
    let day = CivilDate::read(form.get("dag")).map_err(|_| ("dag", words.day_wrong))?;
    let clock = clean_line(form.get("klockslag"));
    let (hour, minute) = clock.split_once(['.', ':']).ok_or(("klockslag", words.time_wrong))?;
    let number = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit()));
    let (hour, minute) = number(hour).zip(number(minute)).ok_or(("klockslag", words.time_wrong))?;
    let at = civil::to_instant(day, hour, minute).map_err(|_| ("klockslag", words.time_wrong))?;
    let shown = civil::stockholm(at);
    if (shown.date, shown.hour, shown.minute) != (day, hour, minute) {
        return Err(("klockslag", words.skipped));
    }
    if at <= now {
        return Err(("dag", words.past));
    }
    if at > now.plus_days(FAR_DAYS) {
        return Err(("dag", words.far));
    }
    Ok(at)
}

/// `POST /handlaggare/publikationer/{work}/schemalagg`
pub async fn schedule(State(app): State<App>, visit: Visit, Path(work): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let work_id = id(&work)?;
    let shown = Shown::of(&app, &work).await?;
    let at = match time_of(&form, app.now()) {
        Ok(at) => at,
        Err(wrong) => return pages::plan::schedule_page(&app, &visit, UNPROCESSABLE, shown, &form, Some(wrong), None),
    };
    match actions::step(&app, who, &work_id, version_of(&form), &Step::Schedule(at)).await? {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart=schemalagt", path_of(&work_id)))),
        Err(Refusal::Moved(_)) => Ok(visit.see_other(&format!("{}/sammanfoga", path_of(&work_id)))),
        Err(refusal @ Refusal::Invalid(_)) => pages::one::page(&app, &visit, UNPROCESSABLE, &work_id, Some(plain(&refusal)?)).await,
        Err(refusal) => pages::plan::schedule_page(&app, &visit, UNPROCESSABLE, shown, &form, None, Some(plain(&refusal)?)),
    }
}

/// `POST /handlaggare/publikationer/{work}/avpublicera`
pub async fn withdraw(State(app): State<App>, visit: Visit, Path(work): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let work_id = id(&work)?;
    let words = &text::staff().editor.withdraw;
    let reason = clean_text(form.get("skal"));
    let wrong = match PublishedText::parse(&reason) {
        Ok(_) if count(&reason) > 1000 => words.reason_long,
        Ok(reason) => {
            return match actions::set_public(&app, who, &work_id, Some(&reason)).await? {
                Ok(()) => Ok(visit.see_other(&format!("{}?klart=avpublicerat", path_of(&work_id)))),
                Err(refusal) => pages::one::page(&app, &visit, UNPROCESSABLE, &work_id, Some(plain(&refusal)?)).await,
            };
        }
        Err(PublishedTextError::Empty) => words.reason_missing,
        Err(PublishedTextError::Placeholder) => words.reason_placeholder,
    };
    let shown = Shown::of(&app, &work).await?;
    pages::plan::withdraw_page(&app, &visit, UNPROCESSABLE, shown, &form, Some(wrong))
}

/// `POST /handlaggare/publikationer/{work}/sammanfoga`
pub async fn bring_in(State(app): State<App>, visit: Visit, Path(work): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let work: Id = id(&work)?;
    let all: Vec<String> = form.all(MET).map(str::to_owned).collect();
    let picked = |what: &str| all.iter().filter(|part| form.get(&choice_name(part)) == what).cloned().collect::<Vec<_>>();
    let (mine, theirs) = (picked("mitt"), picked("sparat"));
    let unchosen: Vec<String> = all.iter().filter(|part| !mine.contains(part) && !theirs.contains(part)).cloned().collect();
    if !unchosen.is_empty() {
        return pages::moved::page(&app, &visit, UNPROCESSABLE, &work, &form, unchosen).await;
    }
    match actions::bring_in(&app, who, &work, version_of(&form), &mine, &all).await? {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart=sammanfogat", path_of(&work)))),
        Err(Refusal::Moved(more)) => pages::moved::page(&app, &visit, UNPROCESSABLE, &work, &form, more).await,
        Err(refusal) => pages::one::page(&app, &visit, UNPROCESSABLE, &work, Some(plain(&refusal)?)).await,
    }
}

/// `POST /handlaggare/publikationer/{work}/historik/jamfor`: the older version into the draft.
pub async fn restore(State(app): State<App>, visit: Visit, Path(work): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let work = id(&work)?;
    let number = form.get("nummer").parse().map_err(|_| AppError::NotFound)?;
    match actions::restore(&app, who, &work, Seen::parse(form.get("version")), number).await? {
        Ok(()) => Ok(visit.see_other(&format!("{}?klart=aterstallt", path_of(&work)))),
        Err(refusal) => pages::history::compare_page(&app, &visit, UNPROCESSABLE, &work, Some(plain(&refusal)?)).await,
    }
}
