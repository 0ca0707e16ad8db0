//! Stories of what leaves the back room in writing: letters to buyers, the templates they are made from, and the sheets of the
//! warehouse as PDF.

use portal::kit::StaffRole;

use crate::back_room::{LIST, back_room, organisation_orders};
use crate::harness::{TestPortal, run_sql};
use crate::people::enter_as;
use crate::shop::{SAMVERKAN, UMEA, all_is_well, behind_the_scenes, count, one, order};

const TEMPLATES: &str = "/handlaggare/mallar";

/// A template as Eva writes it.
pub const TEMPLATE: &[(&str, &str)] = &[
    ("namn", "Försening"),
    ("amne-sv", "Om din beställning {nummer}"),
    ("text-sv", "Hej {namn}!\r\n\r\nDet här väntar vi på:\r\n{väntar}\r\n\r\nDu beställde det den {datum}."),
    ("amne-en", "About your order {nummer}"),
    ("text-en", "Dear {namn},\r\n\r\nWe are waiting for:\r\n{väntar}"),
    ("steg", "spara"),
];

/// Without the demonstration's own.
async fn no_templates(portal: &TestPortal) {
    for table in ["order_template_versions", "order_templates"] {
        run_sql(&portal.app.config.database_url, format!("DELETE FROM {table}")).await;
    }
}

/// The fields with some of them replaced.
fn with<'a>(fields: &[(&'a str, &'a str)], others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().filter(|(name, _)| !others.iter().any(|(other, _)| other == name)).chain(others).copied().collect()
}

on_both! {
    /// Eva writes a template, looks at it on a real order, and is told what no order can fill in; two who save at once see both texts.
    async fn eva_keeps_the_templates(portal: TestPortal) {
        let (portal, _) = back_room(&portal).await;
        no_templates(&portal).await;
        behind_the_scenes(&portal, &format!("UPDATE editions SET on_hand = 1, backorder_allowed = 1 WHERE isbn = '{UMEA}'")).await;
        order(&portal.browser(), &portal, UMEA, "3").await;
        let eva = portal.browser();
        enter_as(&portal, &eva, StaffRole::Editor).await;
        assert!(eva.get(TEMPLATES).await.words().contains("Det finns ingen mall än."));
        let new = format!("{TEMPLATES}/ny");
        for (field, typed, sentence) in [
            ("namn", " ", "Ange en text"),
            ("text-sv", "Hej {förnamn}", "{förnamn} finns inte. Välj en av uppgifterna i listan, eller ta bort klamrarna"),
            ("amne-en", "Order {nummer", "Varje { måste ha sin }, med en av uppgifterna i listan emellan"),
            ("amne-sv", &"å".repeat(151), "Texten måste vara högst 150 tecken"),
        ] {
            let page = eva.post(&new, &with(TEMPLATE, &[(field, typed)])).await;
            assert_eq!((page.status, page.errors()), (422, vec![sentence.to_owned()]), "{field}");
            assert_eq!(page.value("namn"), if field == "namn" { typed } else { "Försening" }, "what was typed is still there");
        }
        let page = eva.post(&new, &with(TEMPLATE, &[("steg", "granska"), ("bestallning", "B99999")])).await;
        assert_eq!((page.status, page.errors()), (422, vec!["Ange numret på en beställning som finns".to_owned()]));
        let page = eva.post(&new, &with(TEMPLATE, &[("steg", "granska"), ("bestallning", "b 10001")])).await;
        assert_eq!(page.status, 200);
        assert!(page.words().contains("Om din beställning B10001") && page.words().contains("Hej Åsa Öberg!"), "{}", page.words());
        assert!(page.words().contains("Umeå växer tryggt och säkert: 2 ex.") && page.words().contains("säkert: 2 copies"), "{}", page.words());
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM order_templates").await, 0, "looking saves nothing");

        let page = eva.submit(&new, TEMPLATE).await;
        assert!(page.words().contains("Mallen är sparad."), "{}", page.words());
        let path = eva.get(TEMPLATES).await.attributes("tbody a", "href").concat();
        let amina = portal.browser();
        enter_as(&portal, &amina, StaffRole::Administrator).await;
        amina.submit(&path, &with(TEMPLATE, &[("version", "1"), ("namn", "Förseningar"), ("text-sv", "Aminas text")])).await;
        let stale = eva.post(&path, &with(TEMPLATE, &[("version", "1"), ("text-sv", "Evas text")])).await;
        assert_eq!((stale.status, stale.value("version")), (409, "2".to_owned()));
        assert!(stale.words().contains("Aminas text") && stale.words().contains("Evas text"), "both: {}", stale.words());
        assert!(stale.words().contains("Någon annan sparade mallen medan du skrev"));
        let page = eva.submit(&path, &with(TEMPLATE, &[("version", "2"), ("text-sv", "Evas text")])).await;
        assert!(page.find("h2").contains(&"Versioner".to_owned()) && page.find("tbody tr").len() == 3, "{:?}", page.find("tbody tr"));
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE action = 'template.saved'").await, 3);

        let page = eva.submit(&path, &[("steg", "sluta")]).await;
        assert!(page.words().contains("Mallen går inte längre att välja."), "{}", page.words());
        assert!(eva.get(TEMPLATES).await.find("tbody tr")[0].contains("Används inte"));
        eva.submit(&path, &[("steg", "ater")]).await;
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE action IN ('template.retired', 'template.restored')").await, 2);
        assert_eq!(eva.get(&format!("{TEMPLATES}/x")).await.status, 404);
        all_is_well(&portal).await;
    }

    /// Lars writes to a buyer from a template: what he sees is what is sent, once, however often the button is pressed.
    async fn lars_writes_to_the_buyer(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        no_templates(&portal).await;
        behind_the_scenes(&portal, &format!("UPDATE editions SET on_hand = 1, backorder_allowed = 1 WHERE isbn = '{UMEA}'")).await;
        let link = order(&portal.browser(), &portal, UMEA, "3").await;
        organisation_orders(&portal, SAMVERKAN, "1").await;
        let eva = portal.browser();
        enter_as(&portal, &eva, StaffRole::Editor).await;
        eva.submit(&format!("{TEMPLATES}/ny"), TEMPLATE).await;
        let address = format!("{LIST}/B10001");
        let choice = lars.get(&format!("{address}/brev")).await;
        assert!(choice.words().contains("Försening") && choice.words().contains("Ingen mall, jag skriver själv"), "{}", choice.words());
        let template = choice.attributes("input[name=mall]", "value").swap_remove(0);
        let write = format!("{address}/brev?mall={template}");
        let page = lars.get(&write).await;
        assert_eq!(page.value("amne"), "Om din beställning B10001");
        let body = page.value("text");
        assert!(body.starts_with("Hej Åsa Öberg!") && body.contains("Umeå växer tryggt och säkert: 2 ex.") && body.ends_with("den 23 november 2026."), "{body}");
        let key = page.value("nyckel");
        let letter = |step: &'static str, text: &str| {
            vec![("nyckel".to_owned(), key.clone()), ("amne".to_owned(), "Om din beställning B10001".to_owned()), ("text".to_owned(), text.to_owned()), ("steg".to_owned(), step.to_owned())]
        };
        let left = lars.post(&write, &crate::shop::pairs(&letter("skicka", "Kollit {kolli} kommer"))).await;
        assert_eq!((left.status, left.errors()), (422, vec!["{kolli} måste bytas mot det som ska stå i brevet".to_owned()]));
        let seen = lars.post(&write, &crate::shop::pairs(&letter("granska", &format!("{body}\n\nVi hör av oss.")))).await;
        assert_eq!(seen.status, 200);
        assert!(seen.words().contains("Inget har skickats än") && seen.words().contains("Vi hör av oss."), "{}", seen.words());
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM outbox WHERE kind = 'order.message'").await, 0);
        let shown = seen.find(".app-letter").concat();
        let send = letter("skicka", &format!("{body}\n\nVi hör av oss."));
        for _ in 0..2 {
            let page = lars.submit(&write, &crate::shop::pairs(&send)).await;
            assert!(page.words().contains("Brevet är på väg till köparen."), "{}", page.words());
        }
        let mail: String = one(&portal.app.db, "SELECT text_body FROM outbox WHERE kind = 'order.message'", String::new()).await;
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(plain(&mail), plain(&shown), "exactly what was shown");
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM outbox WHERE kind = 'order.message'").await, 1, "pressed twice, sent once");
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM order_events WHERE kind = 'mailed'").await, 1);
        let detail: String = one(&portal.app.db, "SELECT detail FROM audit_events WHERE action = 'order.mailed'", String::new()).await;
        assert!(detail.contains(&template) && !detail.contains("Åsa"), "{detail}");
        assert!(lars.get(&address).await.words().contains("Ett brev skickades: Om din beställning B10001 Lars Lager"));
        assert!(portal.browser().get(&link).await.words().contains("Ett brev skickades"));

        // What an order lacks is left for a person to write; without a template everything is.
        let page = lars.get(&format!("{LIST}/B10002/brev?mall={template}")).await;
        assert!(page.value("text").contains("{väntar}") && page.words().contains("Beställningen saknar uppgift för {väntar}."), "{}", page.words());
        assert_eq!(lars.get(&format!("{LIST}/B10002/brev?mall=eget")).await.value("text"), "");
        assert_eq!(eva.get(&format!("{address}/brev")).await.status, 403, "Eva keeps the templates and writes to nobody");
        all_is_well(&portal).await;
    }

    /// What the warehouse prints is there as tagged PDF too, with title and language, whatever stands on it.
    async fn lars_takes_the_sheets_as_pdf(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "2").await;
        behind_the_scenes(&portal, "UPDATE orders SET delivery_address = REPLACE(delivery_address, 'Storgatan 1', '#panic() *Storgatan* 🙂')").await;
        for (address, name) in [
            (format!("{LIST}/plocklista.pdf"), "plocklista.pdf"),
            (format!("{LIST}/B10001/foljesedel.pdf"), "foljesedel-B10001.pdf"),
        ] {
            let file = lars.get(&address).await;
            assert_eq!((file.status, file.header("content-type"), file.header("cache-control")), (200, "application/pdf", "no-store"), "{address}");
            assert!(file.header("content-disposition").contains(name));
            for mark in ["%PDF-", "/StructTreeRoot", "/MarkInfo", "pdfuaid:part"] {
                assert!(file.html.contains(mark), "{address}: {mark}");
            }
        }
        assert!(lars.get(&format!("{LIST}/plocklista")).await.attributes("main a", "href").contains(&format!("{LIST}/plocklista.pdf")));
        lars.submit(&format!("{LIST}/B10001/skicka"), &[("version", "1"), ("antal-1", "2")]).await;
        assert!(lars.get(&format!("{LIST}/B10001/foljesedel.pdf?paket=1")).await.header("content-disposition").contains("foljesedel-B10001-1.pdf"));
        assert_eq!(lars.get(&format!("{LIST}/B10001/foljesedel.pdf?paket=2")).await.status, 404);
        assert_eq!(lars.get(&format!("{LIST}/plocklista.pdf")).await.status, 200, "nothing to pick is a sheet too");
        all_is_well(&portal).await;
    }
}
