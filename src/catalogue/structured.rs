//! What machines read on a publication's page: schema.org as JSON-LD, and the tags that reference managers and social
//! media look for. Says nothing that the page does not say; an offer stands here only where the page has one.

use serde_json::{Value, json};

use super::citation;
use super::model::{Edition, EditionForm, Orderable, Publication, StockStatus, Work};
use crate::kit::{Lang, PartialDate};
use crate::text;

/// The publication as schema.org's `Report` with its editions as `workExample`. `base` is the portal's address.
pub fn json_ld(publication: &Publication, base: &str, lang: Lang) -> String {
    let work = &publication.work;
    let url = format!("{base}{}", work.href());
    let mut report = json!({
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": url,
        "url": format!("{base}{}{}", lang.prefix(), work.href()),
        "name": work.full_title(),
        "author": authors(work),
        "publisher": organisation(citation::publisher(work)),
        "isAccessibleForFree": publication.downloads().next().is_some(),
    });
    let mut set = |name: &str, value: Option<Value>| {
        if let (Some(report), Some(value)) = (report.as_object_mut(), value) {
            report.insert(name.to_owned(), value);
        }
    };
    let languages: Vec<&str> = work.languages.iter().map(|code| code.as_str()).collect();
    set("inLanguage", (!languages.is_empty()).then(|| json!(languages)));
    set("datePublished", citation::date(work).map(|date| date.text().into()));
    set("dateModified", work.revised.map(|date| date.text().into()));
    set("description", work.ingress.best(lang).map(|(text, _)| text.as_str().into()));
    set("reportNumber", work.number.as_ref().map(|number| number.as_str().into()));
    set("image", work.cover.as_ref().map(|cover| format!("{base}{}", cover.src(640)).into()));
    set("identifier", work.urn.as_ref().map(|urn| urn.as_str().into()));
    set(
        "isPartOf",
        work.series.as_ref().map(|series| {
            let mut part =
                json!({ "@type": "CreativeWorkSeries", "name": series.name.as_str(), "url": format!("{base}/serier/{}", series.slug) });
            if let (Some(part), Some(issn)) = (part.as_object_mut(), &series.issn) {
                part.insert("issn".to_owned(), issn.to_string().into());
            }
            part
        }),
    );
    let subjects: Vec<&str> = publication.subjects.iter().map(|subject| subject.name(lang).0.as_str()).collect();
    set("keywords", (!subjects.is_empty()).then(|| json!(subjects)));
    let examples: Vec<Value> = publication.editions.iter().map(|edition| example(edition, publication, base)).collect();
    set("workExample", (!examples.is_empty()).then(|| json!(examples)));
    report.to_string()
}

fn authors(work: &Work) -> Value {
    match (work.authors.as_slice(), &work.organisation) {
        ([], _) => organisation(citation::publisher(work)),
        (persons, _) => persons.iter().map(|name| json!({ "@type": "Person", "name": name.as_str() })).collect(),
    }
}

fn organisation(name: &str) -> Value {
    json!({ "@type": "Organization", "name": name })
}

fn example(edition: &Edition, publication: &Publication, base: &str) -> Value {
    let work = &publication.work;
    let mut book = json!({ "@type": "Book", "@id": format!("urn:uuid:{}", edition.id.as_str()), "name": work.full_title() });
    let mut set = |name: &str, value: Option<Value>| {
        if let (Some(book), Some(value)) = (book.as_object_mut(), value) {
            book.insert(name.to_owned(), value);
        }
    };
    let format = match edition.form {
        EditionForm::Print => Some("https://schema.org/Paperback"),
        EditionForm::Pdf | EditionForm::Epub => Some("https://schema.org/EBook"),
        EditionForm::Web => None,
    };
    set("bookFormat", format.map(Into::into));
    set("author", Some(authors(work)));
    set("isbn", citation::real_isbn(edition).map(|isbn| isbn.compact().into()));
    set("numberOfPages", edition.pages.map(Into::into));
    set("inLanguage", work.languages.first().map(|code| code.as_str().into()));
    set(
        "encoding",
        edition.file.as_ref().map(|file| {
            json!({
                "@type": "MediaObject",
                "contentUrl": format!("{base}{}/{}", work.href(), file.name),
                "encodingFormat": file.media_type,
                "contentSize": format!("{} B", file.size),
            })
        }),
    );
    set("offers", Orderable::of(edition).map(|orderable| offer(&orderable, &format!("{base}{}", work.href()))));
    book
}

fn offer(orderable: &Orderable, url: &str) -> Value {
    let availability = match orderable.stock().status() {
        StockStatus::InStock(_) => "InStock",
        StockStatus::Few(_) => "LimitedAvailability",
        StockStatus::Backorder => "BackOrder",
        StockStatus::Out => "OutOfStock",
    };
    json!({
        "@type": "Offer",
        "url": url,
        "price": orderable.price().decimal(),
        "priceCurrency": "SEK",
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            "price": orderable.price().decimal(),
            "priceCurrency": "SEK",
            "valueAddedTaxIncluded": true,
        },
        "availability": format!("https://schema.org/{availability}"),
        "itemCondition": "https://schema.org/NewCondition",
        "seller": organisation("Brottsförebyggande rådet"),
    })
}

/// Tags for reference managers (Highwire's names) and for links in social media (Open Graph).
pub fn meta(publication: &Publication, base: &str, lang: Lang) -> Vec<(&'static str, String)> {
    let work = &publication.work;
    let mut tags = vec![
        ("og:type", "book".to_owned()),
        ("og:title", work.full_title()),
        ("og:url", format!("{base}{}{}", lang.prefix(), work.href())),
        ("og:site_name", text::site(lang).portal.to_owned()),
        ("og:locale", if lang == Lang::Sv { "sv_SE" } else { "en_GB" }.to_owned()),
        ("twitter:card", "summary".to_owned()),
        ("citation_title", work.full_title()),
    ];
    if let Some(cover) = &work.cover {
        let (width, height) = cover.size(640);
        tags.push(("og:image", format!("{base}{}", cover.src(640))));
        tags.push(("og:image:width", width.to_string()));
        tags.push(("og:image:height", height.to_string()));
        tags.extend(Some(cover.alt(lang)).filter(|alt| !alt.is_empty()).map(|alt| ("og:image:alt", alt.to_owned())));
    }
    tags.extend(work.ingress.best(lang).map(|(text, _)| ("og:description", text.as_str().to_owned())));
    if work.authors.is_empty() {
        tags.push(("citation_author", citation::publisher(work).to_owned()));
    }
    tags.extend(work.authors.iter().map(|name| ("citation_author", name.as_str().to_owned())));
    tags.extend(citation::date(work).map(|date| {
        let text = match date {
            PartialDate::Year(year) => year.to_string(),
            known => known.text().replace('-', "/"),
        };
        ("citation_publication_date", text)
    }));
    tags.push(("citation_technical_report_institution", citation::publisher(work).to_owned()));
    tags.extend(work.number.as_ref().map(|number| ("citation_technical_report_number", number.as_str().to_owned())));
    tags.extend(publication.editions.iter().filter_map(citation::real_isbn).map(|isbn| ("citation_isbn", isbn.hyphenated())));
    tags.extend(work.issn.as_ref().map(|issn| ("citation_issn", issn.to_string())));
    tags.extend(work.languages.first().map(|code| ("citation_language", code.as_str().to_owned())));
    tags.extend(publication.subjects.iter().map(|subject| ("citation_keywords", subject.name(lang).0.as_str().to_owned())));
    tags.extend(
        publication
            .downloads()
            .filter(|(edition, _)| edition.form == EditionForm::Pdf)
            .map(|(_, file)| ("citation_pdf_url", format!("{base}{}/{}", work.href(), file.name))),
    );
    tags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::pages::example::umea;

    const BASE: &str = "https://portal.example.se";

    #[test]
    fn an_offer_only_where_the_page_has_one() {
        let mut numbered = umea();
        numbered.editions[0].isbn_is_example = false;
        let with: Value = serde_json::from_str(&json_ld(&numbered, BASE, Lang::Sv)).unwrap();
        assert_eq!(with["workExample"][0]["offers"]["price"], "95.00");
        assert_eq!(with["workExample"][0]["isbn"], "9789189999008");
        let mut without = umea();
        without.editions[0].isbn = None;
        let without = json_ld(&without, BASE, Lang::Sv);
        assert!(!without.contains("offers") && !without.contains("null"), "{without}");
    }

    #[test]
    fn tags_name_author_and_number() {
        let tags = meta(&umea(), BASE, Lang::En);
        assert!(tags.contains(&("citation_author", "Umeå kommun".to_owned())));
        assert!(tags.contains(&("citation_publication_date", "2021".to_owned())));
        assert!(tags.contains(&("og:url", format!("{BASE}/en/publikationer/2021/umea-vaxer-tryggt-och-sakert"))));
    }
}
