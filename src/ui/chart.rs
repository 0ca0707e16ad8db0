//! Figures: horizontal bars, one for each row of the table that stands below them, as SVG that is read aloud by its title and
//! description. Bars are as wide as a share of the figure while words keep their size, so a figure can be read on a phone and
//! when the page is enlarged; every bar has its name and its value in words, so nothing is told by colour alone. No style
//! attributes: the page's policy forbids them (decision 0022).
//!
//! To add a kind of figure: a function here from values to [`AnyView`], its look in `style/app/_chart.scss`.

use std::fmt::Write as _;

use leptos::prelude::*;

/// A bar: what it is called, how long it is, and what is written about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub name: String,
    pub value: i64,
    pub text: String,
}

/// The colours, in the order in which figures of a page take them; each is 3:1 or more against white.
const PALETTE: [&str; 5] = ["#0B3F57", "#1C7F7B", "#B5541C", "#5A3E85", "#8A6A2F"];

/// Height of a bar with its words, in pixels.
const STEP: usize = 44;

/// A figure with an id of its own on the page; `place` says which figure of the page it is, from 0.
pub fn bars(id: &str, place: usize, title: &str, description: &str, bars: &[Bar]) -> AnyView {
    let svg = svg(id, PALETTE[place % PALETTE.len()], title, description, bars);
    view! { <div class="app-chart" inner_html=svg></div> }.into_any()
}

fn svg(id: &str, colour: &str, title: &str, description: &str, bars: &[Bar]) -> String {
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or_default().max(0);
    let least = bars.iter().map(|bar| bar.value).min().unwrap_or_default().min(0);
    let range = u128::from(most.abs_diff(least)).max(1);
    // Shares of the width in hundredths of a percent.
    let share = |value: u64| u64::try_from(u128::from(value) * 10_000 / range).unwrap_or_default();
    let percent = |share: u64| format!("{}.{:02}%", share / 100, share % 100);
    let zero = share(least.unsigned_abs());
    let height = bars.len() * STEP;
    let mut svg = format!(
        "<svg class=\"app-chart__figure\" role=\"img\" aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-desc\" width=\"100%\" height=\"{height}\" \
         xmlns=\"http://www.w3.org/2000/svg\" focusable=\"false\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
        escape(title),
        escape(description)
    );
    for (row, bar) in bars.iter().enumerate() {
        let (top, baseline) = (row * STEP + 22, row * STEP + 16);
        let width = share(bar.value.unsigned_abs());
        let left = if bar.value < 0 { zero.saturating_sub(width) } else { zero };
        let _ = write!(
            svg,
            "<text class=\"app-chart__name\" x=\"0\" y=\"{baseline}\">{}</text>\
             <text class=\"app-chart__value\" x=\"100%\" y=\"{baseline}\" text-anchor=\"end\">{}</text>\
             <rect class=\"app-chart__bar\" x=\"{}\" y=\"{top}\" width=\"{}\" height=\"12\" fill=\"{colour}\"/>",
            escape(&bar.name),
            escape(&bar.text),
            percent(left),
            percent(width)
        );
    }
    // Where the axis has a part below nought, a line says where nought is.
    if zero > 0 {
        let _ = write!(
            svg,
            "<line class=\"app-chart__zero\" x1=\"{0}\" x2=\"{0}\" y1=\"0\" y2=\"{height}\" stroke=\"#56666F\"/>",
            percent(zero)
        );
    }
    svg.push_str("</svg>");
    svg
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(name: &str, value: i64) -> Bar {
        Bar { name: name.to_owned(), value, text: format!("{value} ex.") }
    }

    #[test]
    fn a_figure_says_what_it_shows_and_styles_nothing_inline() {
        let svg = svg("x", PALETTE[0], "Sålt & sänt", "Två <titlar>", &[bar("A \"b\"", 50), bar("C", 100), bar("D", -100)]);
        assert!(svg.contains("role=\"img\" aria-labelledby=\"x-title\"") && svg.contains("<title id=\"x-title\">Sålt &amp; sänt</title>"));
        assert!(svg.contains("Två &lt;titlar&gt;") && svg.contains("A &quot;b&quot;"));
        assert!(!svg.contains("style="));
        // The axis goes from −100 to 100: half of it is what is below zero.
        assert!(svg.contains("x=\"50.00%\" y=\"22\" width=\"25.00%\"") && svg.contains("x=\"0.00%\" y=\"110\" width=\"50.00%\""), "{svg}");
    }

    #[test]
    fn nothing_and_extremes_are_drawn_too() {
        assert!(svg("x", PALETTE[1], "t", "d", &[]).ends_with("</svg>"));
        assert!(svg("x", PALETTE[1], "t", "d", &[bar("a", 0)]).contains("width=\"0.00%\""));
        assert!(svg("x", PALETTE[1], "t", "d", &[bar("a", i64::MAX), bar("b", i64::MIN)]).contains("width=\"50.00%\""));
    }
}
