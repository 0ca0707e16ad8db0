//! The publication that the tests of pages, citations and structured data are about.

use crate::catalogue::model::{
    Availability, Bilingual, Edition, EditionForm, Kind, LanguageCode, Publication, Status, Stock, Subject, Work,
};
use crate::kit::{Id, Instant, Isbn, Ore, PartialDate, PublishedText, Rate, Slug};

fn words(text: &str) -> PublishedText {
    PublishedText::parse(text).unwrap()
}

fn id(number: u8) -> Id {
    Id::from_bytes([number; 16])
}

/// "Umeå växer tryggt och säkert", in print for 95 kronor.
pub fn umea() -> Publication {
    let work = Work {
        id: id(1),
        key: "2021-umea".to_owned(),
        path: "2021/umea-vaxer-tryggt-och-sakert".to_owned(),
        year: Some(2021),
        kind: Kind::Evaluation,
        title: words("Umeå växer tryggt och säkert"),
        subtitle: None,
        languages: vec![LanguageCode::parse("sv").unwrap()],
        series: None,
        number: None,
        received: Some(PartialDate::Year(2021)),
        decided: None,
        published: None,
        revised: None,
        authors: Vec::new(),
        organisation: Some(words("Umeå kommun")),
        ingress: Bilingual { sv: Some(words("Umeå är en kommun.")), en: Some(words("Umeå is a municipality.")) },
        body: Bilingual { sv: Some(words("## Om arbetet\n\nText.")), en: Some(words("## About the work\n\nText.")) },
        interviewee: None,
        funded_evaluation: true,
        urn: None,
        issn: None,
        source_url: None,
        cover: None,
        status: Status::Published,
        created_at: Instant::from_millis(0),
        updated_at: Instant::from_millis(0),
    };
    let print = Edition {
        id: id(2),
        form: EditionForm::Print,
        isbn: Some(Isbn::parse("978-91-89999-00-8").unwrap()),
        isbn_is_example: true,
        pages: Some(60),
        price: Some(Ore::kr(95)),
        price_is_example: true,
        vat_rate: Some(Rate(600)),
        availability: Availability::InPrint,
        stock: Stock { on_hand: 40, held: 0, backorder_allowed: false },
        file: None,
    };
    let subject = Subject { id: id(3), slug: Slug::parse("trygghet").unwrap(), name_sv: words("trygghet"), name_en: None };
    Publication { work, editions: vec![print], subjects: vec![subject], questions: Vec::new(), related: Vec::new(), grants: Vec::new() }
}
