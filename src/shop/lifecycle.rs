//! What may happen to an order, and what it is afterwards: four small machines that move together.
//!
//! [`apply`] answers both questions that anyone asks: may this happen now, and what then? The same function decides which
//! buttons a page shows. Nothing here reads a clock or a database. To add an event: a variant, its arm in [`apply`], its
//! name in `text::shop`; the test walks every state with every event and keeps docs/states/order.md in step.

use serde::{Deserialize, Serialize};

/// The order itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Order {
    Received,
    Confirmed,
    Completed,
    Cancelled,
    Withdrawn,
}

/// The copies on their way to the buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fulfilment {
    ToPick,
    Backordered,
    Packed,
    Shipped,
    Delivered,
    Returned,
    /// Nothing will be sent.
    None,
}

/// The money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Payment {
    NotDue,
    Due,
    Paid,
    Refunded,
    /// Nothing is to be paid.
    None,
}

/// The invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Invoice {
    Draft,
    Issued,
    Credited,
    /// No invoice will be made.
    None,
}

/// All four at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct State {
    pub order: Order,
    pub fulfilment: Fulfilment,
    pub payment: Payment,
    pub invoice: Invoice,
    /// Some copies have left the house, others may still be there: a parcel has gone.
    pub sent: bool,
}

/// What is left of an order when some of it will not be sent after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rest {
    /// Copies that lie here.
    Here,
    /// Copies that are waited for, and perhaps some that lie here.
    Short,
    /// Nothing: what has been sent is all there will be.
    Sent,
    /// Nothing, and what had been sent has come back.
    Back,
}

/// Something that has happened, in the past tense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Event {
    /// The agency has checked that the order can be met; `short` when some copies are not in stock yet.
    Confirmed {
        short: bool,
    },
    /// The buyer changed the address.
    AddressChanged,
    /// The buyer lowered a quantity; `short` when copies are still missing.
    QuantityLowered {
        short: bool,
    },
    /// Copies came in and were held for the order; `short` when some are still missing.
    StockArrived {
        short: bool,
    },
    /// The buyer called it off before anything was packed.
    Cancelled,
    /// A consumer used the right of withdrawal (distansavtalslagen 2005:59, 2 kap. 10 §).
    Withdrawn,
    Packed,
    /// A parcel has gone and more is to come; `short` when some of that is missing still.
    PartShipped {
        short: bool,
    },
    /// The agency will not send some of what is left.
    RestGivenUp {
        rest: Rest,
    },
    /// The last copies have gone.
    Shipped,
    Delivered,
    /// Some of what was sent has come back.
    PartReturned,
    /// All of it has.
    Returned,
    Invoiced,
    FellDue,
    Paid,
    Refunded,
    Credited,
}

/// Who made it happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// An organisation, or anyone who holds the order's link.
    Buyer,
    /// A private person who holds the order's link.
    Consumer,
    /// The agency's staff.
    Staff,
    /// The portal.
    Portal,
}

/// What must be done in the same transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Copies that were held go back into stock, and may fill older back-orders.
    ReleaseStock,
    /// Write to the buyer.
    Tell,
}

/// Why it may not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// This person may never do this.
    NotYou,
    /// It is too late (or too early) for this.
    NotNow,
}

impl State {
    /// An order that has just come in.
    pub const RECEIVED: Self =
        Self { order: Order::Received, fulfilment: Fulfilment::ToPick, payment: Payment::NotDue, invoice: Invoice::Draft, sent: false };

    /// The one line that people read first.
    pub fn headline(self) -> Headline {
        match (self.order, self.fulfilment) {
            (Order::Cancelled, _) => Headline::Cancelled,
            (Order::Withdrawn, _) => Headline::Withdrawn,
            (Order::Received, _) => Headline::Received,
            _ if self.sent && self.is_in_house() => Headline::PartShipped,
            (_, Fulfilment::Backordered) => Headline::Backordered,
            (_, Fulfilment::Packed) => Headline::Packed,
            (_, Fulfilment::Shipped) => Headline::Shipped,
            (_, Fulfilment::Delivered) => Headline::Delivered,
            (_, Fulfilment::Returned) => Headline::Returned,
            (Order::Confirmed, _) => Headline::Confirmed,
            (Order::Completed, _) => Headline::Delivered,
        }
    }

    /// True while copies are waited for or lie here for the order.
    pub fn is_in_house(self) -> bool {
        matches!(self.fulfilment, Fulfilment::ToPick | Fulfilment::Backordered | Fulfilment::Packed)
    }

    /// True while nothing has been packed or sent, so that the buyer may still change things.
    fn is_open(self) -> bool {
        matches!(self.order, Order::Received | Order::Confirmed)
            && self.is_in_house()
            && self.fulfilment != Fulfilment::Packed
            && !self.sent
    }

    /// True while it may be called off: staff can still open a parcel that has not gone.
    fn may_be_cancelled(self, actor: Actor) -> bool {
        self.invoice == Invoice::Draft && (self.is_open() || actor == Actor::Staff && self.fulfilment == Fulfilment::Packed && !self.sent)
    }
}

/// The state that is shown first on the order's page; derived, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Headline {
    Received,
    Confirmed,
    Backordered,
    Packed,
    PartShipped,
    Shipped,
    Delivered,
    Returned,
    Cancelled,
    Withdrawn,
}

/// What the order is after `event`, and what must be done about it.
pub fn apply(state: State, event: Event, actor: Actor) -> Result<(State, Vec<Effect>), Refusal> {
    use {Actor::*, Effect::*};
    let may = match event {
        Event::Confirmed { .. } | Event::StockArrived { .. } | Event::FellDue => matches!(actor, Portal | Staff),
        Event::AddressChanged | Event::QuantityLowered { .. } | Event::Cancelled => matches!(actor, Buyer | Consumer | Staff),
        // Only a consumer has the right; staff register one that came by letter.
        Event::Withdrawn => matches!(actor, Consumer | Staff),
        _ => matches!(actor, Staff),
    };
    if !may {
        return Err(Refusal::NotYou);
    }
    let waiting = |short| if short { Fulfilment::Backordered } else { Fulfilment::ToPick };
    let over = matches!(state.order, Order::Cancelled | Order::Withdrawn);
    match event {
        Event::Confirmed { short } if state.order == Order::Received => {
            Ok((State { order: Order::Confirmed, fulfilment: waiting(short), ..state }, vec![Tell]))
        }
        Event::AddressChanged if state.is_open() => Ok((state, vec![Tell])),
        Event::QuantityLowered { short } if state.is_open() && state.order == Order::Confirmed => {
            Ok((State { fulfilment: waiting(short), ..state }, vec![ReleaseStock, Tell]))
        }
        Event::StockArrived { short } if state.order == Order::Confirmed && state.fulfilment == Fulfilment::Backordered => {
            Ok((State { fulfilment: waiting(short), ..state }, if short { vec![] } else { vec![Tell] }))
        }
        Event::Cancelled if state.may_be_cancelled(actor) => Ok((
            State { order: Order::Cancelled, fulfilment: Fulfilment::None, payment: Payment::None, invoice: Invoice::None, ..state },
            vec![ReleaseStock, Tell],
        )),
        // Before anything is sent a withdrawal ends everything, but for an invoice that must be credited. What has been sent
        // must come back; what lies here still stays.
        Event::Withdrawn if !over && state.is_in_house() && !state.sent => {
            let after = State { order: Order::Withdrawn, fulfilment: Fulfilment::None, ..state };
            let unbilled = state.invoice == Invoice::Draft;
            let after = if unbilled { State { payment: Payment::None, invoice: Invoice::None, ..after } } else { after };
            Ok((after, vec![ReleaseStock, Tell]))
        }
        Event::Withdrawn if !over && state.is_in_house() => {
            Ok((State { order: Order::Withdrawn, fulfilment: Fulfilment::Shipped, ..state }, vec![ReleaseStock, Tell]))
        }
        Event::Withdrawn if !over => Ok((State { order: Order::Withdrawn, ..state }, vec![Tell])),
        Event::Packed if state.order == Order::Confirmed && state.fulfilment == Fulfilment::ToPick => {
            Ok((State { fulfilment: Fulfilment::Packed, ..state }, vec![]))
        }
        // Whoever packs and sends at once need not say so twice.
        Event::PartShipped { short } if state.order == Order::Confirmed && state.is_in_house() => {
            Ok((State { fulfilment: waiting(short), sent: true, ..state }, vec![Tell]))
        }
        // Sums that stand on an invoice are changed by a credit, not here.
        Event::RestGivenUp { rest } if state.order == Order::Confirmed && state.is_in_house() && state.invoice == Invoice::Draft => {
            let fulfilment = match rest {
                Rest::Here => Fulfilment::ToPick,
                Rest::Short => Fulfilment::Backordered,
                // Who gives up all of it calls the order off.
                Rest::Sent | Rest::Back if !state.sent => return Err(Refusal::NotNow),
                Rest::Sent => Fulfilment::Shipped,
                Rest::Back => Fulfilment::Returned,
            };
            Ok((State { fulfilment, ..state }, vec![ReleaseStock, Tell]))
        }
        Event::Shipped if state.order == Order::Confirmed && matches!(state.fulfilment, Fulfilment::ToPick | Fulfilment::Packed) => {
            Ok((State { fulfilment: Fulfilment::Shipped, sent: true, ..state }, vec![Tell]))
        }
        Event::Delivered if state.fulfilment == Fulfilment::Shipped => {
            Ok((completed(State { fulfilment: Fulfilment::Delivered, ..state }), vec![]))
        }
        Event::PartReturned if matches!(state.fulfilment, Fulfilment::Shipped | Fulfilment::Delivered) => Ok((state, vec![Tell])),
        // Some can come back while the rest still lies here.
        Event::PartReturned if state.order == Order::Confirmed && state.sent && state.is_in_house() => Ok((state, vec![Tell])),
        Event::Returned if matches!(state.fulfilment, Fulfilment::Shipped | Fulfilment::Delivered) => {
            Ok((State { fulfilment: Fulfilment::Returned, ..state }, vec![Tell]))
        }
        Event::Invoiced if !over && state.order != Order::Received && state.invoice == Invoice::Draft => {
            Ok((State { invoice: Invoice::Issued, ..state }, vec![Tell]))
        }
        Event::FellDue if state.invoice == Invoice::Issued && state.payment == Payment::NotDue => {
            Ok((State { payment: Payment::Due, ..state }, vec![]))
        }
        Event::Paid if state.invoice == Invoice::Issued && matches!(state.payment, Payment::NotDue | Payment::Due) => {
            Ok((completed(State { payment: Payment::Paid, ..state }), vec![]))
        }
        Event::Refunded if state.payment == Payment::Paid && (over || state.fulfilment == Fulfilment::Returned) => {
            Ok((State { payment: Payment::Refunded, ..state }, vec![Tell]))
        }
        Event::Credited if state.invoice == Invoice::Issued => Ok((State { invoice: Invoice::Credited, ..state }, vec![Tell])),
        _ => Err(Refusal::NotNow),
    }
}

/// An order that is delivered and paid is done.
fn completed(state: State) -> State {
    let done = state.order == Order::Confirmed && state.fulfilment == Fulfilment::Delivered && state.payment == Payment::Paid;
    if done { State { order: Order::Completed, ..state } } else { state }
}

/// Stored codes: stable ASCII, never shown to a person.
macro_rules! codes {
    ($($type:ident { $($variant:ident = $code:literal),* $(,)? })*) => { $(
        impl $type {
            pub const ALL: &[$type] = &[$($type::$variant),*];

            /// The stored code.
            pub fn code(self) -> &'static str {
                match self { $($type::$variant => $code),* }
            }

            /// Reads a stored code.
            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some($type::$variant),)* _ => None }
            }
        }
    )* };
}

codes! {
    Order { Received = "received", Confirmed = "confirmed", Completed = "completed", Cancelled = "cancelled", Withdrawn = "withdrawn" }
    Fulfilment {
        ToPick = "to_pick", Backordered = "backordered", Packed = "packed", Shipped = "shipped", Delivered = "delivered",
        Returned = "returned", None = "none",
    }
    Payment { NotDue = "not_due", Due = "due", Paid = "paid", Refunded = "refunded", None = "none" }
    Invoice { Draft = "draft", Issued = "issued", Credited = "credited", None = "none" }
}

impl Event {
    /// Every event, for the walk through the whole matrix.
    pub const ALL: &[Event] = &[
        Event::Confirmed { short: false },
        Event::Confirmed { short: true },
        Event::AddressChanged,
        Event::QuantityLowered { short: false },
        Event::QuantityLowered { short: true },
        Event::StockArrived { short: false },
        Event::StockArrived { short: true },
        Event::Cancelled,
        Event::Withdrawn,
        Event::Packed,
        Event::PartShipped { short: false },
        Event::PartShipped { short: true },
        Event::RestGivenUp { rest: Rest::Here },
        Event::RestGivenUp { rest: Rest::Short },
        Event::RestGivenUp { rest: Rest::Sent },
        Event::RestGivenUp { rest: Rest::Back },
        Event::Shipped,
        Event::Delivered,
        Event::PartReturned,
        Event::Returned,
        Event::Invoiced,
        Event::FellDue,
        Event::Paid,
        Event::Refunded,
        Event::Credited,
    ];

    /// The stored code of what happened.
    pub fn code(self) -> &'static str {
        match self {
            Event::Confirmed { .. } => "confirmed",
            Event::AddressChanged => "address_changed",
            Event::QuantityLowered { .. } => "quantity_lowered",
            Event::StockArrived { .. } => "stock_arrived",
            Event::Cancelled => "cancelled",
            Event::Withdrawn => "withdrawn",
            Event::Packed => "packed",
            Event::PartShipped { .. } => "part_shipped",
            Event::RestGivenUp { .. } => "rest_given_up",
            Event::Shipped => "shipped",
            Event::Delivered => "delivered",
            Event::PartReturned => "part_returned",
            Event::Returned => "returned",
            Event::Invoiced => "invoiced",
            Event::FellDue => "fell_due",
            Event::Paid => "paid",
            Event::Refunded => "refunded",
            Event::Credited => "credited",
        }
    }
}

impl Actor {
    pub const ALL: &[Actor] = &[Actor::Buyer, Actor::Consumer, Actor::Staff, Actor::Portal];

    pub fn code(self) -> &'static str {
        match self {
            Actor::Buyer => "buyer",
            Actor::Consumer => "consumer",
            Actor::Staff => "staff",
            Actor::Portal => "portal",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every state that can be reached from a new order, with each step that leads there.
    fn walk() -> (Vec<State>, BTreeSet<String>) {
        let mut states = vec![State::RECEIVED];
        let mut steps = BTreeSet::new();
        let mut next = 0;
        while let Some(&state) = states.get(next) {
            next += 1;
            for &event in Event::ALL {
                for &actor in Actor::ALL {
                    if let Ok((after, _)) = apply(state, event, actor) {
                        if !states.contains(&after) {
                            states.push(after);
                        }
                        if after.headline() != state.headline() {
                            steps.insert(format!("    {:?} --> {:?}: {}", state.headline(), after.headline(), event.code()));
                        }
                    }
                }
            }
        }
        (states, steps)
    }

    #[test]
    fn no_reachable_state_contradicts_itself() {
        let (states, _) = walk();
        assert!(states.len() > 20, "{}", states.len());
        for state in states {
            // Nothing is sent for an order that was called off before packing, and nothing is owed for it.
            if state.order == Order::Cancelled {
                assert_eq!((state.fulfilment, state.payment, state.invoice), (Fulfilment::None, Payment::None, Invoice::None), "{state:?}");
            }
            // Money moves only against an invoice.
            if matches!(state.payment, Payment::Due | Payment::Paid | Payment::Refunded) {
                assert!(matches!(state.invoice, Invoice::Issued | Invoice::Credited), "{state:?}");
            }
            // Done means delivered and paid at some time.
            if state.order == Order::Completed {
                assert!(matches!(state.payment, Payment::Paid | Payment::Refunded), "{state:?}");
            }
            // What has left the house is known to have left it, and nothing else is.
            if matches!(state.fulfilment, Fulfilment::Shipped | Fulfilment::Delivered | Fulfilment::Returned) {
                assert!(state.sent, "{state:?}");
            }
            if state.fulfilment == Fulfilment::None {
                assert!(!state.sent, "{state:?}");
            }
            // An order that nobody confirmed is neither packed nor invoiced.
            if state.order == Order::Received {
                assert_eq!((state.fulfilment, state.invoice), (Fulfilment::ToPick, Invoice::Draft), "{state:?}");
            }
        }
    }

    #[test]
    fn once_packed_a_buyer_can_change_nothing_but_withdraw() {
        let (states, _) = walk();
        let packed = [Fulfilment::Packed, Fulfilment::Shipped, Fulfilment::Delivered];
        for state in states.into_iter().filter(|state| packed.contains(&state.fulfilment) || state.sent && state.is_in_house()) {
            for &event in Event::ALL {
                let allowed = apply(state, event, Actor::Buyer).is_ok();
                assert!(!allowed, "a buyer may {event:?} in {state:?}");
                let allowed = apply(state, event, Actor::Consumer).is_ok();
                assert_eq!(allowed, event == Event::Withdrawn && !matches!(state.order, Order::Withdrawn), "{event:?} in {state:?}");
            }
        }
    }

    #[test]
    fn an_organisation_has_no_right_of_withdrawal() {
        let (states, _) = walk();
        for state in states {
            assert_eq!(apply(state, Event::Withdrawn, Actor::Buyer), Err(Refusal::NotYou));
        }
    }

    #[test]
    fn stock_is_released_exactly_when_held_copies_are_given_up() {
        let (states, _) = walk();
        for state in states {
            for &event in Event::ALL {
                for &actor in Actor::ALL {
                    let Ok((after, effects)) = apply(state, event, actor) else { continue };
                    let gives_up = matches!(event, Event::QuantityLowered { .. } | Event::RestGivenUp { .. })
                        || (state.is_in_house() && !after.is_in_house() && event != Event::Shipped);
                    assert_eq!(effects.contains(&Effect::ReleaseStock), gives_up, "{event:?} in {state:?}");
                }
            }
        }
    }

    #[test]
    fn codes_are_read_back() {
        for &value in Order::ALL {
            assert_eq!(Order::parse(value.code()), Some(value));
        }
        for &value in Fulfilment::ALL {
            assert_eq!(Fulfilment::parse(value.code()), Some(value));
        }
        for &value in Payment::ALL {
            assert_eq!(Payment::parse(value.code()), Some(value));
        }
        for &value in Invoice::ALL {
            assert_eq!(Invoice::parse(value.code()), Some(value));
        }
    }

    /// The diagram in docs is drawn from the machine; `UPDATE_DOCS=1 cargo test` draws it anew.
    #[test]
    fn the_diagram_in_docs_is_true() {
        let (_, steps) = walk();
        let lines: Vec<String> = steps.into_iter().collect();
        let drawn = format!(
            "# The states of an order\n\nThe headline that the buyer reads, drawn from `src/shop/lifecycle.rs` by its test.\n\n```mermaid\nstateDiagram-v2\n    [*] --> Received\n{}\n```\n",
            lines.join("\n")
        );
        let path = "docs/states/order.md";
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::create_dir_all("docs/states").unwrap();
            std::fs::write(path, &drawn).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), drawn, "draw it anew with UPDATE_DOCS=1");
    }
}
