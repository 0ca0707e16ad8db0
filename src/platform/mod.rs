//! What the portal stands on, whatever it is about: settings, database, clock, ids, mail, jobs, files, audit, search.
//! Knows `kit` and nothing else. To add a part: one file here, opened by `server::open` if it must be opened.

pub mod assets;
pub mod audit;
pub mod clamd;
pub mod clock;
pub mod config;
pub mod db;
pub mod doctor;
pub mod files;
pub mod ids;
pub mod jobs;
pub mod kept_posts;
pub mod mail;
pub mod openid;
pub mod outbox;
pub mod pdf;
pub mod pdf_look;
pub mod pictures;
pub mod rate_limit;
pub mod retention;
pub mod seal;
pub mod search;
pub mod telemetry;
pub mod uploads;
pub mod worker;
