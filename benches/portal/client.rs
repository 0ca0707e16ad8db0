//! A small browser: one kept-alive connection, cookies, forms. It does as little work as it can, since it runs on the
//! same processor cores as the server that is measured.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::Outcome;

/// No answer takes longer; a server that hangs ends the run.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Client {
    connection: BufReader<TcpStream>,
    cookies: Vec<(String, String)>,
    /// What `Accept-Encoding` says.
    pub accepts: &'static str,
    /// The address that a proxy would name, so that limits per address do not end the run.
    pub from: String,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    /// As sent: compressed, if it was.
    pub body: Vec<u8>,
}

impl Client {
    pub fn connect(address: SocketAddr) -> Outcome<Self> {
        let connection = TcpStream::connect(address)?;
        connection.set_nodelay(true)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { connection: BufReader::new(connection), cookies: Vec::new(), accepts: "br, gzip", from: "10.0.0.1".to_owned() })
    }

    /// Another visitor on the same connection.
    pub fn new_visitor(&mut self, number: usize) {
        self.cookies.clear();
        let (high, middle, low) = (number / 62_500 % 250, number / 250 % 250, number % 250);
        self.from = format!("10.{high}.{middle}.{low}");
    }

    /// Sends a cookie that means nothing: a visitor with any cookie gets a page that was rendered for them, and none that
    /// was kept (decision 0015).
    pub fn has_been_here(&mut self) {
        self.keep("prov=1");
    }

    /// The cookies that this visitor holds.
    pub fn cookies(&self) -> Vec<(String, String)> {
        self.cookies.clone()
    }

    /// A visitor who was here before, on this connection.
    pub fn become_visitor(&mut self, from: &str, cookies: &[(String, String)]) {
        from.clone_into(&mut self.from);
        self.cookies = cookies.to_vec();
    }

    pub fn get(&mut self, path: &str) -> Outcome<Answer> {
        self.send("GET", path, "")
    }

    /// A page that must be there.
    pub fn page(&mut self, path: &str) -> Outcome<Answer> {
        expect(self.get(path)?, path)
    }

    /// Sends a form and gives where it leads.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Outcome<String> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let answer = self.send("POST", path, &body)?;
        match (answer.status, answer.header("location")) {
            (303, Some(location)) => Ok(location.to_owned()),
            (status, _) => Err(format!("POST {path} answered {status}").into()),
        }
    }

    /// Sends a form and opens the page it leads to, over as many redirects as it takes; gives that page's path too.
    pub fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Outcome<(String, Answer)> {
        let mut next = self.post(path, fields)?;
        loop {
            let answer = self.get(&next)?;
            match answer.header("location") {
                Some(location) if answer.status == 303 => next = location.to_owned(),
                _ => return expect(answer, &next).map(|answer| (next, answer)),
            }
        }
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> Outcome<Answer> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: {}\r\n", self.from);
        if !self.accepts.is_empty() {
            request.push_str(&format!("accept-encoding: {}\r\n", self.accepts));
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request.push_str(&format!("cookie: {}\r\n", cookies.join("; ")));
        }
        if method == "POST" {
            request.push_str("sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n");
            request.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        request.push_str(body);
        self.connection.get_mut().write_all(request.as_bytes())?;
        let answer = self.read()?;
        for (name, value) in &answer.headers {
            if name == "set-cookie" {
                self.keep(value);
            }
        }
        Ok(answer)
    }

    fn keep(&mut self, cookie: &str) {
        let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) else { return };
        self.cookies.retain(|(kept, _)| kept != name);
        if !value.is_empty() {
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }

    fn line(&mut self) -> Outcome<String> {
        let mut line = String::new();
        if self.connection.read_line(&mut line)? == 0 {
            return Err("the server closed the connection".into());
        }
        line.truncate(line.trim_end().len());
        Ok(line)
    }

    fn read(&mut self) -> Outcome<Answer> {
        let first = self.line()?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or("no status line")?;
        let mut answer = Answer { status, headers: Vec::new(), body: Vec::new() };
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            answer.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        if answer.header("transfer-encoding").is_some_and(|coding| coding == "chunked") {
            loop {
                let size = u64::from_str_radix(&self.line()?, 16)?;
                (&mut self.connection).take(size).read_to_end(&mut answer.body)?;
                self.line()?;
                if size == 0 {
                    break;
                }
            }
        } else if let Some(length) = answer.header("content-length") {
            let length = length.parse()?;
            answer.body.resize(length, 0);
            self.connection.read_exact(&mut answer.body)?;
        }
        Ok(answer)
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of the input with this name.
    pub fn value(&self, name: &str) -> Outcome<String> {
        let mut text = String::new();
        match self.header("content-encoding") {
            Some("br") => brotli::Decompressor::new(self.body.as_slice(), 4096).read_to_string(&mut text)?,
            _ => self.body.as_slice().read_to_string(&mut text)?,
        };
        let html = scraper::Html::parse_document(&text);
        let selector = scraper::Selector::parse(&format!("input[name={name}]")).map_err(|error| error.to_string())?;
        let value = html.select(&selector).next().and_then(|input| input.value().attr("value")).ok_or(format!("no input {name}"))?;
        Ok(value.to_owned())
    }
}

fn expect(answer: Answer, path: &str) -> Outcome<Answer> {
    if answer.status == 200 { Ok(answer) } else { Err(format!("{path} answered {}", answer.status).into()) }
}
