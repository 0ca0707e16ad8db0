//! Works and editions. A work is what was written; an edition is one form of it with its own ISBN.
//!
//! What belongs here: the types, and what follows from their fields alone. Words that readers see are
//! [`PublishedText`]; codes are stable ASCII and are shown by `text`. Nothing here knows SQL.

use crate::kit::{Id, Instant, Isbn, Issn, Lang, Ore, PartialDate, PublishedText, Rate, Slug, UrnNbn};

/// An enum that is stored and put into addresses as a short ASCII code.
macro_rules! codes {
    ($(#[$about:meta])* $name:ident { $($(#[$variant_about:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_about])* $variant),* }

        impl $name {
            /// Every value, in the order in which lists show them.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The stable code, for columns and addresses.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code),* }
            }

            /// Reads a code back.
            pub fn of_code(code: &str) -> Option<Self> {
                match code { $($code => Some($name::$variant),)* _ => None }
            }
        }
    };
}

codes! {
    /// What kind of publication a work is. Brå's own names for them are in `rules`.
    Kind {
        Report = "report",
        ShortAnalysis = "short_analysis",
        Evaluation = "evaluation",
        Statistics = "statistics",
        ResearchReview = "research_review",
        KnowledgeReview = "knowledge_review",
        Handbook = "handbook",
        Booklet = "booklet",
        EnglishSummary = "english_summary",
        TechnicalReport = "technical_report",
        Appendix = "appendix",
        AnnualReport = "annual_report",
        Other = "other",
    }
}

codes! {
    /// The form of an edition.
    EditionForm { Print = "print", Pdf = "pdf", Epub = "epub", Web = "web" }
}

codes! {
    /// Whether an edition can be had in print.
    Availability {
        InPrint = "in_print",
        /// It was printed once; there are no copies to order.
        OutOfPrint = "out_of_print",
        NotPrinted = "not_printed",
    }
}

/// The language of a work: an ISO 639 code of two or three letters, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageCode(String);

impl LanguageCode {
    /// Reads a code in any case; `None` if it has another shape.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let good = (2..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphabetic());
        good.then(|| Self(text.to_ascii_lowercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that may exist in Swedish, in English or in both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bilingual {
    pub sv: Option<PublishedText>,
    pub en: Option<PublishedText>,
}

impl Bilingual {
    /// The text for a reader of `lang`, or else the other one; with the language it is in, for `lang=""`.
    pub fn best(&self, lang: Lang) -> Option<(&PublishedText, Lang)> {
        let sv = || self.sv.as_ref().map(|text| (text, Lang::Sv));
        let en = || self.en.as_ref().map(|text| (text, Lang::En));
        match lang {
            Lang::Sv => sv().or_else(en),
            Lang::En => en().or_else(sv),
        }
    }
}

/// A series that works are numbered in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub id: Id,
    pub slug: Slug,
    pub name: PublishedText,
    pub issn: Option<Issn>,
}

/// A subject that works are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub id: Id,
    pub slug: Slug,
    /// Swedish, lower case.
    pub name_sv: PublishedText,
    pub name_en: Option<PublishedText>,
}

impl Subject {
    /// The name for a reader of `lang`; Swedish where there is no English one.
    pub fn name(&self, lang: Lang) -> (&PublishedText, Lang) {
        match (lang, &self.name_en) {
            (Lang::En, Some(name)) => (name, Lang::En),
            _ => (&self.name_sv, Lang::Sv),
        }
    }
}

/// Whether readers may see a work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    Published,
    /// The record, its identifiers and the reason stay.
    Withdrawn {
        reason: Option<PublishedText>,
    },
}

/// The widths that a cover is drawn in: in lists and on its page, each for screens of twice as many dots too.
pub const COVER_WIDTHS: [u32; 4] = [120, 240, 320, 640];

/// The picture of a work's front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    pub id: Id,
    /// Of the picture as it came, the right way up.
    pub width: i64,
    pub height: i64,
    /// What it shows, for those who do not see it; none when it is decoration.
    pub alt_sv: Option<String>,
    pub alt_en: Option<String>,
}

impl Cover {
    /// Width and height of the size that is drawn for this width: never wider than the picture is.
    pub fn size(&self, width: i64) -> (i64, i64) {
        let to = width.min(self.width).max(1);
        (to, ((self.height * to + self.width / 2) / self.width.max(1)).max(1))
    }

    /// The address of that size, which always gives the same picture.
    pub fn src(&self, width: i64) -> String {
        format!("/omslag/{}/{}", self.id, self.size(width).0)
    }

    /// What it shows, in a language; nothing for decoration.
    pub fn alt(&self, lang: Lang) -> &str {
        let alt = if lang == Lang::Sv { &self.alt_sv } else { &self.alt_en };
        alt.as_deref().unwrap_or_default()
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    pub id: Id,
    /// The key that imports know it by.
    pub key: String,
    /// The end of its address, which it keeps: `2021/umea-vaxer-tryggt-och-sakert`, or `odaterad/…` without a year.
    pub path: String,
    pub year: Option<u16>,
    pub kind: Kind,
    pub title: PublishedText,
    pub subtitle: Option<PublishedText>,
    pub languages: Vec<LanguageCode>,
    pub series: Option<Series>,
    /// As printed: `2016:12`, `5/2020`, `nr 131/14`.
    pub number: Option<PublishedText>,
    pub received: Option<PartialDate>,
    pub decided: Option<PartialDate>,
    pub published: Option<PartialDate>,
    pub revised: Option<PartialDate>,
    pub authors: Vec<PublishedText>,
    pub organisation: Option<PublishedText>,
    pub ingress: Bilingual,
    /// Markdown.
    pub body: Bilingual,
    pub interviewee: Option<PublishedText>,
    /// An evaluation of work that Brå supported: its page carries the standing notice about who answers for it.
    pub funded_evaluation: bool,
    pub urn: Option<UrnNbn>,
    pub issn: Option<Issn>,
    pub source_url: Option<String>,
    pub status: Status,
    pub cover: Option<Cover>,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Work {
    /// The public path, without language prefix: `/publikationer/2021/umea-vaxer-tryggt-och-sakert`.
    pub fn href(&self) -> String {
        href(&self.path)
    }

    /// Title and subtitle in one line.
    pub fn full_title(&self) -> String {
        full_title(&self.title, self.subtitle.as_ref())
    }
}

/// The public path of a work.
pub fn href(path: &str) -> String {
    format!("/publikationer/{path}")
}

/// `Title: subtitle`; a full stop instead of the colon where the title ends a sentence itself.
fn full_title(title: &PublishedText, subtitle: Option<&PublishedText>) -> String {
    match subtitle {
        None => title.as_str().to_owned(),
        Some(subtitle) if title.as_str().ends_with(['?', '!', '.', ':']) => format!("{title} {subtitle}"),
        Some(subtitle) => format!("{title}: {subtitle}"),
    }
}

/// One form of a work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    pub id: Id,
    pub form: EditionForm,
    pub isbn: Option<Isbn>,
    /// The ISBN is made up for the demonstration.
    pub isbn_is_example: bool,
    pub pages: Option<i64>,
    /// Including VAT.
    pub price: Option<Ore>,
    pub price_is_example: bool,
    pub vat_rate: Option<Rate>,
    pub availability: Availability,
    pub stock: Stock,
    pub file: Option<FileInfo>,
}

/// Copies of one edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stock {
    /// Copies on the shelf.
    pub on_hand: i64,
    /// Of those, promised to orders.
    pub held: i64,
    /// May be ordered when there are none.
    pub backorder_allowed: bool,
}

/// What changed the stock: the kinds of the ledger's lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Movement {
    /// What was there when the ledger began.
    Opened,
    Received,
    Held,
    Released,
    Sent,
    Returned,
    Corrected,
    WrittenOff,
}

impl Movement {
    pub const ALL: &[Self] =
        &[Self::Opened, Self::Received, Self::Held, Self::Released, Self::Sent, Self::Returned, Self::Corrected, Self::WrittenOff];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Received => "received",
            Self::Held => "held",
            Self::Released => "released",
            Self::Sent => "sent",
            Self::Returned => "returned",
            Self::Corrected => "corrected",
            Self::WrittenOff => "written_off",
        }
    }

    /// Reads a stored code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
}

/// What a buyer may expect of the stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StockStatus {
    /// So many copies can be sent.
    InStock(i64),
    /// So many, and they are not many.
    Few(i64),
    /// None, but it may be ordered and is sent when there are.
    Backorder,
    /// None, and it cannot be ordered.
    Out,
}

/// From this number of copies down, the page says that there are few.
const FEW: i64 = 5;

impl Stock {
    /// Copies that nobody has been promised.
    pub const fn free(self) -> i64 {
        let free = self.on_hand - self.held;
        if free > 0 { free } else { 0 }
    }

    pub const fn status(self) -> StockStatus {
        match self.free() {
            0 if self.backorder_allowed => StockStatus::Backorder,
            0 => StockStatus::Out,
            few if few <= FEW => StockStatus::Few(few),
            many => StockStatus::InStock(many),
        }
    }
}

/// A stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileInfo {
    /// SHA-256 in hexadecimal, the key in the file store.
    pub hash: String,
    /// The name that readers save it under.
    pub name: String,
    /// Bytes.
    pub size: i64,
    pub media_type: String,
}

/// An edition that can be ordered. There is no other way to one than [`Orderable::of`], and the order block takes
/// nothing else: a page cannot offer what lacks an ISBN, a price, a VAT rate or a place in the printed list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orderable {
    edition: Id,
    isbn: Isbn,
    isbn_is_example: bool,
    price: Ore,
    price_is_example: bool,
    vat_rate: Rate,
    stock: Stock,
}

impl Orderable {
    /// The edition as something to order; `None` unless it is in print with ISBN, price and VAT rate.
    pub fn of(edition: &Edition) -> Option<Self> {
        if edition.form != EditionForm::Print || edition.availability != Availability::InPrint {
            return None;
        }
        Some(Self {
            edition: edition.id.clone(),
            isbn: edition.isbn?,
            isbn_is_example: edition.isbn_is_example,
            price: edition.price.filter(|price| price.0 > 0)?,
            price_is_example: edition.price_is_example,
            vat_rate: edition.vat_rate?,
            stock: edition.stock,
        })
    }

    pub fn edition(&self) -> &Id {
        &self.edition
    }

    pub fn isbn(&self) -> Isbn {
        self.isbn
    }

    pub fn isbn_is_example(&self) -> bool {
        self.isbn_is_example
    }

    /// Including VAT.
    pub fn price(&self) -> Ore {
        self.price
    }

    pub fn price_is_example(&self) -> bool {
        self.price_is_example
    }

    pub fn vat_rate(&self) -> Rate {
        self.vat_rate
    }

    pub fn stock(&self) -> Stock {
        self.stock
    }
}

/// A question and its answer in an interview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub lang: Lang,
    pub question: PublishedText,
    /// Markdown.
    pub answer: PublishedText,
}

/// A grant that Brå gave to the work that a publication is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub year: u16,
    pub text: Bilingual,
    pub amount: Option<Ore>,
}

/// A work with everything that its page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    pub work: Work,
    pub editions: Vec<Edition>,
    pub subjects: Vec<Subject>,
    pub questions: Vec<Question>,
    pub related: Vec<Related>,
    pub grants: Vec<Grant>,
}

impl Publication {
    /// The edition to order, if there is one.
    pub fn orderable(&self) -> Option<Orderable> {
        self.editions.iter().find_map(Orderable::of)
    }

    /// The editions with a file to fetch.
    pub fn downloads(&self) -> impl Iterator<Item = (&Edition, &FileInfo)> {
        self.editions.iter().filter_map(|edition| edition.file.as_ref().map(|file| (edition, file)))
    }

    /// The interview in a language, or else in the other one.
    pub fn interview(&self, lang: Lang) -> Vec<&Question> {
        let of = |lang: Lang| self.questions.iter().filter(|question| question.lang == lang).collect::<Vec<_>>();
        let own = of(lang);
        if own.is_empty() { of(lang.other()) } else { own }
    }
}

/// A work that another page points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    pub id: Id,
    pub path: String,
    pub year: Option<u16>,
    pub kind: Kind,
    pub title: PublishedText,
    pub subtitle: Option<PublishedText>,
    pub series: Option<PublishedText>,
    pub number: Option<PublishedText>,
}

impl Related {
    pub fn href(&self) -> String {
        href(&self.path)
    }
}

/// A work as lists and feeds show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub id: Id,
    pub path: String,
    pub year: Option<u16>,
    pub kind: Kind,
    pub title: PublishedText,
    pub subtitle: Option<PublishedText>,
    pub languages: Vec<LanguageCode>,
    pub series: Option<PublishedText>,
    pub number: Option<PublishedText>,
    pub received: Option<PartialDate>,
    pub published: Option<PartialDate>,
    pub revised: Option<PartialDate>,
    pub authors: Vec<PublishedText>,
    pub organisation: Option<PublishedText>,
    pub ingress: Bilingual,
    pub urn: Option<UrnNbn>,
    pub cover: Option<Cover>,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub editions: Vec<Edition>,
}

impl Listed {
    pub fn href(&self) -> String {
        href(&self.path)
    }

    /// Title and subtitle in one line.
    pub fn full_title(&self) -> String {
        full_title(&self.title, self.subtitle.as_ref())
    }

    /// The edition to order, if there is one.
    pub fn orderable(&self) -> Option<Orderable> {
        self.editions.iter().find_map(Orderable::of)
    }

    /// The first file to fetch.
    pub fn download(&self) -> Option<(&Edition, &FileInfo)> {
        self.editions.iter().find_map(|edition| edition.file.as_ref().map(|file| (edition, file)))
    }
}
