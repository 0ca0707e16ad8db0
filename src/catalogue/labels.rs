//! Codes and figures as words for readers.

use crate::catalogue::model::{EditionForm, Kind, LanguageCode};
use crate::kit::Lang;
use crate::text;

/// The name of a kind of publication.
pub fn kind(kind: Kind, lang: Lang) -> &'static str {
    let kinds = &text::catalogue(lang).kinds;
    match kind {
        Kind::Report => kinds.report,
        Kind::ShortAnalysis => kinds.short_analysis,
        Kind::Evaluation => kinds.evaluation,
        Kind::Statistics => kinds.statistics,
        Kind::ResearchReview => kinds.research_review,
        Kind::KnowledgeReview => kinds.knowledge_review,
        Kind::Handbook => kinds.handbook,
        Kind::Booklet => kinds.booklet,
        Kind::EnglishSummary => kinds.english_summary,
        Kind::TechnicalReport => kinds.technical_report,
        Kind::Appendix => kinds.appendix,
        Kind::AnnualReport => kinds.annual_report,
        Kind::Other => kinds.other,
    }
}

/// The form of an edition.
pub fn form(form: EditionForm, lang: Lang) -> &'static str {
    let texts = &text::catalogue(lang).publication;
    match form {
        EditionForm::Print => texts.form_print,
        EditionForm::Pdf => texts.form_pdf,
        EditionForm::Epub => texts.form_epub,
        EditionForm::Web => texts.form_web,
    }
}

/// The name of a language; its code where it has no name here.
pub fn language(code: &str, lang: Lang) -> String {
    (text::catalogue(lang).language)(code).map_or_else(|| code.to_owned(), str::to_owned)
}

/// `lang` of a text in the work's own language, such as its title: given only when that is not the page's.
pub fn foreign(languages: &[LanguageCode], lang: Lang) -> Option<String> {
    let own = languages.first()?.as_str();
    (own != lang.code()).then(|| own.to_owned())
}

/// `lang` of a text that may be in the other language than the page.
pub fn other(of: Lang, page: Lang) -> Option<&'static str> {
    (of != page).then(|| of.code())
}

/// A file's size: whole kilobytes below one megabyte, then megabytes with one decimal. Thousands, as in SI.
pub fn size(bytes: i64, lang: Lang) -> String {
    let texts = &text::catalogue(lang).publication;
    if bytes < 1_000_000 { (texts.kilobytes)((bytes / 1000).max(1)) } else { (texts.megabytes)((bytes + 50_000) / 100_000) }
}

/// A number with its thousands apart: `1 234` with a non-breaking space, in English `1,234`.
pub fn number(number: u64, lang: Lang) -> String {
    let digits = number.to_string();
    let mark = if lang == Lang::Sv { '\u{a0}' } else { ',' };
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_for_readers() {
        assert_eq!(number(1_234_567, Lang::Sv), "1\u{a0}234\u{a0}567");
        assert_eq!((number(999, Lang::En), number(1000, Lang::En)), ("999".to_owned(), "1,000".to_owned()));
        assert_eq!(size(2_345_678, Lang::Sv), "2,3\u{a0}MB");
        assert_eq!((size(10, Lang::En), size(999_999, Lang::En)), ("1\u{a0}kB".to_owned(), "999\u{a0}kB".to_owned()));
        assert_eq!(size(3_000_000, Lang::En), "3\u{a0}MB");
    }

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        for lang in Lang::ALL {
            let mut names: Vec<_> = Kind::ALL.iter().map(|one| kind(*one, lang)).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), Kind::ALL.len());
        }
    }
}
