//! Stories of what the staff's tables have in common: columns that one chooses, views that are saved, shared, changed in two
//! windows and taken away. Files of tables have stories of their own, in `exports`.

use portal::kit::StaffRole;

use crate::back_room::{LIST, back_room, organisation_orders};
use crate::harness::{Browser, Page, TestPortal};
use crate::people::enter_as;
use crate::shop::{SAMVERKAN, UMEA, one, order};

/// Saves the table of orders as a view of one's own; gives its id.
pub async fn saved_view(browser: &Browser, name: &str) -> String {
    save(browser, "status=confirmed", &[("namn", name)]).await.leads_to().split("vy=").nth(1).unwrap().to_owned()
}

async fn save(browser: &Browser, query: &str, fields: &[(&str, &str)]) -> Page {
    browser.post(&format!("/handlaggare/tabeller/orders/ny-vy?{query}"), fields).await
}

fn views(page: &Page) -> Vec<String> {
    page.find(".app-views a")
}

/// The names of the columns, without those that nobody sees.
fn heads(page: &Page) -> Vec<String> {
    page.find("thead th")
}

async fn events(portal: &TestPortal, action: &'static str) -> i64 {
    one(&portal.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_events WHERE action = $1", action.to_owned()).await
}

on_both! {
    /// Lars chooses what he looks at, and it stays so; nobody else's table changes, and the number is always there.
    async fn lars_chooses_columns(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "2").await;
        assert_eq!(heads(&lars.get(LIST).await), ["Nummer", "Beställd", "Köpare", "Innehåll", "Summa", "Status"]);
        let form = lars.get("/handlaggare/tabeller/orders/kolumner?status=confirmed").await;
        assert_eq!(form.find("h1"), ["Kolumner i beställningar"]);
        let ticked = form.attributes("input[checked]", "value");
        assert_eq!(ticked, ["bestalld", "kopare", "innehall", "summa", "status"]);
        let chosen = [("kolumn", "epost"), ("kolumn", "summa"), ("kolumn", "finns-inte")];
        let page = lars.submit("/handlaggare/tabeller/orders/kolumner?status=confirmed", &chosen).await;
        assert_eq!(heads(&page), ["Nummer", "E-postadress", "Summa"]);
        assert_eq!(page.find("tbody tr").len(), 1, "the filter stayed");
        assert!(page.words().contains("asa.oberg@example.se"), "{}", page.words());
        assert_eq!(heads(&lars.get(LIST).await).len(), 3, "and the next time too");
        let erik = portal.browser();
        enter_as(&portal, &erik, StaffRole::Economist).await;
        assert_eq!(heads(&erik.get(LIST).await).len(), 6);
        // Nothing ticked leaves the row's header; the usual ones are the usual ones again.
        assert_eq!(heads(&lars.submit("/handlaggare/tabeller/orders/kolumner", &[]).await), ["Nummer"]);
        let usual: Vec<(&str, &str)> = ticked.iter().map(|code| ("kolumn", code.as_str())).collect();
        assert_eq!(heads(&lars.submit("/handlaggare/tabeller/orders/kolumner", &usual).await).len(), 6);
        let stored: String = one(&portal.app.db, "SELECT columns FROM table_choices WHERE sheet = $1", "orders".to_owned()).await;
        assert_eq!(stored, "");
    }

    /// Lars saves a view for himself and one for the warehouse; each is seen by whom it is for, with filters and columns.
    async fn lars_saves_and_shares_views(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "2").await;
        organisation_orders(&portal, SAMVERKAN, "1").await;
        let erik = portal.browser();
        enter_as(&portal, &erik, StaffRole::Economist).await;
        assert!(views(&lars.get(LIST).await).is_empty());
        let form = lars.get("/handlaggare/tabeller/orders/ny-vy?kopare=organisation&sida=3").await;
        assert_eq!(form.find("h1"), ["Spara beställningar som vy"]);
        assert_eq!(
            form.find("option"),
            ["Bara jag", "Alla som ser listan", "Lager", "Ekonom", "Administratör"],
            "those who see the table"
        );
        lars.submit("/handlaggare/tabeller/orders/kolumner", &[("kolumn", "organisation")]).await;
        let answer = save(&lars, "kopare=organisation&sida=3&annat=1", &[("namn", "  Kommuner "), ("delas", "all")]).await;
        assert!(answer.leads_to().starts_with("/handlaggare/bestallningar?kopare=organisation&vy="), "{}", answer.leads_to());
        save(&lars, "kopare=private", &[("namn", "Egen")]).await;
        save(&lars, "leverans=to_pick", &[("namn", "Att packa"), ("delas", "warehouse")]).await;
        lars.submit("/handlaggare/tabeller/orders/kolumner", &[("kolumn", "summa")]).await;
        assert_eq!(views(&lars.get(LIST).await), ["Alla", "Att packa", "Egen", "Kommuner"]);
        assert_eq!(events(&portal, "view.saved").await, 3);
        let page = erik.get(LIST).await;
        assert_eq!(views(&page), ["Alla", "Kommuner"]);
        let page = erik.get(&page.attributes(".app-views a", "href")[1]).await;
        assert_eq!(heads(&page), ["Nummer", "Organisation"], "the view's own columns");
        assert_eq!(page.find("tbody th"), ["B10002"]);
        assert_eq!(page.find(".app-views a[aria-current]"), ["Kommuner"]);
        // Page, order and a further filter keep the view; the bar then says that it is left.
        let sort = page.attributes("thead a", "href").concat();
        assert!(sort.contains("vy="), "{sort}");
        assert!(erik.get(&sort).await.find(".app-views a[aria-current]").is_empty());
        // Another's view: it can be put first, not changed or taken away.
        let id = answer.leads_to().split("vy=").nth(1).unwrap().to_owned();
        let about = format!("/handlaggare/vyer/{id}");
        let page = erik.get(&about).await;
        assert!(page.words().contains("Vyn delas av en medarbetare."), "{}", page.words());
        assert!(page.find("input[name='namn']").is_empty() && page.attributes("main a", "href").iter().all(|href| !href.contains("ta-bort")));
        erik.submit(&about, &[("version", "1"), ("namn", "Min nu"), ("forst", "ja")]).await;
        assert_eq!(erik.get(LIST).await.leads_to(), answer.leads_to(), "opens with the view");
        assert_eq!(views(&erik.get(&format!("{LIST}?vy=ingen")).await), ["Alla", "Kommuner"]);
        assert_eq!(erik.post(&format!("{about}/ta-bort"), &[]).await.status, 403);
        // What is one's own alone is not there for others, and neither is what is shared with another role.
        let own: String = one(&portal.app.db, "SELECT id FROM table_views WHERE name = $1", "Egen".to_owned()).await;
        let packing: String = one(&portal.app.db, "SELECT id FROM table_views WHERE name = $1", "Att packa".to_owned()).await;
        for hidden in [own, packing] {
            assert_eq!(erik.get(&format!("/handlaggare/vyer/{hidden}")).await.status, 404);
            assert_eq!(heads(&erik.get(&format!("{LIST}?vy={hidden}")).await).len(), 6);
        }
        // An administrator takes away what is shared; the table opens plainly then.
        let amina = portal.browser();
        enter_as(&portal, &amina, StaffRole::Administrator).await;
        assert!(amina.get(&format!("{about}/ta-bort")).await.words().contains("Alla som ser listan"));
        amina.submit(&format!("{about}/ta-bort"), &[]).await;
        assert_eq!(events(&portal, "view.removed").await, 1);
        assert_eq!(erik.get(LIST).await.status, 200);
        assert!(views(&erik.get(LIST).await).is_empty());
        // Someone without a role at the table comes to none of its pages.
        let eva = portal.browser();
        enter_as(&portal, &eva, StaffRole::Editor).await;
        for page in ["kolumner", "ny-vy", "exportera"] {
            assert_eq!(eva.get(&format!("/handlaggare/tabeller/orders/{page}")).await.status, 403, "{page}");
        }
        assert_eq!(events(&portal, "access.denied").await, 3);
        assert_eq!(lars.get("/handlaggare/tabeller/finns-inte/kolumner").await.status, 404);
    }

    /// A view is renamed and gets new filters; two windows do not overwrite each other, and names are one's own.
    async fn lars_changes_a_view(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        let id = saved_view(&lars, "Nya").await;
        for (name, sentence) in [
            ("", "Ange ett namn på vyn"),
            ("Nya", "Du har redan en vy med det namnet. Ange ett annat namn."),
            (&"å".repeat(61), "Namnet måste vara högst 60 tecken"),
        ] {
            let answer = save(&lars, "status=confirmed", &[("namn", name)]).await;
            assert_eq!((answer.status, answer.errors()), (422, vec![sentence.to_owned()]));
            assert_eq!(answer.value("namn"), name);
        }
        let about = format!("/handlaggare/vyer/{id}");
        let table = lars.get(&format!("{LIST}?status=completed&vy={id}")).await;
        let links = table.find(".app-table-bar a");
        assert!(links.contains(&"Spara filtren i vyn Nya".to_owned()), "{links:?}");
        let form = lars.get(&format!("{about}?status=completed")).await;
        assert_eq!(form.find("main label").last().unwrap(), "Byt till filtren som listan har nu");
        let fields = [("version", "1"), ("namn", "Klara"), ("filter", "ja")];
        let answer = lars.post(&format!("{about}?q={}", "a".repeat(2001)), &fields).await;
        assert_eq!((answer.status, answer.errors()), (422, vec!["Filtren är för långa för en vy. Sök på färre ord.".to_owned()]));
        let page = lars.submit(&format!("{about}?status=completed"), &fields).await;
        assert_eq!(page.find(".app-views a[aria-current]"), ["Klara"]);
        assert_eq!(one::<String>(&portal.app.db, "SELECT query FROM table_views WHERE id = $1", id.clone()).await, "status=completed");
        // The other window still has the first version.
        let answer = lars.post(&about, &[("version", "1"), ("namn", "Gamla")]).await;
        assert_eq!(answer.status, 409);
        assert!(answer.errors()[0].starts_with("Vyn ändrades i ett annat fönster"), "{:?}", answer.errors());
        assert_eq!((answer.value("namn").as_str(), answer.find("h1")), ("Gamla", vec!["Vyn Klara".to_owned()]));
        assert_eq!(answer.value("version"), "2");
        lars.submit(&about, &[("version", &answer.value("version")), ("namn", "Gamla")]).await;
        // Columns that are chosen in one's own view are the view's.
        lars.submit(&format!("/handlaggare/tabeller/orders/kolumner?vy={id}"), &[("kolumn", "namn")]).await;
        assert_eq!(one::<String>(&portal.app.db, "SELECT columns FROM table_views WHERE id = $1", id.clone()).await, "nummer,namn");
        lars.submit(&format!("{about}/ta-bort"), &[]).await;
        assert_eq!(lars.post(&format!("{about}/ta-bort"), &[]).await.status, 404);
        assert_eq!((events(&portal, "view.changed").await, events(&portal, "view.removed").await), (3, 1));
    }
}
