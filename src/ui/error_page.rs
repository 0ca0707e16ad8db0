//! The page that a refusal or a fault becomes: what happened, what to do, and a reference when we must look into it.

use leptos::prelude::*;

use super::page::Head;
use crate::kit::Lang;
use crate::text;

/// Head and main content for an HTTP status; `who` is what someone signed in is called.
pub fn page(lang: Lang, status: u16, reference: &str, who: Option<&str>) -> (Head, impl FnOnce() -> AnyView) {
    let site = text::site(lang);
    let errors = &site.errors;
    let (title, help) = match status {
        403 if who.is_some() => (errors.lacks_role.0, ""),
        403 => errors.forbidden,
        404 => errors.not_found,
        405 => errors.method,
        410 => errors.gone,
        413 => errors.too_large,
        429 => errors.too_many,
        503 => errors.unavailable,
        500..=599 => errors.internal,
        _ => errors.bad_request,
    };
    let help = match who {
        Some(who) if status == 403 => (errors.lacks_role.1)(who),
        _ => help.to_owned(),
    };
    let reference = (status >= 500).then(|| (errors.reference)(reference));
    let main = move || {
        view! {
            <h1 class="govuk-heading-l">{title}</h1>
            <p class="govuk-body">{help}</p>
            {reference.map(|text| view! { <p class="govuk-body">{text}</p> })}
            <ul class="govuk-list">
                <li>
                    <a class="govuk-link" href=format!("{}/publikationer", lang.prefix())>
                        {errors.go_publications}
                    </a>
                </li>
                <li>
                    <a class="govuk-link" href=format!("{}/", lang.prefix())>
                        {errors.go_home}
                    </a>
                </li>
            </ul>
        }
        .into_any()
    };
    (Head { noindex: true, ..Head::new(title) }, main)
}
