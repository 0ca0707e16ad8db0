//! Figures and facts in rows and columns. Every table has a caption, hidden if a heading above says the same.

use leptos::prelude::*;

use super::parts::{Attrs, Content, class};

/// One cell, of the head or of a row.
#[derive(Default)]
pub struct Cell {
    content: Content,
    numeric: bool,
    classes: String,
    colspan: Option<u32>,
    rowspan: Option<u32>,
    attributes: Attrs,
}

impl Cell {
    /// A cell with words.
    pub fn new(content: impl Into<Content>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// Set to the right, with figures of equal width.
    pub fn numeric(mut self) -> Self {
        self.numeric = true;
        self
    }

    /// With further classes.
    pub fn classes(mut self, classes: impl Into<String>) -> Self {
        self.classes = classes.into();
        self
    }

    /// As wide as several columns.
    pub fn colspan(mut self, columns: u32) -> Self {
        self.colspan = Some(columns);
        self
    }

    /// As high as several rows.
    pub fn rowspan(mut self, rows: u32) -> Self {
        self.rowspan = Some(rows);
        self
    }

    /// With further attributes, such as `aria-sort` on a head or `data-label` on a cell.
    pub fn attributes(mut self, attributes: impl Into<Attrs>) -> Self {
        self.attributes = attributes.into();
        self
    }

    fn column_header(self) -> AnyView {
        let numeric = if self.numeric { "govuk-table__header--numeric" } else { "" };
        view! {
            <th
                scope="col"
                colspan=self.colspan.map(|n| n.to_string())
                rowspan=self.rowspan.map(|n| n.to_string())
                class=class("govuk-table__header", &[numeric, &self.classes])
                {..self.attributes.spread()}
            >
                {self.content.view()}
            </th>
        }
        .into_any()
    }

    fn row_header(self) -> AnyView {
        view! {
            <th
                scope="row"
                colspan=self.colspan.map(|n| n.to_string())
                rowspan=self.rowspan.map(|n| n.to_string())
                class=class("govuk-table__header", &[&self.classes])
                {..self.attributes.spread()}
            >
                {self.content.view()}
            </th>
        }
        .into_any()
    }

    fn cell(self) -> AnyView {
        let numeric = if self.numeric { "govuk-table__cell--numeric" } else { "" };
        view! {
            <td
                colspan=self.colspan.map(|n| n.to_string())
                rowspan=self.rowspan.map(|n| n.to_string())
                class=class("govuk-table__cell", &[numeric, &self.classes])
                {..self.attributes.spread()}
            >
                {self.content.view()}
            </td>
        }
        .into_any()
    }
}

impl<T: Into<Content>> From<T> for Cell {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

/// A table.
#[component]
pub fn Table(
    /// The rows, each from left to right.
    rows: Vec<Vec<Cell>>,
    /// The heads of the columns.
    #[prop(optional)]
    head: Vec<Cell>,
    /// What the table shows.
    #[prop(optional, into)]
    caption: Content,
    /// Further classes of the caption, such as `govuk-table__caption--m` or `govuk-visually-hidden`.
    #[prop(optional, into)]
    caption_classes: String,
    /// Whether the first cell of each row names the row.
    #[prop(optional)]
    first_cell_is_header: bool,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let caption = (!caption.is_empty())
        .then(|| view! { <caption class=class("govuk-table__caption", &[&caption_classes])>{caption.view()}</caption> });
    let head = (!head.is_empty()).then(|| {
        let cells: Vec<AnyView> = head.into_iter().map(Cell::column_header).collect();
        view! {
            <thead class="govuk-table__head">
                <tr class="govuk-table__row">{cells}</tr>
            </thead>
        }
    });
    let rows: Vec<AnyView> = rows
        .into_iter()
        .map(|row| {
            let cells: Vec<AnyView> = row
                .into_iter()
                .enumerate()
                .map(|(place, cell)| if place == 0 && first_cell_is_header { cell.row_header() } else { cell.cell() })
                .collect();
            view! { <tr class="govuk-table__row">{cells}</tr> }.into_any()
        })
        .collect();
    view! {
        <table class=class("govuk-table", &[&classes]) {..attributes.spread()}>
            {caption}
            {head}
            <tbody class="govuk-table__body">{rows}</tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::{Options, check};

    fn cell(o: &Options) -> Cell {
        Cell {
            content: o.content(),
            numeric: o.text("format") == "numeric",
            classes: o.text("classes"),
            colspan: o.text("colspan").parse().ok(),
            rowspan: o.text("rowspan").parse().ok(),
            attributes: o.attrs("attributes"),
        }
    }

    fn cells(list: Option<&Vec<serde_json::Value>>) -> Vec<Cell> {
        list.into_iter().flatten().map(|o| cell(&Options(o.clone()))).collect()
    }

    #[test]
    fn renders_like_the_package() {
        check("table", 21, |o| {
            view! {
                <Table
                    rows=o.list("rows").iter().map(|(_, row)| cells(row.0.as_array())).collect()
                    head=cells(o.part("head").0.as_array())
                    caption=o.text("caption")
                    caption_classes=o.text("captionClasses")
                    first_cell_is_header=o.flag("firstCellIsHeader")
                    classes=o.text("classes")
                    attributes=o.attrs("attributes")
                />
            }
            .into_any()
        });
    }
}
