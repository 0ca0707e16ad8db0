//! Stories of covers: Rut gives a report its picture and words for it, readers see it small and large once Rasmus has let it out,
//! and what is no picture is turned away.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use portal::kit::StaffRole;

use crate::editor::let_out;
use crate::files::{body, files_page, pdf, send};
use crate::harness::{Browser, Page, TestPortal};
use crate::people::{enter_as, enter_by_email, staffed};
use crate::shop::{all_is_well, count, one, stocked};

/// A made-up cover in this shade.
fn picture(width: u32, height: u32, shade: u8, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let dots = RgbImage::from_fn(width, height, |x, y| Rgb([(x % 251) as u8, (y % 241) as u8, shade]));
    DynamicImage::ImageRgb8(dots).write_to(&mut out, format).unwrap();
    out.into_inner()
}

const WORDS: [(&str, &str); 2] = [("alt_sv", "Ett torg i kvällsljus"), ("alt_en", "A square at dusk")];

async fn put(portal: &TestPortal, rut: &Browser, address: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Page {
    let version = rut.get(address).await.value("version");
    let fields: Vec<(&str, &str)> = std::iter::once(("version", version.as_str())).chain(fields.iter().copied()).collect();
    send(portal, rut, address, body(&fields, file)).await
}

/// Gives the draft of a work a cover; the answer, and the address of the picture for the staff.
pub async fn give_cover(portal: &TestPortal, rut: &Browser, address: &str) -> (Page, String) {
    let answer = put(portal, rut, address, &WORDS, Some(("omslag.png", &picture(700, 990, 90, ImageFormat::Png)))).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    let shown = rut.get(address).await.attributes("main img", "src").concat();
    (answer, shown)
}

async fn with_editor(portal: &TestPortal) -> (TestPortal, Browser, String) {
    let portal = staffed(portal.app.db.engine()).await;
    stocked(&portal).await;
    let rut = portal.browser();
    enter_as(&portal, &rut, StaffRole::Editor).await;
    let address = files_page(&portal).await.replace("/filer", "/omslag");
    (portal, rut, address)
}

async fn public_page(portal: &TestPortal, address: &str) -> String {
    let work = address.split('/').nth(3).unwrap().to_owned();
    let path: String = one(&portal.app.db, "SELECT path FROM works WHERE id = $1", work).await;
    format!("/publikationer/{path}")
}

on_both! {
    /// The picture is on the page with its words, beside the title in lists, and in what machines read; its sides are given.
    async fn readers_see_the_cover(portal: TestPortal) {
        let (portal, rut, address) = with_editor(&portal).await;
        let public = public_page(&portal, &address).await;
        let reader = portal.browser();
        assert!(reader.get(&public).await.attributes("main img", "src").is_empty());
        let (rasmus, work) = (portal.browser(), address.trim_end_matches("/omslag").to_owned());
        enter_by_email(&portal, &rasmus, "rasmus@bra.example").await;
        let (_, shown) = give_cover(&portal, &rut, &address).await;
        let shown = format!("/omslag/{}", shown.split("/omslag/").nth(1).unwrap());
        assert!(reader.get(&public).await.attributes("main img", "src").is_empty(), "a draft is no business of readers");
        assert_eq!(reader.get(&shown).await.status, 404);
        let_out(&rut, &rasmus, &work).await;
        let page = reader.get(&public).await;
        let of = |name: &str| page.attributes("main img", name);
        assert_eq!((of("src"), of("alt")), (vec![shown.clone()], vec!["Ett torg i kvällsljus".to_owned()]));
        assert_eq!((of("width"), of("height")), (vec!["320".to_owned()], vec!["453".to_owned()]));
        assert_eq!(reader.get(&format!("/en{public}")).await.attributes("main img", "alt"), ["A square at dusk"]);
        let large = shown.replace("/320", "/640");
        assert_eq!(page.attributes("meta[property='og:image']", "content"), [portal.app.url(&large)]);
        assert!(page.html.contains(&format!("\"image\":\"{}\"", portal.app.url(&large))), "structured data");
        for (width, high) in [("120", 170), ("240", 339), ("320", 453), ("640", 905)] {
            let answer = reader.client.get(portal.app.url(&shown.replace("/320", &format!("/{width}")))).send().await.unwrap();
            assert_eq!(answer.headers()["cache-control"], "public, max-age=31536000, immutable");
            assert_eq!(answer.headers()["content-type"], "image/jpeg");
            let drawn = image::load_from_memory(&answer.bytes().await.unwrap()).unwrap();
            assert_eq!((drawn.width().to_string().as_str(), drawn.height()), (width, high));
        }
        for wrong in ["/999", "/x", "/-1"] {
            assert_eq!(reader.get(&shown.replace("/320", wrong)).await.status, 404, "{wrong}");
        }
        let list = reader.get("/publikationer?q=ume%C3%A5+v%C3%A4xer").await;
        assert_eq!((list.attributes("main img", "alt"), list.attributes("main img", "width")), (vec![String::new()], vec!["120".to_owned()]));

        // Another picture has another address; the words alone can be changed; decoration is silent; and away with it.
        let answer = put(&portal, &rut, &address, &WORDS, Some(("o.jpg", &picture(300, 424, 10, ImageFormat::Jpeg)))).await;
        assert_eq!(answer.status, 303, "{}", answer.words());
        assert_eq!(reader.get(&public).await.attributes("main img", "src"), std::slice::from_ref(&shown));
        let_out(&rut, &rasmus, &work).await;
        assert_ne!(reader.get(&public).await.attributes("main img", "src"), [shown]);
        put(&portal, &rut, &address, &[("dekorativ", "ja")], None).await;
        let_out(&rut, &rasmus, &work).await;
        assert_eq!(reader.get(&public).await.attributes("main img", "alt"), [""]);
        put(&portal, &rut, &address, &[("vad", "ta_bort")], None).await;
        assert!(rut.get(&address).await.words().contains("Utkastet har inget omslag."));
        let_out(&rut, &rasmus, &work).await;
        assert!(reader.get(&public).await.attributes("main img", "src").is_empty());
        let events = "SELECT COUNT(*) FROM audit_events WHERE action IN ('cover.added', 'cover.replaced', 'cover.described', 'cover.removed')";
        assert_eq!(count(&portal.app.db, events).await, 4);
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM covers").await, 2);
        all_is_well(&portal).await;
    }

    /// What is no picture, what would fill the memory, and a picture without words.
    async fn what_is_no_picture_is_turned_away(portal: TestPortal) {
        let (portal, rut, address) = with_editor(&portal).await;
        let png = picture(200, 280, 0, ImageFormat::Png);
        // A head that promises more dots than there is memory for.
        let mut bomb = png.clone();
        bomb[16..20].copy_from_slice(&50_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&50_000_u32.to_be_bytes());
        for (file, sentence) in [
            (None, "Välj en bild"),
            (Some(("tom.png", &b""[..])), "Filen är tom."),
            (Some(("r.png", &pdf("x")[..])), "Bilden måste vara PNG eller JPEG."),
            (Some(("svg.png", &b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"[..])), "Bilden måste vara PNG eller JPEG."),
            (Some(("half.png", &png[..png.len() / 2])), "Bilden är skadad eller avklippt."),
            (Some(("liten.png", &picture(50, 70, 0, ImageFormat::Png)[..])), "Bilden måste vara minst 100 bildpunkter"),
            (Some(("lang.png", &picture(100, 500, 0, ImageFormat::Png)[..])), "Bilden får vara högst fyra gånger så hög"),
        ] {
            let page = put(&portal, &rut, &address, &WORDS, file).await;
            assert_eq!(page.status, 422, "{sentence}");
            assert!(page.errors().concat().starts_with(sentence), "{:?}", page.errors());
            assert_eq!(page.value("alt_en"), "A square at dusk", "what was typed is still there");
        }
        let page = put(&portal, &rut, &address, &WORDS, Some(("bomb.png", &bomb))).await;
        assert_eq!(page.status, 422);
        let page = put(&portal, &rut, &address, &[("alt_sv", "Ett torg")], Some(("o.png", &png))).await;
        assert_eq!(page.errors(), ["Beskriv bilden på engelska, eller ange att den är dekoration"]);
        let page = put(&portal, &rut, &address, &[("alt_sv", "Ett torg"), ("dekorativ", "ja")], Some(("o.png", &png))).await;
        assert_eq!(page.errors(), ["Välj antingen en beskrivning eller att bilden är dekoration"]);
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM covers").await, 0);

        // Two windows.
        let seen = rut.get(&address).await.value("version");
        give_cover(&portal, &rut, &address).await;
        let fields: Vec<(&str, &str)> = [("version", seen.as_str())].into_iter().chain(WORDS).collect();
        let page = send(&portal, &rut, &address, body(&fields, Some(("o.png", &png)))).await;
        assert_eq!((page.status, page.value("alt_sv")), (409, "Ett torg i kvällsljus".to_owned()));
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM covers").await, 1);
    }
}
