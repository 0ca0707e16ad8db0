//! The name of a service and the way between its parts.

use leptos::prelude::*;

use super::parts::{Attrs, Content, class, either, filled, labels, words};

/// One part of a service.
#[derive(Default)]
pub struct NavItem {
    href: String,
    text: Content,
    current: bool,
    active: bool,
    attributes: Attrs,
}

impl NavItem {
    /// A link; plain words when `href` is empty.
    pub fn new(href: impl Into<String>, text: impl Into<Content>) -> Self {
        Self { href: href.into(), text: text.into(), ..Self::default() }
    }

    /// Whether it leads to the very page being read.
    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }

    /// Whether it leads to the part in which the page lies.
    pub fn active(mut self, active: bool) -> Self {
        self.active = active;
        self
    }

    /// With further attributes of the link.
    pub fn attributes(mut self, attributes: impl Into<Attrs>) -> Self {
        self.attributes = attributes.into();
        self
    }

    fn view(self) -> AnyView {
        let here = self.current || self.active;
        let aria_current = here.then_some(if self.current { "page" } else { "true" });
        let shown = !self.text.is_empty();
        let text = self.text.view();
        // Bold also where colours are the reader's own, so that the place still shows.
        let text = if here { view! { <strong class="govuk-service-navigation__active-fallback">{text}</strong> }.into_any() } else { text };
        let inner = match filled(self.href) {
            Some(href) => view! {
                <a
                    class="govuk-service-navigation__link"
                    aria-current=aria_current
                    href=href.clone()
                    {..self.attributes.spread()}
                >
                    {text}
                </a>
            }
            .into_any(),
            None if shown => view! {
                <span class="govuk-service-navigation__text" aria-current=aria_current>
                    {text}
                </span>
            }
            .into_any(),
            None => ().into_any(),
        };
        let modifier = if here { "govuk-service-navigation__item--active" } else { "" };
        view! { <li class=class("govuk-service-navigation__item", &[modifier])>{inner}</li> }.into_any()
    }
}

impl<H: Into<String>, T: Into<Content>> From<(H, T)> for NavItem {
    fn from((href, text): (H, T)) -> Self {
        Self::new(href, text)
    }
}

/// Service navigation.
#[component]
pub fn ServiceNavigation(
    /// The parts.
    #[prop(optional)]
    items: Vec<NavItem>,
    /// Name of the navigation; the page's word for "Menu" by default.
    #[prop(optional, into)]
    label: String,
    /// Name of the service.
    #[prop(optional, into)]
    service_name: String,
    /// Address of the service's first page.
    #[prop(optional, into)]
    service_url: String,
    /// Name of the region around all, when there is more than navigation; the page's word by default.
    #[prop(optional, into)]
    region_label: String,
    /// What stands before all else.
    #[prop(optional, into)]
    start: Content,
    /// What stands after all else, such as a language link.
    #[prop(optional, into)]
    end: Content,
    /// Whether `end` stands on the same line.
    #[prop(optional)]
    end_inline: bool,
    /// List items before the parts.
    #[prop(optional, into)]
    navigation_start: Content,
    /// List items after the parts, such as a basket.
    #[prop(optional, into)]
    navigation_end: Content,
    /// Whether narrow screens fold the parts behind a button, which takes the package's script.
    #[prop(optional)]
    collapse: bool,
    /// Text of that button; the page's word for "Menu" by default.
    #[prop(optional, into)]
    menu_text: String,
    /// What is said instead of that text.
    #[prop(optional, into)]
    menu_label: String,
    /// Id of the list.
    #[prop(optional, into)]
    id: String,
    /// Further classes of the navigation.
    #[prop(optional, into)]
    navigation_classes: String,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let is_region = !service_name.is_empty() || !start.is_empty() || !end.is_empty();
    let menu_text = either(menu_text, labels().menu);
    let list_id = either(id, "navigation");
    let service = (!service_name.is_empty()).then(|| {
        let name = match filled(service_url) {
            Some(href) => view! {
                <a href=href class="govuk-service-navigation__link">
                    {service_name}
                </a>
            }
            .into_any(),
            None => view! { <span class="govuk-service-navigation__text">{service_name}</span> }.into_any(),
        };
        view! { <span class="govuk-service-navigation__service-name">{name}</span> }
    });
    let has_navigation = !items.is_empty() || !navigation_start.is_empty() || !navigation_end.is_empty();
    let navigation = has_navigation.then(|| {
        let button = collapse.then(|| {
            view! {
                <button
                    type="button"
                    class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
                    aria-controls=list_id.clone()
                    aria-label=filled(menu_label).filter(|label| *label != menu_text)
                    hidden
                    aria-hidden="true"
                >
                    {menu_text.clone()}
                </button>
            }
        });
        let items: Vec<AnyView> = items.into_iter().map(NavItem::view).collect();
        view! {
            <nav
                aria-label=either(label, &menu_text)
                class=class("govuk-service-navigation__wrapper", &[&navigation_classes])
            >
                {button}
                <ul class="govuk-service-navigation__list" id=list_id.clone()>
                    {navigation_start.view()}
                    {items}
                    {navigation_end.view()}
                </ul>
            </nav>
        }
    });
    let inlining = if end_inline { "govuk-service-navigation__inlining-container" } else { "" };
    let inner = view! {
        <div class=class("govuk-width-container", &[inlining])>
            {start.view()}
            <div class="govuk-service-navigation__container">{service} {navigation}</div>
            {end.view()}
        </div>
    };
    let class = class("govuk-service-navigation", &[&classes]);
    if is_region {
        view! {
            <section
                data-module="govuk-service-navigation"
                class=class
                aria-label=either(region_label, words().service)
                {..attributes.spread()}
            >
                {inner}
            </section>
        }
        .into_any()
    } else {
        view! {
            <div class=class data-module="govuk-service-navigation" {..attributes.spread()}>
                {inner}
            </div>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::{Options, check, raw};

    fn item(o: &Options) -> NavItem {
        NavItem::new(o.text("href"), o.content()).current(o.flag("current")).active(o.flag("active")).attributes(o.attrs("attributes"))
    }

    #[test]
    fn renders_like_the_package() {
        check("service-navigation", 33, |o| {
            let (slots, items) = (o.part("slots"), o.list("navigation"));
            let slot = |name: &str| slots.flag(name).then(|| raw(slots.text(name)));
            let end = match slots.part("end").0.is_object() {
                true => slots.part("end").content(),
                false => slot("end").into(),
            };
            // The package folds two or more parts; we only when asked, since nothing may need script.
            let collapse = o.given("collapseNavigationOnMobile").map_or(items.len() > 1, |on| on == "true");
            view! {
                <ServiceNavigation
                    items=items.iter().map(|(_, o)| item(o)).collect()
                    label=o.text("navigationLabel")
                    service_name=o.text("serviceName")
                    service_url=o.text("serviceUrl")
                    region_label=o.text("ariaLabel")
                    start=slot("start")
                    end=end
                    end_inline=slots.part("end").text("align") == "inline"
                    navigation_start=slot("navigationStart")
                    navigation_end=slot("navigationEnd")
                    collapse=collapse
                    menu_text=o.text("menuButtonText")
                    menu_label=o.text("menuButtonLabel")
                    id=o.text("navigationId")
                    navigation_classes=o.text("navigationClasses")
                    classes=o.text("classes")
                    attributes=o.attrs("attributes")
                />
            }
            .into_any()
        });
    }
}
