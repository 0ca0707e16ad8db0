//! What every table holds, why, and for how long; and the nightly clean-up that keeps to it. A table that lacks a line
//! here fails a test, and docs/retention.md is written from this list.
//!
//! To add a table: a line in [`TABLES`]. What is deleted has a [`Sweep`]: how many rows are due, and a statement that
//! deletes at most [`BATCH`] of them, so that no transaction is long.

use std::sync::LazyLock;

use super::db::{Db, StoreError, Tx};
use crate::kit::{Id, Instant};

/// The kind of the nightly job.
pub const JOB: &str = "cleanup";

/// When it runs: hours and minutes after midnight in UTC, when few are awake.
const AT_SECONDS: i64 = 90 * 60;

/// How many rows go in one transaction; the statements below say the same number.
pub const BATCH: u64 = 1000;

/// How long a draft lies that nobody writes in: through two rounds of a call.
const DRAFT_DAYS: i64 = 730;

/// One table's line.
pub struct Table {
    pub name: &'static str,
    pub holds: &'static str,
    pub kept: Kept,
    pub why: &'static str,
}

/// For how long rows stay.
pub enum Kept {
    /// Without end, or as long as what it belongs to.
    For(&'static str),
    /// So many days, then the sweep takes them.
    Days(&'static [Sweep]),
}

/// What is deleted when.
pub struct Sweep {
    /// Its name in reports; the staff's words for it stand in `text::staff`.
    pub code: &'static str,
    /// Which rows, in words.
    pub what: &'static str,
    pub days: i64,
    /// How many rows are due; `$1` is the instant before which they are.
    count: &'static str,
    /// Deletes at most [`BATCH`] of them.
    delete: &'static str,
}

/// Every table of the portal, in order of name.
pub const TABLES: &[Table] = &[
    Table {
        name: "accounts",
        holds: "who can sign in: e-mail address, name, phone, language",
        kept: Kept::For("until the person closes the account; the row stays without name, address and phone"),
        why: "applications, orders and decisions refer to it",
    },
    Table {
        name: "application_answers",
        holds: "answers to a call's questions, version by version, and who wrote them",
        kept: Kept::Days(&[Sweep {
            code: "application_answers",
            what: "those of drafts that were never sent in, since the draft last changed",
            days: DRAFT_DAYS,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM application_answers t JOIN applications a ON a.id = t.application_id
                    WHERE a.submitted_at IS NULL AND a.updated_at < $1",
            delete: "DELETE FROM application_answers WHERE (application_id, question, number) IN (SELECT t.application_id, t.question, t.number FROM application_answers t
                     JOIN applications a ON a.id = t.application_id WHERE a.submitted_at IS NULL AND a.updated_at < $1 LIMIT 1000)",
        }]),
        why: "what was sent in is a document of the agency; a draft belongs to those who write it",
    },
    Table {
        name: "application_events",
        holds: "what happened to an application, and who did it",
        kept: Kept::Days(&[Sweep {
            code: "application_events",
            what: "those of drafts that were never sent in, since the draft last changed",
            days: DRAFT_DAYS,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM application_events t JOIN applications a ON a.id = t.application_id
                    WHERE a.submitted_at IS NULL AND a.updated_at < $1",
            delete: "DELETE FROM application_events WHERE (application_id, seq) IN (SELECT t.application_id, t.seq FROM application_events t
                     JOIN applications a ON a.id = t.application_id WHERE a.submitted_at IS NULL AND a.updated_at < $1 LIMIT 1000)",
        }]),
        why: "every application can be traced",
    },
    Table {
        name: "application_invitations",
        holds: "who was asked in to one application: e-mail address",
        kept: Kept::Days(&[Sweep {
            code: "application_invitations",
            what: "those of drafts that were never sent in, since the draft last changed",
            days: DRAFT_DAYS,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM application_invitations t JOIN applications a ON a.id = t.application_id
                    WHERE a.submitted_at IS NULL AND a.updated_at < $1",
            delete: "DELETE FROM application_invitations WHERE (application_id, id) IN (SELECT t.application_id, t.id FROM application_invitations t
                     JOIN applications a ON a.id = t.application_id WHERE a.submitted_at IS NULL AND a.updated_at < $1 LIMIT 1000)",
        }]),
        why: "shows who let whom in",
    },
    Table {
        name: "application_people",
        holds: "who writes in one application without belonging to its organisation",
        kept: Kept::Days(&[Sweep {
            code: "application_people",
            what: "those of drafts that were never sent in, since the draft last changed",
            days: DRAFT_DAYS,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM application_people t JOIN applications a ON a.id = t.application_id
                    WHERE a.submitted_at IS NULL AND a.updated_at < $1",
            delete: "DELETE FROM application_people WHERE (application_id, id) IN (SELECT t.application_id, t.id FROM application_people t
                     JOIN applications a ON a.id = t.application_id WHERE a.submitted_at IS NULL AND a.updated_at < $1 LIMIT 1000)",
        }]),
        why: "shows who could read it",
    },
    Table {
        name: "application_presence",
        holds: "who was last on which page of an application",
        kept: Kept::Days(&[Sweep {
            code: "application_presence",
            what: "those who have not been there since",
            days: 1,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM application_presence WHERE seen_at < $1",
            delete: "DELETE FROM application_presence WHERE (application_id, account_id) IN
                     (SELECT application_id, account_id FROM application_presence WHERE seen_at < $1 LIMIT 1000)",
        }]),
        why: "those who write together see each other",
    },
    Table {
        name: "application_signatures",
        holds: "who signed what an application said, and when",
        kept: Kept::Days(&[Sweep {
            code: "application_signatures",
            what: "those of drafts that were never sent in, since the draft last changed",
            days: DRAFT_DAYS,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM application_signatures t JOIN applications a ON a.id = t.application_id
                    WHERE a.submitted_at IS NULL AND a.updated_at < $1",
            delete: "DELETE FROM application_signatures WHERE (application_id, id) IN (SELECT t.application_id, t.id FROM application_signatures t
                     JOIN applications a ON a.id = t.application_id WHERE a.submitted_at IS NULL AND a.updated_at < $1 LIMIT 1000)",
        }]),
        why: "shows that somebody who may has signed",
    },
    Table {
        name: "application_snapshots",
        holds: "applications as they were sent in",
        kept: Kept::For("always, until a disposal decision"),
        why: "what was received is a public document (arkivlagen 1990:782)",
    },
    Table {
        name: "applications",
        holds: "applications: who applies under which call, and where it stands",
        kept: Kept::Days(&[Sweep {
            code: "applications",
            what: "drafts that were never sent in, since they last changed",
            days: DRAFT_DAYS,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM applications WHERE submitted_at IS NULL AND updated_at < $1",
            delete: "DELETE FROM applications WHERE id IN (SELECT a.id FROM applications a WHERE a.submitted_at IS NULL AND a.updated_at < $1
                     AND NOT EXISTS (SELECT 1 FROM application_answers t WHERE t.application_id = a.id)
                     AND NOT EXISTS (SELECT 1 FROM application_events t WHERE t.application_id = a.id)
                     AND NOT EXISTS (SELECT 1 FROM application_invitations t WHERE t.application_id = a.id)
                     AND NOT EXISTS (SELECT 1 FROM application_people t WHERE t.application_id = a.id)
                     AND NOT EXISTS (SELECT 1 FROM application_presence t WHERE t.application_id = a.id)
                     AND NOT EXISTS (SELECT 1 FROM application_signatures t WHERE t.application_id = a.id) LIMIT 1000)",
        }]),
        why: "what was sent in is a document of the agency; a draft belongs to those who write it",
    },
    Table {
        name: "attachments",
        holds: "files that belong to what people write, and who attached them",
        kept: Kept::Days(&[Sweep {
            code: "attachments",
            what: "files of drafts that are gone",
            days: 0,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM attachments t WHERE t.added_at < $1 AND t.owner LIKE 'application:%'
                    AND NOT EXISTS (SELECT 1 FROM applications a WHERE t.owner = 'application:' || a.id)",
            delete: "DELETE FROM attachments WHERE id IN (SELECT t.id FROM attachments t WHERE t.added_at < $1 AND t.owner LIKE 'application:%'
                     AND NOT EXISTS (SELECT 1 FROM applications a WHERE t.owner = 'application:' || a.id) LIMIT 1000)",
        }]),
        why: "goes with what it belongs to",
    },
    Table {
        name: "audit_events",
        holds: "who did what, by reference; no names or addresses",
        kept: Kept::For("always"),
        why: "every decision can be traced; the chain breaks if a row goes",
    },
    Table {
        name: "authenticators",
        holds: "the second factor of someone on the staff, enciphered",
        kept: Kept::For("until it is taken away or the account is closed"),
        why: "staff show two factors (OWASP ASVS 5.0, 6.3)",
    },
    Table { name: "basket_lines", holds: "what lies in a basket", kept: Kept::For("as long as the basket"), why: "goes with its basket" },
    Table {
        name: "baskets",
        holds: "a visitor's basket and the answers typed at checkout: name, address, e-mail",
        kept: Kept::Days(&[Sweep {
            code: "baskets",
            what: "baskets that were never ordered, since they last changed",
            days: 30,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM baskets WHERE status = 'open' AND updated_at < $1",
            delete: "DELETE FROM baskets WHERE id IN (SELECT id FROM baskets WHERE status = 'open' AND updated_at < $1 LIMIT 1000)",
        }]),
        why: "a visitor may come back to it; afterwards nobody needs it (GDPR article 5.1 e). An ordered basket stays with its order",
    },
    Table {
        name: "call_events",
        holds: "what happened to a call, and who did it",
        kept: Kept::For("always"),
        why: "every call can be traced",
    },
    Table {
        name: "call_extensions",
        holds: "more time for one organisation under a call, with the reason",
        kept: Kept::For("as long as the call"),
        why: "shows why a late application was in time",
    },
    Table {
        name: "call_questions",
        holds: "questions about calls with their answers, and where the answer goes if somebody said so",
        kept: Kept::Days(&[Sweep {
            code: "call_questions",
            what: "the address of who asked, since it was asked; question and answer stay",
            days: 365,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM call_questions WHERE email IS NOT NULL AND asked_at < $1",
            delete: "UPDATE call_questions SET email = NULL WHERE id IN
                     (SELECT id FROM call_questions WHERE email IS NOT NULL AND asked_at < $1 LIMIT 1000)",
        }]),
        why: "who asked gets an answer; afterwards nobody needs the address (GDPR article 5.1 e)",
    },
    Table {
        name: "call_versions",
        holds: "what the public has read of a call",
        kept: Kept::For("always"),
        why: "applications were made under it",
    },
    Table { name: "calls", holds: "calls and the text that is being written", kept: Kept::For("always"), why: "applications refer to it" },
    Table {
        name: "catalogue_entries",
        holds: "every publication as the staff's list shows it",
        kept: Kept::For("as long as the publication or its draft"),
        why: "editors find a publication among many",
    },
    Table {
        name: "catalogue_imports",
        holds: "files of publications that somebody read in: name, hash, report, who did it; no rows of the file",
        kept: Kept::Days(&[Sweep {
            code: "import_files",
            what: "the file itself, since it came; the report stays",
            days: 90,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM catalogue_imports WHERE file_hash IS NOT NULL AND uploaded_at < $1",
            delete: "UPDATE catalogue_imports SET file_hash = NULL WHERE id IN
                     (SELECT id FROM catalogue_imports WHERE file_hash IS NOT NULL AND uploaded_at < $1 LIMIT 1000)",
        }]),
        why: "what was read in stands in the catalogue; who did it, and with which result, stays",
    },
    Table {
        name: "cleanup_rows",
        holds: "how much a clean-up deleted, by kind",
        kept: Kept::For("always"),
        why: "shows that what is said here is done",
    },
    Table { name: "cleanups", holds: "when a clean-up ran", kept: Kept::For("always"), why: "shows that what is said here is done" },
    Table { name: "counters", holds: "number series", kept: Kept::For("always"), why: "no number may be given twice" },
    Table {
        name: "cover_images",
        holds: "a cover in the sizes that pages show",
        kept: Kept::For("as long as the cover"),
        why: "the catalogue",
    },
    Table {
        name: "covers",
        holds: "the picture of a publication's front, those it had before, and those of its drafts",
        kept: Kept::For("always; those of something that was never published go when its draft is thrown away"),
        why: "the catalogue; one can see what was shown",
    },
    Table {
        name: "disclosure_answers",
        holds: "what was answered to requests for public documents, and by which sections",
        kept: Kept::For("always; disposed of only by decision"),
        why: "public documents (arkivlagen 1990:782)",
    },
    Table {
        name: "disclosure_documents",
        holds: "which documents of the register a request names",
        kept: Kept::For("as long as the request"),
        why: "says what was asked for",
    },
    Table {
        name: "disclosure_events",
        holds: "what happened to a request, and by whom: an account's id, or that whoever asked did it",
        kept: Kept::For("as long as the request"),
        why: "shows that it was handled without delay (tryckfrihetsförordningen 1949:105 chapter 2 §§ 15-16)",
    },
    Table {
        name: "disclosure_files",
        holds: "files that are made ready for an answer",
        kept: Kept::For("until the answer is sent or the request withdrawn"),
        why: "what was sent are files of the register",
    },
    Table {
        name: "disclosure_links",
        holds: "hashes of the links that open a request",
        kept: Kept::Days(&[Sweep {
            code: "disclosure_links",
            what: "links to requests, since they were answered or withdrawn",
            days: 180,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM disclosure_links l JOIN disclosures r ON r.id = l.disclosure_id WHERE r.closed_at < $1",
            delete: "DELETE FROM disclosure_links WHERE token_hash IN (SELECT l.token_hash FROM disclosure_links l
                     JOIN disclosures r ON r.id = l.disclosure_id WHERE r.closed_at < $1 LIMIT 1000)",
        }]),
        why: "whoever asked comes back for the answer, and to appeal; then nobody needs them",
    },
    Table {
        name: "disclosures",
        holds: "requests for public documents in the person's own words; the address to send to, and a name if one was given",
        kept: Kept::Days(&[Sweep {
            code: "disclosure_addresses",
            what: "address and name, since the request was answered or withdrawn; the request itself stays",
            days: 180,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM disclosures WHERE email IS NOT NULL AND closed_at < $1",
            delete: "UPDATE disclosures SET email = NULL, name = NULL WHERE id IN
                     (SELECT id FROM disclosures WHERE email IS NOT NULL AND closed_at < $1 LIMIT 1000)",
        }]),
        why: "nobody may be asked who they are (tryckfrihetsförordningen chapter 2 § 18); the address is needed to answer, and while the answer can be appealed",
    },
    Table {
        name: "downloads",
        holds: "how often a file was fetched, per month; nothing about who",
        kept: Kept::For("always"),
        why: "statistics without personal data",
    },
    Table {
        name: "edition_prices",
        holds: "what an edition costs from a day on, and who said so",
        kept: Kept::For("always"),
        why: "old orders were reckoned with old prices",
    },
    Table { name: "editions", holds: "printed and digital editions, prices, stock", kept: Kept::For("always"), why: "the catalogue" },
    Table {
        name: "exports",
        holds: "tables that staff took away as files: who, which table, its filters; the file itself lies beside the database",
        kept: Kept::Days(&[Sweep {
            code: "exports",
            what: "files of tables, with what was asked for",
            days: 7,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM exports WHERE created_at < $1",
            delete: "DELETE FROM exports WHERE id IN (SELECT id FROM exports WHERE created_at < $1 LIMIT 1000)",
        }]),
        why: "whoever asked fetches it within days; who took what stands in the audit chain",
    },
    Table {
        name: "freight_rates",
        holds: "dated freight prices",
        kept: Kept::For("always"),
        why: "old orders are reckoned with old prices",
    },
    Table {
        name: "guest_invitations",
        holds: "who was asked to review from outside: e-mail address, name, days, the link's hash",
        kept: Kept::Days(&[Sweep {
            code: "guest_invitations",
            what: "invitations to reviewers, since they ran out",
            days: 90,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM guest_invitations WHERE expires_at < $1",
            delete: "DELETE FROM guest_invitations WHERE id IN (SELECT id FROM guest_invitations WHERE expires_at < $1 LIMIT 1000)",
        }]),
        why: "who became a reviewer stands in the roles and in the audit chain",
    },
    Table {
        name: "identities",
        holds: "which account someone at a provider of sign-in is: issuer and subject",
        kept: Kept::For("until the person removes it or closes the account"),
        why: "the person signs in by it",
    },
    Table {
        name: "invitations",
        holds: "who was asked into an organisation: e-mail address, role, the link's hash",
        kept: Kept::Days(&[Sweep {
            code: "invitations",
            what: "invitations, since they ran out",
            days: 90,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM invitations WHERE expires_at < $1",
            delete: "DELETE FROM invitations WHERE id IN (SELECT id FROM invitations WHERE expires_at < $1 LIMIT 1000)",
        }]),
        why: "who was let in stands in the memberships and in the audit chain",
    },
    Table {
        name: "jobs",
        holds: "work to be done; ids and numbers only",
        kept: Kept::Days(&[
            Sweep {
                code: "jobs_done",
                what: "jobs that are done",
                days: 30,
                count: "SELECT CAST(COUNT(*) AS BIGINT) FROM jobs WHERE status = 'done' AND done_at < $1",
                delete: "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE status = 'done' AND done_at < $1 LIMIT 1000)",
            },
            Sweep {
                code: "jobs_dead",
                what: "jobs that could not be done",
                days: 180,
                count: "SELECT CAST(COUNT(*) AS BIGINT) FROM jobs WHERE status = 'dead' AND due_at < $1",
                delete: "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs WHERE status = 'dead' AND due_at < $1 LIMIT 1000)",
            },
        ]),
        why: "an operator may look into what happened",
    },
    Table {
        name: "join_requests",
        holds: "who asked to be let into an organisation, in their own words, and what was answered",
        kept: Kept::Days(&[Sweep {
            code: "join_requests",
            what: "requests, since they were answered",
            days: 365,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM join_requests WHERE decided_at < $1",
            delete: "DELETE FROM join_requests WHERE id IN (SELECT id FROM join_requests WHERE decided_at < $1 LIMIT 1000)",
        }]),
        why: "someone who was refused may ask why; who was let in stands in the memberships",
    },
    Table {
        name: "kept_posts",
        holds: "what someone sent after their session had ended, enciphered with a key that only their browser holds",
        kept: Kept::Days(&[Sweep {
            code: "kept_posts",
            what: "forms that nobody came back to",
            days: 1,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM kept_posts WHERE created_at < $1",
            delete: "DELETE FROM kept_posts WHERE id IN (SELECT id FROM kept_posts WHERE created_at < $1 LIMIT 1000)",
        }]),
        why: "nobody loses what they wrote because their session ended",
    },
    Table {
        name: "memberships",
        holds: "who acted for an organisation, in which role, from when to when, and why staff ended it",
        kept: Kept::For("always"),
        why: "who was allowed to sign must be traceable; a closed account has no name any more, and the reason goes with it",
    },
    Table {
        name: "notice_choices",
        holds: "how often someone wants mail about what",
        kept: Kept::For("until the person changes it or closes the account"),
        why: "nobody gets mail that they have ended",
    },
    Table {
        name: "notices",
        holds: "what someone was told on their pages: what happened, and the names that its sentence needs",
        kept: Kept::Days(&[Sweep {
            code: "notices",
            what: "notices, read or not; all of an account's go when it closes",
            days: 180,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM notices WHERE created_at < $1",
            delete: "DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE created_at < $1 LIMIT 1000)",
        }]),
        why: "they say what is new; what they are about stands where it happened",
    },
    Table {
        name: "openid_logouts",
        holds: "which messages about signing out a provider has sent: hashes",
        kept: Kept::Days(&[Sweep {
            code: "openid_logouts",
            what: "messages that are too old to be believed",
            days: 1,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM openid_logouts WHERE created_at < $1",
            delete: "DELETE FROM openid_logouts WHERE (issuer, jti_hash) IN
                     (SELECT issuer, jti_hash FROM openid_logouts WHERE created_at < $1 LIMIT 1000)",
        }]),
        why: "the same message must not count twice",
    },
    Table {
        name: "openid_requests",
        holds: "browsers on their way to a provider and back: hashes of state and browser, nonce, verifier",
        kept: Kept::Days(&[Sweep {
            code: "openid_requests",
            what: "ways that can no longer be used",
            days: 1,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM openid_requests WHERE expires_at < $1",
            delete: "DELETE FROM openid_requests WHERE id IN (SELECT id FROM openid_requests WHERE expires_at < $1 LIMIT 1000)",
        }]),
        why: "they are of no use after ten minutes",
    },
    Table {
        name: "order_events",
        holds: "what happened to an order",
        kept: Kept::For("as long as the order"),
        why: "bookkeeping material (bokföringslagen 1999:1078 chapter 7 § 2)",
    },
    Table {
        name: "order_lines",
        holds: "what was ordered, at which price",
        kept: Kept::For("as long as the order"),
        why: "bookkeeping material (bokföringslagen 1999:1078 chapter 7 § 2)",
    },
    Table {
        name: "order_notes",
        holds: "what staff wrote about an order, and who",
        kept: Kept::For("as long as the order"),
        why: "says why an order was handled as it was",
    },
    Table {
        name: "order_template_versions",
        holds: "each saved version of a letter to buyers: its texts, who saved it and when",
        kept: Kept::For("always"),
        why: "what was sent to a buyer can be told by its version",
    },
    Table {
        name: "order_templates",
        holds: "the letters to buyers that staff choose from",
        kept: Kept::For("always"),
        why: "sent letters refer to them; retired ones keep their record",
    },
    Table {
        name: "order_words",
        holds: "the words that an order is found by: number, name, e-mail address, organisation, titles, ISBN",
        kept: Kept::For("as long as the order"),
        why: "staff find an order among many",
    },
    Table {
        name: "orders",
        holds: "orders with the buyer's name, addresses, e-mail and telephone",
        kept: Kept::For("seven years after the year of the order, then by a disposal decision"),
        why: "bookkeeping material (bokföringslagen 1999:1078 chapter 7 § 2); public documents are disposed of only by decision (arkivlagen 1990:782 § 10)",
    },
    Table {
        name: "organisations",
        holds: "organisations with number, address, accounts for payment and official e-mail address",
        kept: Kept::For("always"),
        why: "applications, grants and decisions refer to them; retired and merged ones keep their record",
    },
    Table {
        name: "outbox",
        holds: "mail on its way out: recipient, subject, and until it is sent its text with secret links",
        kept: Kept::Days(&[
            Sweep {
                code: "mail_sent",
                what: "mail that was sent (its text goes at once)",
                days: 30,
                count: "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE status = 'sent' AND sent_at < $1",
                delete: "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE status = 'sent' AND sent_at < $1 LIMIT 1000)",
            },
            Sweep {
                code: "mail_dead",
                what: "mail that could not be sent",
                days: 90,
                count: "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE status = 'dead' AND due_at < $1",
                delete: "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE status = 'dead' AND due_at < $1 LIMIT 1000)",
            },
        ]),
        why: "to answer \"I got no mail\", and to send again what could not be sent",
    },
    Table {
        name: "passkey_ceremonies",
        holds: "what a browser was asked to sign with a passkey, until it answers",
        kept: Kept::Days(&[Sweep {
            code: "passkey_ceremonies",
            what: "questions that can no longer be answered",
            days: 1,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM passkey_ceremonies WHERE expires_at < $1",
            delete: "DELETE FROM passkey_ceremonies WHERE (session_id, kind) IN
                     (SELECT session_id, kind FROM passkey_ceremonies WHERE expires_at < $1 LIMIT 1000)",
        }]),
        why: "they are of no use after five minutes",
    },
    Table {
        name: "passkeys",
        holds: "public keys that staff show as a second factor, and what they call them",
        kept: Kept::For("until they are removed or the account is closed"),
        why: "staff show two factors (OWASP ASVS 5.0, 6.3)",
    },
    Table {
        name: "rate_limits",
        holds: "how often one address did one thing; the address only as a hash that changes each day",
        kept: Kept::Days(&[Sweep {
            code: "rate_limits",
            what: "counts of windows that are over",
            days: 2,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM rate_limits WHERE window_start < $1",
            delete: "DELETE FROM rate_limits WHERE (purpose, subject, window_start) IN
                     (SELECT purpose, subject, window_start FROM rate_limits WHERE window_start < $1 LIMIT 1000)",
        }]),
        why: "needed within its window only",
    },
    Table {
        name: "register_cases",
        holds: "cases of the register: number, and what they are about by reference",
        kept: Kept::For("always; disposed of only by decision"),
        why: "received and sent documents are registered (offentlighets- och sekretesslagen 2009:400 chapter 5); arkivlagen 1990:782",
    },
    Table {
        name: "register_documents",
        holds: "registered documents: number, time, who registered, the content's hash",
        kept: Kept::For("always; disposed of only by decision"),
        why: "the register (offentlighets- och sekretesslagen chapter 5 § 2)",
    },
    Table {
        name: "register_entries",
        holds: "what is said of each document, now and before: date, counterpart, subject, secrecy; who said so, and why it was corrected",
        kept: Kept::For("always; disposed of only by decision"),
        why: "the register; a correction takes nothing away",
    },
    Table {
        name: "register_files",
        holds: "files of registered documents",
        kept: Kept::For("always; disposed of only by decision"),
        why: "public documents (arkivlagen 1990:782)",
    },
    Table {
        name: "register_words",
        holds: "the words that a document is found by: those that everybody may see",
        kept: Kept::For("as long as the document says so"),
        why: "anyone searches the register; what is masked is not among them",
    },
    Table {
        name: "replaced_files",
        holds: "files that editions had before, and who replaced them",
        kept: Kept::For("always"),
        why: "a report can be traced to what it said when it was cited (arkivlagen 1990:782)",
    },
    Table {
        name: "sales_months",
        holds: "what was sold each month by title, kind of buyer and VAT rate; nothing about persons",
        kept: Kept::For("always"),
        why: "statistics outlive the orders they were made of",
    },
    Table { name: "series", holds: "publication series", kept: Kept::For("always"), why: "the catalogue" },
    Table {
        name: "sessions",
        holds: "where someone was signed in: browser, when it began, was last used and ended; the cookie's hash; the provider's name for the person and the session",
        kept: Kept::Days(&[Sweep {
            code: "sessions",
            what: "sessions that nobody uses any more",
            days: 90,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM sessions WHERE last_seen_at < $1",
            delete: "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE last_seen_at < $1 LIMIT 1000)",
        }]),
        why: "one can see where one was signed in, and an intrusion can be looked into (OWASP ASVS 5.0, 16.3)",
    },
    Table {
        name: "shipment_lines",
        holds: "how many copies went in which parcel",
        kept: Kept::For("as long as the order"),
        why: "bookkeeping material (bokföringslagen 1999:1078 chapter 7 § 2)",
    },
    Table {
        name: "shipments",
        holds: "parcels: when, by whom, their number with the carrier",
        kept: Kept::For("as long as the order"),
        why: "bookkeeping material (bokföringslagen 1999:1078 chapter 7 § 2)",
    },
    Table {
        name: "sign_in_links",
        holds: "mails that let someone in, or show that a new address is theirs: address, hashes of link, code and browser",
        kept: Kept::Days(&[Sweep {
            code: "sign_in_links",
            what: "mails that can no longer be used",
            days: 1,
            count: "SELECT CAST(COUNT(*) AS BIGINT) FROM sign_in_links WHERE expires_at < $1",
            delete: "DELETE FROM sign_in_links WHERE id IN (SELECT id FROM sign_in_links WHERE expires_at < $1 LIMIT 1000)",
        }]),
        why: "they are of no use after ten minutes",
    },
    Table {
        name: "staff_roles",
        holds: "which roles someone held, from when to when, and who gave them",
        kept: Kept::For("always"),
        why: "who was allowed to decide must be traceable",
    },
    Table {
        name: "stock_movements",
        holds: "the ledger of the stock: what changed, by how much, who did it, for which order; no names",
        kept: Kept::For("always"),
        why: "bookkeeping material (bokföringslagen 1999:1078 chapter 7 § 2)",
    },
    Table { name: "subjects", holds: "subject words", kept: Kept::For("always"), why: "the catalogue" },
    Table {
        name: "table_choices",
        holds: "which columns of a table someone on the staff looks at, and with which view it opens",
        kept: Kept::For("until the person changes it or closes the account"),
        why: "a table looks as its reader left it",
    },
    Table {
        name: "table_views",
        holds: "views of tables that staff saved: name, filters (words that were searched for may be names), columns",
        kept: Kept::For("until the owner or an administrator deletes it; those that are not shared go when the account is closed"),
        why: "staff come back to the same selection",
    },
    Table {
        name: "uploads",
        holds: "which files came by a page, by their hash",
        kept: Kept::For("as long as something names the file"),
        why: "a file that nothing names is removed after a day",
    },
    Table { name: "vat_rates", holds: "dated VAT rates", kept: Kept::For("always"), why: "old orders are reckoned with old rates" },
    Table {
        name: "work_draft_editors",
        holds: "who has written in a draft",
        kept: Kept::For("until the draft is published or thrown away"),
        why: "whoever wrote an evaluation may not let it out",
    },
    Table {
        name: "work_drafts",
        holds: "publications that are being written",
        kept: Kept::For("until they are published or thrown away"),
        why: "the catalogue",
    },
    Table {
        name: "work_files",
        holds: "which files the drafts and versions of a publication name",
        kept: Kept::For("as long as its versions; those of something that was never published go when its draft is thrown away"),
        why: "a version can be looked at and brought back whole",
    },
    Table { name: "work_grants", holds: "grants behind a publication", kept: Kept::For("always"), why: "the catalogue" },
    Table { name: "work_questions", holds: "interviews in a publication", kept: Kept::For("always"), why: "the catalogue" },
    Table { name: "work_relations", holds: "related publications", kept: Kept::For("always"), why: "the catalogue" },
    Table { name: "work_subjects", holds: "the subjects of publications", kept: Kept::For("always"), why: "the catalogue" },
    Table {
        name: "work_versions",
        holds: "what a publication was at each time, what happened to it, and who did it",
        kept: Kept::For("always"),
        why: "what the agency published, and when, can be shown",
    },
    Table {
        name: "works",
        holds: "publications with their authors",
        kept: Kept::For("always"),
        why: "the catalogue; withdrawn ones keep record and reason",
    },
];

/// What one sweep did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swept {
    pub table: &'static str,
    pub code: &'static str,
    pub what: &'static str,
    pub days: i64,
    pub rows: u64,
}

/// A clean-up that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleanup {
    pub at: Instant,
    /// By the operator's command; otherwise by the worker in the night.
    pub by_operator: bool,
    /// Unfinished uploads that went.
    pub uploads: i64,
    /// How many rows went, by [`Sweep::code`].
    pub gone: Vec<(String, i64)>,
}

/// Every sweep with its table's name.
pub fn sweeps() -> impl Iterator<Item = (&'static str, &'static Sweep)> {
    TABLES.iter().flat_map(|table| {
        let sweeps: &[Sweep] = match table.kept {
            Kept::For(_) => &[],
            Kept::Days(sweeps) => sweeps,
        };
        sweeps.iter().map(|sweep| (table.name, sweep))
    })
}

/// The counts of all sweeps in one statement, in their order.
static DUE: LazyLock<String> = LazyLock::new(|| {
    let counts: Vec<String> = sweeps()
        .enumerate()
        .map(|(at, (_, sweep))| format!("SELECT {at} AS place, ({}) AS due", sweep.count.replace("$1", &format!("${}", at + 1))))
        .collect();
    format!("SELECT CAST(place AS BIGINT), due FROM ({}) AS sweeps ORDER BY place", counts.join(" UNION ALL "))
});

/// What a clean-up would take now. One statement.
pub async fn due(tx: &mut Tx, now: Instant) -> Result<Vec<Swept>, StoreError> {
    let query = sweeps().fold(sqlx::query_as(DUE.as_str()), |query, (_, sweep)| query.bind(now.plus_days(-sweep.days)));
    let rows: Vec<(i64, i64)> = query.fetch_all(tx).await?;
    Ok(sweeps().zip(rows).map(|((table, sweep), (_, due))| swept(table, sweep, u64::try_from(due).unwrap_or_default())).collect())
}

fn swept(table: &'static str, sweep: &'static Sweep, rows: u64) -> Swept {
    Swept { table, code: sweep.code, what: sweep.what, days: sweep.days, rows }
}

/// Deletes what has been kept long enough.
pub async fn clean(db: &Db, now: Instant) -> Result<Vec<Swept>, StoreError> {
    let mut report = Vec::new();
    for (table, sweep) in sweeps() {
        report.push(swept(table, sweep, sweep_away(db, sweep.delete, now.plus_days(-sweep.days)).await?));
    }
    Ok(report)
}

/// Writes down what a clean-up did.
pub async fn insert_cleanup(tx: &mut Tx, id: &Id, done: &Cleanup) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO cleanups (id, at, started_by, uploads) VALUES ($1, $2, $3, $4)")
        .bind(id.clone())
        .bind(done.at)
        .bind(if done.by_operator { "operator" } else { "night" })
        .bind(done.uploads)
        .execute(&mut *tx)
        .await?;
    for (sweep, gone) in &done.gone {
        sqlx::query("INSERT INTO cleanup_rows (cleanup_id, sweep, gone) VALUES ($1, $2, $3)")
            .bind(id.clone())
            .bind(sweep.clone())
            .bind(*gone)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// The latest clean-ups, the newest first. One statement.
pub async fn cleanups(tx: &mut Tx, most: i64) -> Result<Vec<Cleanup>, StoreError> {
    type Row = (String, Instant, String, i64, Option<String>, Option<i64>);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT run.id, run.at, run.started_by, run.uploads, part.sweep, part.gone
         FROM (SELECT id, at, started_by, uploads FROM cleanups ORDER BY at DESC, id DESC LIMIT $1) AS run
         LEFT JOIN cleanup_rows AS part ON part.cleanup_id = run.id ORDER BY run.at DESC, run.id DESC, part.sweep",
    )
    .bind(most)
    .fetch_all(tx)
    .await?;
    let mut runs: Vec<(String, Cleanup)> = Vec::new();
    for (id, at, by, uploads, sweep, gone) in rows {
        if runs.last().is_none_or(|(last, _)| *last != id) {
            runs.push((id, Cleanup { at, by_operator: by == "operator", uploads, gone: Vec::new() }));
        }
        if let Some((part, (_, run))) = sweep.zip(gone).zip(runs.last_mut()) {
            run.gone.push(part);
        }
    }
    Ok(runs.into_iter().map(|(_, run)| run).collect())
}

async fn sweep_away(db: &Db, delete: &'static str, before: Instant) -> Result<u64, StoreError> {
    let mut all = 0;
    loop {
        let rows = db.write(async |tx| Ok::<_, StoreError>(sqlx::query(delete).bind(before).execute(tx).await?.rows_affected())).await?;
        all += rows;
        if rows < BATCH {
            return Ok(all);
        }
    }
}

/// The night's clean-up for the day of `now`: when it is due, and its unique key.
pub fn nightly(now: Instant) -> (Instant, String) {
    let day = now.utc_date();
    (Instant::of_utc_date(day).plus_seconds(AT_SECONDS), format!("{JOB}:{}", day.text()))
}

/// docs/retention.md.
pub fn document() -> String {
    let mut text = "# What is kept, and for how long\n\n\
        Written from `src/platform/retention.rs`; a test compares them. `portal cleanup --dry-run` counts what is due, and the\n\
        worker sweeps every night. Staff see what went, and what is due, at `/handlaggare/gallring`.\n\n\
        | table | holds | kept | why |\n| --- | --- | --- | --- |\n"
        .to_owned();
    for table in TABLES {
        let kept = match table.kept {
            Kept::For(time) => time.to_owned(),
            Kept::Days(sweeps) => sweeps
                .iter()
                .map(|sweep| format!("{} {}: {}", sweep.days, if sweep.days == 1 { "day" } else { "days" }, sweep.what))
                .collect::<Vec<_>>()
                .join("; "),
        };
        text.push_str(&format!("| {} | {} | {kept} | {} |\n", table.name, table.holds, table.why));
    }
    text.push_str(
        "\nOutside the database: logs hold no names, addresses or secret links. Mail that is kept as files (no `SMTP_URL`) stays in\n\
         `PORTAL_DATA/post` until the operator removes it. Unfinished uploads go after a day, tables that were\nwritten as files after seven.\n",
    );
    text
}
