//! The editor's pages: the list, one publication and its topics, editions, review, times, history. In Swedish only, kept in no
//! cache. Each topic is a form of its own, so that two who write in different ones do not meet.

pub mod diff;
pub mod editions;
pub mod history;
pub mod list;
pub mod moved;
pub mod one;
pub mod plan;
pub mod review;
pub mod topic;

use leptos::prelude::*;

use super::WRITERS;
use super::actions::Seen;
use super::record::{self, Record};
use super::store::{self, Draft, Standing, state_of};
use super::words::path_of;
use crate::catalogue::lifecycle::{Headline, State};
use crate::kit::Id;
use crate::platform::db::{StoreError, Tx};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

fn head(title: impl Into<String>) -> Head {
    let trail = vec![(list::PATH.to_owned(), text::staff().editor.title.to_owned())];
    Head { private: true, staff: true, trail, ..Head::new(title) }
}

/// The head of a page below one publication.
fn below(title: impl Into<String>, shown: &Shown) -> Head {
    let mut head = head(title);
    head.trail.push((path_of(&shown.work), shown.title()));
    head
}

/// A publication as the pages show it: the draft, or what readers see where there is none.
pub struct Shown {
    pub work: Id,
    pub standing: Option<Standing>,
    pub draft: Option<Draft>,
    pub record: Record,
    pub state: State,
}

impl Shown {
    /// Two statements where there is a draft, else five.
    pub async fn load(tx: &mut Tx, work: &Id) -> Result<Option<Self>, StoreError> {
        let draft = store::draft(tx, work).await?;
        let standing = store::standing(tx, work).await?;
        let record = match &draft {
            Some(draft) => Some(draft.record()),
            None if standing.is_some() => store::published_record(tx, work).await?,
            None => None,
        };
        let state = state_of(standing.as_ref(), draft.as_ref())?;
        Ok(record.map(|record| Self { work: work.clone(), standing, draft, record, state }))
    }

    /// As [`Shown::load`], for a handler.
    pub async fn of(app: &App, work: &str) -> Result<Self, AppError> {
        let work = id(work)?;
        app.db.read(async |tx| Self::load(tx, &work).await).await?.ok_or(AppError::NotFound)
    }

    pub fn title(&self) -> String {
        let title = record::text(&self.record, "title");
        if title.is_empty() { text::staff().editor.untitled.to_owned() } else { title.to_owned() }
    }

    pub fn path(&self, more: &str) -> String {
        format!("{}{more}", path_of(&self.work))
    }

    pub fn seen(&self) -> Seen {
        Seen::of(self.standing.as_ref(), self.draft.as_ref())
    }

    /// What readers see is no longer what the draft was begun from.
    pub fn has_moved(&self) -> bool {
        let (Some(standing), Some(draft)) = (&self.standing, &self.draft) else { return false };
        standing.revision != draft.base_revision
    }
}

/// The id in a path.
pub fn id(text: &str) -> Result<Id, AppError> {
    Id::parse(text).map_err(|_| AppError::NotFound)
}

/// Whether this person changes publications, or only reads.
fn writes(visit: &Visit) -> bool {
    visit.who().is_some_and(|who| who.roles.any_of(WRITERS))
}

/// The one word as a tag.
fn tag(headline: Headline) -> AnyView {
    let classes = match headline {
        Headline::Draft | Headline::Changing => "",
        Headline::InReview => "govuk-tag--yellow",
        Headline::Approved | Headline::Scheduled => "govuk-tag--turquoise",
        Headline::Published => "govuk-tag--green",
        Headline::Withdrawn => "govuk-tag--grey",
    };
    view! { <Tag text=(text::staff().editor.headline)(headline) classes=classes /> }.into_any()
}

/// A cell with its column's name, for narrow screens.
fn cell(label: &'static str, content: impl Into<Content>) -> Cell {
    Cell::new(content).attributes([("data-label", label)])
}

/// What is wrong, above everything.
fn summary(entries: Vec<(String, String)>) -> Option<AnyView> {
    (!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> }.into_any())
}

/// Something that a rule refused, above everything.
fn refused(problem: Option<&'static str>) -> Option<AnyView> {
    summary(problem.map(|problem| ("#innehall".to_owned(), problem.to_owned())).into_iter().collect())
}

fn link(href: String, label: impl Into<String>) -> AnyView {
    view! {
        <a class="govuk-link" href=href>
            {label.into()}
        </a>
    }
    .into_any()
}

/// What a form has seen.
fn seen_field(shown: &Shown) -> AnyView {
    view! { <input type="hidden" name="version" value=shown.seen().text() /> }.into_any()
}
