//! A mail server that does as the test says: takes mail, refuses it at any step, says nothing, or hangs up.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// What the server does with one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Accept,
    /// Answers the connection itself with this.
    Greeting(&'static str),
    /// Answers MAIL FROM with this.
    Sender(&'static str),
    /// Answers RCPT TO with this.
    Recipient(&'static str),
    /// Answers the message with this.
    Message(&'static str),
    /// Greets, and then says nothing more.
    Stall,
    /// Hangs up while the message is being sent.
    CloseInData,
    /// Keeps the message and hangs up without saying so.
    CloseAfterMessage,
}

/// The server, and what it took.
pub struct Sink {
    pub url: String,
    script: Arc<Mutex<VecDeque<Act>>>,
    taken: Arc<Mutex<Vec<String>>>,
    heard: mpsc::UnboundedReceiver<()>,
}

impl Sink {
    /// Listens; once the script is at its end, every mail is taken.
    pub async fn start(script: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let script = Arc::new(Mutex::new(script.into_iter().collect::<VecDeque<_>>()));
        let taken = Arc::new(Mutex::new(Vec::new()));
        let (hear, heard) = mpsc::unbounded_channel();
        let (acts, keep) = (script.clone(), taken.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let act = acts.lock().unwrap().pop_front().unwrap_or(Act::Accept);
                tokio::spawn(talk(stream, act, keep.clone(), hear.clone()));
            }
        });
        Self { url, script, taken, heard }
    }

    /// What the server does next, after whatever was said before.
    pub fn then(&self, acts: impl IntoIterator<Item = Act>) {
        self.script.lock().unwrap().extend(acts);
    }

    /// Every message that was taken, as it came.
    pub fn messages(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    /// The Message-IDs in order, copies included.
    pub fn message_ids(&self) -> Vec<String> {
        self.messages().iter().map(|message| header(message, "Message-ID")).collect()
    }

    /// Waits until a message has come.
    pub async fn next(&mut self) {
        self.heard.recv().await.expect("the mail server is gone");
    }
}

/// A header of a message.
pub fn header(message: &str, name: &str) -> String {
    let start = format!("{name}: ");
    message.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix(&start)).unwrap_or_default().to_owned()
}

async fn talk(stream: TcpStream, act: Act, taken: Arc<Mutex<Vec<String>>>, hear: mpsc::UnboundedSender<()>) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut say = async |line: &str| write.write_all(format!("{line}\r\n").as_bytes()).await.ok();
    match act {
        Act::Greeting(answer) => return say(answer).await,
        _ => say("220 sink ESMTP").await?,
    }
    if act == Act::Stall {
        // Reads whatever comes and never answers, until the other side gives up.
        while let Ok(Some(_)) = lines.next_line().await {}
        return None;
    }
    loop {
        let line = lines.next_line().await.ok()??;
        match line.get(..4).unwrap_or(&line) {
            "EHLO" => say("250-sink\r\n250 8BITMIME").await?,
            "MAIL" => match act {
                Act::Sender(answer) => say(answer).await?,
                _ => say("250 ok").await?,
            },
            "RCPT" => match act {
                Act::Recipient(answer) => say(answer).await?,
                _ => say("250 ok").await?,
            },
            "DATA" => {
                say("354 go on").await?;
                let mut message = String::new();
                loop {
                    let line = lines.next_line().await.ok()??;
                    if act == Act::CloseInData {
                        return None;
                    }
                    if line == "." {
                        break;
                    }
                    message.push_str(line.strip_prefix('.').unwrap_or(&line));
                    message.push('\n');
                }
                if let Act::Message(answer) = act {
                    say(answer).await?;
                    continue;
                }
                taken.lock().unwrap().push(message);
                let _ = hear.send(());
                if act == Act::CloseAfterMessage {
                    return None;
                }
                say("250 taken").await?;
            }
            "QUIT" => return say("221 goodbye").await,
            _ => say("500 what").await?,
        }
    }
}
