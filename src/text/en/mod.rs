//! English.

pub mod about;
pub mod applications;
pub mod attachments;
pub mod budget;
pub mod calls;
pub mod catalogue;
pub mod components;
pub mod forms;
pub mod import;
pub mod notices;
pub mod openid;
pub mod organisations;
pub mod people;
pub mod post;
pub mod register;
pub mod shop;
pub mod site;
