//! `GET /handlaggare`: what waits for whoever is at the desk, each with its number and the list that holds it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::calls;
use crate::catalogue;
use crate::kit::StaffRole::{Administrator, Economist, Editor, Officer, Registrar, Warehouse};
use crate::kit::{Lang, StaffRole, civil};
use crate::organisations;
use crate::people::notices::store as notices;
use crate::platform::db::StoreError;
use crate::platform::outbox;
use crate::register;
use crate::shop::store::dispatch;
use crate::tables;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit, keeping};

/// Further than this nothing is counted: who sees the number does not count on.
pub const MOST: i64 = 1000;

/// After so many days a parcel that nobody has noted as delivered is looked for.
const DAYS_ON_THE_WAY: i64 = 14;

pub const ORDERS: &[StaffRole] = &[Warehouse, Economist, Administrator];
pub const ORGANISATIONS: &[StaffRole] = &[Registrar, Officer, Administrator];
pub const REGISTER: &[StaffRole] = &[Registrar, Officer, Administrator];
const PUBLICATIONS: &[StaffRole] = &[Editor];
/// Who sees drafts, too.
pub const DRAFTS: &[StaffRole] = &[Editor, Administrator];
pub const MAIL: &[StaffRole] = &[Administrator];

/// Something to do: what, where, and how much of it.
struct Todo {
    what: &'static str,
    href: String,
    count: i64,
}

/// What belongs together.
struct Group {
    title: &'static str,
    todos: Vec<Todo>,
}

/// `GET /handlaggare`
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let who = visit.signed_in()?;
    let staff = text::staff();
    let words = &staff.queue;
    let now = app.now();
    let long_ago = civil::stockholm(now).date.plus_days(-DAYS_ON_THE_WAY);
    let [orders_too, calls_too, organisations_too, register_too, publications_too, mail_too] =
        [ORDERS, calls::WRITERS, ORGANISATIONS, REGISTER, PUBLICATIONS, MAIL].map(|roles| who.roles.any_of(roles));
    let before = civil::day_bounds(long_ago).map_or(now, |(_, end)| end);
    let groups = app
        .db
        .read(async |tx| {
            let todo = |what: &'static str, href: &str, count: i64| Todo { what, href: href.to_owned(), count };
            let mut groups = Vec::new();
            if orders_too {
                let work = dispatch::work(tx, before, MOST + 1).await?;
                let low = catalogue::store::stock::count_low(tx, MOST + 1).await?;
                let late = format!("/handlaggare/bestallningar?leverans=shipped&till={}", long_ago.text());
                let todos = vec![
                    todo(words.to_pick, "/handlaggare/bestallningar?status=confirmed&leverans=to_pick", work.to_pick),
                    todo(words.packed, "/handlaggare/bestallningar?leverans=packed", work.packed),
                    todo(words.backordered, "/handlaggare/bestallningar?status=confirmed&leverans=backordered", work.backordered),
                    todo(words.late, &late, work.late),
                    todo(words.low, "/handlaggare/lager?lagt=ja", low),
                ];
                groups.push(Group { title: staff.menu.orders, todos });
            }
            if calls_too {
                let (to_review, asked) = calls::store::work(tx, MOST + 1).await?;
                let todos = vec![
                    todo(words.calls, "/handlaggare/utlysningar", to_review),
                    todo(words.call_questions, "/handlaggare/utlysningar", asked),
                ];
                groups.push(Group { title: staff.menu.calls, todos });
            }
            if organisations_too {
                let (asked, unverified) = organisations::store::work(tx, MOST + 1).await?;
                let todos = vec![
                    todo(words.asked, "/handlaggare/organisationer?vill=ja", asked),
                    todo(words.unverified, "/handlaggare/organisationer?lage=unverified", unverified),
                ];
                groups.push(Group { title: staff.menu.organisations, todos });
            }
            if register_too {
                let limits = register::actions::disclosures::limits(civil::stockholm(now).date);
                let work = register::store::disclosures::work(tx, limits, MOST + 1).await?;
                let todos = vec![
                    todo(words.overdue, "/handlaggare/diarium/begaranden?sena=ja&ordning=stigande", work.late),
                    todo(words.to_assess, "/handlaggare/diarium/begaranden?lage=received", work.received),
                    todo(words.being_assessed, "/handlaggare/diarium/begaranden?oppna=ja", work.assessing),
                ];
                groups.push(Group { title: staff.menu.register, todos });
            }
            if publications_too {
                let waiting = catalogue::editor::store::count_in_review(tx, MOST + 1).await?;
                let todos = vec![todo(words.to_review, "/handlaggare/publikationer?status=in_review", waiting)];
                groups.push(Group { title: staff.menu.publications, todos });
            }
            if mail_too {
                let dead = outbox::backlog(tx).await?.dead;
                groups.push(Group { title: staff.menu.outbox, todos: vec![todo(words.dead, "/handlaggare/utskick?lage=dead", dead)] });
            }
            let unread = notices::count(tx, &who.account).await?.unread;
            let ready = tables::store::count_ready(tx, &who.account, now.plus_days(-tables::model::DAYS_KEPT)).await?;
            let own = vec![todo(words.notices, "/mina-sidor/aviseringar", unread), todo(words.exports, "/handlaggare/exporter", ready)];
            groups.push(Group { title: words.own, todos: own });
            Ok::<_, StoreError>(groups)
        })
        .await?;
    let roles = who.roles.iter().map(staff.role).collect::<Vec<_>>().join(", ");
    let lead = (words.lead)(who.shown(), &roles);
    let keeping = keeping(who.roles);
    let today = civil::stockholm(now);
    let day = format!("{} {}", today.weekday.name(Lang::Sv), today.date.long(Lang::Sv));
    let head = Head { private: true, staff: true, ..Head::new(words.title) };
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        view! {
            <span class="govuk-caption-l">{day}</span>
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body">{lead}</p>
            <div class="app-queue">{groups.into_iter().map(group).collect::<Vec<_>>()}</div>
            <h2 class="govuk-heading-m">{words.keeping}</h2>
            <ul class="govuk-list">
                {keeping
                    .into_iter()
                    .map(|(path, name)| {
                        view! {
                            <li>
                                <a class="govuk-link" href=path>
                                    {name}
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        }
    }))
}

/// What waits, the most of it readable: what there is nothing of stands last, without a link.
fn group(group: Group) -> AnyView {
    let words = &text::staff().queue;
    let rows: Vec<Vec<Cell>> = group
        .todos
        .into_iter()
        .map(|todo| {
            let more = todo.count > MOST;
            let count = if more { (words.more_than)(MOST) } else { todo.count.to_string() };
            let what = if todo.count == 0 {
                todo.what.into_any()
            } else {
                view! {
                    <a class="govuk-link" href=todo.href>
                        {todo.what}
                    </a>
                }
                .into_any()
            };
            vec![Cell::new(what), Cell::new(count).numeric()]
        })
        .collect();
    let head =
        vec![Cell::new(words.what).classes("govuk-visually-hidden"), Cell::new(words.count).numeric().classes("govuk-visually-hidden")];
    view! { <Table caption=group.title caption_classes="govuk-table__caption--m" head=head rows=rows first_cell_is_header=true /> }
        .into_any()
}
