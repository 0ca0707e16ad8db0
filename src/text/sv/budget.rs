use crate::budget::model::{Ask, Error, LONGEST, Limits, Line, MOST_AMOUNT, MOST_ROWS, Part, Place, Rule, SheetError, Wrong};
use crate::kit::{Lang, Ore, Rate};
use crate::text::budget::{BudgetTexts, SheetTexts};

/// The answer as the subject of a sentence.
fn the(ask: Ask) -> &'static str {
    match ask {
        Ask::Function => "Funktionen",
        Ask::Wage => "Månadslönen",
        Ask::Share => "Andelen av heltid",
        Ask::Months => "Antalet månader",
        Ask::Who => "Namnet på den som betalar",
        Ask::What => "Beskrivningen",
        Ask::Amount => "Beloppet",
        Ask::OnCosts => "Lönekostnadspåslaget",
        Ask::Overhead => "Overhead",
    }
}

fn example(ask: Ask) -> &'static str {
    match ask {
        Ask::Share => "50",
        Ask::Months => "6 eller 6,5",
        Ask::OnCosts => "40,66",
        Ask::Overhead => "10",
        _ => "45\u{a0}000",
    }
}

fn part(part: Part) -> &'static str {
    match part {
        Part::Labour => "Arbete",
        Part::External => "Köpta tjänster",
        Part::Other => "Övriga kostnader",
        Part::Own => "Egen medfinansiering",
        Part::Others => "Andras medfinansiering",
    }
}

fn row(place: Place) -> String {
    let year = place.year.map(|year| format!(", {year}")).unwrap_or_default();
    format!("{}, rad {}{year}", part(place.part), place.row)
}

fn wrong(wrong: &Wrong) -> String {
    let said = match &wrong.error {
        Error::Missing(ask) => match ask {
            Ask::Function => "Ange funktionen, till exempel projektledare",
            Ask::Wage => "Ange månadslönen i kronor",
            Ask::Share => "Ange hur stor del av heltid arbetet tar, i procent",
            Ask::Months => "Ange hur många månader arbetet pågår",
            Ask::Who => "Ange vem som betalar",
            Ask::What => "Ange vad det gäller",
            Ask::Amount => "Ange beloppet för minst ett år",
            Ask::OnCosts => "Ange lönekostnadspåslaget i procent",
            Ask::Overhead => "Ange overhead i procent",
        }
        .to_owned(),
        Error::Long(ask) => format!("{} måste vara {LONGEST} tecken eller kortare", the(*ask)),
        Error::NotANumber(ask) => format!("{} måste vara ett tal, till exempel {}", the(*ask), example(*ask)),
        Error::Negative(ask) => format!("{} måste vara 0 eller mer", the(*ask)),
        Error::TooManyDecimals(ask) => format!("{} måste ha högst två decimaler", the(*ask)),
        Error::TooMuch(ask) => match ask {
            Ask::Share | Ask::OnCosts | Ask::Overhead => format!("{} måste vara 100 procent eller mindre", the(*ask)),
            Ask::Months => "Antalet månader måste vara 12 eller mindre".to_owned(),
            _ => format!("{} måste vara {} eller mindre", the(*ask), MOST_AMOUNT.text(Lang::Sv)),
        },
        Error::OtherYear => "Året måste vara ett av utlysningens år. Ta bort det som står här".to_owned(),
        Error::TooManyRows => format!("Det måste vara {MOST_ROWS} rader eller färre. Slå ihop eller ta bort några"),
        Error::Nothing => "Ange minst en kostnad".to_owned(),
        Error::Broken(broken) => return broken.said(rule(broken.rule), Lang::Sv),
    };
    match wrong.place {
        Some(place) => format!("{said} ({})", row(place).replacen(part(place.part), &part(place.part).to_lowercase(), 1)),
        None => said,
    }
}

fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::OnCosts => "Lönekostnadspåslaget får vara högst {1} procent av lönerna. Ni har angett {2} procent.",
        Rule::Overhead => "Overhead får vara högst {1} procent av löner och lönekostnadspåslag. Ni har angett {2} procent.",
        Rule::CoFunding => "Medfinansieringen måste vara minst {1} procent av kostnaderna, alltså {2}. Ni har angett {3}.",
        Rule::Floor => "Det sökta beloppet måste vara minst {1}. Ni söker {2}.",
        Rule::Ceiling => "Det sökta beloppet får vara högst {1}. Ni söker {2}.",
        Rule::YearlyFloor => "Det sökta beloppet för {1} måste vara minst {2}. Ni söker {3}.",
        Rule::YearlyCeiling => "Det sökta beloppet för {1} får vara högst {2}. Ni söker {3}.",
        Rule::Exceeds => "Medfinansieringen för {1} får vara högst så stor som kostnaderna, {2}. Ni har angett {3}.",
        Rule::Closed(line) => match line {
            Line::Wages => "Utlysningen ger inte bidrag till löner. Ta bort dem.",
            Line::OnCosts => "Utlysningen ger inte bidrag till lönekostnadspåslag. Ta bort det.",
            Line::Overhead => "Utlysningen ger inte bidrag till overhead. Ta bort det.",
            Line::External => "Utlysningen ger inte bidrag till köpta tjänster. Ta bort dem.",
            Line::Other => "Utlysningen ger inte bidrag till övriga kostnader. Ta bort dem.",
            Line::Own | Line::Others | Line::CoFunding => "Utlysningen räknar inte med sådan medfinansiering. Ta bort den.",
            Line::Costs | Line::Applied => "Utlysningen ger inte bidrag till sådana kostnader. Ta bort dem.",
        },
    }
}

fn limits(limits: &Limits) -> Vec<String> {
    let money = |amount: Ore| amount.text(Lang::Sv);
    let percent = |rate: Rate| rate.number(Lang::Sv);
    let mut said = vec![format!("Budgeten gäller {}.", limits.years)];
    said.extend(limits.on_costs.map(|most| format!("Lönekostnadspåslaget får vara högst {} procent av lönerna.", percent(most))));
    said.extend(limits.overhead.map(|most| format!("Overhead får vara högst {} procent av löner och lönekostnadspåslag.", percent(most))));
    said.extend(
        limits.co_funding.map(|least| {
            format!("Egen och andras medfinansiering måste tillsammans vara minst {} procent av kostnaderna.", percent(least))
        }),
    );
    said.extend(limits.floor.map(|floor| format!("Det sökta beloppet måste vara minst {}.", money(floor))));
    said.extend(limits.ceiling.map(|ceiling| format!("Det sökta beloppet får vara högst {}.", money(ceiling))));
    said.extend(limits.yearly_floor.map(|floor| format!("Det sökta beloppet måste vara minst {} per år.", money(floor))));
    said.extend(limits.yearly_ceiling.map(|ceiling| format!("Det sökta beloppet får vara högst {} per år.", money(ceiling))));
    said.extend(
        limits.closed.iter().map(|closed| rule(Rule::Closed(*closed)).split_inclusive(". ").next().unwrap_or_default().trim().to_owned()),
    );
    said
}

fn line(line: Line) -> &'static str {
    match line {
        Line::Wages => "Löner",
        Line::OnCosts => "Lönekostnadspåslag",
        Line::Overhead => "Overhead",
        Line::External => "Köpta tjänster",
        Line::Other => "Övriga kostnader",
        Line::Costs => "Summa kostnader",
        Line::Own => "Egen medfinansiering",
        Line::Others => "Andras medfinansiering",
        Line::CoFunding => "Summa medfinansiering",
        Line::Applied => "Sökt belopp",
    }
}

pub const BUDGET: BudgetTexts = BudgetTexts {
    part,
    part_hint: |part| match part {
        Part::Labour => "De som arbetar i projektet. Lämna ett år utan arbete tomt.",
        Part::External => "Till exempel en utvärderare eller en föreläsare. Lämna ett år utan kostnad tomt.",
        Part::Other => "Till exempel resor, lokaler och material. Lämna ett år utan kostnad tomt.",
        Part::Own => "Det som ni själva betalar. Lämna ett år utan belopp tomt.",
        Part::Others => "Det som någon annan betalar, till exempel en stiftelse. Lämna ett år utan belopp tomt.",
    },
    line,
    label: |ask, year| {
        let label = match ask {
            Ask::Function => "Funktion",
            Ask::Wage => "Månadslön för heltid, i kronor",
            Ask::Share => "andel av heltid, i procent",
            Ask::Months => "antal månader",
            Ask::Who => "Vem som betalar",
            Ask::What => "Vad det gäller",
            Ask::Amount => "belopp i kronor",
            Ask::OnCosts => "Lönekostnadspåslag i procent av lönerna (frivilligt)",
            Ask::Overhead => "Overhead i procent av löner och lönekostnadspåslag (frivilligt)",
        };
        year.map_or_else(|| label.to_owned(), |year| format!("{year}, {label}"))
    },
    wrong,
    rule,
    limits,
    limits_title: "Det här gäller för budgeten",
    rates_title: "Lönekostnadspåslag och overhead",
    rates_hint: "Lönekostnadspåslag är arbetsgivaravgifter och andra kostnader som följer med lönen. Overhead är projektets del av gemensamma kostnader.",
    row,
    add: "Lägg till en rad",
    remove: "Ta bort raden",
    full: "Det får inte plats fler rader här.",
    save: "Räkna om",
    sums: "Budgetens summor",
    total: "Totalt",
    broken_title: "Det här behöver ändras",
    changed: |sum| format!("Sökt belopp är nu {sum}."),
    overflow: "Summan är större än vad som kan visas. Kontrollera beloppen.",
    caption: |years| format!("Budget {years}"),
    item: "Post",
    category: "Slag",
    nothing: "Ingen budget är angiven.",
    work: |wage, years| {
        let years: Vec<_> = years.iter().map(|(year, share, months)| format!("{year}: {share} i {months}\u{a0}mån.")).collect();
        format!("{wage} per månad. {}", years.join(" "))
    },
    at_rate: |line, rate| format!("{line} ({rate})"),
    page: "Sida",
    sheet: SheetTexts {
        name: "Budget",
        title: |years| format!("Budget {years}"),
        guide: &[
            "Fyll i de vita cellerna. De grå räknas ut.",
            "Skriv en sak per rad. Du kan lägga till rader mitt i en del. Lämna det som inte gäller er tomt.",
            "Spara filen som en Excel-fil (.xlsx) och läs in den där du fick den.",
        ],
        year: "År",
        error: |error| match error {
            SheetError::NotASpreadsheet => {
                "Filen måste vara en Excel-fil (.xlsx). Spara budgeten som en sådan och välj den igen".to_owned()
            }
            SheetError::TooLarge => "Filen är för stor för att vara en ifylld mall. Ladda ner mallen på nytt och fyll i den".to_owned(),
            SheetError::NotOurTemplate => "Filen måste vara vår mall. Ladda ner mallen, fyll i den och välj den här".to_owned(),
            SheetError::WrongYears(years) => format!("Mallen måste vara den för {years}. Ladda ner den, fyll i den och välj den här"),
            SheetError::NotANumber(cell) => format!("Cell {cell} måste vara ett tal. Ändra den och välj filen igen"),
            SheetError::TooManyRows(rows) => {
                format!("{} måste ha {MOST_ROWS} rader eller färre. Slå ihop några och välj filen igen", part(*rows))
            }
        },
    },
};
