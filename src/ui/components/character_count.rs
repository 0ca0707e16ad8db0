//! A field of several lines that says how much it takes.

use leptos::prelude::*;

use super::{
    Hint, Textarea,
    parts::{Attrs, Content, class, either, filled, words},
};

/// A field of several lines with a limit. Without script it says the limit; with it, what is left.
///
/// The limit does not stop anyone from writing on: saving keeps everything, and the page says what is too long.
#[component]
pub fn CharacterCount(
    /// Name under which the form sends the text.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: Content,
    /// The most characters the field takes.
    #[prop(optional)]
    max_length: Option<u32>,
    /// The most words the field takes, instead of characters.
    #[prop(optional)]
    max_words: Option<u32>,
    /// How the script counts `max_length`: `characters` (as a reader sees them), `length` or `words`.
    #[prop(optional, into)]
    count_type: String,
    /// The percentage from which the script tells what is left; always by default.
    #[prop(optional)]
    threshold: Option<u32>,
    /// The sentence about the limit, with `%{count}` for the number; the page's own by default.
    #[prop(optional, into)]
    description: String,
    /// Further classes of that sentence.
    #[prop(optional, into)]
    message_classes: String,
    /// Id; the name by default.
    #[prop(optional, into)]
    id: String,
    /// Whether the label is the page's h1.
    #[prop(optional)]
    label_is_heading: bool,
    /// Further classes of the label, such as `govuk-label--m`.
    #[prop(optional, into)]
    label_classes: String,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: Content,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: Content,
    /// What is written in the field.
    #[prop(optional, into)]
    value: String,
    /// Height in lines.
    #[prop(default = 5)]
    rows: u32,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further classes of the form group.
    #[prop(optional, into)]
    group_classes: String,
    /// Further attributes of the form group.
    #[prop(optional, into)]
    group_attributes: Attrs,
    /// Further attributes of the field.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let id = either(id, &name);
    let info = format!("{id}-info");
    let count_type = either(count_type, if max_words.is_some() { "words" } else { "" });
    let sentence = either(description, if count_type == "words" { words().limit_words } else { words().limit_characters });
    let sentence = max_words.or(max_length).map(|limit| sentence.replace("%{count}", &limit.to_string()));
    let message = view! {
        <Hint id=info.clone() classes=class("govuk-character-count__message", &[&message_classes])>
            {sentence}
        </Hint>
    };
    let mut group = Attrs::from([("data-module", "govuk-character-count")]);
    let settings = [
        ("data-maxlength", max_length.map(|n| n.to_string())),
        ("data-maxwords", max_words.map(|n| n.to_string())),
        ("data-threshold", threshold.map(|n| n.to_string())),
        ("data-count-type", filled(count_type)),
    ];
    for (name, value) in settings {
        if let Some(value) = value {
            group = group.with(name, value);
        }
    }
    let group = group.join(words().count.iter().copied().collect()).join(group_attributes);
    view! {
        <Textarea
            name=name
            label=label
            id=id
            label_is_heading=label_is_heading
            label_classes=label_classes
            hint=hint
            error=error
            value=value
            rows=rows
            described_by=info
            classes=class("govuk-js-character-count", &[&classes])
            group_classes=class("govuk-character-count", &[&group_classes])
            group_attributes=group
            after=message.into_any()
            attributes=attributes
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::{Options, check};

    /// The script's sentences as the package turns them into attributes; ours come with the language.
    fn sentences(o: &Options) -> Attrs {
        let mut all = Attrs::none();
        if !o.flag("maxlength") && !o.flag("maxwords") && o.flag("textareaDescriptionText") {
            all = all.with("data-i18n.textarea-description.other", o.text("textareaDescriptionText"));
        }
        for unit in ["characters", "words"] {
            for (option, key) in [("UnderLimit", "under-limit"), ("AtLimit", "at-limit"), ("OverLimit", "over-limit")] {
                let (option, key) = (format!("{unit}{option}Text"), format!("data-i18n.{unit}-{key}"));
                match o.part(&option).0.as_object() {
                    Some(plural) => {
                        for rule in plural.keys() {
                            all = all.with(format!("{key}.{rule}"), o.part(&option).text(rule));
                        }
                    }
                    None if o.flag(&option) => all = all.with(key, o.text(&option)),
                    None => {}
                }
            }
        }
        all
    }

    fn number(o: &Options, name: &str) -> Option<u32> {
        o.text(name).parse().ok()
    }

    #[test]
    fn renders_like_the_package() {
        check("character-count", 34, |o| {
            let label = o.part("label");
            let attributes = match o.given("spellcheck") {
                Some(on) => o.attrs("attributes").with("spellcheck", on),
                None => o.attrs("attributes"),
            };
            // Optional numbers have no value for "unknown", so the props are set one by one.
            let props = CharacterCountProps::builder()
                .name(o.text("name"))
                .label(label.content())
                .count_type(o.text("countType"))
                .description(o.text("textareaDescriptionText"))
                .message_classes(o.part("countMessage").text("classes"))
                .id(o.text("id"))
                .label_is_heading(label.flag("isPageHeading"))
                .label_classes(label.text("classes"))
                .hint(o.part("hint").content())
                .error(o.part("errorMessage").content())
                .value(o.text("value"))
                .rows(number(o, "rows").unwrap_or(5))
                .classes(o.text("classes"))
                .group_classes(o.part("formGroup").text("classes"))
                .group_attributes(sentences(o))
                .attributes(attributes);
            let mut props = props.build();
            props.max_length = number(o, "maxlength");
            props.max_words = number(o, "maxwords");
            props.threshold = number(o, "threshold");
            CharacterCount(props).into_any()
        });
    }

    #[test]
    fn the_script_speaks_swedish() {
        let html = Owner::new().with(|| view! { <CharacterCount name="mal" label="Mål" max_length=200 /> }.to_html());
        assert!(html.contains("Du kan skriva högst 200 tecken"), "{html}");
        assert!(html.contains(r#"data-i18n.characters-at-limit="Du har 0 tecken kvar""#), "{html}");
        assert!(html.contains(r#"aria-describedby="mal-info""#), "{html}");
    }
}
