//! English.

pub mod about;
pub mod budget;
pub mod catalogue;
pub mod components;
pub mod import;
pub mod notices;
pub mod openid;
pub mod organisations;
pub mod people;
pub mod post;
pub mod shop;
pub mod site;
