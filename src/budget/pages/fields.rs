//! The fields of a budget, for a form that another page holds. Rows come and go by buttons that send the form
//! ([`Draft::step`]); the sums follow what is typed where there is script (`islands`), and stand there without it.

use leptos::prelude::*;

use crate::budget::draft::Draft;
use crate::budget::islands::{BudgetLimits, Words};
use crate::budget::model::{Ask, Limits, Line, MOST_ROWS, Part, Place, Reckoned, Rule, Wrong};
use crate::budget::rules::so_far;
use crate::kit::{Form, Lang};
use crate::text;
use crate::ui::components::*;

use super::shown::weight;

/// The entries of the page's error summary.
pub fn errors(lang: Lang, wrong: &[Wrong]) -> Vec<(String, String)> {
    wrong.iter().map(|wrong| (format!("#{}", wrong.field), (text::budget(lang).wrong)(wrong))).collect()
}

/// All fields and the sums. The page needs `Head { island: true, .. }`.
pub fn fields(lang: Lang, draft: &Draft, limits: &Limits, wrong: &[Wrong]) -> AnyView {
    let words = text::budget(lang);
    let asking = Asking { lang, draft, limits, wrong };
    let said = (words.limits)(limits).into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view();
    let [labour, external, other, own, others] = Part::ALL.map(|part| asking.part(part));
    view! {
        // Enter in a field presses the first button of a form: it must not be one that takes a row away.
        <button type="submit" class="govuk-visually-hidden" tabindex="-1" aria-hidden="true">
            {words.save}
        </button>
        <h2 class="govuk-heading-m">{words.limits_title}</h2>
        <ul class="govuk-list govuk-list--bullet">{said}</ul>
        {labour}
        {asking.rates()}
        {external}
        {other}
        {own}
        {others}
        {asking.sums()}
    }
    .into_any()
}

struct Asking<'a> {
    lang: Lang,
    draft: &'a Draft,
    limits: &'a Limits,
    wrong: &'a [Wrong],
}

impl Asking<'_> {
    /// The first thing that is wrong with a field.
    fn error(&self, field: &str) -> String {
        let wrong = self.wrong.iter().find(|wrong| wrong.field == field);
        wrong.map(|wrong| (text::budget(self.lang).wrong)(wrong)).unwrap_or_default()
    }

    /// What the call does not fund is not asked for, unless it has been answered already.
    fn part(&self, part: Part) -> Option<AnyView> {
        let words = text::budget(self.lang);
        let rows = self.draft.rows(part);
        let open = self.limits.funds(part.line());
        if !open && rows.is_empty() {
            return None;
        }
        let id = self.draft.part_id(part);
        let error = self.error(&id);
        let error = (!error.is_empty()).then(|| view! { <ErrorMessage>{error}</ErrorMessage> });
        let add = match open && rows.len() < MOST_ROWS {
            true => {
                let (name, value) = self.draft.adds(part);
                view! {
                    <Button name=name value=value secondary=true>
                        {words.add}
                        <span class="govuk-visually-hidden">": " {(words.part)(part)}</span>
                    </Button>
                }
                .into_any()
            }
            false if open => view! { <p class="govuk-body">{words.full}</p> }.into_any(),
            false => ().into_any(),
        };
        let rows: Vec<AnyView> = (0..rows.len()).map(|row| self.row(part, row)).collect();
        let view = view! {
            <h2 class="govuk-heading-m" id=id tabindex="-1">
                {(words.part)(part)}
            </h2>
            <p class="govuk-body app-muted">{(words.part_hint)(part)}</p>
            {error}
            {rows}
            {add}
        };
        Some(view.into_any())
    }

    fn row(&self, part: Part, row: usize) -> AnyView {
        let words = text::budget(self.lang);
        let once = part.once().iter().map(|ask| self.field(part, row, *ask, None)).collect_view();
        // A year that the call does not have is shown as long as something is typed for it, so that it can be taken away.
        let typed = self.draft.rows(part).get(row).into_iter().flat_map(|row| row.years());
        let mut years: Vec<u16> = self.limits.years.iter().chain(typed).collect();
        years.sort_unstable();
        years.dedup();
        let field = |ask: &Ask, year| self.field(part, row, *ask, Some(year));
        let yearly: Vec<AnyView> = match part {
            Part::Labour => years
                .iter()
                .map(|year| {
                    let fields = part.yearly().iter().map(|ask| field(ask, *year)).collect_view();
                    view! { <div class="app-field-row">{fields}</div> }.into_any()
                })
                .collect(),
            _ => {
                let fields = years.iter().map(|year| field(&Ask::Amount, *year)).collect_view();
                vec![view! { <div class="app-field-row">{fields}</div> }.into_any()]
            }
        };
        let (name, value) = self.draft.removes(part, row);
        let legend = (words.row)(Place { part, row: row + 1, year: None });
        view! {
            <Fieldset
                legend=legend.clone()
                legend_classes="govuk-fieldset__legend--s"
                classes="app-budget__row"
                attributes=[("id", self.draft.row_id(part, row)), ("tabindex", "-1".to_owned())]
            >
                {once}
                {yearly}
                <Button name=name value=value secondary=true classes="app-budget__remove">
                    {words.remove}
                    <span class="govuk-visually-hidden">": " {legend}</span>
                </Button>
            </Fieldset>
        }
        .into_any()
    }

    fn field(&self, part: Part, row: usize, ask: Ask, year: Option<u16>) -> AnyView {
        let name = self.draft.field(part, row, ask, year);
        let value = self.draft.rows(part).get(row).map(|row| row.get(ask, year).to_owned()).unwrap_or_default();
        self.input(ask, name, (text::budget(self.lang).label)(ask, year), value)
    }

    fn input(&self, ask: Ask, name: String, label: String, value: String) -> AnyView {
        let error = self.error(&name);
        let (inputmode, classes) = match ask {
            _ if ask.is_text() => ("", ""),
            Ask::Wage | Ask::Amount => ("decimal", "govuk-input--width-10"),
            _ => ("decimal", "govuk-input--width-4"),
        };
        view! { <Input name=name label=label error=error value=value inputmode=inputmode classes=classes /> }.into_any()
    }

    fn rates(&self) -> Option<AnyView> {
        let words = text::budget(self.lang);
        let rate = |ask: Ask, line: Line, value: &str| {
            let asked = self.limits.funds(line) || !value.is_empty();
            asked.then(|| self.input(ask, self.draft.name(ask), (words.label)(ask, None), value.to_owned()))
        };
        let rates = [rate(Ask::OnCosts, Line::OnCosts, &self.draft.on_costs), rate(Ask::Overhead, Line::Overhead, &self.draft.overhead)];
        let view = rates.iter().any(Option::is_some).then(|| {
            view! {
                <h2 class="govuk-heading-m">{words.rates_title}</h2>
                <p class="govuk-body app-muted">{words.rates_hint}</p>
                {rates.into_iter().flatten().collect_view()}
            }
        });
        view.map(IntoAny::into_any)
    }

    fn sums(&self) -> AnyView {
        let words = text::budget(self.lang);
        let island_words = Words {
            title: words.broken_title.to_owned(),
            rules: Rule::all().map(|rule| (words.rule)(rule).to_owned()).collect(),
            changed: (words.changed)("{}"),
            overflow: words.overflow.to_owned(),
        };
        let Form(fields) = self.draft.fields();
        let table = so_far(self.draft, self.limits).ok().map(|so_far| self.table(&so_far.reckoned));
        view! {
            <div id=self.draft.sums_id() tabindex="-1">
                {table}
                <BudgetLimits prefix=self.draft.prefix().to_owned() fields=fields limits=self.limits.clone() words=island_words lang=self.lang />
            </div>
        }
        .into_any()
    }

    fn table(&self, reckoned: &Reckoned) -> AnyView {
        let words = text::budget(self.lang);
        let columns: Vec<String> = self.limits.years.iter().map(|year| year.to_string()).chain([words.total.to_owned()]).collect();
        let mut head = vec![Cell::new(words.item)];
        head.extend(columns.iter().map(|column| Cell::new(column.as_str()).numeric()));
        let rows = Line::ALL.into_iter().map(|line| {
            let amounts = reckoned.line(line).into_iter().zip(&columns).enumerate();
            let cells = amounts.map(|(place, (amount, column))| {
                let id = self.draft.sum_id(line, place);
                let amount = view! { <span id=id>{amount.text(self.lang)}</span> }.into_any();
                Cell::new(amount).numeric().classes(format!("app-number {}", weight(line))).attributes([("data-label", column.as_str())])
            });
            [Cell::new((words.line)(line)).classes(weight(line))].into_iter().chain(cells).collect()
        });
        view! {
            <Table
                caption=words.sums
                caption_classes="govuk-table__caption--m"
                head=head
                rows=rows.collect()
                first_cell_is_header=true
                classes="app-reflow app-budget"
            />
        }
        .into_any()
    }
}
