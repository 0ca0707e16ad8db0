//! From a messy row of an import file to a valid work.
//!
//! What belongs here: what each field may hold and how it is tidied. A row is a JSON object, or a CSV line made into one
//! (every value a text, lists divided by `|`); an absent field, `null` and an empty text all mean *not known*.
//! Errors are codes with the field and what stood there; `import::report` makes sentences of them. What only the file
//! as a whole or the database can tell (two rows with one ISBN) is judged in `import`.
//! To add a field: a line in [`FIELDS`], a line in [`check`], a field in [`NewWork`].

pub mod covers;
pub mod files;
pub mod imports;
pub mod prices;

use serde::Serialize;
use serde_json::{Map, Value};

use super::model::{Availability, EditionForm, Kind, LanguageCode};
use crate::kit::check::is_space;
use crate::kit::field::{clean_line, clean_text};
use crate::kit::{
    DateError, Id, Isbn, IsbnError, Issn, IssnError, Lang, MoneyError, Ore, PartialDate, PublishedText, PublishedTextError, Rate, UrnError,
    UrnNbn,
};

/// Every field that a row may have.
pub const FIELDS: &[&str] = &[
    "id",
    "title",
    "subtitle",
    "language",
    "publication_type",
    "is_funded_evaluation",
    "date_published",
    "received_year",
    "received",
    "decided",
    "revised",
    "year",
    "series",
    "number",
    "isbn",
    "isbn_is_example",
    "issn",
    "urn_nbn",
    "page_count",
    "authors",
    "organisation",
    "subjects",
    "orderable_in_print",
    "price_sek_incl_vat",
    "price_is_example",
    "vat_rate",
    "stock",
    "backorder",
    "editions",
    "pdf",
    "summary",
    "summary_en",
    "body",
    "body_en",
    "interviewee",
    "interview",
    "interview_en",
    "grants",
    "related",
    "source_url",
];

/// The VAT rates of Swedish law (ML 9 kap.), in basis points.
pub const VAT_RATES: [i64; 4] = [0, 600, 1200, 2500];

const DEAREST: Ore = Ore::kr(100_000);
const MOST_PAGES: i64 = 100_000;
const MOST_COPIES: i64 = 1_000_000;
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2100;

/// A work as an import brings it, valid and canonical.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewWork {
    pub key: String,
    pub year: Option<u16>,
    pub kind: &'static str,
    pub title: PublishedText,
    pub subtitle: Option<PublishedText>,
    pub languages: Vec<String>,
    pub series: Option<PublishedText>,
    pub number: Option<PublishedText>,
    pub received: Option<PartialDate>,
    pub decided: Option<PartialDate>,
    pub published: Option<PartialDate>,
    pub revised: Option<PartialDate>,
    pub authors: Vec<PublishedText>,
    pub organisation: Option<PublishedText>,
    pub subjects: Vec<PublishedText>,
    pub ingress_sv: Option<PublishedText>,
    pub ingress_en: Option<PublishedText>,
    pub body_sv: Option<PublishedText>,
    pub body_en: Option<PublishedText>,
    pub interviewee: Option<PublishedText>,
    pub questions: Vec<NewQuestion>,
    pub grants: Vec<NewGrant>,
    pub related: Vec<String>,
    pub funded_evaluation: bool,
    pub urn: Option<UrnNbn>,
    pub issn: Option<Issn>,
    pub source_url: Option<String>,
    pub editions: Vec<NewEdition>,
}

/// A question of an interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewQuestion {
    pub lang: Lang,
    pub question: PublishedText,
    pub answer: PublishedText,
}

/// A grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewGrant {
    pub year: u16,
    pub text_sv: PublishedText,
    pub text_en: Option<PublishedText>,
    pub amount: Option<Ore>,
}

/// An edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewEdition {
    /// The id that an editor's draft knows it by; an import knows editions by their ISBN and form.
    #[serde(skip)]
    pub id: Option<Id>,
    pub form: &'static str,
    pub isbn: Option<Isbn>,
    pub isbn_is_example: bool,
    pub pages: Option<i64>,
    pub price: Option<Ore>,
    pub price_is_example: bool,
    pub vat_rate: Option<Rate>,
    pub availability: &'static str,
    /// Counts only when the edition is new: afterwards the shop keeps the stock.
    #[serde(skip)]
    pub stock: i64,
    pub backorder_allowed: bool,
    /// Name of the file that belongs to it, beside the import file.
    pub file: Option<String>,
}

/// Something wrong in a row: where, what, and what stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub field: String,
    pub code: Code,
    /// The beginning of the value.
    pub value: String,
}

/// Something that the reader of the report should know, though the row is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub field: String,
    pub code: NoteCode,
    pub value: String,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// The row is no object.
    NotARow,
    /// A CSV line with another number of cells than the header.
    Cells {
        expected: u64,
        found: u64,
    },
    Missing,
    /// More characters than this.
    TooLong(usize),
    /// A field that was never filled in.
    Placeholder(String),
    NotText,
    NotAList,
    NotAnObject,
    NotANumber,
    NotYesOrNo,
    /// Outside these bounds.
    Bounds {
        least: i64,
        most: i64,
    },
    Isbn(IsbnError),
    TooManyIsbns,
    Issn(IssnError),
    Urn(UrnError),
    Date(DateError),
    /// `received` and `received_year` tell different years.
    YearsDiffer,
    Price(MoneyError),
    VatRate,
    Language,
    Form,
    Address,
    /// The file's name is a path or no name.
    FileName,
    /// There is no such file beside the import file.
    FileMissing,
    FileUnreadable,
    /// Neither PDF nor EPUB.
    FileKind,
    /// An earlier row has the same value.
    Repeated {
        row: u64,
    },
    /// Another work in the database has it.
    Taken {
        key: String,
        title: String,
    },
}

/// What is worth a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteCode {
    UnknownField,
    UnknownKind,
    /// It has a price but lacks something that a sale needs.
    NotForSale,
}

/// What a row came to.
pub struct Checked {
    /// The import key, as far as it can be read.
    pub key: Option<String>,
    pub work: Result<NewWork, Vec<Problem>>,
    pub notes: Vec<Note>,
}

/// Checks one row.
pub fn check(row: &Map<String, Value>) -> Checked {
    let mut reader = Reader { row, at: "", problems: Vec::new(), notes: Vec::new() };
    for (name, value) in row {
        if !FIELDS.contains(&name.trim()) && !is_absent(value) {
            reader.notes.push(Note { field: name.clone(), code: NoteCode::UnknownField, value: shown(value) });
        }
    }
    let key = reader.key("id");
    let work = reader.work(key.clone());
    let Reader { problems, notes, .. } = reader;
    let work = match work {
        Some(work) if problems.is_empty() => Ok(work),
        _ => Err(problems),
    };
    Checked { key, work, notes }
}

/// The kind that a row names, by Brå's name of it or by its code.
pub fn kind_of(name: &str) -> Option<Kind> {
    let name = clean_line(name);
    kind_named(&name).or_else(|| Kind::of_code(&name))
}

/// Brå's names of its kinds of publication.
fn kind_named(name: &str) -> Option<Kind> {
    Some(match name.to_lowercase().as_str() {
        "rapport" | "report" => Kind::Report,
        "kortanalys" | "short analysis" => Kind::ShortAnalysis,
        "utvärdering" | "processutvärdering" | "effektutvärdering" | "evaluation" => Kind::Evaluation,
        "statistikrapport" | "statistik" => Kind::Statistics,
        "forskningsgenomgång" | "systematisk översikt" => Kind::ResearchReview,
        "kunskapsöversikt" | "kunskapsstöd" => Kind::KnowledgeReview,
        "handbok" | "handledning" => Kind::Handbook,
        "skrift" | "idéskrift" | "broschyr" => Kind::Booklet,
        "english summary" => Kind::EnglishSummary,
        "teknisk rapport" => Kind::TechnicalReport,
        "webbilaga" | "bilaga" => Kind::Appendix,
        "årsredovisning" => Kind::AnnualReport,
        "övrigt" | "annat" | "other" => Kind::Other,
        _ => return None,
    })
}

fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim_matches(is_space).is_empty(),
        Value::Array(list) => list.iter().all(is_absent),
        _ => false,
    }
}

/// The beginning of a value, for the report.
pub fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => clean_line(text),
        other => other.to_string(),
    };
    excerpt(&text)
}

/// The beginning of a text, for the report.
pub fn excerpt(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Reads the fields of one object, and collects what is wrong.
struct Reader<'a> {
    row: &'a Map<String, Value>,
    /// Where the object stands in the row: empty, or `editions[2].`
    at: &'a str,
    problems: Vec<Problem>,
    notes: Vec<Note>,
}

impl<'a> Reader<'a> {
    fn get(&self, field: &str) -> Option<&'a Value> {
        self.row.get(field).filter(|value| !is_absent(value))
    }

    fn problem(&mut self, field: &str, code: Code, value: impl Into<String>) {
        self.problems.push(Problem { field: format!("{}{field}", self.at), code, value: value.into() });
    }

    fn note(&mut self, field: &str, code: NoteCode, value: impl Into<String>) {
        self.notes.push(Note { field: format!("{}{field}", self.at), code, value: value.into() });
    }

    fn keep<T>(&mut self, field: &str, value: &str, result: Result<T, Code>) -> Option<T> {
        result.map_err(|code| self.problem(field, code, excerpt(value))).ok()
    }

    /// A text as it stands; numbers count as text, since CSV cannot tell them apart.
    fn raw(&mut self, field: &str) -> Option<String> {
        match self.get(field)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            other => {
                self.problem(field, Code::NotText, shown(other));
                None
            }
        }
    }

    fn publish(&mut self, field: &str, text: &str, longest: usize) -> Option<PublishedText> {
        if text.chars().count() > longest {
            self.problem(field, Code::TooLong(longest), excerpt(text));
            return None;
        }
        let result = PublishedText::parse(text).map_err(|error| match error {
            PublishedTextError::Empty => Code::Missing,
            PublishedTextError::Placeholder => Code::Placeholder(crate::kit::published::placeholder(text).unwrap_or_default().to_owned()),
        });
        self.keep(field, text, result)
    }

    /// One line.
    fn line(&mut self, field: &str, longest: usize) -> Option<PublishedText> {
        let text = clean_line(&self.raw(field)?);
        self.publish(field, &text, longest)
    }

    /// Several lines.
    fn text(&mut self, field: &str, longest: usize) -> Option<PublishedText> {
        let text = clean_text(&self.raw(field)?);
        self.publish(field, &text, longest)
    }

    fn required<T>(&mut self, field: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && self.get(field).is_none() {
            self.problem(field, Code::Missing, "");
        }
        value
    }

    /// The texts of a list, tidied, without empty ones and repetitions.
    fn list(&mut self, field: &str) -> Vec<String> {
        let mut items = Vec::new();
        match self.get(field) {
            None => {}
            Some(Value::String(text)) => items.extend(text.split('|').map(clean_line)),
            Some(Value::Array(values)) => {
                for value in values {
                    match value {
                        Value::String(text) => items.push(clean_line(text)),
                        Value::Number(number) => items.push(number.to_string()),
                        Value::Null => {}
                        other => self.problem(field, Code::NotText, shown(other)),
                    }
                }
            }
            Some(Value::Number(number)) => items.push(number.to_string()),
            Some(other) => self.problem(field, Code::NotAList, shown(other)),
        }
        let mut seen: Vec<String> = Vec::with_capacity(items.len());
        for item in items {
            if !item.is_empty() && !seen.contains(&item) {
                seen.push(item);
            }
        }
        seen
    }

    fn published_list(&mut self, field: &str, longest: usize) -> Vec<PublishedText> {
        let items = self.list(field);
        items.iter().filter_map(|item| self.publish(field, item, longest)).collect()
    }

    /// The objects of a list, each with the place it stands at.
    fn objects(&mut self, field: &str) -> Vec<(String, &'a Map<String, Value>)> {
        match self.get(field) {
            None => Vec::new(),
            Some(Value::Array(values)) => {
                let mut objects = Vec::new();
                for (index, value) in values.iter().enumerate() {
                    match value {
                        Value::Object(object) => objects.push((format!("{field}[{}].", index + 1), object)),
                        other => self.problem(field, Code::NotAnObject, shown(other)),
                    }
                }
                objects
            }
            Some(other) => {
                self.problem(field, Code::NotAList, shown(other));
                Vec::new()
            }
        }
    }

    fn flag(&mut self, field: &str) -> Option<bool> {
        let value = self.get(field)?;
        let text = match value {
            Value::Bool(flag) => return Some(*flag),
            Value::String(text) => text.trim().to_lowercase(),
            _ => String::new(),
        };
        match text.as_str() {
            "true" | "ja" | "sant" | "yes" => Some(true),
            "false" | "nej" | "falskt" | "no" => Some(false),
            _ => {
                self.problem(field, Code::NotYesOrNo, shown(value));
                None
            }
        }
    }

    fn integer(&mut self, field: &str, least: i64, most: i64) -> Option<i64> {
        let value = self.get(field)?;
        let number = match value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim_matches(is_space).parse().ok(),
            _ => None,
        };
        match number {
            Some(number) if (least..=most).contains(&number) => Some(number),
            Some(_) => {
                self.problem(field, Code::Bounds { least, most }, shown(value));
                None
            }
            None => {
                self.problem(field, Code::NotANumber, shown(value));
                None
            }
        }
    }

    fn year(&mut self, field: &str) -> Option<u16> {
        self.integer(field, *YEARS.start(), *YEARS.end()).and_then(|year| u16::try_from(year).ok())
    }

    fn date(&mut self, field: &str) -> Option<PartialDate> {
        let text = self.raw(field)?;
        let result = PartialDate::parse(&text).map_err(Code::Date).and_then(|date| {
            let (least, most) = (*YEARS.start(), *YEARS.end());
            if YEARS.contains(&i64::from(date.year())) { Ok(date) } else { Err(Code::Bounds { least, most }) }
        });
        self.keep(field, &text, result)
    }

    fn price(&mut self, field: &str) -> Option<Ore> {
        let text = self.raw(field)?;
        let result = Ore::parse(&text).map_err(Code::Price).and_then(|price| {
            if price.0 > 0 && price <= DEAREST { Ok(price) } else { Err(Code::Bounds { least: 1, most: DEAREST.0 / 100 }) }
        });
        self.keep(field, &text, result)
    }

    fn rate(&mut self, field: &str) -> Option<Rate> {
        let text = self.raw(field)?;
        let number = text.trim_matches(|c| is_space(c) || c == '%').replace(',', ".");
        let rate = VAT_RATES.into_iter().find(|&rate| number.parse::<f64>().is_ok_and(|percent| percent * 100.0 == rate as f64));
        self.keep(field, &text, rate.map(Rate).ok_or(Code::VatRate))
    }

    fn isbn(&mut self, field: &str, text: &str) -> Option<Isbn> {
        self.keep(field, text, Isbn::parse(text).map_err(Code::Isbn))
    }

    /// The import key: one line, and no text that looks unfinished.
    fn key(&mut self, field: &str) -> Option<String> {
        let key = self.line(field, 200);
        self.required(field, key).map(PublishedText::into_string)
    }

    fn address(&mut self, field: &str) -> Option<String> {
        let text = clean_line(&self.raw(field)?);
        let good = url::Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        self.keep(field, &text, if good && text.len() <= 2000 { Ok(text.clone()) } else { Err(Code::Address) })
    }

    fn file(&mut self, field: &str) -> Option<String> {
        let text = clean_line(&self.raw(field)?);
        let path = text.contains(['/', '\\', ':']) || text.starts_with('.') || text.chars().count() > 200;
        self.keep(field, &text, if path { Err(Code::FileName) } else { Ok(text.clone()) })
    }

    fn work(&mut self, key: Option<String>) -> Option<NewWork> {
        let title = self.line("title", 500);
        let title = self.required("title", title);
        let languages = self.languages();
        let kind = self.kind();
        let published = self.date("date_published");
        let (received, decided, revised) = (self.received(), self.date("decided"), self.date("revised"));
        let year = self.year("year").or_else(|| [published, received].into_iter().flatten().next().map(PartialDate::year));
        let urn = self.raw("urn_nbn").and_then(|text| self.keep("urn_nbn", &text, UrnNbn::parse(&text).map_err(Code::Urn)));
        let issn = self.raw("issn").and_then(|text| self.keep("issn", &text, Issn::parse(&text).map_err(Code::Issn)));
        let subtitle = self.line("subtitle", 500);
        let mut questions = self.interview("interview", Lang::Sv);
        questions.extend(self.interview("interview_en", Lang::En));
        let work = NewWork {
            year,
            kind: kind.code(),
            subtitle: subtitle.filter(|subtitle| Some(subtitle) != title.as_ref()),
            languages,
            series: self.line("series", 200),
            number: self.line("number", 80),
            received,
            decided,
            published,
            revised,
            authors: self.published_list("authors", 200),
            organisation: self.line("organisation", 300),
            subjects: self.subjects(),
            ingress_sv: self.text("summary", 5000),
            ingress_en: self.text("summary_en", 5000),
            body_sv: self.text("body", 200_000),
            body_en: self.text("body_en", 200_000),
            interviewee: self.line("interviewee", 300),
            questions,
            grants: self.grants(),
            related: self.list("related"),
            funded_evaluation: self.flag("is_funded_evaluation").unwrap_or(false),
            urn,
            issn,
            source_url: self.address("source_url"),
            editions: self.editions(),
            title: title?,
            key: key?,
        };
        Some(work)
    }

    fn languages(&mut self) -> Vec<String> {
        let given = self.list("language");
        let mut codes: Vec<String> = Vec::new();
        for text in &given {
            match LanguageCode::parse(text) {
                Some(code) => codes.push(code.as_str().to_owned()),
                None => self.problem("language", Code::Language, excerpt(text)),
            }
        }
        if given.is_empty() {
            codes.push(Lang::Sv.code().to_owned());
        }
        codes.dedup();
        codes
    }

    fn kind(&mut self) -> Kind {
        let Some(name) = self.raw("publication_type") else { return Kind::Other };
        let name = clean_line(&name);
        kind_of(&name).unwrap_or_else(|| {
            self.note("publication_type", NoteCode::UnknownKind, excerpt(&name));
            Kind::Other
        })
    }

    /// `received` as precisely as it is known; `received_year` where that is all there is.
    fn received(&mut self) -> Option<PartialDate> {
        let date = self.date("received");
        let year = self.year("received_year");
        match (date, year) {
            (Some(date), Some(year)) if date.year() != year => {
                self.problem("received_year", Code::YearsDiffer, year.to_string());
                Some(date)
            }
            (date, year) => date.or(year.map(PartialDate::Year)),
        }
    }

    fn subjects(&mut self) -> Vec<PublishedText> {
        let mut names: Vec<String> = self.list("subjects").iter().map(|name| name.to_lowercase()).collect();
        let mut seen = Vec::new();
        names.retain(|name| {
            !seen.contains(name) && {
                seen.push(name.clone());
                true
            }
        });
        names.iter().filter_map(|name| self.publish("subjects", name, 100)).collect()
    }

    /// Reads an object inside the row with a reader of its own.
    fn inside<T>(&mut self, at: &str, object: &Map<String, Value>, read: impl FnOnce(&mut Reader<'_>) -> T) -> T {
        let mut reader = Reader { row: object, at, problems: Vec::new(), notes: Vec::new() };
        let value = read(&mut reader);
        let Reader { problems, notes, .. } = reader;
        self.problems.extend(problems);
        self.notes.extend(notes);
        value
    }

    fn interview(&mut self, field: &str, lang: Lang) -> Vec<NewQuestion> {
        let mut questions = Vec::new();
        for (at, object) in self.objects(field) {
            questions.extend(self.inside(&at, object, |reader| {
                let question = reader.line("question", 1000);
                let answer = reader.text("answer", 50_000);
                let (question, answer) = (reader.required("question", question), reader.required("answer", answer));
                Some(NewQuestion { lang, question: question?, answer: answer? })
            }));
        }
        questions
    }

    fn grants(&mut self) -> Vec<NewGrant> {
        let mut grants = Vec::new();
        for (at, object) in self.objects("grants") {
            grants.extend(self.inside(&at, object, |reader| {
                let (year, text) = (reader.year("year"), reader.text("text", 2000));
                let (year, text_sv) = (reader.required("year", year), reader.required("text", text));
                let (text_en, amount) = (reader.text("text_en", 2000), reader.grant_amount());
                Some(NewGrant { year: year?, text_sv: text_sv?, text_en, amount })
            }));
        }
        grants
    }

    /// Grants may be larger than any price.
    fn grant_amount(&mut self) -> Option<Ore> {
        let text = self.raw("amount_sek")?;
        self.keep("amount_sek", &text, Ore::parse(&text).map_err(Code::Price))
    }

    fn editions(&mut self) -> Vec<NewEdition> {
        let isbns = self.list("isbn");
        if isbns.len() > 2 {
            self.problem("isbn", Code::TooManyIsbns, isbns.join(", "));
        }
        let isbns: Vec<Option<Isbn>> = isbns.iter().map(|text| self.isbn("isbn", text)).collect();
        let pages = self.integer("page_count", 1, MOST_PAGES);
        let in_print = self.flag("orderable_in_print");
        let pdf = self.file("pdf");
        let example = self.flag("isbn_is_example").unwrap_or(false);
        let sale = self.sale();
        if self.get("editions").is_some() {
            return self.listed_editions(pages, in_print, pdf, example, &sale);
        }
        let mut editions = Vec::new();
        // A single ISBN of something that the source says is not printed names the file.
        let only_file = in_print == Some(false) && isbns.len() == 1;
        let (print_isbn, pdf_isbn) = if only_file { (None, isbns.first()) } else { (isbns.first().copied().flatten(), isbns.get(1)) };
        let printed = !only_file && in_print != Some(false) && (in_print == Some(true) || print_isbn.is_some() || sale.price.is_some());
        if printed {
            let edition = sale.edition(EditionForm::Print, print_isbn, example, pages, in_print);
            self.missing_for_sale(&edition);
            editions.push(edition);
        }
        if pdf.is_some() || pdf_isbn.is_some() {
            let none = Sale::default();
            let edition = none.edition(EditionForm::Pdf, pdf_isbn.copied().flatten(), example, pages, Some(false));
            editions.push(NewEdition { file: pdf, ..edition });
        }
        editions
    }

    fn sale(&mut self) -> Sale {
        Sale {
            price: self.price("price_sek_incl_vat"),
            example: self.flag("price_is_example").unwrap_or(false),
            rate: self.rate("vat_rate"),
            stock: self.integer("stock", 0, MOST_COPIES),
            backorder: self.flag("backorder"),
        }
    }

    fn missing_for_sale(&mut self, edition: &NewEdition) {
        if let Some(price) = edition.price
            && (edition.isbn.is_none() || edition.vat_rate.is_none() || edition.availability != Availability::InPrint.code())
        {
            self.note("price_sek_incl_vat", NoteCode::NotForSale, price.input(Lang::Sv));
        }
    }

    /// The editions that the row lists; what one of them leaves out is taken from the row.
    fn listed_editions(
        &mut self,
        pages: Option<i64>,
        in_print: Option<bool>,
        pdf: Option<String>,
        example: bool,
        sale: &Sale,
    ) -> Vec<NewEdition> {
        let mut editions: Vec<NewEdition> = Vec::new();
        for (at, object) in self.objects("editions") {
            editions.extend(self.inside(&at, object, |reader| {
                let form = reader.raw("form");
                let form = reader.required("form", form)?;
                let Some(form) = EditionForm::of_code(form.trim()) else {
                    reader.problem("form", Code::Form, excerpt(&form));
                    return None;
                };
                let isbn = reader.raw("isbn").and_then(|text| reader.isbn("isbn", &text));
                let pages = reader.integer("pages", 1, MOST_PAGES).or(pages);
                let own = reader.sale();
                let sale = if form == EditionForm::Print { own.or(sale) } else { Sale::default() };
                let own_in_print = reader.flag("orderable_in_print");
                let in_print = if form == EditionForm::Print { own_in_print.or(in_print) } else { Some(false) };
                let example = reader.flag("isbn_is_example").unwrap_or(example);
                let edition = sale.edition(form, isbn, example, pages, in_print);
                reader.missing_for_sale(&edition);
                let id = reader.raw("id").and_then(|id| Id::parse(&id).ok());
                Some(NewEdition { id, file: reader.file("pdf"), ..edition })
            }));
        }
        if let Some(pdf) = pdf {
            match editions.iter_mut().find(|edition| edition.form == EditionForm::Pdf.code()) {
                Some(edition) => edition.file = Some(edition.file.take().unwrap_or(pdf)),
                None => {
                    let edition = Sale::default().edition(EditionForm::Pdf, None, false, pages, Some(false));
                    editions.push(NewEdition { file: Some(pdf), ..edition });
                }
            }
        }
        editions
    }
}

/// What a row says about selling.
#[derive(Clone, Copy, Default)]
struct Sale {
    price: Option<Ore>,
    example: bool,
    rate: Option<Rate>,
    stock: Option<i64>,
    backorder: Option<bool>,
}

impl Sale {
    fn or(&self, other: &Sale) -> Sale {
        Sale {
            price: self.price.or(other.price),
            example: self.example || (self.price.is_none() && other.example),
            rate: self.rate.or(other.rate),
            stock: self.stock.or(other.stock),
            backorder: self.backorder.or(other.backorder),
        }
    }

    fn edition(&self, form: EditionForm, isbn: Option<Isbn>, example: bool, pages: Option<i64>, in_print: Option<bool>) -> NewEdition {
        let availability = match (form, in_print) {
            (EditionForm::Print, Some(true)) => Availability::InPrint,
            // A price says that there are copies to sell, where the source says nothing.
            (EditionForm::Print, None) if self.price.is_some() => Availability::InPrint,
            (EditionForm::Print, _) => Availability::OutOfPrint,
            _ => Availability::NotPrinted,
        };
        NewEdition {
            id: None,
            form: form.code(),
            isbn,
            isbn_is_example: example && isbn.is_some(),
            pages,
            price: self.price,
            price_is_example: self.example && self.price.is_some(),
            vat_rate: self.rate,
            availability: availability.code(),
            stock: self.stock.unwrap_or(0),
            backorder_allowed: self.backorder.unwrap_or(false),
            file: None,
        }
    }
}
