//! Stories of the address that one signs in with: changing it by code and by link, what a taken one, a race and a replay come
//! to, what goes along, and who must show first who they are.

use portal::kit::{Email, OrgRole, StaffRole};
use portal::people::store;
use portal::platform::audit;
use portal::platform::db::StoreError;

use crate::harness::{Browser, Page, TestPortal, run_sql};
use crate::organisations::{belongs, found, orgnr};
use crate::people::{code_in, enter, enter_as, latest_mail as mail, one};

const PATH: &str = "/mina-sidor/uppgifter/e-post";

/// The path of the link in a mail to a new address.
pub fn link_in(portal: &TestPortal, mail: &str) -> String {
    let words = mail.split_whitespace().filter_map(|word| word.strip_prefix(&portal.base));
    words.map(str::to_owned).find(|path| path.contains("/uppgifter/e-post/lank/")).expect("a link")
}

/// Asks for a mail to a new address; its text.
pub async fn ask(portal: &TestPortal, browser: &Browser, email: &str) -> String {
    portal.clock.advance_seconds(1);
    let page = browser.submit(PATH, &[("epost", email)]).await;
    assert_eq!(page.find("h1"), ["Se efter i din nya e-post"], "{}", page.words());
    mail(portal, "account.address", &email.trim().to_lowercase()).await.expect("a mail to the new address")
}

async fn has_account(portal: &TestPortal, email: &str) -> bool {
    let email = Email::parse(email).unwrap();
    portal.app.db.read(async |tx| store::account_by_email(tx, &email).await).await.unwrap().is_some()
}

fn refused(page: &Page, with: &str) {
    assert_eq!(page.status, 422, "{}", page.words());
    assert!(page.words().contains(with), "{}", page.words());
}

on_both! {
    /// Anna changes her address by the code: she stays here, is out elsewhere, the old mailbox hears of it and opens nothing.
    async fn anna_changes_her_address(portal: TestPortal) {
        let (there, anna) = (portal.browser(), portal.browser());
        enter(&portal, &there, "anna@example.se").await;
        enter(&portal, &anna, "anna@example.se").await;
        let page = anna.get("/mina-sidor/uppgifter").await;
        assert!(page.attributes("main a", "href").contains(&PATH.to_owned()), "{}", page.words());
        for (typed, sentence) in [("", "Ange din e-postadress"), ("anna(at)ny.se", ""), ("Anna@example.se", "Den nya adressen måste vara en annan")] {
            let page = anna.post(PATH, &[("epost", typed)]).await;
            assert_eq!((page.status, page.value("epost").as_str()), (422, typed));
            assert!(page.errors().concat().contains(sentence), "{:?}", page.errors());
        }
        assert_eq!(anna.get(&format!("{PATH}/kod")).await.leads_to(), PATH, "no mail was asked for");

        let code = code_in(&ask(&portal, &anna, " Anna@NY.example ").await);
        assert!(!has_account(&portal, "anna@ny.example").await, "asking changes nothing");
        let wrong = if code == "000000" { "000001" } else { "000000" };
        assert_eq!(anna.post(&format!("{PATH}/kod"), &[("kod", wrong)]).await.errors(), ["Koden stämmer inte. Kontrollera siffrorna i det senaste brevet"]);
        let page = anna.submit(&format!("{PATH}/kod"), &[("kod", &format!("{} {}", &code[..3], &code[3..]))]).await;
        assert!(page.words().contains("Din e-postadress är bytt.") && page.words().contains("anna@ny.example"), "{}", page.words());
        assert_eq!(there.get("/mina-sidor").await.status, 303, "signed out elsewhere");
        let told = mail(&portal, "account.address_changed", "anna@example.se").await.expect("the old mailbox hears of it");
        assert!(told.contains("Var det inte du?") && told.contains("/kontakt") && !told.contains("anna@ny.example"), "{told}");
        refused(&anna.post(&format!("{PATH}/kod"), &[("kod", &code)]).await, "Koden gäller inte längre");

        // The account is the same one; whoever signs in at the old address opens another.
        let again = portal.browser();
        enter(&portal, &again, "anna@ny.example").await;
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM accounts").await, 1);
        enter(&portal, &portal.browser(), "anna@example.se").await;
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM accounts").await, 2);
        let stored: String = one(&portal.app.db, "SELECT code_hash FROM sign_in_links WHERE account_id IS NOT NULL").await;
        assert!(stored.len() == 64 && !stored.contains(&code), "only the hash is stored");
        for (action, count) in [("account.address_asked", 1), ("account.address_changed", 1)] {
            let found: i64 = portal.app.db.read(async |tx| {
                Ok::<_, StoreError>(sqlx::query_scalar("SELECT COUNT(*) FROM audit_events WHERE action = $1").bind(action).fetch_one(tx).await?)
            }).await.unwrap();
            assert_eq!(found, count, "{action}");
        }
        let chain: i64 = one(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE detail LIKE '%example%'").await;
        assert_eq!(chain, 0, "no address stands in the chain");
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
    }

    /// The link shows a button, works once, for the account and in the session that asked, and for ten minutes.
    async fn the_link_is_bound_to_account_session_and_time(portal: TestPortal) {
        let (anna, there, bo) = (portal.browser(), portal.browser(), portal.browser());
        enter(&portal, &there, "anna@example.se").await;
        enter(&portal, &anna, "anna@example.se").await;
        enter(&portal, &bo, "bo@example.se").await;
        let link = link_in(&portal, &ask(&portal, &anna, "anna@ny.example").await);
        let stranger = portal.browser().post(&link, &[]).await;
        assert!(stranger.leads_to().starts_with("/logga-in?vidare="), "whoever is not signed in comes to sign in");
        refused(&there.post(&link, &[]).await, "i samma webbläsare");
        refused(&bo.post(&link, &[]).await, "kan bara användas en gång");
        refused(&anna.post(&format!("{PATH}/lank/{}", "A".repeat(43)), &[]).await, "kan bara användas en gång");
        refused(&anna.post(&format!("{PATH}/lank/x"), &[]).await, "kan bara användas en gång");
        // It lets nobody in: a mail that changes an address is no mail that opens an account.
        let token = link.rsplit('/').next().unwrap().to_owned();
        refused(&anna.post(&format!("/logga-in/lank/{token}"), &[]).await, "kan bara användas en gång");
        assert_eq!(anna.get(&link).await.find("main button"), ["Byt e-postadress"]);
        assert!(!has_account(&portal, "anna@ny.example").await, "opening the link changes nothing");
        assert!(anna.submit(&link, &[]).await.words().contains("Din e-postadress är bytt."));
        refused(&anna.post(&link, &[]).await, "kan bara användas en gång");
        // And the other way round: what lets someone in changes no address.
        anna.post("/logga-in", &[("epost", "tredje@ny.example")]).await;
        let sign_in = crate::people::link_in(&crate::people::mail_to(&portal, "tredje@ny.example").await);
        let token = sign_in.rsplit('/').next().unwrap().to_owned();
        refused(&anna.post(&format!("{PATH}/lank/{token}"), &[]).await, "kan bara användas en gång");

        let link = link_in(&portal, &ask(&portal, &anna, "fjarde@ny.example").await);
        portal.clock.advance_seconds(10 * 60);
        refused(&anna.post(&link, &[]).await, "gäller i tio minuter");
        assert!(!has_account(&portal, "fjarde@ny.example").await);
    }

    /// Ten wrong codes end the mail, and the right one comes too late.
    async fn ten_guesses_end_the_mail(portal: TestPortal) {
        let anna = portal.browser();
        enter(&portal, &anna, "anna@example.se").await;
        let mail = ask(&portal, &anna, "anna@ny.example").await;
        let code = code_in(&mail);
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for guess in 1..=10 {
            let page = anna.post(&format!("{PATH}/kod"), &[("kod", wrong)]).await;
            assert_eq!((page.status, page.errors().concat().contains("gäller inte längre")), (422, guess == 10), "guess {guess}");
        }
        refused(&anna.post(&format!("{PATH}/kod"), &[("kod", &code)]).await, "Koden gäller inte längre");
        refused(&anna.post(&link_in(&portal, &mail), &[]).await, "kan bara användas en gång");
        assert!(!has_account(&portal, "anna@ny.example").await);
    }

    /// Whether another account has the address cannot be seen here: the same answer, and its holder is told.
    async fn a_taken_address_says_nothing(portal: TestPortal) {
        let (anna, bo) = (portal.browser(), portal.browser());
        enter(&portal, &bo, "bo@example.se").await;
        enter(&portal, &anna, "anna@example.se").await;
        portal.clock.advance_seconds(1);
        let taken = anna.post(PATH, &[("epost", "bo@example.se")]).await;
        let page = anna.get(&taken.leads_to()).await;
        let free = anna.post(PATH, &[("epost", "fri@example.se")]).await;
        assert_eq!((taken.status, taken.leads_to()), (free.status, free.leads_to()));
        assert_eq!(page.find("h1"), ["Se efter i din nya e-post"]);
        assert!(mail(&portal, "account.address", "bo@example.se").await.is_none(), "no link and no code");
        let told = mail(&portal, "account.address_taken", "bo@example.se").await.expect("the holder is told");
        assert!(told.contains("Du har redan ett konto") && !told.contains("anna@"), "{told}");
    }

    /// Two accounts want one address: who opens the mail first has it, the other keeps their own.
    async fn two_want_one_address(portal: TestPortal) {
        let (anna, bo) = (portal.browser(), portal.browser());
        enter(&portal, &anna, "anna@example.se").await;
        enter(&portal, &bo, "bo@example.se").await;
        let first = link_in(&portal, &ask(&portal, &anna, "info@ny.example").await);
        let second = ask(&portal, &bo, "info@ny.example").await;
        let (link, code) = (link_in(&portal, &second), code_in(&second));
        let (annas, bos) = tokio::join!(anna.post(&first, &[]), bo.post(&link, &[]));
        let mut statuses = [annas.status, bos.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 422], "{} {}", annas.words(), bos.words());
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM accounts WHERE email = 'info@ny.example'").await, 1);
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM accounts").await, 2);
        if bos.status == 422 {
            refused(&bos, "Adressen har ett annat konto");
            refused(&bo.post(&format!("{PATH}/kod"), &[("kod", &code)]).await, "Adressen har ett annat konto");
            assert!(has_account(&portal, "bo@example.se").await);
        } else {
            refused(&annas, "Adressen har ett annat konto");
        }
    }

    /// What waited for the old address: an invitation comes along, a mail that would have let someone in is dead.
    async fn what_waits_is_carried_over_or_ends(portal: TestPortal) {
        let (anna, bo) = (portal.browser(), portal.browser());
        enter(&portal, &bo, "bo@example.se").await;
        let path = found(&bo, &orgnr(1), &[]).await;
        bo.submit(&format!("{path}/personer"), &[("epost", "anna@example.se"), ("roll", "editor")]).await;
        enter(&portal, &anna, "anna@example.se").await;
        let own = found(&anna, &orgnr(2), &[("namn", "Ängs förening")]).await;
        let elsewhere = portal.browser();
        portal.clock.advance_seconds(1);
        elsewhere.post("/logga-in", &[("epost", "anna@example.se")]).await;
        let sign_in = crate::people::link_in(&crate::people::mail_to(&portal, "anna@example.se").await);
        let code = code_in(&ask(&portal, &anna, "anna@ny.example").await);
        anna.submit(&format!("{PATH}/kod"), &[("kod", &code)]).await;
        refused(&elsewhere.post(&sign_in, &[]).await, "kan bara användas en gång");
        let page = anna.get("/mina-sidor/organisationer").await;
        assert!(page.words().contains("Exempelby kommun") && page.words().contains("Ängs förening"), "{}", page.words());
        let link = mail(&portal, "organisation.invited", "anna@example.se").await.unwrap();
        let link = link.split_whitespace().find_map(|word| word.strip_prefix(&portal.base)).expect("a link").to_owned();
        let page = anna.submit(&link, &[]).await;
        assert!(page.words().contains("Din roll: Redaktör"), "the mail to the old address still works: {}", page.words());
        assert_eq!(anna.get(&own).await.status, 200, "and she belongs where she belonged");
        assert!(bo.get(&format!("{path}/personer")).await.words().contains("anna@ny.example"));
        // One that has run out stays where it was: those who sent it learn no address from it.
        bo.submit(&format!("{path}/personer"), &[("epost", "cilla@example.se"), ("roll", "reader")]).await;
        run_sql(&portal.app.config.database_url, "UPDATE invitations SET expires_at = '2026-01-01T00:00:00.000Z' WHERE email = 'cilla@example.se'".to_owned()).await;
        let cilla = portal.browser();
        enter(&portal, &cilla, "cilla@example.se").await;
        let code = code_in(&ask(&portal, &cilla, "cilla@ny.example").await);
        cilla.submit(&format!("{PATH}/kod"), &[("kod", &code)]).await;
        assert!(!bo.get(&format!("{path}/personer")).await.words().contains("cilla@ny.example"));
        // An account without the address gets nothing of it.
        let other = portal.browser();
        enter(&portal, &other, "anna@example.se").await;
        assert_eq!(other.get(&own).await.status, 404);
        belongs(&portal, &path, "anna@example.se", OrgRole::Reader).await;
    }

    /// A quarter of an hour after signing in one must sign in anew; what was typed waits. Staff show their second factor.
    async fn it_asks_who_you_are_first(portal: TestPortal) {
        let anna = portal.browser();
        enter(&portal, &anna, "anna@example.se").await;
        portal.clock.advance_seconds(16 * 60);
        let answer = anna.post(PATH, &[("epost", "anna@ny.example")]).await;
        assert_eq!((answer.status, answer.leads_to().as_str()), (303, "/logga-in?vidare=%2Fmina%2Dsidor%2Fuppgifter%2Fe%2Dpost"));
        assert!(mail(&portal, "account.address", "anna@ny.example").await.is_none());
        let page = anna.get(&answer.leads_to()).await;
        assert_eq!(page.value("epost"), "anna@example.se", "{}", page.words());
        anna.submit("/logga-in", &[("epost", "anna@example.se"), ("vidare", &page.value("vidare"))]).await;
        let code = code_in(&crate::people::mail_to(&portal, "anna@example.se").await);
        let page = anna.submit("/logga-in/e-post", &[("kod", &code)]).await;
        assert_eq!(page.value("epost"), "anna@ny.example", "what was typed is still there: {}", page.words());

        let portal = crate::people::staffed(portal.app.db.engine()).await;
        let erik = portal.browser();
        enter_as(&portal, &erik, StaffRole::Economist).await;
        assert_eq!(erik.get(PATH).await.status, 200);
        portal.clock.advance_seconds(16 * 60);
        assert!(erik.get(PATH).await.leads_to().starts_with("/bekrafta?vidare="));
        erik.submit("/bekrafta", &[]).await;
        let code = code_in(&ask(&portal, &erik, "erik@ny.example").await);
        let page = erik.submit(&format!("{PATH}/kod"), &[("kod", &code)]).await;
        assert!(page.words().contains("Din e-postadress är bytt."), "{}", page.words());
        assert_eq!(erik.get("/handlaggare").await.status, 200, "the roles are the account's");
    }
}
