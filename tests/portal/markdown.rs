//! The page where editors try Markdown: what they typed comes back, as readers will see it, with hints in words.

use portal::kit::StaffRole;

use crate::people::{enter_as, staffed};

const PAGE: &str = "/handlaggare/publikationer/markdown";

on_both! {
    /// Rut writes, looks, and is told what is hard to use; nothing is kept.
    async fn rut_looks_at_a_text(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let rut = portal.browser();
        enter_as(&portal, &rut, StaffRole::Editor).await;
        assert!(rut.get(PAGE).await.words().contains("Börja med två nummertecken."));
        let text = "# Om <b>rapporten</b>\n\nLäs mer [här](https://bra.se/).\n\n![](x.png)\n";
        let page = rut.post(PAGE, &[("text", text), ("sprak", "sv")]).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.find(".app-prose h3"), ["Om <b>rapporten</b>"], "as readers see it");
        assert_eq!(page.attributes(".app-prose a", "href"), ["https://bra.se/"]);
        assert!(page.value("text").starts_with("# Om <b>rapporten</b>"), "what was typed is still there");
        for said in ["Rad 1, ”Om <b>rapporten</b>”: Börja rubriken med ##", "Rad 3, ”här”: Länken säger inte vart den leder.", "Rad 5, ”x.png”: Bilder visas inte i texter"] {
            assert!(page.words().contains(said), "{said}: {}", page.words());
        }
        let page = rut.post(PAGE, &[("text", "## Results\n\nAll is well."), ("sprak", "en")]).await;
        assert!(page.words().contains("Inga tips."), "{}", page.words());
        assert_eq!(page.attributes(".app-prose", "lang"), ["en"]);
        assert!(rut.post(PAGE, &[("text", " ")]).await.words().contains("Skriv en text först."));
    }
}
