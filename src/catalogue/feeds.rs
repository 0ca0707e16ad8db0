//! What machines fetch: the Atom feed, the sitemap, robots.txt and the description of the search.

use atom_syndication::{Category, Entry, Feed, FixedDateTime, Link, Person, Text};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use quick_xml::escape::escape;

use super::citation;
use super::model::{Listed, href};
use super::store::{self, SitemapRow};
use super::{labels, search};
use crate::kit::{Instant, Lang, civil};
use crate::text;
use crate::web::{App, AppError, Visit, machine};

/// Works in the feed.
const IN_FEED: usize = 50;

/// A sitemap holds at most 50 000 addresses (sitemaps.org); each work has one in each language.
const MOST_ADDRESSES: i64 = 50_000;
const WORKS_A_PART: i64 = 24_000;

/// Pages that stand in every sitemap.
const PAGES: [&str; 13] = [
    "/",
    "/publikationer",
    "/utlysningar",
    "/serier",
    "/amnen",
    "/diarium",
    "/om",
    "/kontakt",
    "/villkor",
    "/tillganglighet",
    "/kakor",
    "/personuppgifter",
    "/lattlast",
];

/// `/publikationer/atom.xml`
pub async fn atom(State(app): State<App>, visit: Visit, headers: HeaderMap) -> Result<Response, AppError> {
    let works = search::latest(&app, IN_FEED).await?;
    let changed = works.iter().map(|work| work.updated_at).max();
    let body = feed(&works, &app.config.base_url, visit.lang, changed.unwrap_or_else(|| Instant::from_millis(0))).to_string();
    Ok(machine::answer(&headers, "application/atom+xml; charset=utf-8", body, changed))
}

fn instant(instant: Instant) -> FixedDateTime {
    // Our own text of an instant is always one.
    civil::rfc3339(instant).parse().unwrap_or_default()
}

fn link(rel: &str, href: String, media_type: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}

/// XML 1.0 has no place for most control characters.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn feed(works: &[Listed], base: &str, lang: Lang, changed: Instant) -> Feed {
    let texts = &text::catalogue(lang).feed;
    let own = |lang: Lang| format!("{base}{}/publikationer/atom.xml", lang.prefix());
    Feed {
        title: texts.title.into(),
        subtitle: Some(texts.subtitle.into()),
        id: own(lang),
        updated: instant(changed),
        lang: Some(lang.code().to_owned()),
        authors: vec![Person { name: text::site(lang).agency_long.to_owned(), ..Person::default() }],
        links: vec![
            link("self", own(lang), "application/atom+xml"),
            link("alternate", format!("{base}{}/publikationer", lang.prefix()), "text/html"),
        ],
        entries: works.iter().map(|work| entry(work, base, lang)).collect(),
        ..Feed::default()
    }
}

fn entry(work: &Listed, base: &str, lang: Lang) -> Entry {
    let mut links = vec![link("alternate", format!("{base}{}{}", lang.prefix(), work.href()), "text/html")];
    for edition in &work.editions {
        if let Some(file) = &edition.file {
            let mut enclosure = link("enclosure", format!("{base}{}/{}", work.href(), file.name), &file.media_type);
            enclosure.length = Some(file.size.to_string());
            links.push(enclosure);
        }
    }
    let names: Vec<&str> = match (work.authors.as_slice(), &work.organisation) {
        ([], organisation) => vec![organisation.as_ref().map_or(text::site(lang).agency_long, |name| name.as_str())],
        (authors, _) => authors.iter().map(|name| name.as_str()).collect(),
    };
    let summary = work.ingress.best(lang).map(|(ingress, of)| Text {
        value: clean(ingress.as_str()),
        lang: Some(of.code().to_owned()),
        ..Text::default()
    });
    let number = citation::series_text(work.series.as_ref().map(|name| name.as_str()), work.number.as_ref().map(|number| number.as_str()));
    let mut categories =
        vec![Category { term: work.kind.code().to_owned(), label: Some(labels::kind(work.kind, lang).to_owned()), scheme: None }];
    categories.extend(number.map(|number| Category { term: number, ..Category::default() }));
    Entry {
        title: Text {
            value: clean(&work.full_title()),
            lang: work.languages.first().map(|code| code.as_str().to_owned()),
            ..Text::default()
        },
        // The one name that never changes: an URN may be given later, and an address may move.
        id: format!("urn:uuid:{}", work.id),
        updated: instant(work.updated_at),
        published: Some(instant(work.created_at)),
        authors: names.into_iter().map(|name| Person { name: clean(name), ..Person::default() }).collect(),
        categories,
        links,
        summary,
        ..Entry::default()
    }
}

/// `/sitemap.xml`, and its parts `/sitemap.xml?efter={path}` when one file is not enough.
pub async fn sitemap(State(app): State<App>, visit: Visit, headers: HeaderMap) -> Result<Response, AppError> {
    let after = url::form_urlencoded::parse(visit.query.as_bytes()).find(|(name, _)| name == "efter").map(|(_, path)| path.into_owned());
    let base = &app.config.base_url;
    let (body, changed) = app
        .db
        .read(async |tx| {
            let whole = store::count(tx).await? * 2 + 2 * i64::try_from(PAGES.len()).unwrap_or(0) < MOST_ADDRESSES - 2000;
            match &after {
                None if !whole => {
                    let mut parts = vec![(String::new(), None)];
                    let mut last = String::new();
                    loop {
                        let rows = store::sitemap(tx, &last, WORKS_A_PART).await?;
                        if let Some(part) = parts.last_mut() {
                            part.1 = rows.iter().map(|row| row.updated_at).max();
                        }
                        match rows.last() {
                            Some(row) if rows.len() as i64 == WORKS_A_PART => last.clone_from(&row.path),
                            _ => break,
                        }
                        parts.push((last.clone(), None));
                    }
                    let changed = parts.iter().filter_map(|(_, changed)| *changed).max();
                    Ok::<_, AppError>((index(&parts, base), changed))
                }
                after => {
                    let after = after.as_deref().unwrap_or_default();
                    let rows = store::sitemap(tx, after, WORKS_A_PART).await?;
                    let mut pages: Vec<String> = Vec::new();
                    if after.is_empty() {
                        pages.extend(PAGES.iter().map(|page| (*page).to_owned()));
                        let series = store::all_series(tx).await?.into_iter().filter(|(_, works)| *works > 0);
                        pages.extend(series.map(|(series, _)| format!("/serier/{}", series.slug)).take(500));
                        let subjects = store::all_subjects(tx).await?.into_iter().filter(|(_, works)| *works > 0);
                        pages.extend(subjects.map(|(subject, _)| format!("/amnen/{}", subject.slug)).take(400));
                    }
                    Ok((addresses(&pages, &rows, base), rows.iter().map(|row| row.updated_at).max()))
                }
            }
        })
        .await?;
    Ok(machine::answer(&headers, "application/xml; charset=utf-8", body, changed))
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

fn index(parts: &[(String, Option<Instant>)], base: &str) -> String {
    let mut xml = format!("{XML}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (after, changed) in parts {
        let search = url::form_urlencoded::Serializer::new(String::new()).append_pair("efter", after).finish();
        let changed = changed.map(|changed| format!("<lastmod>{}</lastmod>", civil::rfc3339(changed))).unwrap_or_default();
        xml.push_str(&format!("<sitemap><loc>{}</loc>{changed}</sitemap>\n", escape(format!("{base}/sitemap.xml?{search}"))));
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

fn addresses(pages: &[String], works: &[SitemapRow], base: &str) -> String {
    let mut xml =
        format!("{XML}<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    let mut add = |path: &str, changed: Option<Instant>| {
        let full = |lang: Lang| {
            let address = format!("{base}{}{path}", lang.prefix());
            escape(&address).into_owned()
        };
        let others: String = Lang::ALL
            .iter()
            .map(|lang| format!("<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>", lang.code(), full(*lang)))
            .collect();
        let changed = changed.map(|changed| format!("<lastmod>{}</lastmod>", civil::rfc3339(changed))).unwrap_or_default();
        for lang in Lang::ALL {
            xml.push_str(&format!("<url><loc>{}</loc>{changed}{others}</url>\n", full(lang)));
        }
    };
    for page in pages {
        add(page, None);
    }
    for work in works {
        add(&href(&work.path), Some(work.updated_at));
    }
    xml.push_str("</urlset>\n");
    xml
}

/// `/robots.txt`: everything but what is one visitor's own.
pub async fn robots(State(app): State<App>, headers: HeaderMap) -> Response {
    let mut body = "User-agent: *\n".to_owned();
    for path in ["/kundkorg", "/kassa", "/bestallning", "/demo"] {
        for lang in Lang::ALL {
            body.push_str(&format!("Disallow: {}{path}\n", lang.prefix()));
        }
    }
    body.push_str(&format!("\nSitemap: {}\n", app.url("/sitemap.xml")));
    machine::answer(&headers, "text/plain; charset=utf-8", body, None)
}

/// `/opensearch.xml`: lets a browser search here from its address field.
pub async fn opensearch(State(app): State<App>, visit: Visit, headers: HeaderMap) -> Response {
    let texts = &text::catalogue(visit.lang).feed;
    let base = format!("{}{}", app.config.base_url, visit.lang.prefix());
    let icon = app.assets.path("favicon.svg").map(|path| format!("  <Image type=\"image/svg+xml\">{}</Image>\n", escape(app.url(path))));
    let body = format!(
        "{XML}<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n  <ShortName>{}</ShortName>\n  \
         <Description>{}</Description>\n  <InputEncoding>UTF-8</InputEncoding>\n  <Language>{}</Language>\n{}  \
         <Url type=\"text/html\" template=\"{}/publikationer?q={{searchTerms}}\"/>\n  \
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{}/opensearch.xml\"/>\n</OpenSearchDescription>\n",
        escape(texts.opensearch_short),
        escape(texts.opensearch),
        visit.lang.code(),
        icon.unwrap_or_default(),
        escape(&base),
        escape(&base),
    );
    machine::answer(&headers, "application/opensearchdescription+xml; charset=utf-8", body, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sitemaps_name_both_languages_and_escape() {
        let rows = [SitemapRow { path: "2021/a".to_owned(), updated_at: Instant::from_millis(0) }];
        let xml = addresses(&["/".to_owned()], &rows, "https://a.example/?&");
        assert_eq!(xml.matches("<url>").count(), 4);
        assert!(xml.contains("<loc>https://a.example/?&amp;/en/publikationer/2021/a</loc><lastmod>1970-01-01T01:00:00+01:00</lastmod>"));
        assert!(xml.contains("hreflang=\"en\" href=\"https://a.example/?&amp;/en/\""));
        assert!(index(&[("2021/å&".to_owned(), None)], "https://a.example").contains("?efter=2021%2F%C3%A5%26</loc>"));
    }

    #[test]
    fn an_empty_feed_is_a_feed() {
        let xml = feed(&[], "https://a.example", Lang::En, Instant::from_millis(0)).to_string();
        assert!(xml.contains("xml:lang=\"en\"") && xml.contains("<id>https://a.example/en/publikationer/atom.xml</id>"), "{xml}");
    }
}
