use super::site::SITE;
use crate::kit::{Lang, OrgNrError, PeppolError, PostalCodeError, QuantityError};
use crate::shop::lifecycle::Headline;
use crate::shop::model::Change;
use crate::shop::rules::{MAX_LINE, Wrong, field};
use crate::text::shop::{BasketTexts, CheckoutTexts, FieldTexts, MailTexts, OrderTexts, OwnOrderTexts, Shop};

fn quantity(error: QuantityError) -> &'static str {
    match error {
        QuantityError::Empty => "Enter how many copies you want",
        QuantityError::NotANumber => "Enter the quantity in digits, such as 2",
        QuantityError::Zero | QuantityError::Negative => "Quantity must be at least 1. Select Remove if you do not want the publication",
        QuantityError::TooMany => "Quantity must be 999 or fewer. Contact us if you need more",
    }
}

/// What a field is called inside a sentence.
fn noun(name: &str) -> &'static str {
    match name {
        field::CONTACT => "your name",
        field::EMAIL => "your e-mail address",
        field::PHONE => "phone number",
        field::RECIPIENT => "recipient",
        field::CARE_OF | field::INVOICE_CARE_OF => "care of",
        field::STREET => "street address or PO box",
        field::POSTAL_CODE => "postal code",
        field::CITY => "town or city",
        field::ORGANISATION => "the name of the organisation",
        field::REFERENCE => "your reference",
        field::COST_CENTRE => "cost centre or purchase order number",
        field::INVOICE_NAME => "who the invoice is addressed to",
        field::INVOICE_STREET => "street address or PO box for the invoice",
        field::INVOICE_POSTAL_CODE => "postal code for the invoice",
        field::INVOICE_CITY => "town or city for the invoice",
        _ => "the answer",
    }
}

fn wrong(name: &str, wrong: &Wrong) -> String {
    match wrong {
        Wrong::Missing => format!("Enter {}", noun(name)),
        Wrong::TooLong(count) => {
            let noun = noun(name);
            let first: String = noun.chars().take(1).flat_map(char::to_uppercase).chain(noun.chars().skip(1)).collect();
            format!("{first} must be {MAX_LINE} characters or fewer. You have written {count}")
        }
        Wrong::Email(error) => (SITE.email)(*error).to_owned(),
        Wrong::Phone(error) => (SITE.phone)(*error).to_owned(),
        Wrong::PostalCode(error) => match error {
            PostalCodeError::Empty => format!("Enter {}", noun(name)),
            _ => "A Swedish postal code must have five digits, such as 123 45".to_owned(),
        },
        Wrong::ForeignPostalCode => "Postal code must be 12 characters or fewer".to_owned(),
        Wrong::Orgnr(error) => match error {
            OrgNrError::Empty => "Enter the Swedish organisation number with 10 digits, such as 202100-0068".to_owned(),
            OrgNrError::Character | OrgNrError::Length => "Organisation number must have 10 digits, such as 202100-0068".to_owned(),
            OrgNrError::NotOrganisation => {
                "The number looks like a personal identity number. Enter the organisation’s number, or choose to pay as a private person"
                    .to_owned()
            }
            OrgNrError::CheckDigit => "Check the organisation number. The last digit does not fit the others".to_owned(),
        },
        Wrong::Peppol(error) => match error {
            PeppolError::Empty => "Enter the Peppol ID, or choose another way to get the invoice".to_owned(),
            PeppolError::Scheme => "Peppol ID must begin with four digits and a colon, such as 0007:2021000068".to_owned(),
            PeppolError::Length | PeppolError::Character => "Check the Peppol ID. There must be ten digits after 0007:".to_owned(),
            PeppolError::CheckDigit => "Check the Peppol ID. The last digit does not fit the others".to_owned(),
            PeppolError::NotOrganisation => "Enter the organisation’s Peppol ID, not a personal identity number".to_owned(),
        },
        Wrong::Choose => match name {
            field::PAYER => "Choose whether you pay as a private person or for an organisation".to_owned(),
            field::INVOICE_BY => "Choose how you want to get the invoice".to_owned(),
            _ => "Choose a country".to_owned(),
        },
    }
}

fn change(change: &Change, lang: Lang) -> String {
    match change {
        Change::OtherBasket => "The page showed an older basket. The one you filled last is the one that counts now.".to_owned(),
        Change::PriceRose { title, from, to } => format!("The price of {title} has risen from {} to {}.", from.text(lang), to.text(lang)),
        Change::PriceFell { title, from, to } => format!("The price of {title} has fallen from {} to {}.", from.text(lang), to.text(lang)),
        Change::Quantity { title, from, to: 0 } => format!("{title} is sold out. You had {from} in the basket."),
        Change::Quantity { title, from, to } => format!("The quantity of {title} is now {to} instead of {from}."),
        Change::Added { title } => format!("{title} has been put in the basket."),
        Change::Removed { title } => format!("{title} is no longer in the basket or can no longer be ordered."),
        Change::NowBackordered { title, copies } => format!("{copies} copies of {title} are out of stock and will be sent later."),
        Change::NoLongerBackordered { title } => format!("More copies of {title} are now in stock."),
        Change::Freight { from, to } => format!("Delivery now costs {} instead of {}.", to.text(lang), from.text(lang)),
        Change::Answers => "The address or the payment has changed, perhaps in another window.".to_owned(),
    }
}

fn headline(headline: Headline) -> &'static str {
    match headline {
        Headline::Received => "Received",
        Headline::Confirmed => "Confirmed",
        Headline::Backordered => "Back-ordered",
        Headline::Packed => "Packed",
        Headline::PartShipped => "Partly sent",
        Headline::Shipped => "Sent",
        Headline::Delivered => "Delivered",
        Headline::Returned => "Returned",
        Headline::Cancelled => "Cancelled",
        Headline::Withdrawn => "Withdrawn",
    }
}

fn event(code: &str) -> &'static str {
    match code {
        "received" => "The order came in",
        "confirmed" => "The order was confirmed",
        "address_changed" => "The delivery address was changed",
        "quantity_lowered" => "The quantity was changed",
        "stock_arrived" => "Missing copies came in",
        "cancelled" => "The order was cancelled",
        "withdrawn" => "The purchase was withdrawn from",
        "packed" => "The order was packed",
        "part_shipped" => "Part of the order was sent",
        "mailed" => "A letter was sent",
        "rest_given_up" => "Copies that will not be sent were taken off",
        "shipped" => "The order was sent",
        "delivered" => "The order was delivered",
        "part_returned" => "Some of the copies came back",
        "returned" => "The copies came back",
        "invoiced" => "The invoice was sent",
        "fell_due" => "The invoice fell due",
        "paid" => "The invoice was paid",
        "refunded" => "The money was paid back",
        "credited" => "The invoice was credited",
        _ => "The order was changed",
    }
}

pub const SHOP: Shop = Shop {
    basket: BasketTexts {
        title: "Basket",
        empty: "The basket is empty.",
        find: "Search publications",
        publication: "Publication",
        price: "Price",
        quantity: "Quantity",
        quantity_of: |title| format!("Quantity of {title}"),
        sum: "Sum",
        remove: "Remove",
        remove_what: |title| format!("{title} from the basket"),
        update: "Update the basket",
        to_checkout: "Go to checkout",
        goods: "Publications",
        freight: "Delivery",
        total: "Total to pay",
        of_which_vat: |rate| format!("of which VAT {rate}"),
        isbn: "ISBN",
        example: "example",
        added: |title, copies| {
            if copies == 1 {
                format!("The basket now has 1 copy of {title}.")
            } else {
                format!("The basket now has {copies} copies of {title}.")
            }
        },
        updated: "The basket has been updated.",
        removed: "The publication has been removed from the basket.",
        continue_reading: "Go on looking for publications",
        not_for_sale: "The publication cannot be ordered. Its page says how it can be had.",
        not_for_sale_line: "Can no longer be ordered. Remove the line to go on.",
        full: "The basket holds 50 different publications. Remove one, or place two orders.",
        short: |in_stock| format!("Only {in_stock} in stock. Change the quantity to {in_stock} or fewer."),
        none_left: "Sold out. Remove the line to go on.",
        waits: |copies| {
            if copies == 1 {
                "1 copy is out of stock and will be sent later.".to_owned()
            } else {
                format!("{copies} copies are out of stock and will be sent later.")
            }
        },
        price_fell: |from, to| format!("The price has fallen from {from} to {to}."),
        price_rose: |from, to| format!("The price has risen from {from} to {to}. You accept the new price by going on."),
        problems: "Change this before you go to checkout",
        add_title: |title| format!("Put {title} in the basket"),
        add: "Add to basket",
        shown_sum: |sum| format!("Total to pay is now {sum}."),
        vat_included: "All prices include VAT.",
    },
    checkout: CheckoutTexts {
        steps: "Checkout steps",
        step_delivery: "Delivery",
        step_payment: "Payment",
        step_review: "Review",
        step_done: "Done",
        done_mark: "(done)",
        caption: "Checkout",
        go_on: "Continue",
        back: "Back",
        errors: |count| {
            if count == 1 { "There is a problem on this page".to_owned() } else { format!("There are {count} problems on this page") }
        },
        delivery_title: "Where do we send the order?",
        delivery_who: "You who order",
        delivery_where: "Delivery address",
        delivery_other_country: "We send to countries in the EU. Contact us if the order goes to another country.",
        payment_title: "Who pays?",
        payment_hint: "You pay by invoice once the order has been sent.",
        private: "Private person",
        private_hint: "You have the right to withdraw from the purchase for 14 days",
        organisation: "Organisation",
        organisation_hint: "For example a municipality, a region, an authority, an association or a company",
        invoice_title: "How do you want the invoice?",
        invoice_how: "The invoice is sent",
        invoice_email: "By e-mail as PDF",
        invoice_post: "By post",
        invoice_peppol: "As e-invoice through Peppol",
        invoice_other: "The invoice goes to another address than the delivery",
        invoice_other_hint: "Fill in the address below if you tick the box",
        invoice_address: "Invoice address",
        review_title: "Review and order",
        review_goods: "What you order",
        review_delivery: "Delivery",
        review_payment: "Payment",
        change: "Change",
        change_delivery: "delivery",
        change_payment: "who pays",
        change_invoice: "the invoice",
        change_basket: "the basket",
        same_address: "Same address as the delivery",
        payment_terms: "By invoice, which states the due date",
        withdrawal_right: "You have the right to withdraw from the purchase within 14 days of receiving the order. You do so simply on the order’s page.",
        terms_before: "Read the",
        terms_link: "terms of purchase",
        terms_box: "I have read the terms of purchase and accept them",
        terms_missing: "Confirm that you have read the terms of purchase",
        place: "Order and pay by invoice",
        changed_title: "Something has changed",
        changed: "The order has not been placed. This has changed since you reviewed it. Check it and order again.",
        expired_title: "The basket is empty",
        expired: "The basket has already become an order, or has been left alone for more than 30 days. Put the publications in the basket again if you want to order them.",
        done_title: "Thank you for your order",
        done_number: "Your order number",
        done_mail: |email| format!("We have sent a confirmation to {email}."),
        done_next: "What happens now?",
        done_private: "We pack the order and send it to you. The invoice comes separately. You can change or cancel as long as we have not packed.",
        done_organisation: "We pack the order and send it to you. The invoice comes separately. You can change or cancel as long as we have not packed.",
        done_status: "Follow, change or print the order:",
        done_status_link: "Go to the order’s page",
        keep_link: "The link is in the e-mail too. Whoever has the link can see the order, so do not spread it.",
    },
    fields: FieldTexts {
        contact: "Name",
        contact_hint: "First name and last name",
        email: "E-mail address",
        email_hint: "We send the confirmation here",
        phone: "Phone number (optional)",
        phone_hint: "In case something is unclear about the delivery",
        recipient: "Recipient, if someone other than you (optional)",
        recipient_hint: "For example your workplace",
        care_of: "Care of (optional)",
        street: "Street address or PO box",
        postal_code: "Postal code",
        city: "Town or city",
        country: "Country",
        organisation: "Name of the organisation",
        orgnr: "Swedish organisation number",
        // Word joiners keep the number on one line.
        orgnr_hint: "10 digits, such as 202100\u{2060}-\u{2060}0068",
        reference: "Your reference",
        reference_hint: "What the invoice must be marked with to find its way in your organisation",
        cost_centre: "Cost centre or purchase order number (optional)",
        cost_centre_hint: "Printed on the invoice",
        peppol: "Peppol ID, if you want an e-invoice (optional)",
        peppol_hint: "For example 0007:2021000068",
        invoice_name: "The invoice is addressed to",
    },
    quantity,
    wrong,
    change,
    headline,
    event,
    own: OwnOrderTexts {
        title: "My orders",
        caption: "Orders, the latest first",
        number: "Number",
        placed: "Ordered",
        status: "Status",
        sum: "Total",
        none: "You have no orders here yet.",
        claim: "Have you ordered without signing in? Open the link in the confirmation and choose to save the order here.",
        keep_lead: "You are signed in, and can save the order among your own.",
        keep: "Save among my orders",
        kept: "The order is saved among your orders.",
        is_kept: "The order is among your orders.",
        let_go: "Remove from my orders",
    },
    order: OrderTexts {
        title: |number| format!("Order {number}"),
        placed: "Ordered",
        status: "Status",
        history: "What has happened",
        content: "Content",
        delivery: "Delivery",
        payment: "Payment",
        cost_centre: "Cost centre or purchase order number",
        buyer: "Buyer",
        private: "Private person",
        waits: |copies| format!("{copies} back-ordered, sent later"),
        change_title: "Change the order",
        change_what: "You can change it as long as we have not packed the order.",
        change_address: "Change delivery address",
        change_quantities: "Lower quantities",
        change_quantities_hint: "Quantities can only be lowered. Place a new order if you want more. Enter 0 to take out a publication.",
        save_address: "Save the address",
        save_quantities: "Save the quantities",
        cancel: "Cancel the order",
        cancel_title: "Do you want to cancel the order?",
        cancel_text: "The whole order is cancelled. Nothing is sent and nothing is to be paid. This cannot be undone.",
        cancel_button: "Yes, cancel the order",
        keep: "No, keep the order",
        withdraw: "Withdraw from the purchase",
        withdraw_title: "Withdraw from the purchase",
        withdraw_text: "As a private person you may withdraw within 14 days of receiving the order. You need not give a reason.",
        withdraw_sent: "If the order has already been sent, send it back within 14 days. You pay for the return. We pay back what you have paid, our delivery charge too, once we have received the copies.",
        withdraw_next: "Continue",
        withdraw_confirm_title: "Confirm that you withdraw",
        withdraw_confirm_text: |email| format!("We send a receipt of your withdrawal at once, with date and time, to {email}."),
        withdraw_button: "Confirm withdrawal",
        not_now_title: "This is no longer possible",
        not_now: "The order is packed, sent, cancelled or withdrawn, so it cannot be changed this way. Contact us if something has gone wrong.",
        stale: "The order was changed in another window while you wrote. What you wrote is still in the fields. Save again if that is what you want.",
        holds_now: "This is what holds now:",
        nothing_left: "At least one copy must be left. Select Cancel the order if you do not want anything.",
        not_more: |title, most| format!("Quantity of {title} must be between 0 and {most}"),
        changed: "The change has been saved.",
        print: "Print",
        back: "Back to the order",
        seller: "Seller",
        seller_text: "Brottsförebyggande rådet (Swedish National Council for Crime Prevention), organisation number 202100-0068, VAT number SE202100006801",
        private_link: "Whoever has the link to this page can see and change the order.",
    },
    mail: MailTexts {
        placed_subject: |number| format!("Confirmation of order {number}"),
        placed_intro: "Thank you for your order. We have received it and hereby confirm it.",
        waits: "Part of the order is out of stock and will be sent later. You pay no extra for delivery.",
        see_order: "See, change or print the order",
        private_link: "Whoever has the link can see and change the order, so do not spread it.",
        withdrawal: "You have the right to withdraw from the purchase within 14 days of receiving the order, without giving a reason. Select Withdraw from the purchase on the order’s page.",
        terms: "Terms of purchase",
        line: |title, isbn, copies, price, sum| format!("{title}, ISBN {isbn}: {copies} × {price} = {sum}"),
        changed_subject: |number| format!("Order {number} has been changed"),
        address_changed: "The delivery address has been changed. This is the order now.",
        quantity_lowered: "The quantity has been changed. This is the order now.",
        stock_arrived: "Copies that were out of stock have come in, and the order is about to be packed.",
        cancelled_subject: |number| format!("Order {number} has been cancelled"),
        cancelled: "The order has been cancelled. Nothing is sent and nothing is to be paid.",
        withdrawn_subject: |number| format!("Receipt: you have withdrawn from order {number}"),
        withdrawn: |at| format!("We received your withdrawal {at} (Swedish time). This is your receipt."),
        withdrawn_sent: "If the order has already been sent, send it back within 14 days. Once we have received it we pay back what you have paid.",
        sent_subject: |number| format!("Order {number} has been sent"),
        part_sent_subject: |number| format!("Part of order {number} has been sent"),
        sent: "This is on its way to you.",
        tracking: "Parcel number",
        still_to_come: "The rest is sent separately:",
        copies_of: |title, copies| if copies == 1 { format!("{title}: 1 copy") } else { format!("{title}: {copies} copies") },
        returned_subject: |number| format!("We have received copies of order {number} back"),
        returned: "We have received this from you.",
        given_up: "We cannot send this, and you do not pay for it:",
        given_up_now: "This is the order now.",
        reason: "Reason",
        order_number: "Order number",
        regards: "Kind regards, Brottsförebyggande rådet (Swedish National Council for Crime Prevention)",
    },
};
