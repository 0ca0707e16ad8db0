//! How to cite a publication: as text for a list of references, as BibTeX, as RIS and as CSL-JSON.
//!
//! Pure functions over the record. To add a format: a function here, a variant of [`Format`], and its label in
//! `text::catalogue`.

use serde_json::{Value, json};

use super::model::{Edition, Kind, Publication, Work};
use crate::kit::{Isbn, Lang, PartialDate};
use crate::text;

/// The agency as publisher, the same in every language of the page.
const AGENCY: &str = "Brottsförebyggande rådet";

/// A file that reference managers read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    BibTex,
    Ris,
    CslJson,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::BibTex, Self::Ris, Self::CslJson];

    /// The end of the file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::BibTex => "bib",
            Self::Ris => "ris",
            Self::CslJson => "json",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::BibTex => "application/x-bibtex; charset=utf-8",
            Self::Ris => "application/x-research-info-systems; charset=utf-8",
            Self::CslJson => "application/vnd.citationstyles.csl+json",
        }
    }

    /// The file. `url` is the publication's full address.
    pub fn write(self, publication: &Publication, url: &str) -> String {
        match self {
            Self::BibTex => bibtex(publication, url),
            Self::Ris => ris(publication, url),
            Self::CslJson => format!("{:#}\n", json!([csl(publication, url)])),
        }
    }
}

/// Who answers for a work: persons, or else an organisation.
enum Author<'a> {
    Person(&'a str),
    Organisation(&'a str),
}

fn authors(work: &Work) -> Vec<Author<'_>> {
    match (work.authors.as_slice(), &work.organisation) {
        ([], Some(organisation)) => vec![Author::Organisation(organisation_name(organisation.as_str()))],
        ([], None) => vec![Author::Organisation(AGENCY)],
        (persons, _) => persons.iter().map(|person| Author::Person(person.as_str())).collect(),
    }
}

/// Who published a work: the organisation that wrote it, or else the agency.
pub fn publisher(work: &Work) -> &str {
    work.organisation.as_ref().map_or(AGENCY, |name| organisation_name(name.as_str()))
}

/// Whether a name is the agency's own, which it writes in several ways.
pub fn is_agency(name: &str) -> bool {
    let own = name.trim().trim_end_matches("(Brå)").trim_end();
    own == AGENCY || own == "Brå"
}

fn organisation_name(name: &str) -> &str {
    if is_agency(name) { AGENCY } else { name }
}

/// The date that counts: when it was published, or else when it was received.
pub fn date(work: &Work) -> Option<PartialDate> {
    work.published.or(work.received).or(work.year.map(PartialDate::Year))
}

/// The ISBN to cite: of the first edition that has one, which is print where there is print.
fn isbn(publication: &Publication) -> Option<Isbn> {
    publication.editions.iter().find_map(real_isbn)
}

/// An edition's ISBN, unless it is made up for the demonstration: such a number must not reach anyone's library.
pub fn real_isbn(edition: &Edition) -> Option<Isbn> {
    edition.isbn.filter(|_| !edition.isbn_is_example)
}

/// `Rapport 2016:12`.
pub fn in_series(work: &Work) -> Option<String> {
    series_text(work.series.as_ref().map(|series| series.name.as_str()), work.number.as_ref().map(|number| number.as_str()))
}

/// Name and number of a series in one line, as far as known.
pub fn series_text(name: Option<&str>, number: Option<&str>) -> Option<String> {
    match (name, number) {
        (Some(name), Some(number)) => Some(format!("{name} {number}")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    }
}

/// For a list of references: author (year). Title. Series. Publisher. ISBN. Address.
pub fn plain(publication: &Publication, url: &str, lang: Lang) -> String {
    let work = &publication.work;
    let texts = text::catalogue(lang);
    let names: Vec<&str> = authors(work)
        .iter()
        .map(|author| match author {
            Author::Person(name) | Author::Organisation(name) => *name,
        })
        .collect();
    let names = (texts.list)(&names);
    let year = date(work).map_or_else(|| texts.no_year.to_owned(), |date| date.year().to_string());
    let title = work.full_title();
    let stop = if title.ends_with(['?', '!', '.']) { "" } else { "." };
    let mut citation = format!("{names} ({year}). {title}{stop}");
    let publisher = publisher(work);
    let parts = [
        in_series(work),
        (publisher != names).then(|| publisher.to_owned()),
        isbn(publication).map(|isbn| format!("ISBN {}", isbn.hyphenated())),
        work.urn.as_ref().map(|urn| urn.as_str().to_owned()),
    ];
    for part in parts.into_iter().flatten() {
        citation.push_str(&format!(" {part}."));
    }
    citation.push_str(&format!(" {url}"));
    citation
}

/// Family name and given names, told apart at the last space. `None` for a name of one word.
fn parts_of_name(name: &str) -> Option<(&str, &str)> {
    match name.split_once(", ") {
        Some((family, given)) => Some((family, given)),
        None => name.rsplit_once(' ').map(|(given, family)| (family, given)),
    }
}

fn bibtex(publication: &Publication, url: &str) -> String {
    let work = &publication.work;
    let isbn = isbn(publication);
    let kind = if isbn.is_some() { "book" } else { "techreport" };
    let mut fields: Vec<(&str, String)> = Vec::new();
    let names: Vec<String> = authors(work)
        .iter()
        .map(|author| match author {
            Author::Person(name) => escape(name),
            // Braces keep an organisation whole.
            Author::Organisation(name) => format!("{{{}}}", escape(name)),
        })
        .collect();
    fields.push(("author", names.join(" and ")));
    // Double braces keep capitals as they are.
    fields.push(("title", format!("{{{}}}", escape(&work.full_title()))));
    if let Some(date) = date(work) {
        fields.push(("year", date.year().to_string()));
        if let PartialDate::Month(_, month) = date {
            fields.push(("month", month.to_string()));
        } else if let PartialDate::Day(day) = date {
            fields.push(("month", day.month().to_string()));
        }
    }
    fields.push((if isbn.is_some() { "publisher" } else { "institution" }, escape(publisher(work))));
    fields.extend(work.series.as_ref().map(|series| (if isbn.is_some() { "series" } else { "type" }, escape(series.name.as_str()))));
    fields.extend(work.number.as_ref().map(|number| ("number", escape(number.as_str()))));
    fields.extend(isbn.map(|isbn| ("isbn", isbn.hyphenated())));
    fields.extend(work.issn.as_ref().map(|issn| ("issn", issn.to_string())));
    fields.extend(language(work).map(|code| ("langid", code)));
    fields.extend(work.urn.as_ref().map(|urn| ("note", escape(urn.as_str()))));
    fields.push(("url", url.to_owned()));
    let body: Vec<String> = fields.into_iter().map(|(name, value)| format!("  {name} = {{{value}}}")).collect();
    format!("@{kind}{{{},\n{}\n}}\n", key(work), body.join(",\n"))
}

/// The key of the record in BibTeX and CSL: the address without its slash, which never changes.
fn key(work: &Work) -> String {
    format!("bra-{}", work.path.replace('/', "-"))
}

/// What LaTeX reads as commands, written as itself.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '&' | '$' | '#' | '_' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

fn ris(publication: &Publication, url: &str) -> String {
    let work = &publication.work;
    let isbn = isbn(publication);
    let mut lines: Vec<(&str, String)> = vec![("TY", if isbn.is_some() { "BOOK" } else { "RPRT" }.to_owned())];
    for author in authors(work) {
        let name = match author {
            Author::Person(name) => parts_of_name(name).map_or_else(|| name.to_owned(), |(family, given)| format!("{family}, {given}")),
            Author::Organisation(name) => name.to_owned(),
        };
        lines.push(("AU", name));
    }
    lines.push(("TI", work.full_title()));
    if let Some(date) = date(work) {
        lines.push(("PY", date.year().to_string()));
        let day = match date {
            PartialDate::Year(_) => None,
            PartialDate::Month(year, month) => Some(format!("{year}/{month:02}//")),
            PartialDate::Day(day) => Some(day.text().replace('-', "/") + "/"),
        };
        lines.extend(day.map(|day| ("DA", day)));
    }
    lines.push(("PB", publisher(work).to_owned()));
    lines.extend(work.series.as_ref().map(|series| ("T2", series.name.as_str().to_owned())));
    lines.extend(work.number.as_ref().map(|number| ("IS", number.as_str().to_owned())));
    lines.extend(isbn.map(|isbn| ("SN", isbn.hyphenated())));
    if isbn.is_none() {
        lines.extend(work.issn.as_ref().map(|issn| ("SN", issn.to_string())));
    }
    lines.extend(language(work).map(|code| ("LA", code)));
    lines.extend(publication.subjects.iter().map(|subject| ("KW", subject.name_sv.as_str().to_owned())));
    lines.extend(work.ingress.best(Lang::Sv).map(|(text, _)| ("AB", text.as_str().to_owned())));
    lines.extend(work.urn.as_ref().map(|urn| ("M2", urn.as_str().to_owned())));
    lines.push(("UR", url.to_owned()));
    lines.push(("ER", String::new()));
    lines.into_iter().map(|(tag, value)| format!("{tag}  - {}\r\n", value.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
}

fn csl(publication: &Publication, url: &str) -> Value {
    let work = &publication.work;
    let isbn = isbn(publication);
    let names: Vec<Value> = authors(work)
        .iter()
        .map(|author| match author {
            Author::Person(name) => match parts_of_name(name) {
                Some((family, given)) => json!({ "family": family, "given": given }),
                None => json!({ "literal": name }),
            },
            Author::Organisation(name) => json!({ "literal": name }),
        })
        .collect();
    let mut record = json!({
        "id": key(work),
        "type": if isbn.is_some() && work.kind != Kind::Statistics { "book" } else { "report" },
        "title": work.full_title(),
        "author": names,
        "publisher": publisher(work),
        "URL": url,
    });
    let mut set = |name: &str, value: Option<Value>| {
        if let (Some(record), Some(value)) = (record.as_object_mut(), value) {
            record.insert(name.to_owned(), value);
        }
    };
    set("issued", date(work).map(|date| json!({ "date-parts": [date_parts(date)] })));
    set("collection-title", work.series.as_ref().map(|series| series.name.as_str().into()));
    set("collection-number", work.number.as_ref().filter(|_| work.series.is_some()).map(|number| number.as_str().into()));
    set("number", work.number.as_ref().map(|number| number.as_str().into()));
    set("ISBN", isbn.map(|isbn| isbn.hyphenated().into()));
    set("ISSN", work.issn.as_ref().map(|issn| issn.to_string().into()));
    set("language", language(work).map(Into::into));
    set("abstract", work.ingress.best(Lang::Sv).map(|(text, _)| text.as_str().into()));
    set("number-of-pages", publication.editions.iter().find_map(|edition| edition.pages).map(|pages| pages.to_string().into()));
    set("note", work.urn.as_ref().map(|urn| urn.as_str().into()));
    record
}

fn date_parts(date: PartialDate) -> Vec<u16> {
    match date {
        PartialDate::Year(year) => vec![year],
        PartialDate::Month(year, month) => vec![year, month.into()],
        PartialDate::Day(day) => vec![day.year(), day.month().into(), day.day().into()],
    }
}

fn language(work: &Work) -> Option<String> {
    work.languages.first().map(|code| code.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::pages::example::umea;

    fn numbered() -> Publication {
        let mut one = umea();
        one.editions[0].isbn_is_example = false;
        one
    }

    const URL: &str = "https://portal.example.se/publikationer/2021/umea-vaxer-tryggt-och-sakert";

    #[test]
    fn text_names_author_year_title_and_isbn() {
        assert_eq!(
            plain(&numbered(), URL, Lang::Sv),
            format!("Umeå kommun (2021). Umeå växer tryggt och säkert. ISBN 978-91-89999-00-8. {URL}")
        );
        let mut two = numbered();
        two.work.authors = ["Anna Ek", "Bo Al"].map(|name| name.parse().unwrap()).to_vec();
        two.work.title = "Vad hände?".parse().unwrap();
        two.work.received = None;
        two.work.year = None;
        assert_eq!(plain(&two, URL, Lang::En), format!("Anna Ek and Bo Al (n.d.). Vad hände? Umeå kommun. ISBN 978-91-89999-00-8. {URL}"));
    }

    #[test]
    fn bibtex_keeps_organisations_whole_and_escapes() {
        let mut one = numbered();
        one.work.title = "50 % & mer, {ett, två}".parse().unwrap();
        let file = Format::BibTex.write(&one, URL);
        assert!(file.starts_with("@book{bra-2021-umea-vaxer-tryggt-och-sakert,\n  author = {{Umeå kommun}},\n"), "{file}");
        assert!(file.contains("  title = {{50 \\% \\& mer, \\{ett, två\\}}},\n"), "{file}");
        assert!(file.contains("  isbn = {978-91-89999-00-8},\n") && file.ends_with("}\n}\n"), "{file}");
        assert_eq!(file.matches('{').count() - file.matches("\\{").count(), file.matches('}').count() - file.matches("\\}").count());
    }

    #[test]
    fn ris_begins_with_its_type_and_ends_with_its_end() {
        let file = Format::Ris.write(&numbered(), URL);
        assert!(file.starts_with("TY  - BOOK\r\nAU  - Umeå kommun\r\nTI  - Umeå växer"), "{file}");
        assert!(file.ends_with("ER  - \r\n") && file.contains("PY  - 2021\r\n"), "{file}");
    }

    #[test]
    fn csl_is_an_array_of_one() {
        let value: Value = serde_json::from_str(&Format::CslJson.write(&numbered(), URL)).unwrap();
        assert_eq!(value[0]["author"][0]["literal"], "Umeå kommun");
        assert_eq!(value[0]["issued"]["date-parts"], json!([[2021]]));
        assert_eq!(value[0]["ISBN"], "978-91-89999-00-8");
    }

    #[test]
    fn a_made_up_isbn_is_not_cited() {
        for format in Format::ALL {
            let file = format.write(&umea(), URL);
            assert!(!file.contains("978") && !file.contains("BOOK") && !file.contains("@book"), "{file}");
        }
        assert!(!plain(&umea(), URL, Lang::Sv).contains("ISBN"));
    }

    #[test]
    fn names_are_told_apart() {
        assert_eq!(parts_of_name("Anna Maria Ek"), Some(("Ek", "Anna Maria")));
        assert_eq!(parts_of_name("Ek, Anna"), Some(("Ek", "Anna")));
        assert_eq!(parts_of_name("Ek"), None);
        assert_eq!(organisation_name("Brottsförebyggande rådet (Brå)"), AGENCY);
    }
}
