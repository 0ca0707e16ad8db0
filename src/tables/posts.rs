//! The form handlers of tables.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::actions::{self, Refusal, sheet_for};
use super::model::View;
use super::pages;
use super::rules::{self, MAX_QUERY, ViewError, field};
use super::view::address;
use crate::kit::Errors;
use crate::text;
use crate::web::forms::Posted;
use crate::web::sheets;
use crate::web::{App, AppError, Visit};

type Answer = Result<Response, AppError>;

/// `POST /handlaggare/tabeller/{sheet}/kolumner`: for a view of one's own when the address names it, for oneself otherwise.
pub async fn columns(State(app): State<App>, visit: Visit, Path(sheet): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let sheet = sheet_for(&app, who, &sheet, |facts| facts.sees).await?;
    let facts = sheet.facts();
    let chosen = rules::columns(&sheet.headings(), form.all(field::COLUMNS));
    let (view, _) = pages::looking(&app, &visit, who, facts).await?;
    let own = view.filter(|view| view.owner_id == who.account);
    // In another's view its columns are seen; whoever wants others leaves it and keeps its filters.
    let leads_to = match &own {
        Some(view) => address(facts.path, &sheets::clean(facts, &visit.query), Some(view.id.as_str())),
        None => address(facts.path, &sheets::clean(facts, &visit.query), Some(super::view::NONE)),
    };
    actions::choose_columns(&app, who, facts.code, &chosen, own).await?;
    Ok(visit.see_other(&leads_to))
}

fn stale_or(refusal: Refusal) -> Result<(&'static str, ViewError), AppError> {
    match refusal {
        Refusal::NameTaken => Ok((field::NAME, ViewError::NameTaken)),
        Refusal::Stale => Ok((field::NAME, ViewError::Stale)),
        Refusal::Failed(error) => Err(error),
        refusal => Err(AppError::internal(format!("{refusal:?}"))),
    }
}

/// `POST /handlaggare/tabeller/{sheet}/ny-vy`
pub async fn new_view(State(app): State<App>, visit: Visit, Path(sheet): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let sheet = sheet_for(&app, who, &sheet, |facts| facts.sees).await?;
    let facts = sheet.facts();
    let refuse =
        |errors: &Errors<ViewError>| Ok(pages::render_new_view(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, sheet, &form, errors));
    let typed = match rules::view(&form, &rules::shares(facts.sees)) {
        Ok(typed) => typed,
        Err(errors) => return refuse(&errors),
    };
    let query = sheets::clean(facts, &visit.query);
    if query.len() > MAX_QUERY {
        return refuse(&one(field::NAME, ViewError::FiltersLong));
    }
    let (seen, choice) = pages::looking(&app, &visit, who, facts).await?;
    let view = View {
        id: app.ids.id(app.now()),
        sheet: facts.code.to_owned(),
        owner_id: who.account.clone(),
        shared_with: typed.shared_with,
        name: typed.name,
        query,
        columns: seen.map_or(choice.columns, |seen| seen.columns),
        version: 1,
    };
    match actions::save(&app, who, &view, typed.first).await {
        Ok(()) => Ok(visit.see_other(&address(facts.path, &view.query, Some(view.id.as_str())))),
        Err(refusal) => {
            let (name, error) = stale_or(refusal)?;
            refuse(&one(name, error))
        }
    }
}

fn one(name: &'static str, error: ViewError) -> Errors<ViewError> {
    let mut errors = Errors::new();
    errors.push(name, error);
    errors
}

/// `POST /handlaggare/vyer/{view}`: its owner changes it; anybody else who sees it says whether the table opens with it.
pub async fn one_view(State(app): State<App>, visit: Visit, Path(id): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let opened = pages::open_view(&app, who, &id).await?;
    let facts = opened.sheet.facts();
    let mut view = opened.view.clone();
    let first = form.checked(field::FIRST);
    if view.owner_id == who.account {
        let typed = match rules::view(&form, &rules::shares(facts.sees)) {
            Ok(typed) => typed,
            Err(errors) => {
                return Ok(pages::render_view(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, who, &opened, &form, &errors));
            }
        };
        let query = sheets::clean(facts, &visit.query);
        view = View {
            shared_with: typed.shared_with,
            name: typed.name,
            version: form.get(field::VERSION).parse().unwrap_or_default(),
            ..view
        };
        if form.checked(field::FILTERS) {
            if query.len() > MAX_QUERY {
                let errors = one(field::NAME, ViewError::FiltersLong);
                return Ok(pages::render_view(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, who, &opened, &form, &errors));
            }
            view.query = query;
        }
        if let Err(refusal) = actions::change(&app, who, &view).await {
            let (name, error) = stale_or(refusal)?;
            let status = if error == ViewError::Stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let now = pages::open_view(&app, who, &id).await?;
            return Ok(pages::render_view(&app, &visit, status, who, &now, &form, &one(name, error)));
        }
    }
    if first != opened.first {
        actions::open_with(&app, who, facts.code, Some(&view.id).filter(|_| first)).await?;
    }
    Ok(visit.see_other(&address(facts.path, &view.query, Some(view.id.as_str()))))
}

/// `POST /handlaggare/vyer/{view}/ta-bort`
pub async fn remove_view(State(app): State<App>, visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> Answer {
    let who = visit.signed_in()?;
    let opened = pages::open_view(&app, who, &id).await?;
    if !opened.view.is_removed_by(&who.account, who.roles) {
        return Err(AppError::Forbidden);
    }
    actions::remove(&app, who, &opened.view).await?;
    Ok(visit.see_other(opened.sheet.facts().path))
}

/// `POST /handlaggare/tabeller/{sheet}/exportera`
pub async fn new_export(State(app): State<App>, visit: Visit, Path(sheet): Path<String>, Posted(form): Posted) -> Answer {
    let who = visit.signed_in()?;
    let sheet = sheet_for(&app, who, &sheet, |facts| facts.takes).await?;
    let facts = sheet.facts();
    let words = &text::staff().tables;
    let refuse = |status, sentence: String| Ok(pages::render_new_export(&app, &visit, status, sheet, &form, Some(sentence)));
    let Some((format, all)) = rules::export(&form) else {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, words.format_missing.to_owned());
    };
    let (view, choice) = pages::looking(&app, &visit, who, facts).await?;
    let columns = if all {
        sheet.headings().iter().map(|heading| heading.code).collect::<Vec<_>>().join(",")
    } else {
        view.map_or(choice.columns, |view| view.columns)
    };
    match actions::order(&app, who, sheet, &visit.query, &columns, format).await {
        Ok(id) => Ok(visit.see_other(&format!("/handlaggare/exporter/{id}"))),
        Err(Refusal::TooManyAtOnce) => refuse(StatusCode::TOO_MANY_REQUESTS, (words.too_many_at_once)(actions::MOST_AT_ONCE)),
        Err(Refusal::TooManyToday) => refuse(StatusCode::TOO_MANY_REQUESTS, (words.too_many_today)(actions::MOST_A_DAY)),
        Err(Refusal::Failed(error)) => Err(error),
        Err(refusal) => Err(AppError::internal(format!("{refusal:?}"))),
    }
}

/// `POST /handlaggare/exporter/{export}`: tries again what failed.
pub async fn again(State(app): State<App>, visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> Answer {
    let who = visit.signed_in()?;
    let export = pages::open_export(&app, who, &id).await?;
    if export.has_failed() {
        sheet_for(&app, who, &export.sheet, |facts| facts.takes).await?;
        actions::again(&app, who, &export).await?;
    }
    Ok(visit.see_other(&format!("/handlaggare/exporter/{}", export.id)))
}
