//! Markdown as HTML for a page: the only door through which text with markup reaches a reader.
//!
//! Editors write headings from `##`; they are moved so that they stand under the heading that the page itself gives.
//! Raw HTML in the text is shown as text, and what is left goes through a list of allowed elements, so that no import
//! can bring a script, a style or a picture from elsewhere (OWASP ASVS 5.0, 1.3.1).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use comrak::nodes::NodeValue;
use comrak::{Arena, Options};
use leptos::prelude::*;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "ul",
        "ol",
        "li",
        "blockquote",
        "strong",
        "em",
        "del",
        "code",
        "pre",
        "a",
        "br",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "sup",
        "sub",
    ];
    let mut cleaner = Builder::empty();
    cleaner
        .link_rel(None)
        .tags(HashSet::from(tags))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
            ("th", HashSet::from(["align"])),
            ("td", HashSet::from(["align"])),
        ]))
        .url_schemes(HashSet::from(["https", "http", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .clean_content_tags(HashSet::from(["script", "style"]));
    cleaner
});

/// Markdown as clean HTML whose highest heading is `top` (2 to 4).
pub fn html(markdown: &str, top: u8) -> String {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.render.escape = true;
    let root = comrak::parse_document(&arena, markdown, &options);
    let highest = root.descendants().filter_map(|node| level(&node.data().value)).min().unwrap_or(2);
    for node in root.descendants() {
        if let NodeValue::Heading(heading) = &mut node.data_mut().value {
            heading.level = (heading.level - highest + top).min(6);
        }
    }
    let mut html = String::new();
    // Writing to a string cannot fail.
    let _ = comrak::format_html(root, &options, &mut html);
    CLEANER.clean(&html).to_string()
}

fn level(value: &NodeValue) -> Option<u8> {
    match value {
        NodeValue::Heading(heading) => Some(heading.level),
        _ => None,
    }
}

/// Markdown as a block of prose. `lang` is given when the text is in another language than the page.
pub fn prose(markdown: &str, top: u8, lang: Option<&'static str>) -> AnyView {
    view! { <div class="app-prose" lang=lang inner_html=html(markdown, top)></div> }.into_any()
}

/// Markdown as plain words, for descriptions and feeds: no marks, single spaces.
pub fn plain(markdown: &str) -> String {
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, markdown, &Options::default());
    let mut words = String::new();
    for node in root.descendants() {
        match &node.data().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::Item(_) | NodeValue::SoftBreak | NodeValue::LineBreak => {
                words.push(' ')
            }
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_stand_under_the_page_s_own() {
        assert_eq!(html("# Ett\n\n## Två\n", 2), "<h2>Ett</h2>\n<h3>Två</h3>\n");
        assert_eq!(html("## Ett\n\n### Två\n", 2), "<h2>Ett</h2>\n<h3>Två</h3>\n");
        assert_eq!(html("## Ett\n", 3), "<h3>Ett</h3>\n");
        assert_eq!(html("# a\n\n###### b\n", 4), "<h4>a</h4>\n<h6>b</h6>\n");
    }

    #[test]
    fn nothing_active_comes_through() {
        for bad in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "![x](https://elsewhere.example/x.png)",
            "<style>*{}</style>",
            "<a href=\"data:text/html,x\">x</a>",
        ] {
            let html = html(bad, 2);
            for mark in ["<script", "<img", "<style", "<a href=\"javascript", "<a href=\"data"] {
                assert!(!html.contains(mark), "{bad} gave {html}");
            }
        }
        assert_eq!(html("[Brå](https://bra.se/)", 2), "<p><a href=\"https://bra.se/\">Brå</a></p>\n");
    }

    #[test]
    fn plain_words_have_no_marks() {
        assert_eq!(plain("## Om\n\nEtt *två* [tre](/x)\nfyra\n\n- fem\n- sex"), "Om Ett två tre fyra fem sex");
    }
}
