//! Stories of organisations: founding one, asking and being asked in, who may do what, the last who signs, and what staff do.
//! The matrix walks every route with `{organisation}` as everybody who may come by.

use axum::http::Method;
use portal::kit::{OrgRole, StaffRole, check};
use portal::platform::audit;
use portal::platform::db::{Db, StoreError};
use portal::server;
use portal::web::Access;

use crate::harness::{Browser, Page, TestPortal, run_sql};
use crate::people::{enter, enter_as, latest_mail};

/// A made-up number that passes its check.
pub fn orgnr(number: u32) -> String {
    let body = format!("8024{number:05}");
    let last = check::luhn(&check::digits(&body).unwrap());
    format!("{}-{}{last}", &body[..6], &body[6..])
}

pub const FACTS: &[(&str, &str)] = &[
    ("namn", "Exempelby kommun"),
    ("slag", "municipality"),
    ("kommun", "2480"),
    ("epost", "kommunen@exempelby.example"),
    ("gata", "Torget 1"),
    ("postnummer", "90325"),
    ("ort", "Umeå"),
    ("bankgiro", "50501055"),
    ("plusgiro", ""),
    ("peppol", ""),
];

fn facts_with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = FACTS.iter().filter(|(name, _)| changes.iter().all(|(other, _)| other != name)).copied().collect();
    fields.extend(changes);
    fields
}

/// One text out of the database.
pub async fn text(db: &Db, statement: &'static str, bound: &str) -> String {
    let row: (String,) = db.read(async |tx| Ok::<_, StoreError>(sqlx::query_as(statement).bind(bound).fetch_one(tx).await?)).await.unwrap();
    row.0
}

pub async fn number(db: &Db, statement: &'static str) -> i64 {
    let row: (i64,) = db.read(async |tx| Ok::<_, StoreError>(sqlx::query_as(statement).fetch_one(tx).await?)).await.unwrap();
    row.0
}

/// Every mail of a kind to someone, the latest first.
pub async fn mails(portal: &TestPortal, kind: &str, email: &str) -> Vec<String> {
    let rows: Vec<(String,)> = portal
        .app
        .db
        .read(async |tx| {
            let rows = sqlx::query_as("SELECT text_body FROM outbox WHERE kind = $1 AND recipient = $2 ORDER BY created_at DESC, id DESC");
            Ok::<_, StoreError>(rows.bind(kind).bind(email).fetch_all(tx).await?)
        })
        .await
        .unwrap();
    rows.into_iter().map(|(text,)| text).collect()
}

/// The path of the link in the latest invitation to someone.
async fn invited(portal: &TestPortal, email: &str) -> String {
    let mail = latest_mail(portal, "organisation.invited", email).await.expect("an invitation");
    mail.split_whitespace().find_map(|word| word.strip_prefix(&portal.base)).expect("a link").to_owned()
}

/// Founds an organisation; its path.
pub async fn found(browser: &Browser, orgnr: &str, changes: &[(&str, &str)]) -> String {
    let facts = browser.post("/organisation/ny", &[("organisationsnummer", orgnr)]).await.leads_to();
    let answer = browser.post(&facts, &facts_with(changes)).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    answer.leads_to().split('?').next().unwrap().to_owned()
}

/// Makes the holder of an address one of an organisation, as if they had been let in.
pub async fn belongs(portal: &TestPortal, organisation: &str, email: &str, role: OrgRole) -> String {
    let account = text(&portal.app.db, "SELECT id FROM accounts WHERE email = $1", email).await;
    let id = portal.app.ids.id(portal.app.now());
    let insert = format!(
        "INSERT INTO memberships (id, organisation_id, account_id, role, since)
         VALUES ('{id}', '{}', '{account}', '{}', '2026-01-01T00:00:00.000Z')",
        id_of(organisation),
        role.code()
    );
    run_sql(&portal.app.config.database_url, insert).await;
    id.to_string()
}

pub fn id_of(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

pub async fn someone(portal: &TestPortal, email: &str) -> Browser {
    let browser = portal.browser();
    enter(portal, &browser, email).await;
    browser
}

/// What the pages of organisations need for one who walks them all: an organisation that they sign for, someone who asks to be
/// let in, and an invitation to another.
pub struct Ground {
    pub organisation: String,
    pub membership: String,
    pub request: String,
    pub invitation: String,
}

impl Ground {
    pub async fn lay(portal: &TestPortal, browser: &Browser, email: &str) -> Self {
        let path = found(browser, &orgnr(1), &[]).await;
        let asker = someone(portal, "fragar@example.se").await;
        asker.submit(&format!("/organisation/ny/ga-med?organisationsnummer={}", orgnr(1)), &[("meddelande", "Jag arbetar här.")]).await;
        let other = someone(portal, "annan@example.se").await;
        let others = found(&other, &orgnr(2), &[("namn", "Ängs förening")]).await;
        other.submit(&format!("{others}/personer"), &[("epost", email), ("roll", "editor")]).await;
        let db = &portal.app.db;
        Self {
            membership: text(db, "SELECT id FROM memberships WHERE organisation_id = $1", &id_of(&path)).await,
            request: text(db, "SELECT id FROM join_requests WHERE organisation_id = $1", &id_of(&path)).await,
            invitation: invited(portal, email).await,
            organisation: id_of(&path),
        }
    }

    /// A path with this ground's ids; the number of a new organisation where one is asked for, and of one that is here.
    pub fn filled(&self, path: &str) -> Option<String> {
        match path {
            "/inbjudan/{token}" => Some(self.invitation.clone()),
            "/organisation/ny/uppgifter" => Some(format!("{path}?organisationsnummer={}", orgnr(3))),
            "/organisation/ny/ga-med" => Some(format!("{path}?organisationsnummer={}", orgnr(2))),
            path if path.contains("{organisation}") => Some(
                path.replace("{organisation}", &self.organisation)
                    .replace("{membership}", &self.membership)
                    .replace("{request}", &self.request),
            ),
            _ => None,
        }
    }
}

/// The least role for a route.
fn least(method: &Method, path: &str) -> OrgRole {
    let below = path.strip_prefix("/organisation/{organisation}").unwrap();
    match (below, method) {
        ("" | "/lamna", _) | ("/personer", &Method::GET) => OrgRole::Reader,
        ("/uppgifter", _) => OrgRole::Editor,
        (path, _) if path.starts_with("/personer") => OrgRole::Signatory,
        _ => panic!("say in `least` who may use {method} {path}"),
    }
}

async fn walk(browser: &Browser, method: &Method, path: &str) -> Page {
    if *method == Method::GET { browser.get(path).await } else { browser.post(path, &[]).await }
}

on_both! {
    /// Anna founds her municipality; Bo finds that it is here, asks, and is let in by Anna as editor.
    async fn an_organisation_is_founded_and_joined(portal: TestPortal) {
        let (anna, bo) = (someone(&portal, "anna@example.se").await, someone(&portal, "bo@example.se").await);
        let page = anna.get("/mina-sidor/organisationer").await;
        assert!(page.words().contains("Du hör inte till någon organisation än"), "{}", page.words());
        let page = anna.post("/organisation/ny", &[("organisationsnummer", "802400-0012")]).await;
        assert_eq!((page.status, page.value("organisationsnummer").as_str()), (422, "802400-0012"));
        assert!(page.errors().concat().contains("Kontrollera organisationsnumret"), "{:?}", page.errors());
        assert!(anna.post("/organisation/ny", &[("organisationsnummer", "640823-3234")]).await.errors().concat().contains("Ange organisationens nummer") );
        let facts = anna.post("/organisation/ny", &[("organisationsnummer", &orgnr(1).replace('-', " "))]).await.leads_to();
        assert_eq!(facts, format!("/organisation/ny/uppgifter?organisationsnummer={}", orgnr(1)));
        let page = anna.post(&facts, &facts_with(&[("bankgiro", "5050-1056"), ("postnummer", "1"), ("kommun", "")])).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.errors().len(), 3, "{:?}", page.errors());
        assert_eq!((page.value("bankgiro").as_str(), page.value("namn").as_str()), ("5050-1056", "Exempelby kommun"));
        let page = anna.submit(&facts, FACTS).await;
        for word in ["Organisationen är tillagd", "Din roll: Behörig företrädare", "Inte kontrollerad", "5050-1055", "903 25 Umeå", "Västerbottens län"] {
            assert!(page.words().contains(word), "{word}: {}", page.words());
        }
        let path = anna.get("/mina-sidor/organisationer").await.attributes("tbody a", "href").concat();

        let join = bo.post("/organisation/ny", &[("organisationsnummer", &orgnr(1))]).await.leads_to();
        let page = bo.get(&join).await;
        assert!(page.words().contains("Exempelby kommun") && !page.html.contains("anna@example.se"), "{}", page.words());
        assert_eq!(bo.post(&join, &[("meddelande", " ")]).await.errors(), ["Ange varför du vill gå med"]);
        let page = bo.submit(&join, &[("meddelande", "Jag är ny i säkerhetssamordningen.")]).await;
        assert!(page.words().contains("Din begäran är skickad") && page.words().contains("Exempelby kommun, 23 november 2026"), "{}", page.words());
        assert_eq!(bo.post(&join, &[("meddelande", "En gång till.")]).await.status, 303, "asking twice is harmless");
        assert_eq!(number(&portal.app.db, "SELECT COUNT(*) FROM join_requests").await, 1);
        assert!(bo.get(&join).await.words().contains("har inte fått svar än"));
        assert_eq!(bo.get(&path).await.status, 404);
        let mail = &mails(&portal, "organisation.asked", "anna@example.se").await[0];
        assert!(mail.contains("bo@example.se vill gå med i Exempelby kommun") && !mail.contains("säkerhetssamordningen"), "{mail}");

        let request = anna.get(&format!("{path}/personer")).await.attributes("main a[href*='forfragan']", "href").concat();
        let page = anna.get(&request).await;
        assert!(page.words().contains("Jag är ny i säkerhetssamordningen."), "{}", page.words());
        assert_eq!(anna.post(&request, &[("svar", "ja")]).await.errors(), ["Välj en roll"]);
        let page = anna.submit(&request, &[("svar", "ja"), ("roll", "editor")]).await;
        assert!(page.words().contains("Personen hör nu till organisationen") && page.words().contains("bo@example.se"), "{}", page.words());
        assert_eq!(anna.post(&request, &[("svar", "nej")]).await.errors(), ["Begäran är redan besvarad"]);
        assert!(mails(&portal, "organisation.answered", "bo@example.se").await[0].contains("Nu hör du till Exempelby kommun"));
        let edit = format!("{path}/uppgifter");
        let version = bo.get(&edit).await.value("version");
        let page = bo.submit(&edit, &facts_with(&[("version", version.as_str()), ("ort", "Umeå stad")])).await;
        assert!(page.words().contains("Uppgifterna är sparade") && page.words().contains("903 25 Umeå stad"), "{}", page.words());
        let page = bo.get(&format!("{path}/personer")).await;
        assert!(page.words().contains("anna@example.se") && !page.words().contains("Bjud in någon"), "{}", page.words());
        assert_eq!(bo.post(&format!("{path}/personer"), &[("epost", "x@example.se"), ("roll", "reader")]).await.status, 403);
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
        assert_eq!(number(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE action = 'access.denied'").await, 1);
        assert_eq!(number(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE detail LIKE '%example.se%'").await, 0);
    }

    /// An invitation lets in whoever has its address, once, for fourteen days, until it is taken back or sent again.
    async fn an_invitation_is_bound_to_its_address(portal: TestPortal) {
        let (anna, eve) = (someone(&portal, "anna@example.se").await, someone(&portal, "eve@example.se").await);
        let path = found(&anna, &orgnr(1), &[]).await;
        let people = format!("{path}/personer");
        let ask = async |email: &str| {
            portal.clock.advance_seconds(1);
            anna.post(&people, &[("epost", email), ("roll", "reader")]).await
        };
        assert_eq!(anna.post(&people, &[("epost", "x"), ("roll", "")]).await.errors().len(), 2);
        // Eve has an account and Bo has none: the answer is the same.
        let (known, unknown) = (ask("Eve@example.se").await, ask("bo@example.se").await);
        assert_eq!((known.status, known.leads_to()), (unknown.status, unknown.leads_to()));
        assert!(ask("bo@example.se").await.errors().concat().contains("har redan en inbjudan"));
        assert!(ask("anna@example.se").await.errors().concat().contains("hör redan till organisationen"));
        let link = invited(&portal, "bo@example.se").await;
        let page = eve.get(&link).await;
        assert_eq!((page.status, eve.post(&link, &[]).await.status), (403, 403));
        assert!(page.words().contains("en annan e-postadress") && !page.words().contains("Exempelby"), "{}", page.words());
        let bo = portal.browser();
        let page = bo.get(&link).await;
        assert!(page.leads_to().starts_with("/logga-in?vidare=%2Finbjudan"), "{}", page.leads_to());
        enter(&portal, &bo, "bo@example.se").await;
        let page = bo.get(&link).await;
        assert!(page.words().contains("Inbjudan till Exempelby kommun") && page.words().contains("Din roll blir Läsare"), "{}", page.words());
        assert_eq!(number(&portal.app.db, "SELECT COUNT(*) FROM memberships").await, 1, "opening the link uses nothing up");
        let page = bo.submit(&link, &[]).await;
        assert!(page.words().contains("Nu hör du till organisationen") && page.words().contains("Din roll: Läsare"), "{}", page.words());
        assert_eq!(bo.post(&link, &[]).await.status, 410);

        // Sent again, the first mail opens nothing; taken back, none does.
        let first = invited(&portal, "eve@example.se").await;
        let id = anna.get(&people).await.attributes("button[name='igen']", "value").concat();
        portal.clock.advance_seconds(1);
        anna.submit(&people, &[("igen", &id)]).await;
        let second = invited(&portal, "eve@example.se").await;
        assert_eq!((eve.get(&first).await.status, eve.get(&second).await.status), (410, 200));
        let page = anna.submit(&people, &[("tillbaka", &id)]).await;
        assert!(page.words().contains("Inbjudan är tillbakatagen"), "{}", page.words());
        assert_eq!((eve.get(&second).await.status, eve.post(&second, &[]).await.status), (410, 410));
        assert!(anna.post(&people, &[("igen", &id)]).await.errors().concat().contains("redan använd eller tillbakatagen"));

        // Fourteen days are fourteen days; then the address can be asked anew. In English, since Anna reads English now.
        ask("cecilia@example.se").await;
        let late = invited(&portal, "cecilia@example.se").await;
        portal.clock.advance_seconds(14 * 86_400);
        let cecilia = someone(&portal, "cecilia@example.se").await;
        assert_eq!(cecilia.get(&late).await.status, 410);
        enter(&portal, &anna, "anna@example.se").await;
        assert!(anna.get(&people).await.words().contains("Inbjudan gick ut"));
        anna.submit(&format!("/en{people}"), &[("epost", "cecilia@example.se"), ("roll", "signatory")]).await;
        let mail = &mails(&portal, "organisation.invited", "cecilia@example.se").await[0];
        assert!(mail.contains("role will be Authorised signatory") && mail.contains("/en/inbjudan/"), "{mail}");
        let page = cecilia.submit(&invited(&portal, "cecilia@example.se").await, &[]).await;
        assert!(page.words().contains("You now belong to the organisation"), "{}", page.words());
        let stored = text(&portal.app.db, "SELECT token_hash FROM invitations WHERE email = $1 AND accepted_at IS NOT NULL", "cecilia@example.se").await;
        assert_eq!(stored.len(), 64, "only the hash is stored");
    }

    /// Two who save at once: the second sees both and decides. Wrong answers do not hide it.
    async fn two_editors_do_not_overwrite_each_other(portal: TestPortal) {
        let anna = someone(&portal, "anna@example.se").await;
        let path = found(&anna, &orgnr(1), &[]).await;
        let edit = format!("{path}/uppgifter");
        let version = anna.get(&edit).await.value("version");
        anna.submit(&edit, &facts_with(&[("version", version.as_str()), ("gata", "Storgatan 2")])).await;
        let page = anna.post(&edit, &facts_with(&[("version", version.as_str()), ("gata", "Lillgatan 3"), ("bankgiro", "x")])).await;
        assert_eq!((page.status, page.errors().len()), (422, 1));
        assert!(page.words().contains("Det här gäller nu") && page.words().contains("Storgatan 2"), "{}", page.words());
        let page = anna.post(&edit, &facts_with(&[("version", version.as_str()), ("gata", "Lillgatan 3")])).await;
        assert_eq!((page.status, page.value("gata").as_str()), (422, "Lillgatan 3"));
        assert!(page.words().contains("Storgatan 2"), "{}", page.words());
        let version = page.value("version");
        let page = anna.submit(&edit, &facts_with(&[("version", version.as_str()), ("gata", "Lillgatan 3")])).await;
        assert!(page.words().contains("Lillgatan 3"), "{}", page.words());
    }

    /// Whoever alone signs can neither leave, nor become less, nor close the account; with another who signs they can.
    async fn the_last_who_signs_stays(portal: TestPortal) {
        let (anna, bo) = (someone(&portal, "anna@example.se").await, someone(&portal, "bo@example.se").await);
        let path = found(&anna, &orgnr(1), &[]).await;
        let bos = belongs(&portal, &path, "bo@example.se", OrgRole::Reader).await;
        let own = text(&portal.app.db, "SELECT id FROM memberships WHERE role = $1", "signatory").await;
        let one = |id: &str| format!("{path}/personer/{id}");
        let page = anna.post(&format!("{path}/lamna"), &[]).await;
        assert_eq!((page.status, page.errors().len()), (422, 1));
        for fields in [[("version", "1"), ("roll", "reader")], [("version", "1"), ("ta_bort", "ja")]] {
            let page = anna.post(&one(&own), &fields).await;
            assert!(page.errors().concat().contains("minst en behörig företrädare"), "{:?}", page.errors());
        }
        let page = anna.post("/mina-sidor/avsluta", &[("bekrafta", "ja")]).await;
        assert!(page.words().contains("Du är den enda som företräder en organisation"), "{}", page.words());
        assert!(anna.post("/en/mina-sidor/avsluta", &[("bekrafta", "ja")]).await.words().contains("You are the only one who represents"));
        let page = anna.submit(&one(&bos), &[("version", "1"), ("roll", "signatory")]).await;
        assert!(page.words().contains("Rollen är ändrad"), "{}", page.words());
        let page = anna.post(&one(&bos), &[("version", "1"), ("roll", "reader")]).await;
        assert!(page.errors().concat().contains("Nu är den Behörig företrädare"), "{:?}", page.errors());
        let file: serde_json::Value = serde_json::from_str(&anna.get("/mina-sidor/mina-data.json").await.html).unwrap();
        assert_eq!(file["organisations"]["memberships"][0]["role"], "signatory", "{file}");
        // Bo's account is blocked: nobody else signs after all.
        run_sql(&portal.app.config.database_url, "UPDATE accounts SET status = 'disabled' WHERE email = 'bo@example.se'".to_owned()).await;
        assert_eq!(anna.post(&format!("{path}/lamna"), &[]).await.status, 422);
        run_sql(&portal.app.config.database_url, "UPDATE accounts SET status = 'active' WHERE email = 'bo@example.se'".to_owned()).await;
        let page = anna.post("/mina-sidor/avsluta", &[("bekrafta", "ja")]).await;
        assert!(page.words().contains("Kontot är avslutat"), "{}", page.words());
        let page = bo.get(&format!("{path}/personer")).await;
        assert_eq!(page.find("tbody tr").len(), 1, "{}", page.words());
        assert_eq!(bo.post(&format!("{path}/lamna"), &[]).await.status, 422);
    }

    /// Two who alone sign leave at once, again and again: one of them always stays.
    async fn two_leaving_at_once_leave_one(portal: TestPortal) {
        let (anna, bo) = (someone(&portal, "anna@example.se").await, someone(&portal, "bo@example.se").await);
        for round in 1..=6 {
            let path = found(&anna, &orgnr(round), &[]).await;
            let bos = belongs(&portal, &path, "bo@example.se", OrgRole::Signatory).await;
            let (leave, remove) = (format!("{path}/lamna"), format!("{path}/personer/{bos}"));
            let away = [("version", "1"), ("ta_bort", "ja")];
            let (first, second) = match round % 3 {
                0 => tokio::join!(anna.post(&leave, &[]), bo.post(&leave, &[])),
                // One is removed while the other leaves.
                1 => tokio::join!(anna.post(&leave, &[]), anna.post(&remove, &away)),
                _ => tokio::join!(bo.post(&leave, &[]), anna.post(&leave, &[])),
            };
            assert!(first.status < 500 && second.status < 500, "{} {}", first.status, second.status);
            let signs = portal.app.db.read(async |tx| {
                let count = sqlx::query_as("SELECT COUNT(*) FROM memberships WHERE organisation_id = $1 AND role = 'signatory' AND until IS NULL");
                Ok::<(i64,), StoreError>(count.bind(id_of(&path)).fetch_one(tx).await?)
            }).await.unwrap().0;
            assert_eq!(signs, 1, "round {round}: {} {}", first.status, second.status);
        }
        // Two found the same organisation at once: one does, the other is led to asking.
        let facts = format!("/organisation/ny/uppgifter?organisationsnummer={}", orgnr(99));
        let (first, second) = tokio::join!(anna.post(&facts, FACTS), bo.post(&facts, FACTS));
        let mut led = [first.leads_to(), second.leads_to()];
        led.sort();
        assert!(led[0].ends_with("?klart=ny") && led[1].contains("/ga-med"), "{led:?}");
    }

    /// Every route with an organisation in it, walked by everybody who may come by.
    async fn every_route_lets_through_who_is_enough(portal: TestPortal) {
        let founder = someone(&portal, "founder@example.se").await;
        let path = found(&founder, &orgnr(1), &[]).await;
        let asker = someone(&portal, "asker@example.se").await;
        asker.submit(&format!("/organisation/ny/ga-med?organisationsnummer={}", orgnr(1)), &[("meddelande", "Hej")]).await;
        let other = someone(&portal, "other@example.se").await;
        found(&other, &orgnr(2), &[]).await;
        let stranger = someone(&portal, "stranger@example.se").await;
        let former = someone(&portal, "former@example.se").await;
        belongs(&portal, &path, "former@example.se", OrgRole::Signatory).await;
        assert_eq!(former.post(&format!("{path}/lamna"), &[]).await.status, 303);
        let db = &portal.app.db;
        let request = text(db, "SELECT id FROM join_requests WHERE organisation_id = $1", &id_of(&path)).await;
        let mut members = Vec::new();
        for (role, email) in [(OrgRole::Reader, "reader@example.se"), (OrgRole::Editor, "editor@example.se"), (OrgRole::Signatory, "signatory@example.se")] {
            let browser = someone(&portal, email).await;
            let membership = belongs(&portal, &path, email, role).await;
            members.push((role, browser, membership));
        }
        // A second organisation is closed, with a member of each role.
        let closed = found(&founder, &orgnr(3), &[]).await;
        for (role, email) in [(OrgRole::Reader, "reader@example.se"), (OrgRole::Editor, "editor@example.se"), (OrgRole::Signatory, "signatory@example.se")] {
            belongs(&portal, &closed, email, role).await;
        }
        run_sql(&portal.app.config.database_url, format!("UPDATE organisations SET status = 'retired' WHERE id = '{}'", id_of(&closed))).await;
        let membership = members[0].2.clone();
        let filled = |route: &str, path: &str| {
            route.replace("/organisation/{organisation}", path).replace("{membership}", &membership).replace("{request}", &request)
        };
        let routes = server::routes();
        let walked: Vec<_> =
            routes.declared().iter().filter(|route| route.path.starts_with("/organisation/{organisation}") && route.access == Access::SignedIn).collect();
        assert!(walked.len() >= 11, "{}", walked.len());
        let all = routes.declared().iter().filter(|route| route.path.contains("{organisation}") && !route.path.starts_with("/handlaggare"));
        assert_eq!(all.count(), walked.len(), "a route with an organisation in it that this story does not walk");
        let events = "SELECT COUNT(*) FROM audit_events WHERE action <> 'access.denied'";
        let before = number(db, events).await;
        for route in &walked {
            for (who, browser) in [("stranger", &stranger), ("asker", &asker), ("another's signatory", &other), ("former member", &former)] {
                let address = filled(route.path, &path);
                assert_eq!(walk(browser, &route.method, &address).await.status, 404, "{who} {} {}", route.method, route.path);
            }
            let nowhere = filled(route.path, "/organisation/01890a5d-ac96-774b-bcce-b302099a8057");
            assert_eq!(walk(&members[2].1, &route.method, &nowhere).await.status, 404, "{nowhere}");
        }
        assert_eq!(number(db, events).await, before, "who does not belong changed something");
        // Leaving is what a closed organisation allows: `memberships::everybody_leaves_a_closed_organisation`.
        for route in walked.iter().filter(|route| !route.path.ends_with("/lamna")) {
            for (role, browser, _) in &members {
                let page = walk(browser, &route.method, &filled(route.path, &closed)).await;
                let may_read = route.method == Method::GET && *role >= least(&route.method, route.path);
                let as_expected = if may_read { [200, 303, 404].contains(&page.status) } else { page.status == 403 };
                assert!(as_expected, "closed, {role:?} {} {}: {}", route.method, route.path, page.status);
                assert_eq!(page.find("main form").len(), 0, "closed, {role:?} {}", route.path);
            }
        }
        assert_eq!(number(db, events).await, before, "somebody changed what is closed");
        for route in &walked {
            for (role, browser, _) in &members {
                let page = walk(browser, &route.method, &filled(route.path, &path)).await;
                if *role < least(&route.method, route.path) {
                    assert_eq!(page.status, 403, "{role:?} {} {}", route.method, route.path);
                } else {
                    assert!([200, 303, 422].contains(&page.status), "{role:?} {} {}: {}", route.method, route.path, page.status);
                }
            }
        }
        let denied = "SELECT COUNT(*) FROM audit_events WHERE action = 'access.denied' AND object LIKE 'organisation:%'";
        assert!(number(db, denied).await > 10);
        assert!(audit::verify(db, None).await.unwrap().fault.is_none());
    }

    /// Staff find organisations, check them, let someone in where nobody signs, merge two and close one.
    async fn staff_keep_organisations(portal: TestPortal) {
        let portal = TestPortal::start_with(portal.app.db.engine(), |config| config.demo = true).await;
        portal::people::demo::load(&portal.app).await.unwrap();
        let (anna, bo, cecilia) =
            (someone(&portal, "anna@example.se").await, someone(&portal, "bo@example.se").await, someone(&portal, "cecilia@example.se").await);
        let kept = found(&anna, &orgnr(1), &[("namn", "Örebro Exempelkommun"), ("kommun", "1880")]).await;
        let double = found(&bo, &orgnr(2), &[("namn", "Exempelkommunen i Örebro")]).await;
        belongs(&portal, &kept, "bo@example.se", OrgRole::Reader).await;
        let hanna = portal.browser();
        enter_as(&portal, &hanna, StaffRole::Officer).await;
        let list = "/handlaggare/organisationer";
        assert_eq!(anna.get(list).await.status, 403);
        let names = async |query: &str| hanna.get(&format!("{list}?{query}")).await.find("tbody th");
        assert_eq!(names("").await, ["Exempelkommunen i Örebro", "Örebro Exempelkommun"], "in Swedish order");
        assert_eq!(names("q=%C3%96REBRO+ex").await, ["Örebro Exempelkommun"]);
        assert_eq!(names(&format!("q={}", orgnr(2).replace('-', ""))).await, ["Exempelkommunen i Örebro"]);
        assert_eq!(names("kommun=1880").await, ["Örebro Exempelkommun"]);
        assert_eq!(names("lage=verified").await.len() + names("slag=company").await.len() + names("q=%25").await.len(), 0);
        let staffs = |path: &str| format!("{list}/{}", id_of(path));

        let page = hanna.submit(&staffs(&kept), &[("version", "1"), ("gor", "kontrollerad")]).await;
        assert!(page.words().contains("Organisationen är kontrollerad"), "{}", page.words());
        assert!(hanna.post(&staffs(&kept), &[("version", "1"), ("gor", "okontrollerad")]).await.errors().concat().contains("Någon har ändrat"));
        assert!(!anna.get(&kept).await.words().contains("Vi har inte kontrollerat"));

        // Cecilia asks, and staff answer; Bo's invitations and requests go where the double goes.
        let ask = async |browser: &Browser, number: u32| {
            let path = format!("/organisation/ny/ga-med?organisationsnummer={}", orgnr(number));
            browser.submit(&path, &[("meddelande", "Jag vill gå med.")]).await;
        };
        ask(&cecilia, 2).await;
        assert_eq!(names("vill=ja").await, ["Exempelkommunen i Örebro"]);
        let david = someone(&portal, "david@example.se").await;
        ask(&david, 2).await;
        let requests = hanna.get(&staffs(&double)).await.attributes("main a[href*='forfragan']", "href");
        assert_eq!(requests.len(), 2);
        let page = hanna.submit(&requests[0], &[("svar", "ja"), ("roll", "editor")]).await;
        assert!(page.words().contains("Personen hör nu till organisationen"), "{}", page.words());
        assert_eq!(cecilia.get(&double).await.status, 200);
        bo.submit(&format!("{double}/personer"), &[("epost", "erik@example.se"), ("roll", "reader")]).await;

        let merge = format!("{}/sla-ihop", staffs(&double));
        for wrong in [orgnr(2), orgnr(7), "x".to_owned()] {
            let page = hanna.get(&format!("{merge}?organisationsnummer={wrong}")).await;
            assert_eq!((page.status, page.errors().len()), (422, 1), "{wrong}");
        }
        let page = hanna.get(&format!("{merge}?organisationsnummer={}", orgnr(1))).await;
        let version = page.value("version");
        assert!(page.words().contains("flyttas från Exempelkommunen i Örebro till Örebro Exempelkommun"), "{}", page.words());
        let fields = [("version", version.as_str()), ("organisationsnummer", &orgnr(1))];
        let page = hanna.submit(&merge, &fields).await;
        assert!(page.words().contains("Organisationerna är sammanslagna") && page.words().contains("Sammanslagna hit"), "{}", page.words());
        assert_eq!(page.find("table tbody tr").len(), 3, "Anna, Bo and Cecilia: {}", page.words());
        assert_eq!(page.attributes("main a[href*='forfragan']", "href").len(), 1, "David still waits");
        assert_eq!(hanna.post(&merge, &fields).await.status, 303, "merged already: back to it");
        assert_eq!(bo.get(&format!("{double}/uppgifter")).await.leads_to(), kept, "the old address leads on");
        assert!(bo.get(&kept).await.words().contains("Behörig företrädare"), "the greater role is kept");
        assert_eq!(david.get(&double).await.status, 404);
        let erik = someone(&portal, "erik@example.se").await;
        assert!(erik.submit(&invited(&portal, "erik@example.se").await, &[]).await.words().contains("Örebro Exempelkommun"));
        // The old number stays taken, and means the other.
        let join = erik.post("/organisation/ny", &[("organisationsnummer", &orgnr(2))]).await.leads_to();
        assert_eq!(erik.get(&join).await.leads_to(), kept);
        assert!(hanna.get(&staffs(&double)).await.words().contains("sammanslagen med Örebro Exempelkommun"));

        let page = hanna.submit(&format!("{}/avsluta", staffs(&kept)), &[("version", &hanna.get(&format!("{}/avsluta", staffs(&kept))).await.value("version"))]).await;
        assert!(page.words().contains("Organisationen är avslutad"), "{}", page.words());
        let page = anna.get(&kept).await;
        assert!(page.words().contains("ingenting kan ändras"), "{}", page.words());
        assert_eq!(anna.post(&format!("{kept}/uppgifter"), FACTS).await.status, 403);
        assert!(david.get(&format!("/organisation/ny/ga-med?organisationsnummer={}", orgnr(1))).await.words().contains("avslutad"));
        let version = hanna.get(&staffs(&kept)).await.value("version");
        let page = hanna.submit(&staffs(&kept), &[("version", &version), ("gor", "oppnad")]).await;
        assert!(page.words().contains("öppen igen") && page.words().contains("Inte kontrollerad"), "{}", page.words());
        assert_eq!(anna.get(&format!("{kept}/uppgifter")).await.status, 200);
        for action in ["created", "verified", "merged", "retired", "reopened"] {
            let counted = text(&portal.app.db, "SELECT CAST(COUNT(*) AS TEXT) FROM audit_events WHERE action = $1", &format!("organisation.{action}")).await;
            assert!(counted != "0", "{action}");
        }
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
        portal.clock.advance_seconds(16 * 60);
        assert!(hanna.get(&merge).await.leads_to().starts_with("/bekrafta"), "merging asks for the second factor again");
    }
}
