//! One publication: what it says, the facts, how to have it in print or as a file, how to cite it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::parts::{Cover, cover, dated, picture, title_lang};
use super::search::first_upper;
use super::trail;
use crate::catalogue::citation::{self, Format, in_series, series_text};
use crate::catalogue::labels;
use crate::catalogue::model::{Availability, EditionForm, Orderable, Publication, Status, StockStatus};
use crate::catalogue::{store, structured};
use crate::kit::{Lang, PublishedText, civil};
use crate::text;
use crate::ui::page::Head;
use crate::ui::prose::prose;
use crate::web::{App, AppError, Visit};

pub async fn show(State(app): State<App>, visit: Visit, Path((year, slug)): Path<(String, String)>) -> Result<Response, AppError> {
    let path = format!("{year}/{slug}");
    let today = civil::stockholm(app.now()).date;
    let publication = app.db.read(async |tx| store::publication(tx, &path, today).await).await?.ok_or(AppError::NotFound)?;
    let lang = visit.lang;
    let work = &publication.work;
    let trail = trail(lang, &[("/publikationer", text::site(lang).publications)]);
    if let Status::Withdrawn { reason } = &work.status {
        let head = Head { noindex: true, trail, ..Head::new(text::catalogue(lang).publication.withdrawn) };
        let main = || withdrawn(&publication, reason.as_ref(), lang);
        return Ok(visit.page(&app, StatusCode::GONE, head, main));
    }
    let head = Head {
        description: work.ingress.best(lang).map(|(ingress, _)| ingress.as_str().to_owned()),
        canonical: Some(work.href()),
        json_ld: Some(structured::json_ld(&publication, &app.config.base_url, lang)),
        meta: structured::meta(&publication, &app.config.base_url, lang),
        trail,
        ..Head::new(work.full_title())
    };
    let main = || whole(&publication, &app.url(&work.href()), lang);
    Ok(visit.page(&app, StatusCode::OK, head, main))
}

fn whole(publication: &Publication, url: &str, lang: Lang) -> AnyView {
    let texts = &text::catalogue(lang).publication;
    let work = &publication.work;
    let number = work.number.as_ref().map(|number| number.as_str());
    let ingress = work.ingress.best(lang).map(|(ingress, of)| {
        view! {
            <p class="govuk-body-l app-measure" lang=labels::other(of, lang)>
                {ingress.to_string()}
            </p>
        }
    });
    let face = match &work.cover {
        Some(cover) => picture(cover, 320, cover.alt(lang), false),
        None => cover(&Cover { kind: work.kind, number, title: Some(work.title.as_str()), sender: Some(citation::publisher(work)) }, lang),
    };
    view! {
        <div class="app-split app-split--right">
            <div class="app-split__main">
                {heading(publication, lang)}
                {ingress}
            </div>
            <div class="app-split__side">
                {face}
                {availability(publication, lang)}
                {downloads(publication, lang)}
            </div>
            <div class="app-split__rest">
                {body(publication, lang)}
                {interview(publication, lang)}
                {work.funded_evaluation.then(|| standing_notice(lang))}
                {grants(publication, lang)}
                <h2 class="govuk-heading-m">{texts.facts}</h2>
                {facts(publication, lang)}
                {related(publication, lang)}
                {citations(publication, url, lang)}
            </div>
        </div>
    }
    .into_any()
}

fn heading(publication: &Publication, lang: Lang) -> AnyView {
    let work = &publication.work;
    let caption = in_series(work).unwrap_or_else(|| labels::kind(work.kind, lang).to_owned());
    // The kind is said once: above the title, or beside the dates when a series stands there.
    let kind = Some(labels::kind(work.kind, lang)).filter(|kind| !caption.starts_with(kind));
    let own_lang = title_lang(&work.languages, lang);
    view! {
        <h1 class="govuk-heading-l">
            <span class="govuk-caption-l">{caption}</span>
            <span lang=own_lang.clone()>{work.title.to_string()}</span>
        </h1>
        {work
            .subtitle
            .as_ref()
            .map(|subtitle| {
                view! {
                    <p class="govuk-body-l govuk-!-font-weight-bold app-measure" lang=own_lang>
                        {subtitle.to_string()}
                    </p>
                }
            })}
        <p class="app-result__meta govuk-!-margin-bottom-4">
            {kind.map(|kind| view! { <span class="govuk-tag govuk-tag--grey">{kind}</span> })}
            {work.organisation.as_ref().map(|name| view! { <span>{name.to_string()}</span> })}
            {dated(work.published, work.received, work.year, lang).map(|date| view! { <span class="app-nowrap">{date}</span> })}
        </p>
    }
    .into_any()
}

/// Text that exists in the other language only is marked, and the reader is told.
fn only_in(of: Lang, lang: Lang) -> Option<AnyView> {
    let texts = &text::catalogue(lang).publication;
    (of != lang).then(|| {
        let told = if of == Lang::Sv { texts.only_swedish } else { texts.only_english };
        view! { <p class="govuk-body app-muted">{told}</p> }.into_any()
    })
}

fn body(publication: &Publication, lang: Lang) -> Option<AnyView> {
    let (body, of) = publication.work.body.best(lang)?;
    Some(
        view! {
            {only_in(of, lang)}
            {prose(body.as_str(), 2, labels::other(of, lang))}
        }
        .into_any(),
    )
}

fn interview(publication: &Publication, lang: Lang) -> Option<AnyView> {
    let texts = &text::catalogue(lang).publication;
    let questions = publication.interview(lang);
    let of = questions.first()?.lang;
    let answers = questions
        .into_iter()
        .map(|one| {
            view! {
                <h3 class="govuk-heading-s" lang=labels::other(one.lang, lang)>
                    {one.question.to_string()}
                </h3>
                {prose(one.answer.as_str(), 4, labels::other(one.lang, lang))}
            }
        })
        .collect_view();
    Some(
        view! {
            <h2 class="govuk-heading-m">{texts.interview}</h2>
            {publication
                .work
                .interviewee
                .as_ref()
                .map(|name| view! { <p class="govuk-body app-measure">{(texts.interviewee)(name.as_str())}</p> })}
            {only_in(of, lang)}
            {answers}
        }
        .into_any(),
    )
}

/// Says who answers for an evaluation that Brå supported but did not write.
fn standing_notice(lang: Lang) -> AnyView {
    let texts = &text::catalogue(lang).publication;
    view! {
        <section class="govuk-inset-text app-measure" aria-labelledby="ansvar">
            <h2 class="govuk-heading-s" id="ansvar">
                {texts.funded_heading}
            </h2>
            <p class="govuk-body">{texts.funded_what}</p>
            <p class="govuk-body">{texts.funded_how}</p>
            <p class="govuk-body govuk-!-margin-bottom-0">{texts.funded_who}</p>
        </section>
    }
    .into_any()
}

fn grants(publication: &Publication, lang: Lang) -> Option<AnyView> {
    if publication.grants.is_empty() {
        return None;
    }
    let texts = &text::catalogue(lang).publication;
    let rows = publication
        .grants
        .iter()
        .map(|grant| {
            let about = grant.text.best(lang).map(|(about, of)| {
                view! { <span lang=labels::other(of, lang)>{about.to_string()}</span> }
            });
            let amount =
                grant.amount.map(|amount| view! { " " <span class="app-nowrap">{(texts.grant_amount)(&amount.text(lang))}</span> });
            view! {
                <div class="app-facts__row">
                    <dt class="app-facts__key">{grant.year}</dt>
                    <dd class="app-facts__value">{about} {amount}</dd>
                </div>
            }
        })
        .collect_view();
    Some(
        view! {
            <h2 class="govuk-heading-m">{texts.grants}</h2>
            <dl class="app-facts">{rows}</dl>
        }
        .into_any(),
    )
}

/// The order block where the publication can be ordered, or else how it can be had.
fn availability(publication: &Publication, lang: Lang) -> AnyView {
    match publication.orderable() {
        Some(orderable) if orderable.stock().status() != StockStatus::Out => order_block(&orderable, lang),
        Some(_) => {
            let texts = &text::catalogue(lang).order;
            notice(texts.out_heading, texts.out, publication, lang)
        }
        None => {
            let texts = &text::catalogue(lang).order;
            let print = publication.editions.iter().find(|edition| edition.form == EditionForm::Print);
            let has_file = publication.downloads().next().is_some();
            let words = match print.map(|edition| edition.availability) {
                Some(Availability::OutOfPrint) => texts.out_of_print,
                _ if has_file => texts.free_file,
                Some(Availability::InPrint) => texts.no_price,
                Some(Availability::NotPrinted) => texts.not_printed,
                None => texts.unknown,
            };
            notice(texts.cannot_heading, words, publication, lang)
        }
    }
}

/// Takes an [`Orderable`] and nothing else, so that it cannot show a field that nobody filled in.
fn order_block(orderable: &Orderable, lang: Lang) -> AnyView {
    let texts = &text::catalogue(lang).order;
    let example = text::catalogue(lang).publication.example;
    let stock = match orderable.stock().status() {
        StockStatus::InStock(_) => ("app-stock app-stock--in", texts.in_stock.to_owned()),
        StockStatus::Few(copies) => ("app-stock app-stock--few", (texts.few)(copies)),
        StockStatus::Backorder | StockStatus::Out => ("app-stock app-stock--out", texts.backorder.to_owned()),
    };
    let price = (texts.price)(&orderable.price().text(lang), &orderable.vat_rate().text(lang));
    view! {
        <section class="app-order" aria-labelledby="bestall">
            <h2 class="app-order__heading" id="bestall">
                {texts.heading}
            </h2>
            <p class="govuk-body govuk-!-margin-bottom-2">
                {texts.isbn} " " <span class="app-nowrap">{orderable.isbn().hyphenated()}</span>
                {orderable
                    .isbn_is_example()
                    .then(|| view! { " " <strong class="govuk-tag govuk-tag--grey">{example}</strong> })}
            </p>
            <p class="govuk-body govuk-!-margin-bottom-2">
                <strong>{price}</strong>
                {orderable
                    .price_is_example()
                    .then(|| view! { " " <strong class="govuk-tag govuk-tag--grey">{texts.example_price}</strong> })}
            </p>
            <p class=stock.0>{stock.1}</p>
            <form method="post" action=format!("{}/kundkorg", lang.prefix()) novalidate data-once="">
                <input type="hidden" name="utgava" value=orderable.edition().to_string() />
                <div class="govuk-form-group">
                    <label class="govuk-label" for="antal">
                        {texts.quantity}
                    </label>
                    <input
                        class="govuk-input app-quantity"
                        id="antal"
                        name="antal"
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        value="1"
                    />
                </div>
                <button class="govuk-button app-order__button" type="submit">
                    {texts.add}
                </button>
            </form>
            <p class="govuk-body-s govuk-!-margin-top-3 govuk-!-margin-bottom-0">
                {texts.freight} " "
                <a class="govuk-link" href=format!("{}/villkor", lang.prefix())>
                    {texts.terms}
                </a> "."
            </p>
        </section>
    }
    .into_any()
}

/// How to have a publication that cannot be ordered.
fn notice(heading: &'static str, words: &'static str, publication: &Publication, lang: Lang) -> AnyView {
    let texts = &text::catalogue(lang).order;
    let source = publication.work.source_url.as_ref().and_then(|address| {
        let url = url::Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let host = url.host_str()?.trim_start_matches("www.").to_owned();
        Some(view! {
            <p class="govuk-body">
                <a class="govuk-link" href=url.to_string() rel="noopener">
                    {(texts.source)(&host)}
                </a>
            </p>
        })
    });
    // Who can fetch the file needs no contact.
    let contact = publication.downloads().next().is_none().then(|| {
        view! {
            <p class="govuk-body">
                <a class="govuk-link" href=format!("{}/kontakt", lang.prefix())>
                    {texts.contact}
                </a>
            </p>
        }
    });
    view! {
        <section class="app-order" aria-labelledby="bestall">
            <h2 class="app-order__heading" id="bestall">
                {heading}
            </h2>
            <p class="govuk-body">{words}</p>
            {source}
            {contact}
        </section>
    }
    .into_any()
}

fn downloads(publication: &Publication, lang: Lang) -> Option<AnyView> {
    publication.downloads().next()?;
    let texts = &text::catalogue(lang).publication;
    let href = publication.work.href();
    let items = publication
        .downloads()
        .map(|(edition, file)| {
            let form = labels::form(edition.form, lang);
            let about =
                [Some(labels::size(file.size, lang)), edition.pages.map(texts.pages)].into_iter().flatten().collect::<Vec<_>>().join(", ");
            view! {
                <li class="app-file">
                    <a class="govuk-link app-file__link" href=format!("{href}/{}", file.name) type=file.media_type.clone()>
                        {(texts.download)(publication.work.title.as_str())}
                    </a>
                    <span class="app-file__meta">{format!("{form}, {about}")}</span>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <h2 class="govuk-heading-m">{texts.downloads}</h2>
            <ul class="app-files">{items}</ul>
        }
        .into_any(),
    )
}

fn facts(publication: &Publication, lang: Lang) -> AnyView {
    let texts = &text::catalogue(lang).publication;
    let work = &publication.work;
    let mut rows: Vec<AnyView> = Vec::new();
    let mut row = |key: String, value: AnyView| {
        rows.push(
            view! {
                <div class="app-facts__row">
                    <dt class="app-facts__key">{key}</dt>
                    <dd class="app-facts__value">{value}</dd>
                </div>
            }
            .into_any(),
        );
    };
    row(texts.fact_kind.to_owned(), labels::kind(work.kind, lang).into_any());
    match (&work.series, &work.number) {
        (Some(series), number) => {
            let name = view! {
                <a class="govuk-link" href=format!("{}/serier/{}", lang.prefix(), series.slug)>
                    {series.name.to_string()}
                </a>
                {number.as_ref().map(|number| format!(" {number}"))}
            };
            row(texts.fact_series.to_owned(), name.into_any());
        }
        (None, Some(number)) => row(texts.fact_number.to_owned(), number.to_string().into_any()),
        (None, None) => {}
    }
    if !work.authors.is_empty() {
        let names: Vec<&str> = work.authors.iter().map(PublishedText::as_str).collect();
        row((texts.fact_authors)(names.len()).to_owned(), (text::catalogue(lang).list)(&names).into_any());
    }
    if let Some(name) = &work.organisation {
        row(texts.fact_organisation.to_owned(), name.to_string().into_any());
    }
    let dates = [
        (texts.fact_received, work.received),
        (texts.fact_decided, work.decided),
        (texts.fact_published, work.published),
        (texts.fact_revised, work.revised),
    ];
    for (key, date) in dates {
        if let Some(date) = date {
            row(key.to_owned(), view! { <time datetime=date.text()>{date.long(lang)}</time> }.into_any());
        }
    }
    if !work.languages.is_empty() {
        let names: Vec<String> = work.languages.iter().map(|code| labels::language(code.as_str(), lang)).collect();
        row(texts.fact_language.to_owned(), names.join(", ").into_any());
    }
    if let Some(pages) = publication.editions.iter().find_map(|edition| edition.pages) {
        row(texts.fact_pages.to_owned(), labels::number(pages.unsigned_abs(), lang).into_any());
    }
    for edition in &publication.editions {
        if let Some(isbn) = edition.isbn {
            let value = view! {
                <span class="app-nowrap">{isbn.hyphenated()}</span>
                {edition.isbn_is_example.then(|| format!(" ({})", texts.example))}
            };
            row((texts.fact_isbn)(labels::form(edition.form, lang)), value.into_any());
        }
    }
    if let Some(issn) = &work.issn {
        row(texts.fact_issn.to_owned(), view! { <span class="app-nowrap">{issn.to_string()}</span> }.into_any());
    }
    if let Some(urn) = &work.urn {
        row(texts.fact_urn.to_owned(), urn.to_string().into_any());
    }
    if !publication.subjects.is_empty() {
        let links = publication
            .subjects
            .iter()
            .map(|subject| {
                let (name, of) = subject.name(lang);
                view! {
                    <li>
                        <a class="govuk-link" href=format!("{}/amnen/{}", lang.prefix(), subject.slug) lang=labels::other(of, lang)>
                            {first_upper(name.as_str())}
                        </a>
                    </li>
                }
            })
            .collect_view();
        row(texts.fact_subjects.to_owned(), view! { <ul class="govuk-list govuk-!-margin-bottom-0">{links}</ul> }.into_any());
    }
    view! { <dl class="app-facts">{rows}</dl> }.into_any()
}

fn related(publication: &Publication, lang: Lang) -> Option<AnyView> {
    if publication.related.is_empty() {
        return None;
    }
    let items = publication
        .related
        .iter()
        .map(|one| {
            let series = series_text(one.series.as_ref().map(|name| name.as_str()), one.number.as_ref().map(|number| number.as_str()));
            let about = [Some(labels::kind(one.kind, lang).to_owned()), series, one.year.map(|year| year.to_string())];
            view! {
                <li class="app-card">
                    <h3 class="app-card__title">
                        <a class="govuk-link" href=format!("{}{}", lang.prefix(), one.href())>
                            {one.title.to_string()}
                        </a>
                    </h3>
                    <p class="app-card__text">{about.into_iter().flatten().collect::<Vec<_>>().join(", ")}</p>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <h2 class="govuk-heading-m">{text::catalogue(lang).publication.related}</h2>
            <ul class="app-cards">{items}</ul>
        }
        .into_any(),
    )
}

fn citations(publication: &Publication, url: &str, lang: Lang) -> AnyView {
    let texts = &text::catalogue(lang).publication;
    let href = publication.work.href();
    let links = Format::ALL
        .iter()
        .map(|format| {
            let label = match format {
                Format::BibTex => texts.bibtex,
                Format::Ris => texts.ris,
                Format::CslJson => texts.csl,
            };
            view! {
                <li>
                    <a class="govuk-link" href=format!("{href}/citera.{}", format.ending()) rel="nofollow">
                        {label}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <h2 class="govuk-heading-m">{texts.citation}</h2>
        <p class="govuk-body app-measure">{breakable(&citation::plain(publication, url, lang))}</p>
        <p class="govuk-body govuk-!-margin-bottom-2">{texts.citation_formats}</p>
        <ul class="app-inline-list">{links}</ul>
    }
    .into_any()
}

/// Text whose long words, such as addresses, may break at a slash or a hyphen; what is copied has no trace of it.
fn breakable(text: &str) -> AnyView {
    const LONG: usize = 24;
    text.split_inclusive(' ')
        .map(|word| {
            if word.chars().count() < LONG {
                return word.to_owned().into_any();
            }
            let pieces = word.split_inclusive(['/', '-']).map(|piece| view! { {piece.to_owned()} <wbr /> }).collect_view();
            pieces.into_any()
        })
        .collect_view()
        .into_any()
}

/// The record and the reason stay when a publication is withdrawn.
fn withdrawn(publication: &Publication, reason: Option<&PublishedText>, lang: Lang) -> AnyView {
    let texts = &text::catalogue(lang).publication;
    view! {
        <h1 class="govuk-heading-l">{texts.withdrawn}</h1>
        <p class="govuk-body-l app-measure" lang=title_lang(&publication.work.languages, lang)>
            {publication.work.full_title()}
        </p>
        <p class="govuk-body app-measure">{texts.withdrawn_what}</p>
        {reason.map(|reason| view! { <p class="govuk-body app-measure">{(texts.withdrawn_reason)(reason.as_str())}</p> })}
        {facts(publication, lang)}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::model::Stock;
    use crate::catalogue::pages::example::umea;

    fn html(publication: &Publication, lang: Lang) -> String {
        let owner = Owner::new();
        owner.with(|| whole(publication, "https://portal.example.se/x", lang).to_html()).replace("<!>", "")
    }

    #[test]
    fn the_order_block_says_isbn_and_price() {
        let page = html(&umea(), Lang::Sv);
        for words in [
            "Den här publikationen går att beställa",
            "978-91-89999-00-8",
            "Pris för tryckt rapport: 95\u{a0}kr inkl. moms (6\u{a0}%)",
            "exempelpris",
            "Inkom 2021",
            "name=\"utgava\"",
        ] {
            assert!(page.contains(words), "{words} is missing in {page}");
        }
    }

    #[test]
    fn what_lacks_a_field_is_not_offered() {
        let changes: [fn(&mut Publication); 5] = [
            |one| one.editions[0].isbn = None,
            |one| one.editions[0].price = None,
            |one| one.editions[0].vat_rate = None,
            |one| one.editions[0].availability = Availability::OutOfPrint,
            |one| one.editions[0].stock = Stock::default(),
        ];
        for (at, change) in changes.iter().enumerate() {
            let mut one = umea();
            change(&mut one);
            for lang in Lang::ALL {
                let page = html(&one, lang);
                assert!(!page.contains("name=\"utgava\"") && !page.contains("/kundkorg"), "change {at} is still offered");
                assert!(!page.contains('$') && !page.contains("None"), "change {at} shows a hole");
                assert!(page.contains("id=\"bestall\""), "change {at} says nothing");
            }
        }
    }

    #[test]
    fn text_in_the_other_language_is_marked() {
        let mut one = umea();
        one.work.body.en = None;
        let page = html(&one, Lang::En);
        assert!(page.contains("<div lang=\"sv\" class=\"app-prose\"") || page.contains("<div class=\"app-prose\" lang=\"sv\""), "{page}");
        assert!(page.contains("This text exists only in Swedish."));
    }
}
