//! What the shop speaks of: lines, freight, what a basket costs, what a buyer answered, what an order holds.
//! Pure values, shared with the browser; the arithmetic of VAT is `kit::vat`.

use serde::{Deserialize, Serialize};

use crate::kit::{self, Email, Id, Isbn, Lang, Ore, OrgNr, PeppolId, Phone, Rate, Totals};

/// Most lines a basket can hold; a library that wants more writes to us.
pub const MAX_LINES: usize = 50;

/// What freight costs for so many copies or more, including VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreightStep {
    pub min_copies: i64,
    pub price: Ore,
}

/// The freight table and rate of one day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FreightTable {
    /// In rising order of copies.
    pub steps: Vec<FreightStep>,
    pub rate: Rate,
}

impl FreightTable {
    /// What it costs to send so many copies; nothing when nothing is sent or no step applies.
    pub fn price(&self, copies: i64) -> Ore {
        self.steps.iter().rev().find(|step| copies >= step.min_copies).map_or(Ore::ZERO, |step| step.price)
    }
}

/// Price, rate and number of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Priced {
    pub unit: Ore,
    pub rate: Rate,
    pub quantity: i64,
}

impl Priced {
    /// What the line costs, including VAT.
    pub fn gross(self) -> Ore {
        self.unit * self.quantity
    }
}

/// What a basket costs: the same sums on the page, in the browser, on the order and on the invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub goods: Ore,
    pub freight: Ore,
    /// All sums; the last line is the freight, if there is any.
    pub totals: Totals,
}

/// Reckons a basket.
pub fn quote(lines: &[Priced], freight: &FreightTable) -> Quote {
    let copies = lines.iter().map(|line| line.quantity).sum();
    let price = freight.price(copies);
    let goods = lines.iter().map(|line| line.gross()).sum();
    let mut all: Vec<_> = lines.iter().map(|line| kit::Line { gross: line.gross(), rate: line.rate }).collect();
    if !price.is_zero() {
        all.push(kit::Line { gross: price, rate: freight.rate });
    }
    Quote { goods, freight: price, totals: kit::totals(&all) }
}

/// Whether the copies are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cover {
    /// All copies are in stock.
    Full,
    /// This many are in stock; the rest is sent when it has been printed.
    Backordered { in_stock: i64 },
    /// This many are in stock, and no more will be printed for now.
    Short { in_stock: i64 },
}

/// Judges a wish against what is free.
pub fn cover(quantity: i64, free: i64, backorder_allowed: bool) -> Cover {
    let in_stock = free.max(0).min(quantity);
    if in_stock == quantity {
        Cover::Full
    } else if backorder_allowed {
        Cover::Backordered { in_stock }
    } else {
        Cover::Short { in_stock }
    }
}

/// Where something is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// First line: the organisation or person that receives it.
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub care_of: Option<String>,
    pub street: String,
    /// Canonical `123 45` in Sweden, as written elsewhere.
    pub postal_code: String,
    pub city: String,
    /// ISO 3166-1 code.
    pub country: String,
}

/// Who gets the goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub contact: String,
    pub email: Email,
    pub phone: Option<Phone>,
    pub address: Address,
}

/// How the invoice is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum InvoiceBy {
    Email,
    Post,
    Peppol,
}

/// Who pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Payer {
    /// A consumer in the law's sense, with a right of withdrawal.
    Private,
    Organisation {
        name: String,
        orgnr: OrgNr,
        /// "Er referens": without it a public buyer's invoice goes astray (lag 2018:1277 demands it in practice).
        reference: String,
        cost_centre: Option<String>,
        peppol: Option<PeppolId>,
    },
}

/// Everything a buyer told us, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    pub delivery: Delivery,
    pub payer: Payer,
    pub invoice_by: InvoiceBy,
    /// `None`: the same as the delivery address.
    pub invoice_address: Option<Address>,
}

/// What the buyer saw on the last page before ordering, line by line. It goes with the form, and its hash beside it; if
/// it is not what holds when the order comes in, nothing is ordered and the difference is said in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The basket that was shown: a form left open in another window cannot order a later one.
    pub basket: Id,
    pub lines: Vec<ShownLine>,
    pub freight: Ore,
    pub total: Ore,
    /// Hash of the addresses and the payer.
    pub answers: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownLine {
    pub isbn: Isbn,
    pub title: String,
    pub quantity: i64,
    pub unit: Ore,
    /// How many of them wait for a new printing.
    pub backordered: i64,
}

/// One thing that changed between looking and ordering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The form was made for another basket than the one that is open now.
    OtherBasket,
    PriceRose {
        title: String,
        from: Ore,
        to: Ore,
    },
    PriceFell {
        title: String,
        from: Ore,
        to: Ore,
    },
    Quantity {
        title: String,
        from: i64,
        to: i64,
    },
    Added {
        title: String,
    },
    Removed {
        title: String,
    },
    NowBackordered {
        title: String,
        copies: i64,
    },
    NoLongerBackordered {
        title: String,
    },
    Freight {
        from: Ore,
        to: Ore,
    },
    Answers,
}

impl Shown {
    /// Every difference, in the order of the lines.
    pub fn changes(&self, now: &Shown) -> Vec<Change> {
        let mut changes = Vec::new();
        if self.basket != now.basket {
            changes.push(Change::OtherBasket);
        }
        for before in &self.lines {
            let title = before.title.clone();
            match now.lines.iter().find(|line| line.isbn == before.isbn) {
                None => changes.push(Change::Removed { title }),
                Some(after) => {
                    if after.unit > before.unit {
                        changes.push(Change::PriceRose { title: title.clone(), from: before.unit, to: after.unit });
                    }
                    if after.unit < before.unit {
                        changes.push(Change::PriceFell { title: title.clone(), from: before.unit, to: after.unit });
                    }
                    if after.quantity != before.quantity {
                        changes.push(Change::Quantity { title: title.clone(), from: before.quantity, to: after.quantity });
                    }
                    match (before.backordered, after.backordered) {
                        (b, a) if a > b => changes.push(Change::NowBackordered { title, copies: a }),
                        (b, a) if a < b => changes.push(Change::NoLongerBackordered { title }),
                        _ => {}
                    }
                }
            }
        }
        for line in &now.lines {
            if !self.lines.iter().any(|before| before.isbn == line.isbn) {
                changes.push(Change::Added { title: line.title.clone() });
            }
        }
        if self.freight != now.freight {
            changes.push(Change::Freight { from: self.freight, to: now.freight });
        }
        if self.answers != now.answers {
            changes.push(Change::Answers);
        }
        changes
    }
}

/// The number that people read out on the phone. Numbers come from a sequence and say nothing secret.
pub fn order_number(number: i64) -> String {
    format!("B{number}")
}

/// Reads an order's number as people write it: `B10001`, `b 10001`, `10001`.
pub fn read_order_number(text: &str) -> Option<i64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = text.strip_prefix(['B', 'b']).unwrap_or(&text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

/// The countries that orders are sent to: the EU's VAT area, where Swedish VAT holds for a small seller (ML 2023:200,
/// 5 kap. and 6 kap.). Others write to us. Åland is in the EU but outside its VAT area.
pub const COUNTRIES: &[(&str, &str, &str)] = &[
    ("SE", "Sverige", "Sweden"),
    ("BE", "Belgien", "Belgium"),
    ("BG", "Bulgarien", "Bulgaria"),
    ("CY", "Cypern", "Cyprus"),
    ("DK", "Danmark", "Denmark"),
    ("EE", "Estland", "Estonia"),
    ("FI", "Finland", "Finland"),
    ("FR", "Frankrike", "France"),
    ("GR", "Grekland", "Greece"),
    ("IE", "Irland", "Ireland"),
    ("IT", "Italien", "Italy"),
    ("HR", "Kroatien", "Croatia"),
    ("LV", "Lettland", "Latvia"),
    ("LT", "Litauen", "Lithuania"),
    ("LU", "Luxemburg", "Luxembourg"),
    ("MT", "Malta", "Malta"),
    ("NL", "Nederländerna", "Netherlands"),
    ("PL", "Polen", "Poland"),
    ("PT", "Portugal", "Portugal"),
    ("RO", "Rumänien", "Romania"),
    ("SK", "Slovakien", "Slovakia"),
    ("SI", "Slovenien", "Slovenia"),
    ("ES", "Spanien", "Spain"),
    ("CZ", "Tjeckien", "Czechia"),
    ("DE", "Tyskland", "Germany"),
    ("HU", "Ungern", "Hungary"),
    ("AT", "Österrike", "Austria"),
];

/// A country's name in a language; the code itself if it is none of ours.
pub fn country_name(code: &str, lang: Lang) -> &str {
    COUNTRIES.iter().find(|(known, ..)| *known == code).map_or(code, |(_, sv, en)| match lang {
        Lang::Sv => sv,
        Lang::En => en,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table() -> FreightTable {
        let step = |min_copies, kr| FreightStep { min_copies, price: Ore::kr(kr) };
        FreightTable { steps: vec![step(1, 49), step(3, 79), step(10, 149)], rate: Rate(2500) }
    }

    #[test]
    fn freight_follows_the_number_of_copies() {
        let prices: Vec<_> = [0, 1, 2, 3, 9, 10, 999].into_iter().map(|copies| table().price(copies)).collect();
        assert_eq!(prices, [0, 49, 49, 79, 79, 149, 149].map(Ore::kr));
    }

    #[test]
    fn an_empty_basket_costs_nothing() {
        let quote = quote(&[], &table());
        assert_eq!((quote.goods, quote.freight, quote.totals.gross), (Ore::ZERO, Ore::ZERO, Ore::ZERO));
    }

    proptest! {
        /// What the buyer sees as sum is what the lines and the freight add up to, to the öre.
        #[test]
        fn parts_sum_to_the_whole(lines in prop::collection::vec((1_i64..100_000, 1_i64..=999, prop::sample::select(vec![0_i64, 600, 1200, 2500])), 0..20)) {
            let lines: Vec<_> = lines.into_iter().map(|(unit, quantity, rate)| Priced { unit: Ore(unit), rate: Rate(rate), quantity }).collect();
            let quote = quote(&lines, &table());
            prop_assert_eq!(quote.totals.gross, quote.goods + quote.freight);
            prop_assert_eq!(quote.totals.gross, quote.totals.net + quote.totals.vat);
            let by_rate: Ore = quote.totals.by_rate.iter().map(|sum| sum.vat).sum();
            prop_assert_eq!(by_rate, quote.totals.vat);
        }

        /// What is covered and what is missing make up the wish.
        #[test]
        fn cover_never_promises_more_than_there_is(quantity in 1_i64..=999, free in -5_i64..2000, backorder: bool) {
            match cover(quantity, free, backorder) {
                Cover::Full => prop_assert!(free >= quantity),
                Cover::Backordered { in_stock } => prop_assert!(backorder && in_stock < quantity && in_stock <= free.max(0)),
                Cover::Short { in_stock } => prop_assert!(!backorder && in_stock < quantity && in_stock <= free.max(0)),
            }
        }
    }

    #[test]
    fn every_difference_is_named() {
        let basket = |byte| Id::from_bytes([byte; 16]);
        let line = |isbn: &str, quantity, unit, backordered| ShownLine {
            isbn: Isbn::parse(isbn).unwrap(),
            title: isbn.to_owned(),
            quantity,
            unit: Ore::kr(unit),
            backordered,
        };
        let (a, b, c) = ("9789187335181", "9789187335235", "9789187335730");
        let before = Shown {
            basket: basket(1),
            lines: vec![line(a, 2, 95, 0), line(b, 1, 50, 0)],
            freight: Ore::kr(79),
            total: Ore::kr(319),
            answers: "x".into(),
        };
        let after = Shown {
            basket: basket(2),
            lines: vec![line(a, 1, 105, 1), line(c, 1, 10, 0)],
            freight: Ore::kr(49),
            total: Ore::kr(164),
            answers: "y".into(),
        };
        let changes = before.changes(&after);
        assert_eq!(
            changes,
            [
                Change::OtherBasket,
                Change::PriceRose { title: a.into(), from: Ore::kr(95), to: Ore::kr(105) },
                Change::Quantity { title: a.into(), from: 2, to: 1 },
                Change::NowBackordered { title: a.into(), copies: 1 },
                Change::Removed { title: b.into() },
                Change::Added { title: c.into() },
                Change::Freight { from: Ore::kr(79), to: Ore::kr(49) },
                Change::Answers,
            ]
        );
        assert_eq!(before.changes(&before), []);
    }
}
