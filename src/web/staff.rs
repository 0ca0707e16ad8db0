//! The menu of the staff's house: which pages stand in it, and for whom. The same roles guard the pages themselves, where
//! their routes are declared. To add a page: a line in [`MENU`], or in [`KEEPING`] when few need it and seldom: then the desk
//! leads to it.

use crate::kit::{StaffRole, StaffRoles};
use crate::text;
use crate::text::staff::Menu;

/// A page of the menu: its path, its name, and who sees it.
struct Entry {
    path: &'static str,
    name: fn(&Menu) -> &'static str,
    roles: &'static [StaffRole],
}

const MENU: &[Entry] = &[
    Entry { path: "/handlaggare", name: |menu| menu.queue, roles: &StaffRole::ALL },
    Entry {
        path: "/handlaggare/utlysningar",
        name: |menu| menu.calls,
        roles: &[
            StaffRole::Officer,
            StaffRole::Presenter,
            StaffRole::Decider,
            StaffRole::Registrar,
            StaffRole::Economist,
            StaffRole::Administrator,
        ],
    },
    Entry {
        path: "/handlaggare/ansokningar",
        name: |menu| menu.applications,
        roles: &[StaffRole::Officer, StaffRole::Presenter, StaffRole::Decider, StaffRole::Registrar, StaffRole::Economist],
    },
    Entry {
        path: "/handlaggare/bestallningar",
        name: |menu| menu.orders,
        roles: &[StaffRole::Warehouse, StaffRole::Economist, StaffRole::Administrator],
    },
    Entry {
        path: "/handlaggare/lager",
        name: |menu| menu.stock,
        roles: &[StaffRole::Warehouse, StaffRole::Economist, StaffRole::Editor, StaffRole::Administrator],
    },
    Entry { path: "/handlaggare/publikationer", name: |menu| menu.publications, roles: &[StaffRole::Editor, StaffRole::Administrator] },
    Entry {
        path: "/handlaggare/statistik/forsaljning",
        name: |menu| menu.sales,
        roles: &[StaffRole::Warehouse, StaffRole::Economist, StaffRole::Editor, StaffRole::Administrator],
    },
    Entry {
        path: "/handlaggare/organisationer",
        name: |menu| menu.organisations,
        roles: &[StaffRole::Registrar, StaffRole::Officer, StaffRole::Administrator],
    },
    Entry {
        path: "/handlaggare/diarium",
        name: |menu| menu.register,
        roles: &[StaffRole::Registrar, StaffRole::Officer, StaffRole::Administrator],
    },
    Entry { path: "/handlaggare/anvandare", name: |menu| menu.people, roles: &[StaffRole::Administrator] },
];

/// What keeps the house going.
const KEEPING: &[Entry] = &[
    Entry { path: "/handlaggare/exporter", name: |menu| menu.exports, roles: &StaffRole::ALL },
    Entry { path: "/handlaggare/frakt", name: |menu| menu.freight, roles: &[StaffRole::Economist, StaffRole::Administrator] },
    Entry { path: "/handlaggare/mallar", name: |menu| menu.templates, roles: &[StaffRole::Editor, StaffRole::Administrator] },
    Entry { path: "/handlaggare/utskick", name: |menu| menu.outbox, roles: &[StaffRole::Administrator] },
    Entry { path: "/handlaggare/logg", name: |menu| menu.log, roles: &[StaffRole::Administrator] },
    Entry { path: "/handlaggare/gallring", name: |menu| menu.disposal, roles: &[StaffRole::Archivist, StaffRole::Administrator] },
];

/// The pages that someone with these roles sees: path and name.
pub fn menu(roles: StaffRoles) -> Vec<(&'static str, &'static str)> {
    of(MENU, roles)
}

/// The pages beside the menu that someone with these roles sees: path and name.
pub fn keeping(roles: StaffRoles) -> Vec<(&'static str, &'static str)> {
    of(KEEPING, roles)
}

fn of(entries: &[Entry], roles: StaffRoles) -> Vec<(&'static str, &'static str)> {
    let names = &text::staff().menu;
    entries.iter().filter(|entry| roles.any_of(entry.roles)).map(|entry| (entry.path, (entry.name)(names))).collect()
}
