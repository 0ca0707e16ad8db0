//! Stories of attached files that are looked through: by a real clamd with a signature of our own, by none, and by one that is down; and
//! of PDFs that a process of its own looks into.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use portal::platform::clamd;
use portal::platform::config::Clamd;
use portal::platform::db::Engine;
use portal::platform::pdf::Letter;
use portal::server;
use tempfile::TempDir;

use crate::applications::{PDF, begun, exempelby, open_call_in, upload};
use crate::harness::{Browser, TestPortal};
use crate::people::staffed_with;

/// What our own signature finds. It does no harm.
const HARMFUL: &[u8] = b"PORTAL-TEST-HARMFUL-FILE";

const CALL: &str = "stod-for-utvardering-2027";

/// A clamd of one story, on a socket in a folder of its own; it ends with the story.
struct Daemon {
    folder: TempDir,
    child: Option<Child>,
}

impl Daemon {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let signature: String = HARMFUL.iter().map(|byte| format!("{byte:02x}")).collect();
        std::fs::write(folder.path().join("own.ndb"), format!("Portal.Test.Harmful:0:*:{signature}\n")).unwrap();
        let place = folder.path().display();
        let settings =
            format!("Foreground yes\nDatabaseDirectory {place}\nTemporaryDirectory {place}\nLocalSocket {place}/clamd.ctl\nMaxThreads 2\n");
        std::fs::write(folder.path().join("clamd.conf"), settings).unwrap();
        Self { folder, child: None }
    }

    fn place(&self) -> Clamd {
        Clamd::Unix(self.folder.path().join("clamd.ctl"))
    }

    async fn start(&mut self) {
        let program = ["/usr/sbin/clamd", "/usr/bin/clamd"].into_iter().find(|path| Path::new(path).exists());
        let program = program.expect("clamd is missing: scripts/setup installs clamav-daemon");
        let settings = format!("--config-file={}", self.folder.path().join("clamd.conf").display());
        self.child = Some(Command::new(program).arg(settings).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        for _ in 0..600 {
            if clamd::answers(&self.place()).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("clamd did not answer");
    }

    fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let _ = std::fs::remove_file(self.folder.path().join("clamd.ctl"));
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Erik at an application of Exempelby, in a portal that asks this clamd.
async fn erik(engine: Engine, place: Option<Clamd>) -> (TestPortal, Browser, String) {
    let portal = staffed_with(engine, |config| config.clamd = place).await;
    let (portal, _) = open_call_in(portal, false).await;
    let (_, erik, organisation) = exempelby(&portal).await;
    let application = begun(&erik, &organisation, CALL).await;
    (portal, erik, application)
}

async fn work(portal: &TestPortal) {
    server::worker(&portal.app).drain().await.unwrap();
}

on_both! {
    /// A clean file is approved; a harmful one is stopped, counts no more, and whoever attached it is told.
    async fn files_are_scanned(portal: TestPortal) {
        let mut daemon = Daemon::new();
        daemon.start().await;
        let (portal, erik, application) = erik(portal.app.db.engine(), Some(daemon.place())).await;
        let path = format!("{application}/filer/behorighet");
        let page = upload(&portal, &erik, &path, "ren.pdf", PDF).await;
        assert_eq!(page.status, 303);
        let waits = erik.get(&path).await;
        assert!(waits.words().contains("Väntar på kontroll") && waits.attributes("main li a", "href").is_empty(), "{}", waits.words());
        work(&portal).await;
        let clean = erik.get(&path).await;
        assert!(clean.words().contains("Kontrollerad"), "{}", clean.words());
        let link = clean.attributes("main li a", "href").concat();
        assert_eq!(erik.get(&link).await.status, 200);

        let path = format!("{application}/filer/bilaga-1");
        upload(&portal, &erik, &path, "skadlig.pdf", &[PDF, HARMFUL].concat()).await;
        assert!(!erik.get(&format!("{application}/granska")).await.words().contains("Bifoga en fil till ”Lägesbild”"), "it counts while it waits");
        work(&portal).await;
        let stopped = erik.get(&path).await;
        assert!(stopped.words().contains("Stoppad") && stopped.words().contains("Portal.Test.Harmful"), "{}", stopped.words());
        assert!(stopped.attributes("main li a", "href").is_empty());
        let file = stopped.attributes("button[name='ta-bort']", "value").concat();
        assert_eq!(erik.get(&format!("{application}/fil/{file}")).await.status, 404, "nobody can fetch it");
        assert!(erik.get(&format!("{application}/granska")).await.words().contains("Bifoga en fil till ”Lägesbild”"));
        assert!(erik.get("/mina-sidor/aviseringar").await.words().contains("innehåller skadlig kod och är stoppad: skadlig.pdf."));
    }

    /// While clamd is down a file stays, waits and says so, and counts; when it is back the file is looked through.
    async fn a_scanner_that_is_down_costs_nothing(portal: TestPortal) {
        let mut daemon = Daemon::new();
        let (portal, erik, application) = erik(portal.app.db.engine(), Some(daemon.place())).await;
        let path = format!("{application}/filer/behorighet");
        assert_eq!(upload(&portal, &erik, &path, "ren.pdf", PDF).await.status, 303);
        work(&portal).await;
        let page = erik.get(&path).await;
        assert!(page.words().contains("Filen är mottagen och räknas som bifogad."), "{}", page.words());
        assert!(!erik.get(&format!("{application}/granska")).await.words().contains("Bifoga en fil till ”Handling som visar"));
        daemon.start().await;
        portal.clock.advance_seconds(120);
        work(&portal).await;
        assert!(erik.get(&path).await.words().contains("Kontrollerad"));
    }

    /// A PDF that is hard to read gets advice, one that is not gets none, and one that cannot be read is taken all the same.
    async fn a_pdf_is_looked_into_by_a_process_of_its_own(portal: TestPortal) {
        let (portal, erik, application) = erik(portal.app.db.engine(), None).await;
        let path = format!("{application}/filer/lagesbild-filer");
        let letter = Letter {
            lang: "sv",
            sender: "Exempelby kommun".to_owned(),
            title: "Lägesbild".to_owned(),
            facts: Vec::new(),
            parts: vec![(String::new(), vec!["Fjorton rån.".to_owned()])],
            page: "Sida",
        };
        assert_eq!(upload(&portal, &erik, &path, "bra.pdf", &letter.pdf().unwrap()).await.status, 303);
        work(&portal).await;
        assert!(!erik.get(&path).await.words().contains("Så blir filen lättare att läsa"));
        let nothing = [PDF, b"\n%%EOF\n"].concat();
        assert_eq!(upload(&portal, &erik, &path, "knapp.pdf", &nothing).await.status, 303);
        work(&portal).await;
        let words = erik.get(&path).await.words();
        assert!(words.contains("PDF:en saknar titel.") && words.contains("PDF:en saknar taggar"), "{words}");
        // What makes the reader fall over leaves the file where it is.
        let broken = [b"%PDF-1.7\n", &[b'('; 4000][..], b"\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"].concat();
        assert_eq!(upload(&portal, &erik, &path, "trasig.pdf", &broken).await.status, 303);
        work(&portal).await;
        assert!(erik.get(&path).await.words().contains("trasig.pdf"));
    }
}

/// The process of its own gives up by itself: with nonsense, and without a word when it sees nothing.
#[test]
fn the_process_that_looks_ends_by_itself() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_portal"))
        .arg(portal::platform::pdf_look::COMMAND)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"nonsense").unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success() && ended.stdout.is_empty());
}
