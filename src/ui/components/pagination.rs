//! The pages of a list, as links.

use leptos::prelude::*;

use super::parts::{Attrs, Content, class, either, words};

/// What a list of page numbers shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A page, counted from one.
    Page(usize),
    /// Pages that are left out; at least two.
    Gap,
}

/// The page numbers to show: the first, the last, the current and its neighbours.
///
/// Numbers are counted from one; a current page outside the list counts as the nearest. A gap never stands for a
/// single page, since the page takes no more room.
pub fn pages(current: usize, total: usize) -> Vec<Item> {
    let current = current.clamp(1, total.max(1));
    let shown: Vec<usize> = (1..=total).filter(|page| *page == 1 || *page == total || page.abs_diff(current) <= 1).collect();
    let mut items = Vec::new();
    let mut last = 0;
    for page in shown {
        match page - last {
            0 | 1 => {}
            2 => items.push(Item::Page(page - 1)),
            _ => items.push(Item::Gap),
        }
        items.push(Item::Page(page));
        last = page;
    }
    items
}

/// The link to the page before or after.
#[derive(Default)]
pub struct PageLink {
    href: String,
    text: Content,
    label: String,
    attributes: Attrs,
}

impl PageLink {
    /// A link with the usual words.
    pub fn new(href: impl Into<String>) -> Self {
        Self { href: href.into(), ..Self::default() }
    }

    /// With words of its own.
    pub fn text(mut self, text: impl Into<Content>) -> Self {
        self.text = text.into();
        self
    }

    /// With the title of that page below; shown only when there are no numbers.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }
}

/// A page's number, or the sign for those left out.
pub enum PageNumber {
    /// A link to a page.
    Page {
        /// What is shown.
        number: String,
        /// Address.
        href: String,
        /// Whether this is the page being read.
        current: bool,
        /// What is said; "Page" and the number when empty.
        label: String,
    },
    /// Pages that are left out.
    Gap,
}

/// All links of a pagination.
#[derive(Default)]
pub struct PageLinks {
    /// To the page before.
    pub previous: Option<PageLink>,
    /// To the page after.
    pub next: Option<PageLink>,
    /// To pages by number.
    pub items: Vec<PageNumber>,
}

impl PageLinks {
    /// The links of page `current` of `total`, both counted from one. Empty when there is but one page.
    pub fn numbered(current: usize, total: usize, href: impl Fn(usize) -> String) -> Self {
        if total < 2 {
            return Self::default();
        }
        let current = current.clamp(1, total);
        Self {
            previous: (current > 1).then(|| PageLink::new(href(current - 1))),
            next: (current < total).then(|| PageLink::new(href(current + 1))),
            items: pages(current, total)
                .into_iter()
                .map(|item| match item {
                    Item::Page(page) => {
                        PageNumber::Page { number: page.to_string(), href: href(page), current: page == current, label: String::new() }
                    }
                    Item::Gap => PageNumber::Gap,
                })
                .collect(),
        }
    }
}

/// A pagination. Nothing is rendered when there is nowhere to go.
#[component]
pub fn Pagination(
    /// The links.
    links: PageLinks,
    /// Name of the landmark; the page's word by default.
    #[prop(optional, into)]
    label: String,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    if links.items.is_empty() && links.previous.is_none() && links.next.is_none() {
        return ().into_any();
    }
    let block = links.items.is_empty();
    let previous = links.previous.map(|link| arrow(link, Direction::Previous, block));
    let next = links.next.map(|link| arrow(link, Direction::Next, block));
    let list = (!block).then(|| {
        let items: Vec<AnyView> = links.items.into_iter().map(number).collect();
        view! { <ul class="govuk-pagination__list">{items}</ul> }
    });
    view! {
        <nav
            aria-label=either(label, words().pagination)
            class=class("govuk-pagination", &[if block { "govuk-pagination--block" } else { "" }, &classes])
            {..attributes.spread()}
        >
            {previous}
            {list}
            {next}
        </nav>
    }
    .into_any()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Previous,
    Next,
}

fn arrow(link: PageLink, direction: Direction, block: bool) -> AnyView {
    let (name, icon, (visible, hidden)) = match direction {
        Direction::Previous => (
            "prev",
            "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z",
            words().previous,
        ),
        Direction::Next => (
            "next",
            "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z",
            words().next,
        ),
    };
    let icon = view! {
        <svg
            class=format!("govuk-pagination__icon govuk-pagination__icon--{name}")
            xmlns="http://www.w3.org/2000/svg"
            height="13"
            width="15"
            aria-hidden="true"
            focusable="false"
            viewBox="0 0 15 13"
        >
            <path d=icon></path>
        </svg>
    }
    .into_any();
    let text = if link.text.is_empty() {
        view! {
            {visible}
            <span class="govuk-visually-hidden">{hidden}</span>
        }
        .into_any()
    } else {
        link.text.view()
    };
    let decorated = if block && link.label.is_empty() { "govuk-pagination__link-title--decorated" } else { "" };
    let title = view! { <span class=class("govuk-pagination__link-title", &[decorated])>{text}</span> };
    let label = (block && !link.label.is_empty()).then(|| {
        view! {
            " "
            <span class="govuk-visually-hidden">":"</span>
            " "
            <span class="govuk-pagination__link-label">{link.label}</span>
        }
    });
    let (before, after) = if block || direction == Direction::Previous { (Some(icon), None) } else { (None, Some(icon)) };
    view! {
        <div class=format!("govuk-pagination__{name}")>
            <a
                rel=name
                class="govuk-link govuk-pagination__link"
                href=link.href.clone()
                {..link.attributes.spread()}
            >
                {before}
                " "
                {title}
                {label}
                " "
                {after}
            </a>
        </div>
    }
    .into_any()
}

fn number(item: PageNumber) -> AnyView {
    match item {
        PageNumber::Page { number, href, current, label } => {
            let label = either(label, &format!("{} {number}", words().page));
            let class = class("govuk-pagination__item", &[if current { "govuk-pagination__item--current" } else { "" }]);
            view! {
                <li class=class>
                    <a
                        class="govuk-link govuk-pagination__link"
                        href=href
                        aria-label=label
                        aria-current=current.then_some("page")
                    >
                        {number}
                    </a>
                </li>
            }
            .into_any()
        }
        PageNumber::Gap => view! { <li class="govuk-pagination__item govuk-pagination__item--ellipsis">"\u{22ef}"</li> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::{Options, check};

    fn link(o: &Options) -> Option<PageLink> {
        o.flag("href").then(|| PageLink::new(o.text("href")).text(o.content()).label(o.text("labelText")))
    }

    #[test]
    fn renders_like_the_package() {
        check("pagination", 15, |o| {
            let items = o.list("items");
            let items = items
                .iter()
                .filter(|(_, o)| o.0.as_object().is_some_and(|item| !item.is_empty()))
                .map(|(_, o)| {
                    if o.flag("ellipsis") {
                        PageNumber::Gap
                    } else {
                        PageNumber::Page {
                            number: o.text("number"),
                            href: o.text("href"),
                            current: o.flag("current"),
                            label: o.text("visuallyHiddenText"),
                        }
                    }
                })
                .collect();
            let links = PageLinks { previous: link(&o.part("previous")), next: link(&o.part("next")), items };
            view! {
                <Pagination
                    links=links
                    label=o.text("landmarkLabel")
                    classes=o.text("classes")
                    attributes=o.attrs("attributes")
                />
            }
            .into_any()
        });
    }

    fn written(current: usize, total: usize) -> String {
        let items = pages(current, total).into_iter().map(|item| match item {
            Item::Page(page) if page == current => format!("[{page}]"),
            Item::Page(page) => page.to_string(),
            Item::Gap => "…".to_owned(),
        });
        items.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_ends_and_the_neighbours_show() {
        assert_eq!(written(10, 40), "1 … 9 [10] 11 … 40");
        assert_eq!(written(1, 40), "[1] 2 … 40");
        assert_eq!(written(40, 40), "1 … 39 [40]");
        assert_eq!(written(1, 1), "[1]");
        assert_eq!(written(1, 2), "[1] 2");
        assert_eq!(written(1, 0), "");
    }

    #[test]
    fn a_gap_never_stands_for_one_page() {
        assert_eq!(written(4, 40), "1 2 3 [4] 5 … 40");
        assert_eq!(written(5, 40), "1 … 4 [5] 6 … 40");
        assert_eq!(written(37, 40), "1 … 36 [37] 38 39 40");
        assert_eq!(written(3, 5), "1 2 [3] 4 5");
    }

    #[test]
    fn a_page_outside_the_list_counts_as_the_nearest() {
        assert_eq!(pages(0, 3), pages(1, 3));
        assert_eq!(pages(99, 3), pages(3, 3));
    }

    #[test]
    fn every_page_can_be_reached_and_none_comes_twice() {
        for total in 0..30 {
            for current in 1..=total {
                let shown: Vec<usize> = pages(current, total)
                    .into_iter()
                    .filter_map(|item| match item {
                        Item::Page(page) => Some(page),
                        Item::Gap => None,
                    })
                    .collect();
                assert!(shown.is_sorted_by(|a, b| a < b), "{current} of {total}: {shown:?}");
                for wanted in [1, current.max(2) - 1, current, (current + 1).min(total), total] {
                    assert!(shown.contains(&wanted), "{current} of {total}: {shown:?}");
                }
            }
        }
    }

    #[test]
    fn one_page_needs_no_links() {
        let html = Owner::new().with(|| view! { <Pagination links=PageLinks::numbered(1, 1, |n| n.to_string()) /> }.to_html());
        assert!(!html.contains("<nav"), "{html}");
    }

    #[test]
    fn links_lead_to_real_addresses() {
        let html = Owner::new().with(|| view! { <Pagination links=PageLinks::numbered(2, 3, |n| format!("?sida={n}")) /> }.to_html());
        for wanted in [r#"rel="prev""#, r#"href="?sida=1""#, r#"href="?sida=3""#, r#"aria-label="Sida 2""#, "Föregående"] {
            assert!(html.contains(wanted), "{wanted} in {html}");
        }
    }
}
