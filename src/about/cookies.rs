//! Every cookie that the portal sets. `/kakor` lists exactly these, so whoever sets a cookie takes name and lifetime
//! from here (9 kap. 28 § lagen (2022:482) om elektronisk kommunikation).

/// A cookie's name, without the prefix that https brings, and how long the browser keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cookie {
    pub name: &'static str,
    pub max_age_seconds: i64,
}

/// Holds the secret of the visitor's basket.
pub const BASKET: Cookie = Cookie { name: "kundkorg", max_age_seconds: 30 * 24 * 60 * 60 };

/// Opens the receipt to the browser that sent the order.
pub const RECEIPT: Cookie = Cookie { name: "kvitto", max_age_seconds: 60 * 60 };
