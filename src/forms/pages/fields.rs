//! A question as fields to fill in. What was typed stands in them, right or wrong.

use leptos::prelude::*;

use super::words;
use crate::forms::model::{Choosable, Column, Kind, Question, YES};
use crate::forms::rules::{Wrong, button, cell, named, part, rows_shown};
use crate::kit::swedish::sort_key;
use crate::kit::{Form, Lang, Municipality};
use crate::text;
use crate::ui::components::*;

/// The fields of one question. `errors` are those of the whole page.
pub fn field(lang: Lang, question: &Question, answers: &Form, errors: &[Wrong]) -> AnyView {
    let key = question.key.as_str();
    let label = label(lang, question);
    let here = Here { lang, answers, errors, label: question.label.text(lang) };
    let help = move || words(&question.help, lang);
    match &question.kind {
        Kind::Several { options } => {
            let values: Vec<String> = answers.all(key).map(str::to_owned).collect();
            let items = choices(lang, options);
            view! {
                <Checkboxes
                    name=key
                    legend=label
                    legend_classes="govuk-fieldset__legend--s"
                    hint=filled(&question.help, help)
                    items=items
                    values=values
                    error=here.error(key)
                />
            }
            .into_any()
        }
        Kind::Choice { options } => {
            let items = choices(lang, options);
            view! {
                <Radios
                    name=key
                    legend=label
                    legend_classes="govuk-fieldset__legend--s"
                    hint=filled(&question.help, help)
                    items=items
                    value=here.value(key)
                    error=here.error(key)
                />
            }
            .into_any()
        }
        Kind::Consent { statement } => {
            let items = vec![Choice::new(YES, words(statement, lang))];
            let values = vec![here.value(key)];
            view! {
                <Checkboxes
                    name=key
                    legend=label
                    legend_classes="govuk-fieldset__legend--s"
                    hint=filled(&question.help, help)
                    items=items
                    values=values
                    error=here.error(key)
                />
            }
            .into_any()
        }
        Kind::Municipality { several: true } => here.municipalities(key, label, filled(&question.help, help)),
        Kind::Municipality { several: false } => {
            let items = std::iter::once(SelectItem::new("", text::forms(lang).choose_municipality)).chain(municipalities());
            let items: Vec<SelectItem> = items.collect();
            view! {
                <Select
                    name=key
                    label=label
                    label_classes="govuk-label--s"
                    hint=filled(&question.help, help)
                    items=items
                    value=here.value(key)
                    error=here.error(key)
                />
            }
            .into_any()
        }
        Kind::Long { most } => view! {
            <CharacterCount
                name=key
                label=label
                label_classes="govuk-label--s"
                hint=filled(&question.help, help)
                value=here.value(key)
                max_length=*most
                rows=lines(*most)
                error=here.error(key)
            />
        }
        .into_any(),
        Kind::Moment | Kind::Period { .. } | Kind::Organisation | Kind::Person => {
            let (help, fields) = (hint(&question.help, lang), here.parts(&question.kind, key));
            view! {
                <Fieldset legend=label legend_classes="govuk-fieldset__legend--s">
                    {help}
                    {fields}
                </Fieldset>
            }
            .into_any()
        }
        Kind::Table { columns, .. } => {
            let (help, rows) = (hint(&question.help, lang), here.table(key, columns));
            view! {
                <Fieldset legend=label legend_classes="govuk-fieldset__legend--s">
                    {help}
                    {rows}
                </Fieldset>
            }
            .into_any()
        }
        // What takes files and budgets stands beside the form that asks for them.
        Kind::File { .. } | Kind::Budget => ().into_any(),
        kind => here.simple(kind, key, label, filled(&question.help, help), "govuk-label--s"),
    }
}

/// The entries of a summary of what is wrong, each leading to its field.
pub fn summary(lang: Lang, label: impl Fn(&str) -> String, errors: &[Wrong]) -> Vec<(String, String)> {
    let says = text::forms(lang).problem;
    errors.iter().map(|wrong| (format!("#{}", wrong.field), says(&label(&wrong.question), wrong.problem))).collect()
}

fn label(lang: Lang, question: &Question) -> AnyView {
    let optional = question.optional.then(|| format!(" {}", text::forms(lang).optional));
    view! {
        {words(&question.label, lang)}
        {optional}
    }
    .into_any()
}

fn hint(both: &crate::forms::model::Both, lang: Lang) -> Option<AnyView> {
    (!both.is_empty()).then(|| {
        let words = words(both, lang);
        view! { <div class="govuk-hint">{words}</div> }.into_any()
    })
}

fn filled(both: &crate::forms::model::Both, view: impl FnOnce() -> AnyView) -> Content {
    if both.is_empty() { Content::none() } else { view().into() }
}

fn choices(lang: Lang, options: &[Choosable]) -> Vec<Choice> {
    let choice =
        |one: &Choosable| Choice::new(one.key.as_str(), words(&one.label, lang)).hint(filled(&one.help, || words(&one.help, lang)));
    options.iter().map(choice).collect()
}

/// Every municipality, as the Swedish alphabet has them.
fn municipalities() -> impl Iterator<Item = SelectItem> {
    let mut all: Vec<&Municipality> = Municipality::all().iter().collect();
    all.sort_by_cached_key(|one| sort_key(one.name()));
    all.into_iter().map(|one| SelectItem::new(one.code(), one.name()))
}

/// Lines of a field that takes so many characters.
const fn lines(most: u32) -> u32 {
    match most {
        0..500 => 4,
        500..2000 => 8,
        _ => 14,
    }
}

/// What the fields of one question share.
struct Here<'a> {
    lang: Lang,
    answers: &'a Form,
    errors: &'a [Wrong],
    label: &'a str,
}

impl Here<'_> {
    fn value(&self, name: &str) -> String {
        self.answers.get(name).to_owned()
    }

    fn error(&self, name: &str) -> Option<String> {
        let wrong = self.errors.iter().find(|wrong| wrong.field == name)?;
        Some((text::forms(self.lang).problem)(self.label, wrong.problem))
    }

    /// A kind of one line.
    fn simple(&self, kind: &Kind, name: &str, label: AnyView, help: Content, label_classes: &'static str) -> AnyView {
        let words = &text::forms(self.lang).fields;
        if let Kind::Choice { options } = kind {
            let first = SelectItem::new("", text::forms(self.lang).choose);
            let items =
                std::iter::once(first).chain(options.iter().map(|one| SelectItem::new(one.key.as_str(), one.label.text(self.lang))));
            let items: Vec<SelectItem> = items.collect();
            return view! {
                <Select name=name label=label label_classes=label_classes hint=help items=items value=self.value(name) error=self.error(name) />
            }
            .into_any();
        }
        let (format, inputmode, classes, suffix) = match kind {
            Kind::Day { .. } => (words.day_hint, "", "govuk-input--width-10", String::new()),
            Kind::Amount { .. } => (words.amount_hint, "decimal", "govuk-input--width-10", "kr".to_owned()),
            Kind::Percent { .. } => (words.percent_hint, "decimal", "govuk-input--width-5", "%".to_owned()),
            Kind::Number { unit, .. } => ("", "numeric", "govuk-input--width-5", unit.text(self.lang).to_owned()),
            _ => ("", "", "", String::new()),
        };
        let hint: Content = match (help.is_empty(), format.is_empty()) {
            (true, _) => format.into(),
            (false, true) => help,
            (false, false) => view! {
                {help.view()}
                <br />
                {format}
            }
            .into_any()
            .into(),
        };
        let is_email = matches!(kind, Kind::Email);
        view! {
            <Input
                name=name
                label=label
                label_classes=label_classes
                hint=hint
                value=self.value(name)
                error=self.error(name)
                inputmode=inputmode
                classes=classes
                suffix=(!suffix.is_empty()).then_some(suffix)
                kind=if is_email { InputKind::Email } else { InputKind::Text }
                autocomplete="off"
            />
        }
        .into_any()
    }

    /// One line of an answer that has several.
    fn line(&self, name: String, label: &'static str, hint: &'static str, classes: &'static str, kind: InputKind) -> AnyView {
        let (value, error) = (self.value(&name), self.error(&name));
        view! { <Input name=name label=label hint=hint value=value error=error classes=classes kind=kind autocomplete="off" /> }.into_any()
    }

    fn parts(&self, kind: &Kind, key: &str) -> AnyView {
        let words = &text::forms(self.lang).fields;
        let line = |part: &str, label, hint, classes, kind| self.line(named(key, part), label, hint, classes, kind);
        let (short, text) = ("govuk-input--width-10", InputKind::Text);
        let lines = match kind {
            Kind::Moment => vec![
                line(part::DAY, words.day, words.day_hint, short, text),
                line(part::CLOCK, words.clock, words.clock_hint, "govuk-input--width-5", text),
            ],
            Kind::Period { .. } => {
                vec![line(part::FROM, words.from, words.day_hint, short, text), line(part::TO, words.to, words.day_hint, short, text)]
            }
            Kind::Organisation => {
                vec![line(part::NAME, words.organisation, "", "", text), line(part::NUMBER, words.number, words.number_hint, short, text)]
            }
            _ => vec![
                line(part::NAME, words.name, "", "", text),
                line(part::POSITION, words.position, "", "", text),
                line(part::EMAIL, words.email, "", "", InputKind::Email),
                line(part::PHONE, words.phone, "", "govuk-input--width-20", InputKind::Tel),
            ],
        };
        lines.into_any()
    }

    /// A long list, folded away until it is needed; what is chosen is said above it.
    fn municipalities(&self, key: &str, label: AnyView, help: Content) -> AnyView {
        let words = &text::forms(self.lang).fields;
        let chosen: Vec<String> = self.answers.all(key).map(str::to_owned).collect();
        let hint: Content = if help.is_empty() { words.municipalities_hint.into() } else { help };
        let mut all: Vec<&Municipality> = Municipality::all().iter().collect();
        all.sort_by_cached_key(|one| sort_key(one.name()));
        let items: Vec<Choice> = all.into_iter().map(|one| Choice::new(one.code(), one.name())).collect();
        view! {
            <Checkboxes
                name=key
                legend=label
                legend_classes="govuk-fieldset__legend--s"
                hint=hint
                items=items
                values=chosen
                error=self.error(key)
                classes="govuk-checkboxes--small app-columns"
            />
        }
        .into_any()
    }

    fn table(&self, key: &str, columns: &[Column]) -> AnyView {
        let texts = text::forms(self.lang);
        let count = rows_shown(key, columns, self.answers);
        let rows: Vec<AnyView> = (1..=count).map(|row| self.row(key, columns, row, count)).collect();
        view! {
            <p class="govuk-hint">{texts.fields.rows_hint}</p>
            <input type="hidden" name=named(key, part::ROWS) value=count.to_string() />
            {rows}
            <Button secondary=true name=button::ADD_ROW value=key>
                {texts.fields.add_row}
            </Button>
        }
        .into_any()
    }

    fn row(&self, key: &str, columns: &[Column], row: usize, count: usize) -> AnyView {
        let texts = text::forms(self.lang);
        let cells: Vec<AnyView> = columns
            .iter()
            .map(|column| {
                let optional = column.optional.then(|| format!(" {}", texts.optional));
                let label = view! {
                    {words(&column.label, self.lang)}
                    {optional}
                };
                self.simple(&column.kind, &cell(key, row, column.key.as_str()), label.into_any(), Content::none(), "")
            })
            .collect();
        let remove = (count > 1).then(|| {
            view! {
                <Button secondary=true name=button::REMOVE_ROW value=format!("{key}.{row}") classes="govuk-!-margin-bottom-2">
                    {(texts.fields.remove_row)(row)}
                </Button>
            }
        });
        view! {
            <Fieldset legend=(texts.row)(row) classes="app-row">
                {cells}
                {remove}
            </Fieldset>
        }
        .into_any()
    }
}
