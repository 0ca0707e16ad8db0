//! How a mail looks and how it leaves: [`Letter`] is written once and becomes text and HTML, [`Mailer`] sends it by
//! SMTP, or keeps it as a file when no server is configured. What is to be sent, and when, is the outbox's business.
//! To write a new mail: a [`Letter`] in the area, its sentences in `text`, and `outbox::put` in the same transaction.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use url::Url;

use super::config::Config;
use crate::kit::{Email, Id, Instant, Lang};

/// How long one step of a conversation with the mail server may take.
pub const STEP: Duration = Duration::from_secs(15);

/// Width of the text part, as RFC 5322 § 2.1.1 advises.
const WIDTH: usize = 72;

// ---------------------------------------------------------------------------------------------------------------------
// Writing

/// The content of a mail, written once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    lang: Lang,
    title: String,
    blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Block {
    Heading(String),
    Paragraph(String),
    Link { text: String, url: String },
    Rows(Vec<(String, String)>),
    List(Vec<String>),
}

impl Letter {
    /// A letter with a title, which stands first in both parts.
    pub fn new(lang: Lang, title: impl Into<String>) -> Self {
        Self { lang, title: title.into(), blocks: Vec::new() }
    }

    pub fn heading(self, text: impl Into<String>) -> Self {
        self.with(Block::Heading(text.into()))
    }

    /// A paragraph; a line break in it is a line break in both parts.
    pub fn paragraph(self, text: impl Into<String>) -> Self {
        self.with(Block::Paragraph(text.into()))
    }

    /// A link on a line of its own; the text part shows the whole address.
    pub fn link(self, text: impl Into<String>, url: impl Into<String>) -> Self {
        self.with(Block::Link { text: text.into(), url: url.into() })
    }

    /// Labels and values, one pair a line.
    pub fn rows(self, rows: impl IntoIterator<Item = (String, String)>) -> Self {
        self.with(Block::Rows(rows.into_iter().collect()))
    }

    pub fn list(self, items: impl IntoIterator<Item = String>) -> Self {
        self.with(Block::List(items.into_iter().collect()))
    }

    fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// The text part.
    pub fn text(&self) -> String {
        let mut parts = vec![wrap(&self.title, "", "")];
        for block in &self.blocks {
            parts.push(match block {
                Block::Heading(text) => wrap(text, "", ""),
                Block::Paragraph(text) => text.lines().map(|line| wrap(line, "", "")).collect::<Vec<_>>().join("\n"),
                // Never wrapped: a broken address opens nothing.
                Block::Link { text, url } => format!("{}\n{url}", wrap(&format!("{text}:"), "", "")),
                Block::Rows(rows) => {
                    rows.iter().map(|(label, value)| wrap(&format!("{label}: {value}"), "", "  ")).collect::<Vec<_>>().join("\n")
                }
                Block::List(items) => items.iter().map(|item| wrap(item, "- ", "  ")).collect::<Vec<_>>().join("\n"),
            });
        }
        let mut text = parts.join("\n\n");
        text.push('\n');
        text
    }

    /// The HTML part: a whole document without tables, pictures, scripts or anything fetched from elsewhere. Styles stand
    /// on the elements, since mail programs drop the rest.
    pub fn html(&self) -> String {
        const P: &str = "margin:0 0 16px";
        let mut body = format!("<h1 style=\"font-size:22px;line-height:1.25;margin:0 0 20px\">{}</h1>\n", escape(&self.title));
        for block in &self.blocks {
            match block {
                Block::Heading(text) => {
                    body.push_str(&format!("<h2 style=\"font-size:18px;line-height:1.3;margin:24px 0 8px\">{}</h2>\n", escape(text)));
                }
                Block::Paragraph(text) => {
                    let lines: Vec<_> = text.lines().map(escape).collect();
                    body.push_str(&format!("<p style=\"{P}\">{}</p>\n", lines.join("<br>")));
                }
                Block::Link { text, url } => {
                    body.push_str(&format!(
                        "<p style=\"{P}\"><a href=\"{}\" style=\"color:#00565C\">{}</a></p>\n",
                        escape(url),
                        escape(text)
                    ));
                }
                Block::Rows(rows) => {
                    let lines: Vec<_> =
                        rows.iter().map(|(label, value)| format!("<strong>{}:</strong> {}", escape(label), escape(value))).collect();
                    body.push_str(&format!("<p style=\"{P}\">{}</p>\n", lines.join("<br>\n")));
                }
                Block::List(items) => {
                    let items: String = items.iter().map(|item| format!("<li style=\"margin:0 0 6px\">{}</li>\n", escape(item))).collect();
                    body.push_str(&format!("<ul style=\"margin:0 0 16px;padding:0 0 0 20px\">\n{items}</ul>\n"));
                }
            }
        }
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n</head>\n\
             <body style=\"margin:0;padding:24px 16px;background-color:#ffffff;color:#17232B;font-family:Arial,Helvetica,sans-serif;\
             font-size:16px;line-height:1.5\">\n<div style=\"max-width:600px\">\n{body}</div>\n</body>\n</html>\n",
            self.lang.code(),
            escape(&self.title),
        )
    }
}

/// Breaks at spaces so that no line is longer than [`WIDTH`], unless one word is. No-break spaces hold.
fn wrap(text: &str, first: &str, indent: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_ascii_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line);
    lines.join("\n")
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

// ---------------------------------------------------------------------------------------------------------------------
// Sending

/// One mail as it leaves.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Becomes the Message-ID, so that a second copy of the same mail is known as one.
    pub id: Id,
    pub to: Email,
    pub lang: Lang,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Where a mail program ends such mail with one press.
    pub unsubscribe: Option<String>,
    /// When it was written, by the portal's clock.
    pub date: Instant,
}

/// Why a mail did not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Another attempt may succeed: no answer, a temporary refusal, or a fault of ours.
    #[error("{0}")]
    Later(String),
    /// The server refuses this mail or this recipient for good (a 5xx answer, RFC 5321 § 4.2.1).
    #[error("{0}")]
    Never(String),
}

/// Why the mail settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error("PORTAL_MAIL_FROM is {0:?}, but must be an address such as \"Brå <noreply@bra.se>\"")]
    From(String),
    #[error("SMTP_URL must be smtp://host:port or smtps://user:password@host")]
    Url,
    #[error("SMTP_URL names a host that no certificate can be checked against: {0}")]
    Host(lettre::transport::smtp::Error),
    #[error("the folder for kept mail cannot be made: {0}")]
    Folder(#[from] std::io::Error),
}

/// Sends mail. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    /// What stands after the @ of a Message-ID: the host of the portal's own address.
    host: String,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Folder(PathBuf),
    Smtp(Box<Smtp>),
}

#[derive(Clone)]
struct Smtp {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<Credentials>,
    step: Duration,
}

#[derive(Clone)]
enum Security {
    /// To this very machine.
    Plain,
    /// STARTTLS if the server offers it.
    Offered(TlsParameters),
    /// STARTTLS, or no mail: a password would go out in the clear.
    Demanded(TlsParameters),
    /// TLS from the first byte.
    Implicit(TlsParameters),
}

impl Mailer {
    /// Reads the settings; connects to nothing.
    pub fn open(config: &Config) -> Result<Self, MailError> {
        let from = config.mail_from.parse().map_err(|_| MailError::From(config.mail_from.clone()))?;
        let host =
            Url::parse(&config.base_url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| "localhost".to_owned());
        let way = match &config.smtp_url {
            Some(url) => Way::Smtp(Box::new(Smtp::read(url)?)),
            None => {
                let folder = config.data.join("post");
                std::fs::create_dir_all(&folder)?;
                Way::Folder(folder)
            }
        };
        Ok(Self { from, host, way })
    }

    /// The same mailer with another patience; for tests of servers that stall.
    pub fn with_step(mut self, step: Duration) -> Self {
        if let Way::Smtp(smtp) = &mut self.way {
            smtp.step = step;
        }
        self
    }

    /// The folder in which mail is kept, when no server is configured.
    pub fn folder(&self) -> Option<&Path> {
        match &self.way {
            Way::Folder(folder) => Some(folder),
            Way::Smtp(_) => None,
        }
    }

    /// Sends one mail: `Ok` once the server (or the disk) has taken responsibility for it.
    pub async fn send(&self, mail: &Outgoing) -> Result<(), SendError> {
        let message = self.compose(mail)?;
        match &self.way {
            Way::Folder(folder) => {
                let (folder, name, bytes) = (folder.clone(), format!("{}.eml", mail.id), message.formatted());
                let written = tokio::task::spawn_blocking(move || keep(&folder, &name, &bytes)).await;
                match written {
                    Ok(Ok(())) => Ok(()),
                    Ok(Err(error)) => Err(SendError::Later(format!("the mail could not be kept as a file: {error}"))),
                    Err(error) => Err(SendError::Later(error.to_string())),
                }
            }
            Way::Smtp(smtp) => smtp.send(&message).await,
        }
    }

    /// Says hello to the mail server and hangs up; what it answered, in words.
    pub async fn greet(&self) -> Result<String, SendError> {
        match &self.way {
            Way::Folder(folder) => Ok(format!("no SMTP_URL: every mail is kept as a file in {}", folder.display())),
            Way::Smtp(smtp) => {
                let mut connection = smtp.connect().await?;
                let encrypted = if connection.is_encrypted() { "encrypted" } else { "not encrypted" };
                let _ = tokio::time::timeout(smtp.step, connection.quit()).await;
                Ok(format!("the mail server {}:{} answers ({encrypted})", smtp.host, smtp.port))
            }
        }
    }

    /// The whole message of RFC 5322. Built from the row alone, so that each attempt sends the same bytes.
    fn compose(&self, mail: &Outgoing) -> Result<Message, SendError> {
        let to = mail.to.as_str().parse().map_err(|_| SendError::Never("the address cannot be written in a mail header".to_owned()))?;
        let date: SystemTime = UNIX_EPOCH + Duration::from_millis(u64::try_from(mail.date.millis()).unwrap_or_default());
        let mut message = Message::builder();
        if let Some(address) = &mail.unsubscribe {
            // RFC 8058: the address alone ends it, by a POST that carries this one field and no cookies.
            message = message.header(ListUnsubscribe(address.clone())).header(OneClick);
        }
        message
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(one_line(&mail.subject))
            .message_id(Some(format!("<{}@{}>", mail.id, self.host)))
            .date(date)
            // RFC 3834: no holiday notice shall answer a machine.
            .header(AutoSubmitted)
            .header(ContentLanguage(mail.lang))
            .multipart(
                MultiPart::alternative()
                    .boundary(format!("part-{}", mail.id))
                    .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(mail.text.clone()))
                    .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(mail.html.clone())),
            )
            .map_err(|error| SendError::Never(format!("the mail cannot be written: {error}")))
    }
}

/// A header is one line: whatever control characters came along become spaces.
pub fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect();
    text.trim().to_owned()
}

/// Writes the whole file or nothing, and lets go only when the disk has it.
fn keep(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let unfinished = folder.join(format!(".{name}.part"));
    let mut file = std::fs::File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&unfinished, folder.join(name))?;
    std::fs::File::open(folder)?.sync_all()
}

impl Smtp {
    fn read(url: &str) -> Result<Self, MailError> {
        let url = Url::parse(url).map_err(|_| MailError::Url)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(MailError::Url)?.to_owned();
        let plain = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        let credentials =
            (!url.username().is_empty()).then(|| Credentials::new(plain(url.username()), url.password().map(plain).unwrap_or_default()));
        let address = host.trim_matches(['[', ']']).to_owned();
        let loopback = address == "localhost" || address.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let tls = || TlsParameters::new(address.clone()).map_err(MailError::Host);
        let (port, security) = match url.scheme() {
            "smtps" => (465, Security::Implicit(tls()?)),
            "smtp" if loopback => (25, Security::Plain),
            "smtp" if credentials.is_some() => (587, Security::Demanded(tls()?)),
            "smtp" => (25, Security::Offered(tls()?)),
            _ => return Err(MailError::Url),
        };
        Ok(Self { port: url.port().unwrap_or(port), host: address, security, credentials, step: STEP })
    }

    /// Connects, says hello, encrypts and signs in. Whatever fails here says nothing about the mail.
    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        let me = ClientId::default();
        let implicit = match &self.security {
            Security::Implicit(tls) => Some(tls.clone()),
            _ => None,
        };
        let connecting = AsyncSmtpConnection::connect_tokio1((self.host.as_str(), self.port), Some(self.step), &me, implicit, None);
        let mut connection = self.step("connecting", connecting).await.map_err(later)?;
        match &self.security {
            Security::Offered(tls) if connection.can_starttls() => {
                self.step("STARTTLS", connection.starttls(tls.clone(), &me)).await.map_err(later)?;
            }
            Security::Demanded(tls) => {
                self.step("STARTTLS", connection.starttls(tls.clone(), &me)).await.map_err(later)?;
            }
            _ => {}
        }
        if let Some(credentials) = &self.credentials {
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            self.step("signing in", connection.auth(&mechanisms, credentials)).await.map_err(later)?;
        }
        Ok(connection)
    }

    async fn send(&self, message: &Message) -> Result<(), SendError> {
        let mut connection = self.connect().await?;
        let sent = self.converse(&mut connection, message).await;
        // What the server says to our goodbye changes nothing: it has the mail, or it has not.
        let _ = tokio::time::timeout(self.step, connection.quit()).await;
        sent
    }

    async fn converse(&self, connection: &mut AsyncSmtpConnection, message: &Message) -> Result<(), SendError> {
        let envelope = message.envelope();
        // A refused sender is a fault in our settings and strikes every mail: worth mending and trying again.
        self.step("MAIL FROM", connection.command(Mail::new(envelope.from().cloned(), Vec::new()))).await.map_err(later)?;
        for recipient in envelope.to() {
            self.step("RCPT TO", connection.command(Rcpt::new(recipient.clone(), Vec::new()))).await?;
        }
        self.step("DATA", connection.command(Data)).await.map_err(later)?;
        self.step("the message", connection.message(&message.formatted())).await?;
        Ok(())
    }

    async fn step<T>(&self, what: &str, doing: impl Future<Output = Result<T, lettre::transport::smtp::Error>>) -> Result<T, SendError> {
        match tokio::time::timeout(self.step, doing).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) if error.is_permanent() => Err(SendError::Never(format!("{what}: {error}"))),
            Ok(Err(error)) => Err(SendError::Later(format!("{what}: {error}"))),
            Err(_) => Err(SendError::Later(format!("{what}: no answer within {} seconds", self.step.as_secs_f32()))),
        }
    }
}

fn later(error: SendError) -> SendError {
    match error {
        SendError::Never(why) | SendError::Later(why) => SendError::Later(why),
    }
}

#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[derive(Debug, Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.trim_matches(['<', '>']).to_owned()))
    }

    fn display(&self) -> HeaderValue {
        // An address is never folded or encoded: a mail program would not find it.
        let value = format!("<{}>", self.0);
        HeaderValue::dangerous_new_pre_encoded(Self::name(), value.clone(), value)
    }
}

#[derive(Debug, Clone)]
struct OneClick;

impl Header for OneClick {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

#[derive(Debug, Clone)]
struct ContentLanguage(Lang);

impl Header for ContentLanguage {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Language")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Lang::parse(text).map(Self).map_err(|_| "not a language of the portal".into())
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.code().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter::new(Lang::Sv, "Vi har tagit emot din beställning")
            .paragraph(
                "Tack för din beställning, <Åsa> & co. Den här raden är så lång att den måste brytas någonstans på vägen till läsaren.",
            )
            .heading("Beställning")
            .rows([("Ordernummer".to_owned(), "100\u{a0}023".to_owned()), ("Summa".to_owned(), "1\u{a0}250\u{a0}kr".to_owned())])
            .list(["Umeå växer tryggt och säkert".to_owned(), "\"Citat\"".to_owned()])
            .link("Se din beställning", "https://portal.example.se/bestallning/abc?x=1&y=2")
    }

    #[test]
    fn both_parts_say_the_same() {
        let (text, html) = (letter().text(), letter().html());
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(text.contains("\nhttps://portal.example.se/bestallning/abc?x=1&y=2\n"), "{text}");
        assert!(text.contains("Ordernummer: 100\u{a0}023\nSumma: 1\u{a0}250\u{a0}kr"), "{text}");
        assert!(html.contains("<a href=\"https://portal.example.se/bestallning/abc?x=1&amp;y=2\""), "{html}");
        assert!(html.contains("&lt;Åsa&gt; &amp; co") && html.contains("&quot;Citat&quot;") && html.contains("<html lang=\"sv\">"));
        let document = scraper::Html::parse_document(&html);
        let body = document.select(&scraper::Selector::parse("body").unwrap()).next().unwrap();
        let shown = body.text().collect::<String>();
        let words = |text: &str| -> Vec<String> {
            let skip = ["-", "https://portal.example.se/bestallning/abc?x=1&y=2"];
            let word = |word: &str| word.trim_end_matches(':').to_owned();
            text.split_whitespace().filter(|word| !skip.contains(word)).map(word).collect()
        };
        assert_eq!(words(&text), words(&shown));
    }

    #[test]
    fn mail_servers_are_read() {
        let read =
            |url: &str| Smtp::read(url).map(|smtp| (smtp.host.clone(), smtp.port, smtp.security.clone(), smtp.credentials.is_some()));
        assert!(matches!(read("smtp://127.0.0.1:2525"), Ok((host, 2525, Security::Plain, false)) if host == "127.0.0.1"));
        assert!(matches!(read("smtp://[::1]:2525"), Ok((host, 2525, Security::Plain, false)) if host == "::1"));
        assert!(matches!(read("smtp://mail.example.se"), Ok((_, 25, Security::Offered(_), false))));
        assert!(matches!(read("smtp://bra:hemligt%40@mail.example.se"), Ok((_, 587, Security::Demanded(_), true))));
        assert!(matches!(read("smtps://bra:hemligt@mail.example.se"), Ok((_, 465, Security::Implicit(_), true))));
        for url in ["", "mail.example.se", "http://mail.example.se", "smtp://"] {
            assert!(matches!(read(url), Err(MailError::Url)), "{url}");
        }
    }

    #[test]
    fn nothing_breaks_a_header() {
        let config = Config { mail_from: "Brå <noreply@bra.example>".to_owned(), ..Config::embedded(std::env::temp_dir()).unwrap() };
        let mailer = Mailer::open(&Config { smtp_url: Some("smtp://127.0.0.1:1".to_owned()), ..config }).unwrap();
        let mail = Outgoing {
            id: Id::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap(),
            to: Email::parse("anna@example.se").unwrap(),
            lang: Lang::Sv,
            subject: "Beställning\r\nBcc: x@example.se\u{2028}\n\nSlut".to_owned(),
            text: "rad\n.\nQUIT\n".to_owned(),
            html: "<p>rad</p>".to_owned(),
            unsubscribe: Some("https://portal.example.se/avisering/avregistrera/abc".to_owned()),
            date: Instant::parse("2026-11-23T09:00:00Z").unwrap(),
        };
        let message = String::from_utf8(mailer.compose(&mail).unwrap().formatted()).unwrap();
        let head = message.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
        assert!(head.contains("Message-ID: <01890a5d-ac96-774b-bcce-b302099a8057@127.0.0.1>"), "{head}");
        assert!(head.contains("Date: Mon, 23 Nov 2026 09:00:00 +0000"), "{head}");
        assert!(head.contains("Auto-Submitted: auto-generated"), "{head}");
        let line = |wanted: &str| head.lines().any(|line| line == wanted);
        assert!(line("List-Unsubscribe: <https://portal.example.se/avisering/avregistrera/abc>"), "{head}");
        assert!(line("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{head}");
        assert!(message.is_ascii());
        assert_eq!(message, String::from_utf8(mailer.compose(&mail).unwrap().formatted()).unwrap(), "each attempt sends the same bytes");
    }
}
