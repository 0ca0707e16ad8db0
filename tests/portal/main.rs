//! The tests of the whole portal, one binary: stories through real HTTP on both databases, contracts of the store
//! functions, the table of routes, and the house rules. `harness` says how to write one more.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[macro_use]
mod harness;

mod access;
mod address;
mod applications;
mod back_room;
mod back_room_ledger;
mod back_room_letters;
mod bucket;
mod budget;
mod calls;
mod catalogue;
mod covers;
mod demonstration;
mod desk;
mod disposal;
mod editor;
mod exports;
mod files;
mod ground;
mod guests;
mod hostile_provider;
mod house_rules;
mod import_page;
mod keys;
mod markdown;
mod memberships;
mod notices;
mod openid;
mod organisations;
mod oversight;
mod own_orders;
mod people;
mod platform;
mod prices;
mod reading;
mod register;
mod scanner;
mod schema;
mod shop;
mod smtp;
mod statements;
mod tables;
