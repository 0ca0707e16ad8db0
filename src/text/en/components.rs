use crate::text::components::Components;

pub const COMPONENTS: Components = Components {
    error: "Error",
    error_summary: "There is a problem",
    important: "Important",
    success: "Success",
    warning: "Warning",
    breadcrumbs: "Breadcrumb",
    pagination: "Pagination",
    previous: ("Previous", " page"),
    next: ("Next", " page"),
    page: "Page",
    service: "Service information",
    date: ["Day", "Month", "Year"],
    limit_characters: "You can enter up to %{count} characters",
    limit_words: "You can enter up to %{count} words",
    count: &[],
};
