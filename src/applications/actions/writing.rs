//! Beginning an application and writing in it. Saving never asks whether an answer is right: what was typed is kept, and what two people
//! typed at once is kept beside each other.

use super::{Failure, Outcome, Refusal, moved, note, nothing, outcome, seated};
use crate::applications::lifecycle::{self, Actor, Event};
use crate::applications::model::{Asked, How, Seat, Version, reference};
use crate::applications::rules::{self, Decision};
use crate::applications::store::answers::Save;
use crate::applications::store::{self, answers, people};
use crate::attachments;
use crate::attachments::actions::{Kept, Place};
use crate::attachments::rules::FileError;
use crate::calls;
use crate::calls::rules::{Bar, Said};
use crate::forms::model::{Definition, Kind, Question};
use crate::kit::{Form, Id, Instant, Lang, OrgRole, Slug};
use crate::organisations::model::Organisation;
use crate::platform::db::{StoreError, Tx};
use crate::text;
use crate::web::{App, AppError, SignedIn};

/// The hidden field that says, for each question, which answer the page has shown.
pub const SEEN: &str = "sett";

/// Who was seen within so many minutes is there.
pub const THERE_MINUTES: i64 = 5;

/// Versions that are saved by themselves lie so far apart in the history.
const STEP_MINUTES: i64 = 5;

/// The name of the hidden field of a question.
pub fn seen_field(question: &str) -> String {
    format!("{SEEN}.{question}")
}

/// All answers as one form.
pub fn together(versions: &[Version]) -> Form {
    Form(versions.iter().flat_map(|version| version.fields.0.iter().cloned()).collect())
}

/// What stands in the way of an organisation by what is known of it; the call's other demands it answers itself.
pub fn bars(asked: &Asked, organisation: &Organisation) -> Vec<Bar> {
    let met = vec![true; asked.facts.requirements.len()];
    calls::rules::bars(&asked.facts, &Said { applicant: organisation.kind, seat: Some(organisation.municipality.clone()), met })
}

/// Begins an application for an organisation under a call. Where each may have one, a second is not begun: the first is what is wanted.
pub async fn begin(app: &App, who: &SignedIn, call: &Slug, organisation: &Id) -> Outcome<Id> {
    let now = app.now();
    let id = app.ids.id(now);
    let result = app.db.write_in_line(async |tx| {
        let part = crate::organisations::store::part(tx, organisation, &who.account).await?.ok_or(Refusal::Unknown)?;
        if !part.organisation.status.is_open() {
            return Err(Failure::Refused(Refusal::Closed));
        }
        lifecycle::apply(None, Event::Begun, Actor::Applicant(part.role))?;
        let published = calls::store::published_by_slug(tx, call).await?.ok_or(Refusal::Unknown)?;
        let asked = store::asked_of(tx, &published.call, None, organisation).await?;
        if !asked.lives || now < asked.opens_at || now >= asked.deadline() {
            return Err(Refusal::NotNow.into());
        }
        let bars = bars(&asked, &part.organisation);
        if !bars.is_empty() {
            return Err(Refusal::Barred(bars).into());
        }
        if asked.facts.one_per_organisation
            && let Some(first) = store::standing(tx, &published.call, organisation).await?.into_iter().next()
        {
            return Err(Refusal::Exists(first.id).into());
        }
        let new = store::New { id: &id, call: &published.call, call_version: asked.newest, organisation, by: &who.account, at: now };
        store::insert(tx, &new).await?;
        note(tx, &id, who, Event::Begun, "", &nothing(), now).await?;
        Ok(id.clone())
    });
    outcome(result.await)
}

/// What a save did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Saved {
    /// The token of what stands now, for each question of the page whose answer the person has seen or written.
    pub seen: Vec<(String, String)>,
    /// The questions in which somebody else had saved another text meanwhile.
    pub beside: Vec<String>,
}

/// Saves the answers of one page as they were typed, right or wrong.
pub async fn save(app: &App, who: &SignedIn, id: &Id, section: &str, form: &Form, how: How) -> Outcome<Saved> {
    let now = app.now();
    let result = app.db.write(async |tx| {
        let seat = seated(tx, id, who, OrgRole::Editor).await?;
        if !seat.application.state.is_written() {
            return Err(Failure::Refused(Refusal::NotNow));
        }
        let asked = store::asked(tx, &seat.application).await?;
        let section = asked.form.section(section).ok_or(Refusal::Unknown)?;
        let mut standing = answers::current(tx, id).await?;
        let mut saved = Saved::default();
        let mut wrote = false;
        for question in section.questions.iter().filter(|question| !matches!(question.kind, Kind::File { .. })) {
            let key = question.key.as_str();
            let seen = form.get(&seen_field(key));
            // A question that the page did not show was not answered either.
            if seen.is_empty() {
                continue;
            }
            let typed = rules::typed(question, form);
            let place = standing.iter().position(|version| version.question == key);
            let empty = Form::default();
            let current = place.and_then(|place| standing.get(place)).map_or(&empty, |version| &version.fields);
            match rules::decide(current, &typed, seen) {
                Decision::Nothing => {}
                Decision::Write => {
                    write(tx, &seat, place.and_then(|place| standing.get(place)), question, &typed, how, who, now).await?;
                    let version = Version {
                        question: key.to_owned(),
                        number: 0,
                        fields: typed,
                        is_current: true,
                        how,
                        saved_by: who.account.clone(),
                        saved_at: now,
                    };
                    match place {
                        Some(place) => standing[place] = version,
                        None => standing.push(version),
                    }
                    wrote = true;
                }
                Decision::Beside => {
                    let beside = Save { application: id, question: key, fields: &typed, how, by: &who.account, at: now };
                    answers::put_beside(tx, &beside).await?;
                    saved.beside.push(key.to_owned());
                    continue;
                }
            }
            let current = standing.iter().find(|version| version.question == key).map_or(&empty, |version| &version.fields);
            // Who has not touched what somebody else wrote has not seen it either.
            let token =
                if rules::token(&rules::typed(question, form)) == rules::token(current) { rules::token(current) } else { seen.to_owned() };
            saved.seen.push((key.to_owned(), token));
        }
        if wrote {
            store::touch(tx, id, &rules::title(&asked.form, &together(&standing)), now).await?;
        }
        people::note_presence(tx, id, &who.account, section.key.as_str(), now).await?;
        Ok(saved)
    });
    outcome(result.await)
}

/// Makes what was typed the current answer, and lets single letters of the history go.
#[expect(clippy::too_many_arguments, reason = "one save, said in full; the one caller has each of them at hand")]
async fn write(
    tx: &mut Tx,
    seat: &Seat,
    earlier: Option<&Version>,
    question: &Question,
    typed: &Form,
    how: How,
    who: &SignedIn,
    now: Instant,
) -> Result<(), StoreError> {
    let id = &seat.application.id;
    answers::save(tx, &Save { application: id, question: question.key.as_str(), fields: typed, how, by: &who.account, at: now }).await?;
    if let Some(earlier) = earlier
        && how == How::Autosaved
        && earlier.how == How::Autosaved
        && earlier.saved_by == who.account
        && rules::gives_way(&earlier.fields, typed)
    {
        answers::thin(tx, earlier, id, now.plus_seconds(-STEP_MINUTES * 60)).await?;
    }
    Ok(())
}

/// A question of an application, its person's place, and what stands there now.
async fn at(tx: &mut Tx, id: &Id, who: &SignedIn, question: &str) -> Result<(Definition, Vec<Version>), Failure> {
    let seat = seated(tx, id, who, OrgRole::Editor).await?;
    if !seat.application.state.is_written() {
        return Err(Refusal::NotNow.into());
    }
    let asked = store::asked(tx, &seat.application).await?;
    asked.form.question(question).ok_or(Refusal::Unknown)?;
    Ok((asked.form, answers::current(tx, id).await?))
}

/// Puts an answer in place of the current one, if that is what the person has seen.
async fn replace(tx: &mut Tx, save: &Save<'_>, form: &Definition, mut standing: Vec<Version>, seen: &str) -> Result<(), Failure> {
    let empty = Form::default();
    let place = standing.iter().position(|version| version.question == save.question);
    let current = place.and_then(|place| standing.get(place)).map_or(&empty, |version| &version.fields);
    if rules::token(current) != seen {
        return Err(Refusal::Stale.into());
    }
    if rules::token(current) == rules::token(save.fields) {
        return Ok(());
    }
    answers::save(tx, save).await?;
    match place {
        Some(place) => standing[place].fields.clone_from(save.fields),
        None => standing.push(Version {
            question: save.question.to_owned(),
            number: 0,
            fields: save.fields.clone(),
            is_current: true,
            how: save.how,
            saved_by: save.by.clone(),
            saved_at: save.at,
        }),
    }
    store::touch(tx, save.application, &rules::title(form, &together(&standing)), save.at).await?;
    Ok(())
}

/// Takes an earlier version of an answer back, if the person has seen what stands there now.
pub async fn restore(app: &App, who: &SignedIn, id: &Id, question: &str, number: i64, seen: &str) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write(async |tx| {
        let (form, standing) = at(tx, id, who, question).await?;
        let version = answers::version(tx, id, question, number).await?.ok_or(Refusal::Unknown)?;
        let save = Save { application: id, question, fields: &version.fields, how: How::Restored, by: &who.account, at: now };
        replace(tx, &save, &form, standing, seen).await
    });
    outcome(result.await)
}

/// What somebody chose of two answers that were beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// What stands there.
    Current,
    /// What was saved beside it.
    Beside,
    /// A text of both.
    Merged(Form),
}

/// Settles what was beside the current answer. The other one stays in the history.
pub async fn settle(app: &App, who: &SignedIn, id: &Id, question: &str, number: i64, seen: &str, choice: &Choice) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write(async |tx| {
        let (form, standing) = at(tx, id, who, question).await?;
        let beside = answers::version(tx, id, question, number).await?.ok_or(Refusal::Unknown)?;
        let fields = match choice {
            Choice::Current => None,
            Choice::Beside => Some(&beside.fields),
            Choice::Merged(merged) => Some(merged),
        };
        match fields {
            Some(fields) => {
                let save = Save { application: id, question, fields, how: How::Merged, by: &who.account, at: now };
                replace(tx, &save, &form, standing, seen).await?;
            }
            None => {
                let current = standing.iter().find(|version| version.question == question).map(|version| rules::token(&version.fields));
                if current.unwrap_or_else(|| rules::token(&Form::default())) != seen {
                    return Err(Refusal::Stale.into());
                }
            }
        }
        answers::settle(tx, id, question, number, now).await?;
        Ok::<_, Failure>(())
    });
    outcome(result.await)
}

/// Where the files of a question go.
pub fn place(seat: &Seat, asked: &Asked, question: &str) -> Option<Place> {
    let most = match asked.form.question(question)?.kind {
        Kind::File { most } => most,
        _ => return None,
    };
    let owner = reference(&seat.application.id);
    Some(Place { owner, slot: question.to_owned(), most, megabytes: u64::from(asked.facts.largest_file) })
}

/// Attaches a file that was judged and kept.
pub async fn attach(app: &App, who: &SignedIn, id: &Id, place: &Place, kept: &Kept) -> Outcome<Result<(), FileError>> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let seat = seated(tx, id, who, OrgRole::Editor).await?;
        if !seat.application.state.is_written() {
            return Err(Failure::Refused(Refusal::NotNow));
        }
        let attached = attachments::actions::attach(tx, app, place, kept, now).await?;
        if attached.is_ok() {
            store::touch(tx, id, &seat.application.title, now).await?;
        }
        Ok(attached)
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// Takes a file away; it stays until the application goes.
pub async fn detach(app: &App, who: &SignedIn, id: &Id, file: &Id) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let seat = seated(tx, id, who, OrgRole::Editor).await?;
        if !seat.application.state.is_written() {
            return Err(Failure::Refused(Refusal::NotNow));
        }
        attachments::store::one(tx, &reference(id), file).await?.ok_or(Refusal::Unknown)?;
        attachments::store::remove(tx, &reference(id), file, &who.account, now).await?;
        store::touch(tx, id, &seat.application.title, now).await?;
        Ok(())
    });
    outcome(result.await)
}

/// The names of the others who are on a page now.
pub async fn others_at(app: &App, who: &SignedIn, seat: &Seat, section: &str, lang: Lang) -> Result<Vec<String>, AppError> {
    let since = app.now().plus_seconds(-THERE_MINUTES * 60);
    let found = app.db.read(async |tx| {
        let present = people::present(tx, &seat.application.id, since).await?;
        let ids: Vec<Id> =
            present.into_iter().filter(|one| one.section == section && one.account_id != who.account).map(|one| one.account_id).collect();
        if ids.is_empty() { Ok(Vec::new()) } else { crate::people::store::accounts(tx, &ids).await }
    });
    let others = found.await?;
    let somebody = text::applications(lang).somebody;
    Ok(others.iter().map(|one| if one.name.is_empty() { somebody.to_owned() } else { one.name.clone() }).collect())
}

/// Throws a draft away. Its history stays as long as drafts do.
pub async fn discard(app: &App, who: &SignedIn, id: &Id) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let (seat, state) = moved(tx, id, who, Event::Discarded).await?;
        store::set_state(tx, &seat.application, state, now).await?;
        note(tx, id, who, Event::Discarded, "", &nothing(), now).await?;
        Ok::<_, Failure>(())
    });
    outcome(result.await)
}

/// Lets a draft follow the newest version of its call. Answers belong to keys, so nothing that was written goes.
pub async fn move_on(app: &App, who: &SignedIn, id: &Id) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let (seat, _) = moved(tx, id, who, Event::MovedOn).await?;
        let newest = store::asked(tx, &seat.application).await?.newest;
        if newest == seat.application.call_version {
            return Ok(());
        }
        store::move_on(tx, &seat.application, newest, now).await?;
        note(tx, id, who, Event::MovedOn, &newest.to_string(), &nothing(), now).await?;
        Ok::<_, Failure>(())
    });
    outcome(result.await)
}
