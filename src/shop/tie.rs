//! What ties accounts to orders: they stand among one's own data and on one's own pages. Orders outlive the account, since
//! bookkeeping law says so; only the tie goes.

use serde_json::{Value, json};

use super::model::order_number;
use super::store::own;
use crate::kit::{Id, Instant, Lang};
use crate::platform::db::Tx;
use crate::text;
use crate::web::{Part, Tie, Tying};

/// The tie of orders.
pub struct Purchases;

impl Tie for Purchases {
    fn own_data<'a>(&'a self, tx: &'a mut Tx, account: &'a Id) -> Tying<'a, (&'static str, Value)> {
        Box::pin(async move {
            let orders: Vec<Value> = own::all(tx, account)
                .await?
                .iter()
                .map(|order| {
                    json!({
                        "number": order_number(order.number), "placed": order.placed_at.text(), "state": order.state,
                        "fulfilment": order.fulfilment, "payment": order.payment, "total_ore": order.gross.0,
                        "name": order.name, "organisation": order.organisation, "email": order.email.as_str(),
                        "phone": order.phone.as_ref().map(ToString::to_string), "delivery_address": order.delivery().ok(),
                        "invoice_address": order.invoice_to().ok().flatten(),
                    })
                })
                .collect();
            Ok(("orders", Value::from(orders)))
        })
    }

    fn on_my_pages<'a>(&'a self, _: &'a mut Tx, _: &'a Id, lang: Lang, _: Instant) -> Tying<'a, Part> {
        Box::pin(async move {
            let pages = vec![("/mina-sidor/bestallningar".to_owned(), text::shop(lang).own.title)];
            Ok(Part { pages, to_do: Vec::new() })
        })
    }

    fn close<'a>(&'a self, tx: &'a mut Tx, account: &'a Id, _: Lang, _: Instant) -> Tying<'a, Result<(), &'static str>> {
        Box::pin(async move {
            own::let_all_go(tx, account).await?;
            Ok(Ok(()))
        })
    }
}
