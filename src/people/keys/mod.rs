//! Passkeys: what staff show as a second factor with a finger, a face or a PIN, in place of the app's code.
//!
//! The browser signs a challenge of the server's with a key that never leaves it, for this portal's address and no other, so
//! there is nothing to type into a false page. `webauthn-rs` checks what is signed; here stand whose key it is, that a challenge
//! is answered once and in the session that asked for it, and that the counter rises. The script's half is in `public/boot.js`.
//! Rooms: `rules`, `store` (SQL), `actions`, `pages`, `posts`.

pub mod actions;
pub mod pages;
pub mod posts;
pub mod rules;
pub mod store;
