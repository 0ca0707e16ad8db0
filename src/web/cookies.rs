//! Every cookie that the portal sets. `/kakor` lists exactly [`ALL`], so whoever sets a cookie takes name and lifetime
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

/// Says who is signed in. The session itself ends earlier when nothing happens.
pub const SESSION: Cookie = Cookie { name: "inloggad", max_age_seconds: 24 * 60 * 60 };

/// Binds the mail that lets someone in to the browser that asked for it.
pub const SIGN_IN: Cookie = Cookie { name: "inloggning", max_age_seconds: 15 * 60 };

/// The key to what was sent after a session had ended.
pub const KEPT: Cookie = Cookie { name: "sparat", max_age_seconds: 24 * 60 * 60 };

/// Every cookie, in the order in which `/kakor` lists them.
pub const ALL: [Cookie; 5] = [BASKET, RECEIPT, SIGN_IN, SESSION, KEPT];
