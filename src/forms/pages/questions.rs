//! The questions of a form as a list, for whoever reads them before answering.

use leptos::prelude::*;

use super::{paragraphs, words};
use crate::forms::model::{Both, Definition, Kind, Question, Section};
use crate::kit::Lang;
use crate::text;

/// One section with its questions, numbered from `first`; the heading of the section is a second-level one.
pub fn section(lang: Lang, definition: &Definition, section: &Section, first: usize) -> AnyView {
    let id = section.key.as_str().to_owned();
    let labelled = id.clone();
    let questions = section.questions.iter().map(|question| one(lang, definition, question)).collect_view();
    view! {
        <section class="app-questions" aria-labelledby=labelled>
            <h2 class="govuk-heading-m" id=id>
                {words(&section.title, lang)}
            </h2>
            {paragraphs(&section.lead, lang)}
            <ol class="govuk-list govuk-list--number govuk-list--spaced" start=first.to_string()>
                {questions}
            </ol>
        </section>
    }
    .into_any()
}

fn one(lang: Lang, definition: &Definition, question: &Question) -> AnyView {
    let texts = text::forms(lang);
    let optional = question.optional.then(|| format!(" {}", texts.optional));
    let condition = question.shown_when.as_ref().and_then(|condition| {
        let earlier = definition.question(condition.question.as_str())?;
        let answers: Vec<String> = match &earlier.kind {
            Kind::Choice { options } | Kind::Several { options } => {
                let chosen = options.iter().filter(|one| condition.any_of.contains(&one.key));
                chosen.map(|one| one.label.text(lang).to_owned()).collect()
            }
            _ => vec![texts.confirmed.to_owned()],
        };
        let says = (texts.asked_when)(&answers, earlier.label.text(lang));
        Some(view! { <p class="govuk-hint govuk-!-margin-bottom-1">{says}</p> })
    });
    let more = match &question.kind {
        Kind::Choice { options } | Kind::Several { options } => {
            list(lang, texts.options, options.iter().map(|one| (&one.label, &one.help)))
        }
        Kind::Table { columns, .. } => {
            static NONE: Both = Both { sv: String::new(), en: String::new() };
            list(lang, texts.columns, columns.iter().map(|one| (&one.label, &NONE)))
        }
        Kind::Consent { statement } => view! { <p class="govuk-body app-measure">{words(statement, lang)}</p> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        <li class="app-measure">
            <p class="govuk-body govuk-!-margin-bottom-1">
                <strong>{words(&question.label, lang)}</strong>
                {optional}
            </p>
            {(!question.help.is_empty()).then(|| view! { <p class="govuk-body govuk-!-margin-bottom-1">{words(&question.help, lang)}</p> })}
            {condition}
            <p class="govuk-hint govuk-!-margin-bottom-1">{(texts.takes)(&question.kind)}</p>
            {more}
        </li>
    }
    .into_any()
}

fn list<'a>(lang: Lang, lead: &'static str, items: impl Iterator<Item = (&'a Both, &'a Both)>) -> AnyView {
    let item = |(label, help): (&Both, &Both)| {
        let help = (!help.is_empty()).then(|| view! { <span class="govuk-hint govuk-!-margin-bottom-0">{words(help, lang)}</span> });
        view! {
            <li>
                {words(label, lang)}
                {help}
            </li>
        }
    };
    let items = items.map(item).collect_view();
    view! {
        <p class="govuk-body govuk-!-margin-bottom-1">{lead}</p>
        <ul class="govuk-list govuk-list--bullet">{items}</ul>
    }
    .into_any()
}
