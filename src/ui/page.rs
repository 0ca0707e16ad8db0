//! The whole document around a page's main content: head, header, navigation, footer. Every page of the portal goes
//! through [`document`], so that language, title, policy and landmarks are right everywhere.

use leptos::prelude::*;

use super::components::NotificationBanner;
use crate::kit::Lang;
use crate::text;

/// Where staff search everything that they may see.
pub const STAFF_SEARCH: &str = "/handlaggare/sok";

/// What the layout must know of the visit.
#[derive(Debug, Clone)]
pub struct Chrome {
    pub lang: Lang,
    /// The path without language prefix.
    pub path: String,
    pub query: String,
    pub nonce: String,
    pub base_url: String,
    pub basket_count: i64,
    /// How many seconds are left of the session; none when nobody is signed in.
    pub session_seconds: Option<i64>,
    /// The pages of the staff's house that the person may see: path and name. Empty for everybody else.
    pub staff_menu: Vec<(&'static str, &'static str)>,
    /// True when the form on this page holds what was sent after a session had ended.
    pub brought_back: bool,
    pub demo: bool,
    pub style: Option<String>,
    pub boot: Option<String>,
    pub glue: Option<String>,
    pub wasm: Option<String>,
    pub font: Option<String>,
    pub icon: Option<String>,
    pub touch_icon: Option<String>,
}

/// What a page says of itself.
#[derive(Debug, Clone, Default)]
pub struct Head {
    pub title: String,
    pub description: Option<String>,
    /// True when the page shows errors: its title says so first.
    pub error: bool,
    /// True for pages that hold someone's name, address or basket: kept in no cache, found by no search engine.
    pub private: bool,
    /// True for pages that no search engine should list although they are public, such as filtered lists.
    pub noindex: bool,
    /// The page's one address, when several lead to it; without language prefix.
    pub canonical: Option<String>,
    /// True when the page lays out its own width, with bands from edge to edge.
    pub wide: bool,
    /// True for pages of the staff's house: wider, with its own menu, in Swedish only.
    pub staff: bool,
    /// True when the page holds an island and so needs the browser's half.
    pub island: bool,
    /// Structured data (schema.org), as JSON text.
    pub json_ld: Option<String>,
    /// Further `meta` tags (citation and social media), as name or property, and content.
    pub meta: Vec<(&'static str, String)>,
    /// The link that leads one step back: address with language prefix, and text.
    pub back: Option<(String, String)>,
    /// Breadcrumbs: address with language prefix, and text.
    pub trail: Vec<(String, String)>,
}

impl Head {
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }
}

/// Renders the document. Views are built and written in one go: whole pages have a status, and need no script.
///
/// `main` is built in here, inside the owner: components look up the page's language, islands their context.
pub fn document<V: IntoView + 'static>(chrome: &Chrome, head: Head, main: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(std::sync::Arc::new(hydration_context::SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        provide_context(chrome.lang);
        whole(chrome, head, main().into_any()).to_html()
    });
    owner.cleanup();
    without_markers(&html)
}

/// Leptos marks text nodes with `<!>` so that the browser can find them again. Only islands are found again; elsewhere
/// the marks are waste, and inside `<title>` they would be read as text. In islands they are spelled as HTML spells an
/// empty comment: browsers read both alike, but only this is without fault.
fn without_markers(html: &str) -> String {
    const ISLAND: (&str, &str) = ("<leptos-island", "</leptos-island>");
    let mut clean = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find(ISLAND.0) {
        let end = rest[start..].find(ISLAND.1).map_or(rest.len(), |end| start + end + ISLAND.1.len());
        push_without(&mut clean, &rest[..start]);
        clean.push_str(&rest[start..end].replace("<!>", "<!---->"));
        rest = &rest[end..];
    }
    push_without(&mut clean, rest);
    clean
}

/// `<!>` stands after a text, the longer mark for a view that is empty.
fn push_without(clean: &mut String, html: &str) {
    clean.push_str(&html.replace("<!>", "").replace("<!--<() />-->", ""));
}

fn whole(chrome: &Chrome, head: Head, main: AnyView) -> impl IntoView {
    let lang = chrome.lang;
    let site = text::site(lang);
    let title = format!("{}{} – {}", if head.error { site.error_prefix } else { "" }, head.title, site.agency);
    let path = head.canonical.clone().unwrap_or_else(|| chrome.path.clone());
    let address = |lang: Lang| format!("{}{}{}", chrome.base_url, lang.prefix(), path);
    let indexed = !(head.private || head.noindex || head.error);
    // JSON inside a script element ends at the first "</": escape the one character that could begin it.
    let json_ld = head.json_ld.as_ref().map(|json| json.replace('<', "\\u003c"));
    let boot = chrome.boot.clone().map(|boot| {
        let island = head.island && chrome.wasm.is_some();
        let glue = chrome.glue.clone().filter(|_| island);
        let wasm = chrome.wasm.clone().filter(|_| island);
        view! { <script type="module" src=boot nonce=chrome.nonce.clone() data-glue=glue data-wasm=wasm></script> }
    });
    view! {
        <!DOCTYPE html>
        <html lang=lang.code() class="govuk-template">
            <head>
                <meta charset="utf-8" />
                <title>{title}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                {head.description.clone().map(|text| view! { <meta name="description" content=text /> })}
                {(!indexed).then(|| view! { <meta name="robots" content="noindex" /> })}
                {indexed
                    .then(|| {
                        view! {
                            <link rel="canonical" href=address(lang) />
                            <link rel="alternate" hreflang="sv" href=address(Lang::Sv) />
                            <link rel="alternate" hreflang="en" href=address(Lang::En) />
                        }
                    })}
                {head.meta.into_iter().map(|(name, content)| meta(name, content)).collect_view()}
                <meta name="theme-color" content="#0B3F57" />
                {chrome
                    .font
                    .clone()
                    .map(|font| view! { <link rel="preload" href=font r#as="font" type="font/woff2" crossorigin="anonymous" /> })}
                {chrome.style.clone().map(|style| view! { <link rel="stylesheet" href=style /> })}
                {chrome.icon.clone().map(|icon| view! { <link rel="icon" href=icon type="image/svg+xml" /> })}
                {chrome.touch_icon.clone().map(|icon| view! { <link rel="apple-touch-icon" href=icon /> })}
                <link rel="alternate" type="application/atom+xml" title=site.publications href="/publikationer/atom.xml" />
                <link rel="search" type="application/opensearchdescription+xml" title=site.portal href="/opensearch.xml" />
                {json_ld.map(|json| view! { <script type="application/ld+json" inner_html=json></script> })}
                {boot}
            </head>
            <body class="govuk-template__body">
                <a href="#innehall" class="govuk-skip-link">{site.skip_to_content}</a>
                {header(chrome, head.staff)}
                {chrome.demo.then(|| demo_band(lang, head.staff))}
                {if head.wide {
                    view! { <main id="innehall">{main}</main> }.into_any()
                } else {
                    view! {
                        <div class=container(head.staff)>
                            {way_back(lang, head.back, head.trail)} <main class="govuk-main-wrapper" id="innehall">
                                {chrome.brought_back.then(|| brought_back(lang))} {main}
                            </main>
                        </div>
                    }
                        .into_any()
                }}
                {footer(lang, head.staff)}
                {chrome.session_seconds.map(|seconds| session_question(lang, seconds))}
            </body>
        </html>
    }
}

/// Open Graph tags are named by `property`, all others by `name`.
fn meta(name: &'static str, content: String) -> AnyView {
    if name.starts_with("og:") {
        leptos::html::meta().attr("property", name).content(content).into_any()
    } else {
        view! { <meta name=name content=content /> }.into_any()
    }
}

/// How wide a page is: the staff's tables need room.
fn container(staff: bool) -> &'static str {
    if staff { "govuk-width-container app-width-staff" } else { "govuk-width-container" }
}

/// Says that what was written is still there, and must be sent again.
fn brought_back(lang: Lang) -> impl IntoView {
    view! { <NotificationBanner text=text::site(lang).brought_back /> }
}

fn header(chrome: &Chrome, staff: bool) -> impl IntoView {
    let lang = chrome.lang;
    let site = text::site(lang);
    let other = if lang == Lang::Sv { Lang::En } else { Lang::Sv };
    let query = if chrome.query.is_empty() { String::new() } else { format!("?{}", chrome.query) };
    let switch = format!("{}{}{query}", other.prefix(), if chrome.path == "/" && other == Lang::En { "" } else { &chrome.path });
    let own = if chrome.session_seconds.is_some() { ("/mina-sidor", site.my_pages) } else { ("/logga-in", site.sign_in) };
    let mut items =
        vec![("/publikationer", site.publications), ("/utlysningar", site.calls), ("/om", site.about), ("/kontakt", site.contact), own];
    if staff {
        items = chrome.staff_menu.iter().copied().chain([("/mina-sidor", site.my_pages)]).collect();
    } else if let Some(first) = chrome.staff_menu.first() {
        items.push((first.0, site.staff_house));
    }
    let container = container(staff);
    let link = |path: &'static str, label: AnyView, extra: &'static str| {
        let here = chrome.path == path;
        // The first page of the staff's house is no chapter of its own: the others lie under it.
        let within = here || (path != "/handlaggare" || !staff) && chrome.path.starts_with(&format!("{path}/"));
        let class = format!("govuk-service-navigation__item{}{extra}", if within { " govuk-service-navigation__item--active" } else { "" });
        let current = if here {
            Some("page")
        } else if within {
            Some("true")
        } else {
            None
        };
        let label =
            if within { view! { <strong class="govuk-service-navigation__active-fallback">{label}</strong> }.into_any() } else { label };
        view! {
            <li class=class>
                <a class="govuk-service-navigation__link" href=format!("{}{path}", lang.prefix()) aria-current=current>
                    {label}
                </a>
            </li>
        }
    };
    view! {
        <header>
            <div class="govuk-generic-header app-header">
                <div class=format!(
                    "govuk-generic-header__container {container} app-header__container{}",
                    if staff { " app-header__container--staff" } else { "" },
                )>
                    <div class="govuk-generic-header__logo">
                        <a
                            href=format!("{}/", lang.prefix())
                            class="govuk-generic-header__homepage-link app-header__home"
                            aria-label=site.home_label
                        >
                            <span class="app-header__name">{site.agency}</span>
                            " "
                            <span class="app-header__full">{site.agency_long}</span>
                        </a>
                    </div>
                    {(staff && !chrome.staff_menu.is_empty()).then(|| search_everything(chrome))}
                    {(!staff)
                        .then(|| {
                            view! {
                                <a class="govuk-link app-header__language app-nowrap" href=switch hreflang=other.code() lang=other.code()>
                                    {site.other_language}
                                </a>
                            }
                        })}
                </div>
            </div>
            <div class="govuk-service-navigation app-navigation">
                <div class=container>
                    <div class="govuk-service-navigation__container">
                        <nav aria-label=site.navigation_label class="govuk-service-navigation__wrapper">
                            <ul class="govuk-service-navigation__list">
                                {items.into_iter().map(|(path, label)| link(path, label.into_any(), "")).collect_view()}
                                {(!staff)
                                    .then(|| link("/kundkorg", (site.basket)(chrome.basket_count).into_any(), " app-navigation__basket"))}
                            </ul>
                        </nav>
                    </div>
                </div>
            </div>
        </header>
    }
}

/// The question to everything that staff may see, on each of their pages.
fn search_everything(chrome: &Chrome) -> impl IntoView {
    let words = &text::staff().search;
    let here = chrome.path == STAFF_SEARCH;
    let asked = url::form_urlencoded::parse(chrome.query.as_bytes()).find(|(name, _)| here && name == "q");
    view! {
        <search class="app-header__search">
            <form class="app-search" action=STAFF_SEARCH method="get">
                <label class="govuk-visually-hidden" for="sok-i-allt">
                    {words.label}
                </label>
                <div class="app-search__row">
                    <input
                        class="govuk-input app-search__input"
                        id="sok-i-allt"
                        name="q"
                        type="search"
                        value=asked.map(|(_, value)| value.into_owned())
                        autocomplete="off"
                        spellcheck="false"
                    />
                    <button class="govuk-button govuk-button--secondary app-search__button">{words.submit}</button>
                </div>
            </form>
        </search>
    }
}

/// Asks whether to go on before the session ends. Without script it stays shut, and what is sent too late is kept.
fn session_question(lang: Lang, seconds: i64) -> impl IntoView {
    let words = &text::site(lang).session;
    view! {
        <dialog class="app-question" aria-labelledby="session-question" data-seconds=seconds.to_string() data-ask="/mina-sidor/kvar">
            <h2 class="govuk-heading-m" id="session-question">{words.title}</h2>
            <div data-soon="">
                <p class="govuk-body">{words.soon}</p>
                <button type="button" class="govuk-button" data-stay="">
                    {words.stay}
                </button>
                <p class="govuk-body">
                    <a class="govuk-link" href=format!("{}/logga-ut", lang.prefix())>
                        {words.leave}
                    </a>
                </p>
            </div>
            <div data-over="" hidden>
                <p class="govuk-body">{words.over}</p>
                <form method="dialog">
                    <button class="govuk-button">{words.understood}</button>
                </form>
            </div>
        </dialog>
    }
}

fn demo_band(lang: Lang, staff: bool) -> impl IntoView {
    let site = text::site(lang);
    view! {
        <aside class="app-band" aria-label=site.demo_tag>
            <div class=format!("govuk-phase-banner {}", container(staff))>
                <p class="govuk-phase-banner__content">
                    <strong class="govuk-tag govuk-phase-banner__content__tag">{site.demo_tag}</strong>
                    <span class="govuk-phase-banner__text">
                        {site.demo_notice} " " <a class="govuk-link" href=format!("{}/demo/post", lang.prefix())>{site.demo_mail}</a> "."
                    </span>
                </p>
            </div>
        </aside>
    }
}

fn way_back(lang: Lang, back: Option<(String, String)>, trail: Vec<(String, String)>) -> impl IntoView {
    let labels = text::site(lang);
    let back = back.map(|(href, label)| {
        view! {
            <nav aria-label=labels.back_label>
                <a class="govuk-back-link" href=href>
                    {label}
                </a>
            </nav>
        }
    });
    let trail = (!trail.is_empty()).then(|| {
        let items = trail
            .into_iter()
            .map(|(href, label)| {
                view! {
                    <li class="govuk-breadcrumbs__list-item">
                        <a class="govuk-breadcrumbs__link" href=href>
                            {label}
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <nav class="govuk-breadcrumbs" aria-label=labels.trail_label>
                <ol class="govuk-breadcrumbs__list">{items}</ol>
            </nav>
        }
    });
    view! {
        {back}
        {trail}
    }
}

fn footer(lang: Lang, staff: bool) -> impl IntoView {
    let site = text::site(lang);
    let links = [
        ("/om", site.about),
        ("/kontakt", site.contact),
        ("/diarium", site.register),
        ("/villkor", site.terms),
        ("/tillganglighet", site.accessibility),
        ("/kakor", site.cookies),
        ("/personuppgifter", site.personal_data),
    ];
    view! {
        <footer class="app-footer">
            <div class=container(staff)>
                <h2 class="govuk-visually-hidden">{site.footer_links}</h2>
                <ul class="app-footer__links">
                    {links
                        .into_iter()
                        .map(|(path, label)| {
                            view! {
                                <li>
                                    <a class="govuk-link" href=format!("{}{path}", lang.prefix())>
                                        {label}
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
                <p class="app-footer__name">{site.agency_long}</p>
            </div>
        </footer>
    }
}

#[cfg(test)]
mod tests {
    use super::without_markers;

    #[test]
    fn marks_stay_inside_islands_only() {
        let html = "<title>a<!></title><leptos-island data-component=\"X\"><p>b<!></p></leptos-island><p>c<!><!--<() />--></p>";
        let clean = "<title>a</title><leptos-island data-component=\"X\"><p>b<!----></p></leptos-island><p>c</p>";
        assert_eq!(without_markers(html), clean);
    }
}
