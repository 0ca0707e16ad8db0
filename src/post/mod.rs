//! The mail that the portal has written, to be read in demonstration mode: whoever tries the portal has no mailbox that
//! it could write to. Outside demonstration mode there is no such page. The rows are the platform's outbox.

mod pages;

use crate::web::{Access, Routes};

pub fn routes(routes: Routes) -> Routes {
    routes.get(Access::Anyone, "/demo/post", pages::list).get(Access::Anyone, "/demo/post/{id}", pages::letter)
}
