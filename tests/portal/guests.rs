//! Stories of reviewers from outside: asked in, accepted, before the first day and after the last, taken back, run out, sent
//! again, and in somebody else's hands.

use portal::kit::StaffRole;
use portal::platform::audit;

use crate::harness::{Browser, TestPortal, run_sql};
use crate::people::{enter, enter_as, latest_mail, one, staffed};

const INVITE: &str = "/handlaggare/anvandare/bjud-in";
const GUN: &str = "gun.ek@universitet.example";

/// Asks Gun in for some days; the path of the invitation's page and of the mail's link.
async fn invited(portal: &TestPortal, amina: &Browser, from: &str, until: &str) -> (String, String) {
    let page = amina.post(INVITE, &[("namn", "Gun Ek"), ("epost", GUN), ("fran", from), ("till", until)]).await;
    assert_eq!(page.status, 303, "{}", page.words());
    let path = page.leads_to();
    assert!(amina.get(&path).await.words().contains("Inbjudan är skickad."));
    (path.split('?').next().unwrap().to_owned(), link(portal).await)
}

/// The path of the link in the latest invitation to Gun.
pub async fn link(portal: &TestPortal) -> String {
    let mail = latest_mail(portal, "guest.invited", GUN).await.expect("an invitation");
    mail.split_whitespace().find_map(|word| word.strip_prefix(&portal.base)).expect("a link").to_owned()
}

async fn amina(portal: &TestPortal) -> Browser {
    let amina = portal.browser();
    enter_as(portal, &amina, StaffRole::Administrator).await;
    amina
}

async fn gun(portal: &TestPortal) -> Browser {
    let gun = portal.browser();
    enter(portal, &gun, GUN).await;
    gun
}

on_both! {
    /// Gun is asked in for December, says yes in November, comes in on the first, sees what a reviewer sees, and is out after.
    async fn gun_reviews_in_december(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let amina = amina(&portal).await;
        let page = amina.post(INVITE, &[("namn", ""), ("epost", "x"), ("fran", "2026-11-22"), ("till", "")]).await;
        assert_eq!((page.status, page.errors().len(), page.value("fran").as_str()), (422, 4, "2026-11-22"), "{:?}", page.errors());
        let (path, link) = invited(&portal, &amina, "2026-12-01", "31 december 2026").await;
        let page = amina.get("/handlaggare/anvandare").await;
        for words in ["Inbjudna granskare", "Gun Ek", "1 december 2026 till och med 31 december 2026", "Väntar på svar"] {
            assert!(page.words().contains(words), "{words}: {}", page.words());
        }
        let stored: String = one(&portal.app.db, "SELECT token_hash FROM guest_invitations").await;
        assert!(stored.len() == 64 && !link.contains(&stored), "only the hash is stored");

        let stranger = portal.browser();
        assert!(stranger.get(&link).await.leads_to().starts_with("/logga-in?vidare="));
        let gun = gun(&portal).await;
        let elsewhere = self::gun(&portal).await;
        let page = gun.get(&link).await;
        assert!(page.words().contains("1 december 2026 till och med 31 december 2026"), "{}", page.words());
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM guest_invitations WHERE accepted_at IS NOT NULL").await, 0);
        let before = gun.cookie("inloggad");
        let page = gun.submit(&link, &[]).await;
        assert!(page.words().contains("Du har tackat ja.") && page.words().contains("Innan dess ser du inget"), "{}", page.words());
        assert_ne!(gun.cookie("inloggad"), before, "a new secret for the session");
        assert_eq!(portal.browser().get_with_cookie("/mina-sidor", &before).await.status, 303);
        assert_eq!(elsewhere.get("/mina-sidor").await.status, 303, "other sessions end");
        assert_eq!(gun.post(&link, &[]).await.leads_to(), link, "a second press shows what the first has done");
        let other = portal.browser();
        enter(&portal, &other, "bo@example.se").await;
        assert_eq!(other.get(&link).await.status, 410, "to others it is nothing any more");
        assert!(gun.get("/mina-sidor").await.words().contains("Gun Ek"), "the name is known");
        assert!(amina.get(&path).await.words().contains("Har tackat ja"));
        let told: serde_json::Value = serde_json::from_str(&gun.get("/mina-sidor/mina-data.json").await.html).unwrap();
        let told = &told["invitations_to_review"][0];
        assert!(told["to"] == GUN && told["until"] == "2026-12-31" && told["accepted"].is_string(), "{told}");
        assert!(amina.get("/handlaggare/anvandare?q=gun+ek").await.find("tbody").concat().contains(GUN));

        assert_eq!(gun.get("/handlaggare").await.status, 403, "before the first day");
        // Midnight between November and December in Stockholm.
        portal.clock.advance_seconds(7 * 86_400 + 14 * 3600 - 2 * 60);
        let gun = self::gun(&portal).await;
        assert_eq!(gun.get("/handlaggare").await.status, 403, "two minutes before");
        portal.clock.advance_seconds(2 * 60);
        assert!(gun.get("/handlaggare").await.leads_to().starts_with("/bekrafta"), "on the day, with a second factor like all staff");
        gun.submit("/bekrafta", &[("ny", "ja")]).await;
        let secret = gun.get("/bekrafta").await.find("dd code").concat().replace(' ', "");
        let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
        let now = u64::try_from(portal.app.now().millis() / 1000).unwrap();
        let code = portal::people::actions::codes(&secret).unwrap().generate(now);
        assert_eq!(gun.post("/bekrafta", &[("kod", &code)]).await.status, 303);
        let page = gun.get("/handlaggare").await;
        assert_eq!(page.status, 200);
        assert!(page.words().contains("Sakkunnig granskare"), "{}", page.words());
        for shut in ["/handlaggare/bestallningar", "/handlaggare/anvandare", "/handlaggare/organisationer", "/handlaggare/publikationer", "/handlaggare/logg"] {
            assert_eq!(gun.get(shut).await.status, 403, "{shut}");
            assert!(!page.attributes("a", "href").iter().any(|href| href == shut), "{shut} stands in the menu");
        }
        portal.clock.advance_seconds(31 * 86_400);
        let gun = self::gun(&portal).await;
        assert_eq!(gun.get("/handlaggare").await.status, 403, "after the last day");
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE action IN ('guest.invited', 'guest.accepted', 'role.given')").await, 3);
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE detail LIKE '%Gun%' OR detail LIKE '%universitet%'").await, 0);
    }

    /// An invitation opens nothing for another account, once it is taken back, and after a fortnight; sent again it does.
    async fn an_invitation_opens_for_one_and_for_a_time(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let amina = amina(&portal).await;
        let (path, first) = invited(&portal, &amina, "", "2027-03-31").await;
        let bo = portal.browser();
        enter(&portal, &bo, "bo@example.se").await;
        for page in [bo.get(&first).await, bo.post(&first, &[]).await] {
            assert_eq!(page.status, 403);
            assert!(page.words().contains("Du är inloggad som bo@example.se") && !page.html.contains(GUN), "{}", page.words());
        }
        let page = amina.post(INVITE, &[("namn", "Gun"), ("epost", GUN), ("till", "2027-04-30")]).await;
        assert!(page.status == 422 && page.errors().concat().contains("redan en inbjudan"), "{}", page.words());
        assert_eq!(page.value("till"), "2027-04-30");

        portal.clock.advance_seconds(1);
        assert!(amina.submit(&path, &[("gor", "igen")]).await.words().contains("skickad igen"));
        let second = link(&portal).await;
        let gun = gun(&portal).await;
        assert_ne!(first, second);
        assert_eq!(gun.get(&first).await.status, 410, "the mail before opens nothing");
        assert_eq!(gun.get(&second).await.status, 200);
        assert!(amina.submit(&path, &[("gor", "tillbaka")]).await.words().contains("Inbjudan är återtagen."));
        assert_eq!((gun.get(&second).await.status, gun.post(&second, &[]).await.status), (410, 410), "taken back");
        assert_eq!(amina.post(&path, &[("gor", "igen")]).await.status, 422, "and stays so");
        assert_eq!(amina.post(&path, &[("gor", "nagot")]).await.status, 422);

        let (path, third) = invited(&portal, &amina, "", "2027-03-31").await;
        portal.clock.advance_seconds(14 * 86_400);
        let gun = self::gun(&portal).await;
        assert_eq!(gun.post(&third, &[]).await.status, 410, "a fortnight later");
        let amina = self::amina(&portal).await;
        assert!(amina.get(&path).await.words().contains("Gick ut utan svar"));
        amina.submit(&path, &[("gor", "igen")]).await;
        let fourth = link(&portal).await;
        assert_eq!(gun.post(&fourth, &[]).await.status, 303);
        let page = amina.post(INVITE, &[("namn", "Gun"), ("epost", GUN), ("till", "2027-04-30")]).await;
        assert!(page.errors().concat().contains("redan rollen"), "{}", page.words());
        // Whoever gave the role can take it back as any other.
        let account = amina.get(&path).await.attributes("main a[href^='/handlaggare/anvandare/0']", "href").concat();
        let role = amina.get(&account).await.attributes("button[name='ta_bort']", "value").concat();
        assert!(amina.submit(&account, &[("ta_bort", &role)]).await.words().contains("Rollen är borttagen"));
        let gun = self::gun(&portal).await;
        assert_eq!(gun.get("/handlaggare").await.status, 403);
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
    }

    /// Pressing twice gives one role; the last day ends an invitation before its fortnight.
    async fn one_yes_is_one_role(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let amina = amina(&portal).await;
        let (path, link) = invited(&portal, &amina, "", "2026-11-25").await;
        assert!(amina.get(&path).await.words().contains("26 november 2026"), "until the day is over: {}", amina.get(&path).await.words());
        let gun = gun(&portal).await;
        let (one_yes, two) = tokio::join!(gun.post(&link, &[]), gun.post(&link, &[]));
        // The second may come with the secret that the first has replaced, and is led to sign in.
        assert_eq!((one_yes.status, two.status), (303, 303), "{} {}", one_yes.words(), two.words());
        let roles = "SELECT COUNT(*) FROM staff_roles r JOIN accounts a ON a.id = r.account_id WHERE a.email = 'gun.ek@universitet.example'";
        assert_eq!(one::<i64>(&portal.app.db, roles).await, 1);
    }

    /// Whoever loses the role or the account loses what waits too; and an invitation is worth what its sender may still do.
    async fn an_invitation_ends_with_what_it_stands_on(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let amina = amina(&portal).await;
        let gun = gun(&portal).await;
        let account: String = one(&portal.app.db, "SELECT id FROM accounts WHERE email = 'gun.ek@universitet.example'").await;
        let page = format!("/handlaggare/anvandare/{account}");
        let withdrawn = "SELECT COUNT(*) FROM audit_events WHERE action = 'guest.withdrawn'";

        // In November she reviews; asked in for January too, she loses the role.
        let (_, november) = invited(&portal, &amina, "", "2026-11-30").await;
        assert_eq!(gun.post(&november, &[]).await.status, 303);
        portal.clock.advance_seconds(1);
        let (path, january) = invited(&portal, &amina, "2027-01-01", "2027-01-31").await;
        let role = amina.get(&page).await.attributes("button[name='ta_bort']", "value").concat();
        amina.submit(&page, &[("ta_bort", &role)]).await;
        let gun = self::gun(&portal).await;
        assert_eq!(gun.post(&january, &[]).await.status, 410, "what was taken back is not given again by an older mail");
        assert!(amina.get(&path).await.words().contains("Återtagen"), "{}", amina.get(&path).await.words());
        assert_eq!(one::<i64>(&portal.app.db, withdrawn).await, 1);

        // The account is blocked, and opened again.
        portal.clock.advance_seconds(1);
        let (_, february) = invited(&portal, &amina, "2027-02-01", "2027-02-28").await;
        for what in ["sparra", "oppna"] {
            assert_eq!(amina.post(&page, &[(what, "ja")]).await.status, 303, "{what}");
        }
        let gun = self::gun(&portal).await;
        assert_eq!(gun.post(&february, &[]).await.status, 410);
        assert_eq!(one::<i64>(&portal.app.db, withdrawn).await, 2);

        // Whoever asked is no administrator any more; another who is may send it again, and answers for it then.
        portal.clock.advance_seconds(1);
        let (path, march) = invited(&portal, &amina, "2027-03-01", "2027-03-31").await;
        let url = &portal.app.config.database_url;
        let (rut, rights) = ("(SELECT id FROM accounts WHERE email = 'rut@bra.example')", "(SELECT account_id FROM staff_roles WHERE role = 'administrator')");
        let inviter: String = one(&portal.app.db, "SELECT account_id FROM staff_roles WHERE role = 'administrator'").await;
        run_sql(url, format!("UPDATE staff_roles SET account_id = {rut} WHERE account_id = {rights} AND role = 'administrator'")).await;
        assert_eq!((gun.get(&march).await.status, gun.post(&march, &[]).await.status), (410, 410));
        let rut = portal.browser();
        enter_as(&portal, &rut, StaffRole::Administrator).await;
        portal.clock.advance_seconds(1);
        rut.submit(&path, &[("gor", "igen")]).await;
        let again = link(&portal).await;
        assert_eq!(gun.post(&again, &[]).await.status, 303);
        let given: String = one(&portal.app.db, "SELECT given_by FROM staff_roles WHERE role = 'reviewer' AND valid_from = '2027-03-01'").await;
        assert_ne!(given, inviter);
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
    }
}
