use crate::kit::{EmailError, Lang, OrgNrError, PeppolError, PhoneError, PostalCodeError, QuantityError};
use crate::shop::lifecycle::Headline;
use crate::shop::model::Change;
use crate::shop::rules::{MAX_LINE, Wrong, field};
use crate::text::shop::{BasketTexts, CheckoutTexts, FieldTexts, MailTexts, OrderTexts, Shop};

fn quantity(error: QuantityError) -> &'static str {
    match error {
        QuantityError::Empty => "Ange hur många exemplar du vill ha",
        QuantityError::NotANumber => "Ange antalet med siffror, till exempel 2",
        QuantityError::Zero | QuantityError::Negative => "Antalet måste vara minst 1. Välj Ta bort om du inte vill ha publikationen",
        QuantityError::TooMany => "Antalet måste vara högst 999. Kontakta oss om du behöver fler",
    }
}

/// What a field is called inside a sentence.
fn noun(name: &str) -> &'static str {
    match name {
        field::CONTACT => "ditt namn",
        field::EMAIL => "din e-postadress",
        field::PHONE => "telefonnummer",
        field::RECIPIENT => "mottagare",
        field::CARE_OF | field::INVOICE_CARE_OF => "c/o",
        field::STREET => "gatuadress eller box",
        field::POSTAL_CODE => "postnummer",
        field::CITY => "ort",
        field::ORGANISATION => "organisationens namn",
        field::REFERENCE => "er referens",
        field::COST_CENTRE => "kostnadsställe eller beställningsnummer",
        field::INVOICE_NAME => "vem fakturan är ställd till",
        field::INVOICE_STREET => "gatuadress eller box för fakturan",
        field::INVOICE_POSTAL_CODE => "postnummer för fakturan",
        field::INVOICE_CITY => "ort för fakturan",
        _ => "uppgiften",
    }
}

fn wrong(name: &str, wrong: &Wrong) -> String {
    match wrong {
        Wrong::Missing => format!("Ange {}", noun(name)),
        Wrong::TooLong(count) => {
            let noun = noun(name);
            let first: String = noun.chars().take(1).flat_map(char::to_uppercase).chain(noun.chars().skip(1)).collect();
            format!("{first} måste vara högst {MAX_LINE} tecken. Du har skrivit {count}")
        }
        Wrong::Email(error) => match error {
            EmailError::Empty => "Ange din e-postadress".to_owned(),
            EmailError::NoAt | EmailError::Local | EmailError::Domain => {
                "E-postadressen måste ha ett namn, ett @ och en domän, till exempel namn@kommun.se".to_owned()
            }
            EmailError::SeveralAts => "Ange bara en e-postadress".to_owned(),
            EmailError::Space => "E-postadressen måste skrivas utan mellanslag".to_owned(),
            EmailError::NotAscii => "E-postadressen måste skrivas utan å, ä, ö och andra särskilda bokstäver".to_owned(),
            EmailError::Character => "Ta bort tecken som inte hör till e-postadressen, till exempel komma eller parentes".to_owned(),
            EmailError::TooLong => "E-postadressen måste vara högst 254 tecken".to_owned(),
        },
        Wrong::Phone(error) => match error {
            PhoneError::Empty | PhoneError::Character => "Ange telefonnumret med siffror, till exempel 070-123 45 67".to_owned(),
            PhoneError::TooShort => "Telefonnumret måste ha minst 5 siffror. Ange riktnumret också".to_owned(),
            PhoneError::TooLong => "Telefonnumret måste ha högst 15 siffror".to_owned(),
        },
        Wrong::PostalCode(error) => match error {
            PostalCodeError::Empty => format!("Ange {}", noun(name)),
            _ => "Postnumret måste ha fem siffror, till exempel 123 45".to_owned(),
        },
        Wrong::ForeignPostalCode => "Postnumret måste vara högst 12 tecken".to_owned(),
        Wrong::Orgnr(error) => match error {
            OrgNrError::Empty => "Ange organisationsnummer med 10 siffror, till exempel 202100-0068".to_owned(),
            OrgNrError::Character | OrgNrError::Length => "Organisationsnumret måste ha 10 siffror, till exempel 202100-0068".to_owned(),
            OrgNrError::NotOrganisation => {
                "Numret ser ut som ett personnummer. Ange organisationens nummer, eller välj att betala som privatperson".to_owned()
            }
            OrgNrError::CheckDigit => "Kontrollera organisationsnumret. Den sista siffran stämmer inte med de andra".to_owned(),
        },
        Wrong::Peppol(error) => match error {
            PeppolError::Empty => "Ange Peppol-ID, eller välj ett annat sätt att få fakturan".to_owned(),
            PeppolError::Scheme => "Peppol-ID måste börja med fyra siffror och kolon, till exempel 0007:2021000068".to_owned(),
            PeppolError::Length | PeppolError::Character => "Kontrollera Peppol-ID. Efter 0007: ska det stå tio siffror".to_owned(),
            PeppolError::CheckDigit => "Kontrollera Peppol-ID. Den sista siffran stämmer inte med de andra".to_owned(),
            PeppolError::NotOrganisation => "Ange organisationens Peppol-ID, inte ett personnummer".to_owned(),
        },
        Wrong::Choose => match name {
            field::PAYER => "Välj om du betalar som privatperson eller för en organisation".to_owned(),
            field::INVOICE_BY => "Välj hur du vill få fakturan".to_owned(),
            _ => "Välj land".to_owned(),
        },
    }
}

fn change(change: &Change, lang: Lang) -> String {
    match change {
        Change::OtherBasket => "Sidan visade en äldre kundkorg. Nu gäller den som du fyllde senast.".to_owned(),
        Change::PriceRose { title, from, to } => format!("Priset på {title} har höjts från {} till {}.", from.text(lang), to.text(lang)),
        Change::PriceFell { title, from, to } => format!("Priset på {title} har sänkts från {} till {}.", from.text(lang), to.text(lang)),
        Change::Quantity { title, from, to: 0 } => format!("{title} har tagit slut. Du hade {from} i kundkorgen."),
        Change::Quantity { title, from, to } => format!("Antalet av {title} är nu {to} i stället för {from}."),
        Change::Added { title } => format!("{title} har lagts i kundkorgen."),
        Change::Removed { title } => format!("{title} finns inte längre i kundkorgen eller går inte att beställa."),
        Change::NowBackordered { title, copies } => format!("{copies} exemplar av {title} är slut i lager och skickas senare."),
        Change::NoLongerBackordered { title } => format!("Fler exemplar av {title} finns nu i lager."),
        Change::Freight { from, to } => format!("Frakten är nu {} i stället för {}.", to.text(lang), from.text(lang)),
        Change::Answers => "Adressen eller betalningen har ändrats, kanske i ett annat fönster.".to_owned(),
    }
}

fn headline(headline: Headline) -> &'static str {
    match headline {
        Headline::Received => "Mottagen",
        Headline::Confirmed => "Bekräftad",
        Headline::Backordered => "Restnoterad",
        Headline::Packed => "Packad",
        Headline::Shipped => "Skickad",
        Headline::Delivered => "Levererad",
        Headline::Returned => "Returnerad",
        Headline::Cancelled => "Annullerad",
        Headline::Withdrawn => "Ångrad",
    }
}

fn event(code: &str) -> &'static str {
    match code {
        "received" => "Beställningen kom in",
        "confirmed" => "Beställningen bekräftades",
        "address_changed" => "Leveransadressen ändrades",
        "quantity_lowered" => "Antalet ändrades",
        "stock_arrived" => "Exemplar som saknades kom in",
        "cancelled" => "Beställningen annullerades",
        "withdrawn" => "Köpet ångrades",
        "packed" => "Beställningen packades",
        "shipped" => "Beställningen skickades",
        "delivered" => "Beställningen levererades",
        "returned" => "Exemplaren kom tillbaka",
        "invoiced" => "Fakturan skickades",
        "fell_due" => "Fakturan förföll",
        "paid" => "Fakturan betalades",
        "refunded" => "Pengarna betalades tillbaka",
        "credited" => "Fakturan krediterades",
        _ => "Beställningen ändrades",
    }
}

pub const SHOP: Shop = Shop {
    basket: BasketTexts {
        title: "Kundkorg",
        empty: "Kundkorgen är tom.",
        find: "Sök bland publikationer",
        publication: "Publikation",
        price: "Pris",
        quantity: "Antal",
        quantity_of: |title| format!("Antal av {title}"),
        sum: "Summa",
        remove: "Ta bort",
        remove_what: |title| format!("{title} ur kundkorgen"),
        update: "Uppdatera kundkorgen",
        to_checkout: "Till kassan",
        goods: "Publikationer",
        freight: "Frakt",
        total: "Summa att betala",
        of_which_vat: |rate| format!("varav moms {rate}"),
        isbn: "ISBN",
        example: "exempel",
        added: |title, copies| format!("Kundkorgen har nu {copies} exemplar av {title}."),
        updated: "Kundkorgen är uppdaterad.",
        removed: "Publikationen är borttagen ur kundkorgen.",
        continue_reading: "Fortsätt leta bland publikationer",
        not_for_sale: "Publikationen går inte att beställa. På dess sida står hur den kan fås.",
        not_for_sale_line: "Går inte längre att beställa. Ta bort raden för att gå vidare.",
        full: "Kundkorgen rymmer 50 olika publikationer. Ta bort någon, eller gör två beställningar.",
        short: |in_stock| format!("Bara {in_stock} finns i lager. Ändra antalet till högst {in_stock}."),
        none_left: "Slut i lager. Ta bort raden för att gå vidare.",
        waits: |copies| {
            if copies == 1 {
                "1 exemplar är slut i lager och skickas senare.".to_owned()
            } else {
                format!("{copies} exemplar är slut i lager och skickas senare.")
            }
        },
        price_fell: |from, to| format!("Priset har sänkts från {from} till {to}."),
        price_rose: |from, to| format!("Priset har höjts från {from} till {to}. Du godkänner det nya priset genom att gå vidare."),
        problems: "Ändra det här innan du går till kassan",
        add_title: |title| format!("Lägg {title} i kundkorgen"),
        add: "Lägg i kundkorgen",
        shown_sum: |sum| format!("Summa att betala är nu {sum}."),
        vat_included: "Alla priser är inklusive moms.",
    },
    checkout: CheckoutTexts {
        steps: "Steg i kassan",
        step_delivery: "Leverans",
        step_payment: "Betalning",
        step_review: "Granska",
        step_done: "Klart",
        done_mark: "(klart)",
        caption: "Kassa",
        go_on: "Fortsätt",
        back: "Tillbaka",
        errors: |count| if count == 1 { "Det finns ett fel på sidan".to_owned() } else { format!("Det finns {count} fel på sidan") },
        delivery_title: "Vart ska vi skicka beställningen?",
        delivery_who: "Du som beställer",
        delivery_where: "Leveransadress",
        delivery_other_country: "Vi skickar till länder i EU. Kontakta oss om beställningen ska till ett annat land.",
        payment_title: "Vem betalar?",
        payment_hint: "Du betalar mot faktura när beställningen har skickats.",
        private: "Privatperson",
        private_hint: "Du har rätt att ångra köpet i 14 dagar",
        organisation: "Organisation",
        organisation_hint: "Till exempel en kommun, en region, en myndighet, en förening eller ett företag",
        invoice_title: "Hur vill du få fakturan?",
        invoice_how: "Fakturan skickas",
        invoice_email: "Med e-post som PDF",
        invoice_post: "Med vanlig post",
        invoice_peppol: "Som e-faktura genom Peppol",
        invoice_other: "Fakturan ska till en annan adress än leveransen",
        invoice_other_hint: "Fyll i adressen nedanför om du kryssar i rutan",
        invoice_address: "Fakturaadress",
        review_title: "Granska och beställ",
        review_goods: "Det du beställer",
        review_delivery: "Leverans",
        review_payment: "Betalning",
        change: "Ändra",
        change_delivery: "leveransen",
        change_payment: "vem som betalar",
        change_invoice: "fakturan",
        change_basket: "kundkorgen",
        same_address: "Samma adress som leveransen",
        payment_terms: "Mot faktura. Sista betalningsdag står på fakturan",
        withdrawal_right: "Du har rätt att ångra köpet inom 14 dagar från det att du har fått beställningen. Du ångrar dig enkelt på beställningens sida.",
        terms_before: "Läs",
        terms_link: "köpvillkoren",
        terms_box: "Jag har läst köpvillkoren och godkänner dem",
        terms_missing: "Bekräfta att du har läst köpvillkoren",
        place: "Beställ och betala mot faktura",
        changed_title: "Något har ändrats",
        changed: "Beställningen är inte lagd. Det här har ändrats sedan du granskade den. Kontrollera och beställ igen.",
        expired_title: "Kundkorgen är tom",
        expired: "Kundkorgen har redan blivit en beställning, eller har legat orörd i mer än 30 dagar. Lägg publikationerna i kundkorgen igen om du vill beställa dem.",
        done_title: "Tack för din beställning",
        done_number: "Ditt beställningsnummer",
        done_mail: |email| format!("Vi har skickat en bekräftelse till {email}."),
        done_next: "Vad händer nu?",
        done_private: "Vi packar beställningen och skickar den till dig. Fakturan kommer för sig. Du kan ändra eller avbeställa så länge vi inte har packat.",
        done_organisation: "Vi packar beställningen och skickar den till er. Fakturan kommer för sig. Ni kan ändra eller avbeställa så länge vi inte har packat.",
        done_status: "Följ, ändra eller skriv ut beställningen:",
        done_status_link: "Till beställningens sida",
        keep_link: "Länken finns också i e-brevet. Den som har länken kan se beställningen, så sprid den inte.",
    },
    fields: FieldTexts {
        contact: "Namn",
        contact_hint: "För- och efternamn",
        email: "E-postadress",
        email_hint: "Hit skickar vi bekräftelsen",
        phone: "Telefonnummer (frivilligt)",
        phone_hint: "Om något är oklart med leveransen",
        recipient: "Mottagare, om det är någon annan än du (frivilligt)",
        recipient_hint: "Till exempel din arbetsplats",
        care_of: "c/o (frivilligt)",
        street: "Gatuadress eller box",
        postal_code: "Postnummer",
        city: "Ort",
        country: "Land",
        organisation: "Organisationens namn",
        orgnr: "Organisationsnummer",
        // Word joiners keep the number on one line.
        orgnr_hint: "10 siffror, till exempel 202100\u{2060}-\u{2060}0068",
        reference: "Er referens",
        reference_hint: "Det som fakturan ska märkas med för att hitta rätt hos er",
        cost_centre: "Kostnadsställe eller beställningsnummer (frivilligt)",
        cost_centre_hint: "Skrivs ut på fakturan",
        peppol: "Peppol-ID, om ni vill ha e-faktura (frivilligt)",
        peppol_hint: "Till exempel 0007:2021000068",
        invoice_name: "Fakturan är ställd till",
    },
    quantity,
    wrong,
    change,
    headline,
    event,
    order: OrderTexts {
        title: |number| format!("Beställning {number}"),
        placed: "Beställd",
        status: "Status",
        history: "Det här har hänt",
        content: "Innehåll",
        delivery: "Leverans",
        payment: "Betalning",
        cost_centre: "Kostnadsställe eller beställningsnummer",
        buyer: "Beställare",
        private: "Privatperson",
        waits: |copies| format!("{copies} restnoterade, skickas senare"),
        change_title: "Ändra beställningen",
        change_what: "Du kan ändra så länge vi inte har packat beställningen.",
        change_address: "Ändra leveransadress",
        change_quantities: "Minska antal",
        change_quantities_hint: "Antalet kan bara minskas. Gör en ny beställning om du vill ha fler. Ange 0 för att ta bort en publikation.",
        save_address: "Spara adressen",
        save_quantities: "Spara antalen",
        cancel: "Avbeställ",
        cancel_title: "Vill du avbeställa?",
        cancel_text: "Hela beställningen annulleras. Inget skickas och inget ska betalas. Det går inte att ta tillbaka.",
        cancel_button: "Ja, avbeställ",
        keep: "Nej, behåll beställningen",
        withdraw: "Ångra köpet",
        withdraw_title: "Ångra köpet",
        withdraw_text: "Du som är privatperson får ångra köpet inom 14 dagar från det att du fick beställningen. Du behöver inte ange något skäl.",
        withdraw_sent: "Om beställningen redan har skickats ska du skicka tillbaka den inom 14 dagar. Du betalar returfrakten. Vi betalar tillbaka det du har betalat, även vår frakt, när vi har fått exemplaren.",
        withdraw_next: "Fortsätt",
        withdraw_confirm_title: "Bekräfta att du ångrar köpet",
        withdraw_confirm_text: |email| format!("Vi skickar genast ett kvitto på din ånger, med datum och klockslag, till {email}."),
        withdraw_button: "Bekräfta ånger",
        not_now_title: "Det går inte längre",
        not_now: "Beställningen är packad, skickad, annullerad eller ångrad, så den kan inte ändras så. Kontakta oss om något har blivit fel.",
        stale: "Beställningen ändrades i ett annat fönster medan du skrev. Det du skrev står kvar i fälten. Spara igen om det är det som ska gälla.",
        holds_now: "Det här gäller nu:",
        nothing_left: "Minst ett exemplar måste vara kvar. Välj Avbeställ om du inte vill ha något.",
        not_more: |title, most| format!("Antalet av {title} måste vara mellan 0 och {most}"),
        changed: "Ändringen är sparad.",
        print: "Skriv ut",
        back: "Tillbaka till beställningen",
        seller: "Säljare",
        seller_text: "Brottsförebyggande rådet, organisationsnummer 202100-0068, momsregistreringsnummer SE202100006801",
        private_link: "Den som har länken till den här sidan kan se och ändra beställningen.",
    },
    mail: MailTexts {
        placed_subject: |number| format!("Bekräftelse på beställning {number}"),
        placed_intro: "Tack för din beställning. Vi har tagit emot den och bekräftar den härmed.",
        waits: "En del av beställningen är slut i lager och skickas senare. Du betalar ingen extra frakt.",
        see_order: "Se, ändra eller skriv ut beställningen",
        private_link: "Den som har länken kan se och ändra beställningen, så sprid den inte.",
        withdrawal: "Du har rätt att ångra köpet inom 14 dagar från det att du har fått beställningen, utan att ange något skäl. Välj Ångra köpet på beställningens sida.",
        terms: "Köpvillkor",
        line: |title, isbn, copies, price, sum| format!("{title}, ISBN {isbn}: {copies} × {price} = {sum}"),
        changed_subject: |number| format!("Beställning {number} är ändrad"),
        address_changed: "Leveransadressen är ändrad. Så här ser beställningen ut nu.",
        quantity_lowered: "Antalet är ändrat. Så här ser beställningen ut nu.",
        stock_arrived: "Exemplar som var slut har kommit in, och beställningen är på väg att packas.",
        cancelled_subject: |number| format!("Beställning {number} är annullerad"),
        cancelled: "Beställningen är annullerad. Inget skickas och inget ska betalas.",
        withdrawn_subject: |number| format!("Kvitto: du har ångrat beställning {number}"),
        withdrawn: |at| format!("Vi tog emot din ånger {at} (svensk tid). Det här är ditt kvitto."),
        withdrawn_sent: "Om beställningen redan har skickats ska du skicka tillbaka den inom 14 dagar. När vi har fått den betalar vi tillbaka det du har betalat.",
        order_number: "Beställningsnummer",
        regards: "Vänliga hälsningar, Brottsförebyggande rådet",
    },
};
