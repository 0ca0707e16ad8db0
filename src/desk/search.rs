//! `GET /handlaggare/sok`: one question to everything that whoever asks may see. Each area is asked as its own list is, a few
//! rows each; what the roles do not allow is not asked, so not even a number tells of it. What is meant exactly, such as an
//! organisation's number, stands first.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::queue::{DRAFTS, MAIL, ORDERS, ORGANISATIONS, REGISTER};
use crate::catalogue::editor::store as editor;
use crate::catalogue::lifecycle::Headline;
use crate::catalogue::search as catalogue;
use crate::kit::{Lang, OrgNr, civil, field, swedish};
use crate::organisations;
use crate::people::store as people;
use crate::platform::db::StoreError;
use crate::platform::outbox;
use crate::register;
use crate::register::store::listing as documents;
use crate::shop::model::order_number;
use crate::shop::store::listing;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// How many rows of each group are shown; the list of the group has the rest.
const FEW: i64 = 8;

/// How much of a question is read.
const MOST_CHARACTERS: usize = 100;

/// Something that was found: its name, where it is, and what else tells it from others.
struct Hit {
    name: String,
    href: String,
    more: String,
}

/// What was found in one list, and where all of it stands.
struct Group {
    title: &'static str,
    hits: Vec<Hit>,
    all: String,
}

/// The address of a list with this question.
fn asked_there(list: &str, words: &str) -> String {
    format!("{list}?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair("q", words).finish())
}

/// `GET /handlaggare/sok`
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    let texts = &text::staff().search;
    let words: String = field::clean_line(&visit.asked("q")).chars().take(MOST_CHARACTERS).collect();
    let groups = if words.is_empty() {
        Vec::new()
    } else {
        let roles = |some| who.roles.any_of(some);
        let [orders, organisations, registered, drafts, keepers] = [ORDERS, ORGANISATIONS, REGISTER, DRAFTS, MAIL].map(roles);
        let day = civil::stockholm(app.now()).date;
        let mut groups = app
            .db
            .read(async |tx| {
                let mut groups = Vec::new();
                if orders {
                    let narrow = listing::rarest_first(tx, &listing::Narrow::of_words(&words)).await?;
                    groups.push(in_orders(listing::list_orders(tx, &narrow, FEW, None).await?, &words));
                }
                if organisations {
                    let number = OrgNr::parse(&words).map(|number| number.as_str().to_owned());
                    let exact = number.is_ok();
                    let narrow = organisations::store::Narrow { words: number.unwrap_or_else(|_| words.clone()), ..Default::default() };
                    let found = in_organisations(organisations::store::list(tx, &narrow, None, FEW, 0).await?, &words);
                    // A number means one of them.
                    let place = if exact { 0 } else { groups.len() };
                    groups.insert(place, found);
                }
                if registered {
                    let narrow = documents::Narrow { words: swedish::words(&words), ..Default::default() };
                    groups.push(in_register(documents::list(tx, &narrow, None, FEW).await?, &words));
                }
                if drafts {
                    let narrow = editor::Narrow { words: editor::words_of(&words), ..Default::default() };
                    groups.push(in_drafts(editor::list_entries(tx, &narrow, FEW, editor::From::After(None)).await?, &words));
                }
                if keepers {
                    let narrow = people::Narrow { words: words.clone(), only_staff: false };
                    groups.push(in_people(people::list_accounts(tx, &narrow, day, None, FEW, 0).await?, &words));
                    let narrow = outbox::Narrow { words: words.clone(), status: None };
                    groups.push(in_mail(outbox::list(tx, &narrow, None, FEW, 0).await?, &words));
                }
                Ok::<_, StoreError>(groups)
            })
            .await?;
        groups.push(in_publications(&app, &words).await?);
        groups
    };
    let keeper = who.roles.any_of(MAIL);
    let head = Head { private: true, staff: true, ..Head::new(texts.title) };
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        let asked = !words.is_empty();
        let nothing = asked && groups.iter().all(|group| group.hits.is_empty());
        // The log is long, and its own list searches it by day too.
        let log = (asked && keeper).then(|| {
            view! {
                <p class="govuk-body">
                    <a class="govuk-link" href=asked_there("/handlaggare/logg", &words)>
                        {texts.in_the_log}
                    </a>
                </p>
            }
        });
        view! {
            <h1 class="govuk-heading-l">{texts.title}</h1>
            {(!asked).then(|| view! { <p class="govuk-body">{texts.hint}</p> })}
            {nothing.then(|| view! { <p class="govuk-body" role="status">{texts.nothing}</p> })}
            {groups.into_iter().filter(|group| !group.hits.is_empty()).map(shown).collect::<Vec<_>>()}
            {log}
        }
    }))
}

fn in_orders(rows: Vec<listing::Listed>, words: &str) -> Group {
    let hit = |row: listing::Listed| {
        let number = order_number(row.number);
        let buyer = row.organisation.map_or_else(|| row.name.clone(), |organisation| format!("{organisation}, {}", row.name));
        Hit { href: format!("/handlaggare/bestallningar/{number}"), name: number, more: buyer }
    };
    Group {
        title: text::staff().menu.orders,
        hits: rows.into_iter().map(hit).collect(),
        all: asked_there("/handlaggare/bestallningar", words),
    }
}

fn in_organisations(rows: Vec<organisations::store::Listed>, words: &str) -> Group {
    let hit = |row: organisations::store::Listed| Hit {
        href: format!("/handlaggare/organisationer/{}", row.organisation.id),
        name: row.organisation.name,
        more: row.organisation.orgnr.as_str().to_owned(),
    };
    Group {
        title: text::staff().menu.organisations,
        hits: rows.into_iter().map(hit).collect(),
        all: asked_there("/handlaggare/organisationer", words),
    }
}

/// Documents as everybody may see them.
fn in_register(rows: Vec<register::model::Listed>, words: &str) -> Group {
    let hit = |row: register::model::Listed| Hit {
        href: format!("/handlaggare/diarium/handling/{}", row.id),
        name: row.number_of_document(),
        more: row.subject.unwrap_or_else(|| text::register(Lang::Sv).masked.to_owned()),
    };
    Group { title: text::staff().menu.register, hits: rows.into_iter().map(hit).collect(), all: asked_there("/handlaggare/diarium", words) }
}

/// Publications as editors see them: drafts and withdrawn ones among them.
fn in_drafts(rows: Vec<editor::Listed>, words: &str) -> Group {
    let hit = |row: editor::Listed| Hit {
        href: format!("/handlaggare/publikationer/{}", row.work_id),
        name: if row.title.is_empty() { text::staff().editor.untitled.to_owned() } else { row.title },
        more: Headline::parse(&row.state).map_or_else(String::new, |state| (text::staff().editor.headline)(state).to_owned()),
    };
    Group {
        title: text::staff().search.to_edit,
        hits: rows.into_iter().map(hit).collect(),
        all: asked_there("/handlaggare/publikationer", words),
    }
}

fn in_people(rows: Vec<people::ListedAccount>, words: &str) -> Group {
    let hit = |row: people::ListedAccount| Hit {
        href: format!("/handlaggare/anvandare/{}", row.id),
        name: if row.name.is_empty() { row.email.to_string() } else { row.name },
        more: row.email.to_string(),
    };
    Group { title: text::staff().menu.people, hits: rows.into_iter().map(hit).collect(), all: asked_there("/handlaggare/anvandare", words) }
}

fn in_mail(rows: Vec<outbox::Kept>, words: &str) -> Group {
    let hit =
        |row: outbox::Kept| Hit { href: format!("/handlaggare/utskick/{}", row.id), name: row.subject, more: row.recipient.to_string() };
    Group { title: text::staff().menu.outbox, hits: rows.into_iter().map(hit).collect(), all: asked_there("/handlaggare/utskick", words) }
}

/// What everybody may find.
async fn in_publications(app: &App, words: &str) -> Result<Group, StoreError> {
    let limit = usize::try_from(FEW).unwrap_or_default();
    let query = catalogue::Query { words: words.to_owned(), limit, ..Default::default() };
    let (_, works) = catalogue::find_listed(app, &query).await?;
    let hits = works
        .into_iter()
        .map(|work| Hit {
            href: format!("/publikationer/{}", work.path),
            name: work.title.as_str().to_owned(),
            more: work.number.map(|number| number.as_str().to_owned()).unwrap_or_default(),
        })
        .collect();
    Ok(Group { title: text::site(Lang::Sv).publications, hits, all: asked_there("/publikationer", words) })
}

fn shown(group: Group) -> AnyView {
    let texts = &text::staff().search;
    let rows: Vec<Vec<Cell>> = group
        .hits
        .into_iter()
        .map(|hit| {
            let link = view! {
                <a class="govuk-link" href=hit.href>
                    {hit.name}
                </a>
            };
            vec![Cell::new(link.into_any()), Cell::new(hit.more).classes("app-break")]
        })
        .collect();
    view! {
        <Table caption=group.title caption_classes="govuk-table__caption--m" rows=rows first_cell_is_header=true />
        <p class="govuk-body">
            <a class="govuk-link" href=group.all>
                {(texts.all_of)(group.title)}
            </a>
        </p>
    }
    .into_any()
}
