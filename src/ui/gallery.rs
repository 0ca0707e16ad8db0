//! Every component in each of its states, for those who build and for the tests that look (`/komponenter`, never in
//! production). The sentences are samples, so they stand here and not in `text`.
//!
//! To show one more component or state: add a [`state`] to its group below. Give it ids and names of its own, and name
//! each landmark; the test at the end and axe find what is forgotten.

use leptos::prelude::*;

use super::components::*;

/// The whole page's main content.
pub fn gallery() -> impl IntoView {
    view! {
        <h1 class="govuk-heading-l">"Komponenter"</h1>
        <p class="govuk-body-l">"Varje komponent i sina lägen. Sidan finns inte i produktion."</p>
        {group("Knappar", buttons())}
        {group("Textfält", text_fields())}
        {group("Val", choices())}
        {group("Fel", errors())}
        {group("Vägar", ways())}
        {group("Besked", messages())}
        {group("Listor och tabeller", lists())}
    }
}

fn group(title: &'static str, states: Vec<AnyView>) -> AnyView {
    view! {
        <hr class="app-divider" />
        <h2 class="govuk-heading-m">{title}</h2>
        {states}
    }
    .into_any()
}

fn state(title: &'static str, shown: impl IntoView + 'static) -> AnyView {
    view! {
        <h3 class="govuk-heading-s">{title}</h3>
        {shown.into_any()}
    }
    .into_any()
}

fn buttons() -> Vec<AnyView> {
    vec![
        state("Knapp", view! { <Button name="steg" value="vidare">"Fortsätt till betalning"</Button> }),
        state("Andra valet", view! { <Button kind=ButtonKind::Button secondary=true>"Spara och fortsätt senare"</Button> }),
        state("Något som inte kan ångras", view! { <Button kind=ButtonKind::Button warning=true>"Ta bort ansökan"</Button> }),
        state("Länk som börjar något", view! { <Button href="/kassa" start=true>"Till kassan"</Button> }),
        state(
            "Flera i rad",
            view! {
                <div class="govuk-button-group">
                    <Button>"Lägg i kundkorgen"</Button>
                    <Button secondary=true>"Beställ direkt"</Button>
                    <a class="govuk-link" href="/publikationer">"Fortsätt leta"</a>
                </div>
            },
        ),
    ]
}

fn text_fields() -> Vec<AnyView> {
    vec![
        state("Fält", view! { <Input name="namn" label="Namn" autocomplete="name" spellcheck=false /> }),
        state(
            "Med ledtext och värde",
            view! {
                <Input
                    name="orgnr"
                    label="Organisationsnummer"
                    label_classes="govuk-label--m"
                    hint="Tio siffror, till exempel 202100-0068."
                    value="202100-0068"
                    inputmode="numeric"
                    classes="govuk-input--width-10"
                />
            },
        ),
        state(
            "Med fel",
            view! {
                <Input
                    name="epost"
                    kind=InputKind::Email
                    label="E-postadress"
                    hint="Dit skickar vi bekräftelsen."
                    error="Ange en e-postadress, till exempel namn@kommun.se"
                    value="namn@kommun"
                    autocomplete="email"
                    spellcheck=false
                />
            },
        ),
        state(
            "Med enhet",
            view! {
                <Input
                    name="belopp"
                    label="Sökt belopp i kronor"
                    value="480 000"
                    suffix="kr"
                    inputmode="numeric"
                    classes="govuk-input--width-10"
                />
            },
        ),
        state(
            "Med enhet före och fel",
            view! {
                <Input
                    name="andel"
                    label="Andel av budgeten i procent"
                    error="Andelen måste vara 100 procent eller mindre"
                    value="120"
                    prefix="%"
                    inputmode="decimal"
                    classes="govuk-input--width-4"
                />
            },
        ),
        state(
            "Två i rad",
            view! {
                <div class="app-field-row">
                    <Input name="postnummer" label="Postnummer" inputmode="numeric" autocomplete="postal-code" classes="govuk-input--width-5" />
                    <Input name="ort" label="Ort" autocomplete="address-level2" />
                </div>
            },
        ),
        state("En fil", view! { <FileUpload name="bilaga" label="Välj fil" hint="Filen måste vara en hel PDF-fil." accept=".pdf" /> }),
        state("En fil med fel", view! { <FileUpload name="bilaga-fel" label="Välj fil" error="Filen är tom. Välj en annan fil" /> }),
        state(
            "Flera rader",
            view! { <Textarea name="meddelande" label="Meddelande (frivilligt)" hint="Skriv inga känsliga uppgifter." /> },
        ),
        state(
            "Flera rader med fel",
            view! {
                <Textarea
                    name="skal"
                    label="Varför behöver ni mer tid?"
                    error="Beskriv varför ni behöver mer tid"
                    rows=3
                    value="Vi väntar på\nsvar från kommunen."
                />
            },
        ),
        state(
            "Med gräns för längden",
            view! { <CharacterCount name="mal" label="Vad vill ni uppnå?" max_length=500 value="Färre inbrott i källare." /> },
        ),
        state(
            "Över gränsen",
            view! {
                <CharacterCount
                    name="sammanfattning"
                    label="Sammanfattning"
                    max_words=3
                    rows=3
                    error="Sammanfattningen måste vara 3 ord eller kortare"
                    value="Tryggare torg året om"
                />
            },
        ),
        state(
            "Datum",
            view! {
                <DateInput
                    id="start"
                    name_prefix="start"
                    legend="När börjar projektet?"
                    legend_classes="govuk-fieldset__legend--m"
                    hint="Till exempel 15 3 2027."
                    day="15"
                    month="3"
                    year="2027"
                />
            },
        ),
        state(
            "Datum där en del är fel",
            view! {
                <DateInput
                    id="slut"
                    name_prefix="slut"
                    legend="När slutar projektet?"
                    error="Slutdatumet måste ha ett årtal"
                    parts=vec![
                        DatePart::new("day", "Dag", 2).value("31"),
                        DatePart::new("month", "Månad", 2).value("12"),
                        DatePart::new("year", "År", 4).invalid(true),
                    ]
                />
            },
        ),
        state(
            "Fält som hör ihop",
            view! {
                <Fieldset legend="Fakturaadress" legend_classes="govuk-fieldset__legend--m">
                    <Input name="faktura-gata" label="Gata eller box" autocomplete="billing address-line1" />
                    <Input name="faktura-ort" label="Ort" autocomplete="billing address-level2" />
                </Fieldset>
            },
        ),
        state(
            "Delar för sig",
            view! {
                <div class="govuk-form-group govuk-form-group--error">
                    <Label text="Sök i diariet" target="diarium" />
                    <Hint id="diarium-hint">"Ärendenummer eller ord."</Hint>
                    <ErrorMessage id="diarium-error">"Ange minst tre tecken"</ErrorMessage>
                    <input
                        class="govuk-input govuk-input--error"
                        id="diarium"
                        name="diarium"
                        type="search"
                        aria-invalid="true"
                        aria-describedby="diarium-hint diarium-error"
                    />
                </div>
            },
        ),
    ]
}

fn delivery() -> Vec<Choice> {
    vec![
        Choice::new("post", "Skicka till mig").hint("Två till fem vardagar."),
        Choice::new("bud", "Skicka med bud"),
        Choice::divider("eller"),
        Choice::new("hamta", "Jag hämtar på Brå"),
    ]
}

fn choices() -> Vec<AnyView> {
    vec![
        state(
            "Välj ett",
            view! {
                <Radios
                    name="leverans"
                    legend="Hur vill du ha beställningen?"
                    legend_classes="govuk-fieldset__legend--m"
                    hint="Porto tillkommer."
                    items=delivery()
                    value="post"
                />
            },
        ),
        state(
            "Välj ett, i rad",
            view! {
                <Radios
                    name="moms"
                    legend="Vill du se priser med moms?"
                    items=vec![("ja", "Ja").into(), ("nej", "Nej").into()]
                    classes="govuk-radios--inline govuk-radios--small"
                />
            },
        ),
        state(
            "Välj ett, med fel",
            view! {
                <Radios
                    name="betalning"
                    legend="Hur vill du betala?"
                    error="Välj hur du vill betala"
                    items=vec![
                        Choice::new("faktura", "Faktura till organisation")
                            .conditional(view! { <Input name="referens" label="Er referens (frivilligt)" /> }.into_any()),
                        Choice::new("efterkrav", "Betala när du hämtar"),
                    ]
                />
            },
        ),
        state(
            "Välj flera",
            view! {
                <Checkboxes
                    name="amne"
                    legend="Vilka ämnen är du intresserad av?"
                    legend_classes="govuk-fieldset__legend--m"
                    hint="Välj alla som stämmer."
                    items=vec![
                        Choice::new("vald", "Våld").hint("Även våld i nära relationer."),
                        Choice::new("hatbrott", "Hatbrott"),
                        Choice::divider("eller"),
                        Choice::new("inget", "Inget av dem").exclusive(),
                    ]
                    values=vec!["hatbrott".to_owned()]
                />
            },
        ),
        state(
            "Välj flera, små",
            view! {
                <Checkboxes
                    name="typ"
                    legend="Typ"
                    classes="govuk-checkboxes--small"
                    items=vec![("rapport", "Rapport").into(), ("kortanalys", "Kortanalys").into()]
                />
            },
        ),
        state(
            "Bekräfta, med fel",
            view! {
                <Checkboxes
                    name="godkanner"
                    error="Bekräfta att du har läst köpvillkoren"
                    items=vec![("ja", "Jag har läst köpvillkoren").into()]
                />
            },
        ),
        state(
            "Lista",
            view! {
                <Select
                    name="lan"
                    label="Län"
                    items=vec![("", "Välj län").into(), ("01", "Stockholms län").into(), ("12", "Skåne län").into()]
                    value="12"
                />
            },
        ),
        state(
            "Lista med fel",
            view! {
                <Select
                    name="land"
                    label="Land"
                    hint="Vi skickar till länder i Norden."
                    error="Välj land"
                    items=vec![("", "Välj land").into(), ("SE", "Sverige").into(), ("NO", "Norge").into()]
                />
            },
        ),
    ]
}

fn errors() -> Vec<AnyView> {
    vec![
        state(
            "Sammanfattning av fel",
            view! {
                <ErrorSummary
                    disable_auto_focus=true
                    errors=vec![
                        ("#epost", "Ange en e-postadress, till exempel namn@kommun.se"),
                        ("#betalning", "Välj hur du vill betala"),
                        ("#slut-year", "Slutdatumet måste ha ett årtal"),
                    ]
                />
            },
        ),
        state(
            "Fel utan fält",
            view! {
                <ErrorSummary
                    disable_auto_focus=true
                    title="Beställningen kom inte fram"
                    description="Inget har beställts. Försök igen om en stund."
                />
            },
        ),
    ]
}

fn ways() -> Vec<AnyView> {
    let address = |page: usize| format!("/publikationer?sida={page}");
    vec![
        state("Förbi menyn", view! { <SkipLink /> }),
        state("Tillbaka", view! { <BackLink href="/kassa" /> }),
        state(
            "Brödsmulor",
            view! {
                <Breadcrumbs
                    label="Brödsmulor, exempel"
                    items=vec![
                        ("/", "Start").into(),
                        ("/publikationer", "Publikationer").into(),
                        Crumb::here("Grov kriminalitet bland unga"),
                    ]
                />
            },
        ),
        state(
            "Meny",
            view! {
                <ServiceNavigation
                    label="Meny, exempel"
                    id="meny-exempel"
                    items=vec![
                        NavItem::new("/publikationer", "Publikationer").active(true),
                        NavItem::new("/om", "Om Brå"),
                    ]
                    navigation_end=view! {
                        <li class="govuk-service-navigation__item app-navigation__basket">
                            <a class="govuk-service-navigation__link" href="/kundkorg">
                                "Kundkorg "
                                <span class="app-navigation__count">"(2)"</span>
                            </a>
                        </li>
                    }
                        .into_any()
                />
            },
        ),
        state(
            "Meny med tjänstens namn",
            view! {
                <ServiceNavigation
                    region_label="Tjänst, exempel"
                    label="Tjänstens meny, exempel"
                    id="tjanst-exempel"
                    service_name="Handläggning"
                    service_url="/handlaggare"
                    items=vec![NavItem::new("/bestallningar", "Beställningar").current(true), NavItem::new("/fakturor", "Fakturor")]
                />
            },
        ),
        state(
            "Provtjänst",
            view! {
                <PhaseBanner tag="Prov">
                    "Tjänsten prövas. " <a class="govuk-link" href="/kontakt">"Berätta vad du tycker"</a> "."
                </PhaseBanner>
            },
        ),
        state("Sidor, den första", view! { <Pagination label="Sidor, den första" links=PageLinks::numbered(1, 38, address) /> }),
        state("Sidor, mitt i", view! { <Pagination label="Sidor, mitt i" links=PageLinks::numbered(12, 38, address) /> }),
        state("Sidor, den sista", view! { <Pagination label="Sidor, den sista" links=PageLinks::numbered(3, 3, address) /> }),
        state(
            "Före och efter",
            view! {
                <Pagination
                    label="Före och efter"
                    links=PageLinks {
                        previous: Some(PageLink::new("/kassa/leverans").label("Leverans")),
                        next: Some(PageLink::new("/kassa/granska").label("Granska")),
                        items: Vec::new(),
                    }
                />
            },
        ),
    ]
}

fn messages() -> Vec<AnyView> {
    vec![
        state(
            "Viktigt",
            view! {
                <NotificationBanner title_id="besked-viktigt" title_level=4 text="Rapporten är tillbakadragen sedan den 7 mars 2026." />
            },
        ),
        state(
            "Klart",
            view! {
                <NotificationBanner
                    success=true
                    title_id="besked-klart"
                    title_level=4
                    attributes=[("data-disable-auto-focus", "true")]
                >
                    <p class="govuk-notification-banner__heading">
                        "Publikationen ligger i kundkorgen. "
                        <a class="govuk-notification-banner__link" href="/kundkorg">"Visa kundkorgen"</a>
                    </p>
                </NotificationBanner>
            },
        ),
        state(
            "Kvitto",
            view! {
                <Panel title="Beställningen är mottagen" heading_level=4>
                    "Ditt beställningsnummer är "
                    <br />
                    <strong class="app-nowrap">"B-2026-00123"</strong>
                </Panel>
            },
        ),
        state("Infälld text", view! { <InsetText>"Du har 14 dagars ångerrätt från den dag du får varan."</InsetText> }),
        state(
            "Varning",
            view! { <WarningText>"Ansökan måste vara inskickad fredagen den 12 mars 2027 klockan 15.00 svensk tid."</WarningText> },
        ),
        state(
            "Utfällbart, stängt",
            view! { <Details summary="Var hittar jag organisationsnumret?">"Det står på fakturor från er organisation."</Details> },
        ),
        state(
            "Utfällbart, öppet",
            view! {
                <Details summary="Vem kan beställa?" open=true>
                    "Alla kan beställa."
                </Details>
            },
        ),
        state(
            "Etiketter",
            view! {
                <p class="govuk-body">
                    <Tag text="Utkast" />
                    " "
                    <Tag text="Beviljad" classes="govuk-tag--green" />
                    " "
                    <Tag text="Komplettera" classes="govuk-tag--yellow" />
                    " "
                    <Tag text="Avslag" classes="govuk-tag--red" />
                    " "
                    <Tag text="Rapport" classes="govuk-tag--grey" />
                </p>
            },
        ),
    ]
}

fn lists() -> Vec<AnyView> {
    let change = |part: &str| SummaryAction::new("/komponenter", "Ändra").about(part);
    let row = |month: &str, count: &str, sum: &str| {
        vec![Cell::new(month), Cell::new(count).numeric().classes("app-nowrap"), Cell::new(sum).numeric().classes("app-nowrap")]
    };
    vec![
        state(
            "Uppgifter att granska",
            view! {
                <SummaryList rows=vec![
                    SummaryRow::new("Namn", "Sara Nilsson").action(change("namn")),
                    SummaryRow::new(
                            "Leveransadress",
                            view! {
                                <p class="app-address">
                                    "Umeå kommun"
                                    <br />
                                    "Skolgatan 31 A"
                                    <br />
                                    "901 84 Umeå"
                                </p>
                            }
                                .into_any(),
                        )
                        .action(change("leveransadress"))
                        .action(SummaryAction::new("/komponenter", "Ta bort").about("leveransadress")),
                    SummaryRow::new("Att betala", "345\u{a0}kr").value_classes("app-nowrap"),
                ] />
            },
        ),
        state(
            "Uppgifter utan åtgärder",
            view! {
                <SummaryList
                    classes="govuk-summary-list--no-border"
                    rows=vec![("ISBN", "978-91-88599-00-1").into(), ("Sidor", "112").into()]
                />
            },
        ),
        state(
            "Att göra",
            view! {
                <TaskList
                    id_prefix="ansokan"
                    items=vec![
                        Task::new("Organisation", TaskStatus::text("Klar")).href("/komponenter"),
                        Task::new("Budget", TaskStatus::tag("Påbörjad", "govuk-tag--yellow"))
                            .href("/komponenter")
                            .hint("Summan måste stämma med det sökta beloppet."),
                        Task::new(
                                "Skicka in",
                                TaskStatus::text("Kan inte börja än").classes("govuk-task-list__status--cannot-start-yet"),
                            )
                            .hint("Gör klart de andra delarna först."),
                    ]
                />
            },
        ),
        state(
            "Tabell",
            view! {
                <Table
                    caption="Beställningar per månad"
                    caption_classes="govuk-table__caption--m"
                    first_cell_is_header=true
                    head=vec![
                        Cell::new(view! { <a class="govuk-link" href="/komponenter">"Månad"</a> }.into_any())
                            .attributes([("aria-sort", "ascending")]),
                        Cell::new("Antal").numeric(),
                        Cell::new("Summa").numeric(),
                    ]
                    rows=vec![row("Januari", "12", "1\u{a0}716\u{a0}kr"), row("Februari", "1\u{a0}204", "172\u{a0}172\u{a0}kr")]
                />
            },
        ),
        state(
            "Tabell utan rubriker",
            view! {
                <Table
                    caption="Porto"
                    caption_classes="govuk-visually-hidden"
                    first_cell_is_header=true
                    rows=vec![vec!["Brev".into(), "59\u{a0}kr".into()], vec!["Paket".into(), "99\u{a0}kr".into()]]
                />
            },
        ),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use scraper::{Html, Selector};

    use super::*;

    fn page() -> Html {
        Html::parse_document(&Owner::new().with(|| gallery().to_html()))
    }

    fn all(page: &Html, selector: &str, attribute: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).filter_map(|element| element.attr(attribute).map(str::to_owned)).collect()
    }

    fn ids(page: &Html) -> BTreeSet<String> {
        all(page, "[id]", "id").into_iter().collect()
    }

    #[test]
    fn each_id_stands_once() {
        let page = page();
        let mut seen = BTreeSet::new();
        let twice: Vec<_> = all(&page, "[id]", "id").into_iter().filter(|id| !seen.insert(id.clone())).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn what_points_at_an_id_finds_it() {
        let page = page();
        let ids = ids(&page);
        let mut wanted: Vec<String> = all(&page, "label", "for");
        for attribute in ["aria-describedby", "aria-labelledby", "aria-controls", "data-aria-controls"] {
            for value in all(&page, &format!("[{attribute}]"), attribute) {
                wanted.extend(value.split_whitespace().map(str::to_owned));
            }
        }
        let links = all(&page, "a", "href");
        wanted.extend(links.iter().filter_map(|href| href.strip_prefix('#')).filter(|id| *id != "innehall").map(str::to_owned));
        let lost: Vec<_> = wanted.into_iter().filter(|id| !ids.contains(id)).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn each_field_has_a_label() {
        let page = page();
        let labelled: BTreeSet<String> = all(&page, "label", "for").into_iter().collect();
        for id in all(&page, "input, textarea, select", "id") {
            assert!(labelled.contains(&id), "{id} has no label");
        }
    }

    #[test]
    fn headings_leave_out_no_level() {
        let page = page();
        let selector = Selector::parse("h1, h2, h3, h4, h5, h6").unwrap();
        let mut above = 0;
        for heading in page.select(&selector) {
            let level: u32 = heading.value().name()[1..].parse().unwrap();
            assert!(level <= above + 1, "h{level} after h{above}: {}", heading.text().collect::<String>());
            above = level;
        }
        assert_eq!(page.select(&Selector::parse("h1").unwrap()).count(), 1);
    }

    #[test]
    fn landmarks_have_names_of_their_own() {
        let page = page();
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for name in all(&page, "nav, section, aside", "aria-label") {
            *names.entry(name).or_default() += 1;
        }
        assert!(names.values().all(|count| *count == 1), "{names:?}");
    }

    #[test]
    fn nothing_is_used_that_the_house_forbids() {
        let page = page();
        let forbidden = "[required], [pattern], [placeholder], [disabled], [style], [onclick], [type=number], [autofocus], script, style";
        let found: Vec<_> = page.select(&Selector::parse(forbidden).unwrap()).map(|element| element.html()).collect();
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn wrong_fields_say_so() {
        let page = page();
        let fields = Selector::parse(".govuk-input--error, .govuk-textarea--error, .govuk-select--error").unwrap();
        let marked: Vec<bool> = page.select(&fields).map(|field| field.attr("aria-invalid") == Some("true")).collect();
        assert!(marked.len() > 5 && marked.iter().all(|marked| *marked), "{marked:?}");
    }

    #[test]
    fn wrong_choices_are_described_by_their_error() {
        let page = page();
        let [groups, errors, fields] =
            [".govuk-form-group--error", ".govuk-error-message", "fieldset, input[type=radio], input[type=checkbox]"]
                .map(|selector| Selector::parse(selector).unwrap());
        let choices = page.select(&groups).filter(|group| group.select(&fields).any(|field| field.value().name() == "input"));
        let mut seen = 0;
        for group in choices {
            let error = group.select(&errors).next().and_then(|error| error.attr("id")).unwrap();
            let describes =
                |field: &scraper::ElementRef| field.attr("aria-describedby").unwrap_or_default().split(' ').any(|id| id == error);
            assert!(group.select(&fields).next().is_some_and(|first| describes(&first)), "{}", group.html());
            assert!(group.select(&fields).all(|field| field.attr("aria-invalid").is_none()), "{}", group.html());
            seen += 1;
        }
        assert_eq!(seen, 2, "radios in a fieldset, a checkbox without");
    }

    #[test]
    fn every_component_is_shown() {
        let page = page();
        let blocks = "back-link breadcrumbs button character-count checkboxes date-input details error-message error-summary fieldset file-upload \
             hint input inset-text label notification-banner pagination panel phase-banner radios select service-navigation \
             skip-link summary-list table tag task-list textarea warning-text";
        for block in blocks.split_whitespace() {
            let shown = page.select(&Selector::parse(&format!(".govuk-{block}")).unwrap()).next();
            assert!(shown.is_some(), "{block} is not shown");
        }
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/ui/components")).unwrap();
        let helpers = ["mod.rs", "parts.rs", "choices.rs", "fixtures.rs"];
        let files = files.map(|file| file.unwrap().file_name().into_string().unwrap()).filter(|file| !helpers.contains(&file.as_str()));
        for file in files {
            let block = file.trim_end_matches(".rs").replace('_', "-");
            assert!(blocks.split_whitespace().any(|known| known == block), "{file} is not in the gallery's list");
        }
    }
}
