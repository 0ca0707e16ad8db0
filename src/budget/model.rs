//! What a budget is: its years, its rows, its lines, and the limits that a call sets. Amounts are öre, shares and rates basis
//! points, months hundredths of a month; everything that is a sum is reckoned (`reckon`) and stored nowhere.

use serde::{Deserialize, Serialize};

use crate::kit::{Lang, Ore, Rate};

/// More years than any call has.
pub const MOST_YEARS: u8 = 5;

/// Most rows of one part: the fullest budget has fewer fields than `web::forms` reads.
pub const MOST_ROWS: usize = 20;

/// Longest name of a function, a cost or who pays, in characters.
pub const LONGEST: usize = 150;

/// The largest amount that can be typed: far above any budget, and far below where sums would overflow.
pub const MOST_AMOUNT: Ore = Ore::kr(1_000_000_000);

/// Full time, and the highest rate that can be typed: 100 %.
pub const WHOLE: Rate = Rate(10_000);

/// A whole year, in hundredths of a month.
pub const TWELVE_MONTHS: i64 = 1200;

/// Consecutive calendar years, from one to [`MOST_YEARS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(u16, u8)", into = "(u16, u8)")]
pub struct Years {
    first: u16,
    count: u8,
}

impl Years {
    /// So many years from `first` on, or nothing if a call cannot have them.
    pub const fn new(first: u16, count: u8) -> Option<Years> {
        if first >= 2000 && first < 9000 && count >= 1 && count <= MOST_YEARS { Some(Years { first, count }) } else { None }
    }

    pub const fn first(self) -> u16 {
        self.first
    }

    /// The years, in order.
    pub fn iter(self) -> std::ops::Range<u16> {
        self.first..self.first + u16::from(self.count)
    }

    /// How many there are.
    pub fn count(self) -> usize {
        usize::from(self.count)
    }
}

impl TryFrom<(u16, u8)> for Years {
    type Error = &'static str;

    fn try_from((first, count): (u16, u8)) -> Result<Self, Self::Error> {
        Years::new(first, count).ok_or("no years of a call")
    }
}

impl From<Years> for (u16, u8) {
    fn from(years: Years) -> Self {
        (years.first, years.count)
    }
}

/// `2027–2028`, or `2027` alone.
impl std::fmt::Display for Years {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.count {
            1 => write!(f, "{}", self.first),
            _ => write!(f, "{}\u{2013}{}", self.first, self.iter().end - 1),
        }
    }
}

/// A part of the budget that has rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Labour,
    External,
    Other,
    Own,
    Others,
}

impl Part {
    /// In the order of the form.
    pub const ALL: [Part; 5] = [Part::Labour, Part::External, Part::Other, Part::Own, Part::Others];

    /// The word in the names of its fields.
    pub const fn code(self) -> &'static str {
        match self {
            Part::Labour => "arbete",
            Part::External => "tjanster",
            Part::Other => "ovrigt",
            Part::Own => "egen",
            Part::Others => "andras",
        }
    }

    /// The line that its rows add up to.
    pub const fn line(self) -> Line {
        match self {
            Part::Labour => Line::Wages,
            Part::External => Line::External,
            Part::Other => Line::Other,
            Part::Own => Line::Own,
            Part::Others => Line::Others,
        }
    }

    /// What a row says once.
    pub const fn once(self) -> &'static [Ask] {
        match self {
            Part::Labour => &[Ask::Function, Ask::Wage],
            Part::External | Part::Other | Part::Own => &[Ask::What],
            Part::Others => &[Ask::Who, Ask::What],
        }
    }

    /// What a row says for each year.
    pub const fn yearly(self) -> &'static [Ask] {
        match self {
            Part::Labour => &[Ask::Share, Ask::Months],
            _ => &[Ask::Amount],
        }
    }
}

/// What a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ask {
    Function,
    /// Kronor a month, full time.
    Wage,
    /// Percent of full time.
    Share,
    /// How many months of the year.
    Months,
    /// Who else pays.
    Who,
    What,
    Amount,
    /// Percent of the wages.
    OnCosts,
    /// Percent of wages and on-costs.
    Overhead,
}

impl Ask {
    pub const ALL: [Ask; 9] =
        [Ask::Function, Ask::Wage, Ask::Share, Ask::Months, Ask::Who, Ask::What, Ask::Amount, Ask::OnCosts, Ask::Overhead];

    /// The word in the field's name.
    pub const fn code(self) -> &'static str {
        match self {
            Ask::Function => "funktion",
            Ask::Wage => "lon",
            Ask::Share => "andel",
            Ask::Months => "manader",
            Ask::Who => "vem",
            Ask::What => "vad",
            Ask::Amount => "belopp",
            Ask::OnCosts => "lonekostnadspaslag",
            Ask::Overhead => "overhead",
        }
    }

    /// Whether the answer is a text and not a number.
    pub const fn is_text(self) -> bool {
        matches!(self, Ask::Function | Ask::Who | Ask::What)
    }
}

/// A line of the budget: one sum per year, and one in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    Wages,
    /// Employer's contributions and the like, on top of the wages.
    OnCosts,
    /// A share of the house's common costs, counted on labour costs: wages and on-costs, and nothing else.
    Overhead,
    External,
    Other,
    /// The five above.
    Costs,
    Own,
    Others,
    /// The two above.
    CoFunding,
    /// Costs that nobody else pays.
    Applied,
}

impl Line {
    /// In the order of the table.
    pub const ALL: [Line; 10] = [
        Line::Wages,
        Line::OnCosts,
        Line::Overhead,
        Line::External,
        Line::Other,
        Line::Costs,
        Line::Own,
        Line::Others,
        Line::CoFunding,
        Line::Applied,
    ];

    /// The name in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Line::Wages => "wages",
            Line::OnCosts => "on_costs",
            Line::Overhead => "overhead",
            Line::External => "external",
            Line::Other => "other",
            Line::Costs => "costs",
            Line::Own => "own",
            Line::Others => "others",
            Line::CoFunding => "co_funding",
            Line::Applied => "applied",
        }
    }

    /// Whether it adds up other lines.
    pub const fn is_sum(self) -> bool {
        matches!(self, Line::Costs | Line::CoFunding | Line::Applied)
    }
}

/// A budget whose every answer could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    pub years: Years,
    pub labour: Vec<Labour>,
    /// Of the wages.
    pub on_costs: Rate,
    /// Of wages and on-costs.
    pub overhead: Rate,
    pub external: Vec<Cost>,
    pub other: Vec<Cost>,
    pub own: Vec<Cost>,
    pub others: Vec<Cost>,
}

/// Somebody's work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labour {
    pub function: String,
    /// A month, full time.
    pub wage: Ore,
    /// One per year.
    pub work: Vec<Work>,
}

/// How much somebody works in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Of full time.
    pub share: Rate,
    /// Hundredths of a month.
    pub months: i64,
}

/// Something that costs, or that somebody pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// Who pays; empty but for others' co-funding.
    pub who: String,
    pub what: String,
    /// One per year.
    pub amounts: Vec<Ore>,
}

impl Budget {
    /// The rows of a part that has amounts; labour has none.
    pub fn costs(&self, part: Part) -> &[Cost] {
        match part {
            Part::Labour => &[],
            Part::External => &self.external,
            Part::Other => &self.other,
            Part::Own => &self.own,
            Part::Others => &self.others,
        }
    }
}

/// One amount per line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums(pub [Ore; Line::ALL.len()]);

impl Sums {
    pub const fn of(&self, line: Line) -> Ore {
        self.0[line as usize]
    }
}

/// A budget summed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reckoned {
    pub years: Years,
    /// What each labour row costs per year; the other rows say it themselves.
    pub labour: Vec<Vec<Ore>>,
    /// One per year.
    pub by_year: Vec<Sums>,
    pub total: Sums,
}

impl Reckoned {
    /// A line's amounts: one per year, and the last in all.
    pub fn line(&self, line: Line) -> Vec<Ore> {
        self.by_year.iter().chain([&self.total]).map(|sums| sums.of(line)).collect()
    }
}

/// What a call demands of a budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub years: Years,
    /// On-costs at most, of the wages.
    #[serde(default)]
    pub on_costs: Option<Rate>,
    /// Overhead at most, of wages and on-costs.
    #[serde(default)]
    pub overhead: Option<Rate>,
    /// Own and others' co-funding together at least, of all costs.
    #[serde(default)]
    pub co_funding: Option<Rate>,
    /// The sum applied for at least, in all.
    #[serde(default)]
    pub floor: Option<Ore>,
    /// The sum applied for at most, in all.
    #[serde(default)]
    pub ceiling: Option<Ore>,
    /// The sum applied for at least, each year.
    #[serde(default)]
    pub yearly_floor: Option<Ore>,
    /// The sum applied for at most, each year.
    #[serde(default)]
    pub yearly_ceiling: Option<Ore>,
    /// Costs that the call does not fund at all.
    #[serde(default)]
    pub closed: Vec<Line>,
}

impl Limits {
    /// Nothing but the years.
    pub const fn of(years: Years) -> Self {
        Limits {
            years,
            on_costs: None,
            overhead: None,
            co_funding: None,
            floor: None,
            ceiling: None,
            yearly_floor: None,
            yearly_ceiling: None,
            closed: Vec::new(),
        }
    }

    /// Whether the call funds such costs.
    pub fn funds(&self, line: Line) -> bool {
        !self.closed.contains(&line)
    }
}

/// A rule between a budget and its call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Most, given: percent.
    OnCosts,
    /// Most, given: percent.
    Overhead,
    /// Share of the costs, that in kronor, given.
    CoFunding,
    /// Least, given.
    Floor,
    /// Most, given.
    Ceiling,
    /// Year, least, given.
    YearlyFloor,
    /// Year, most, given.
    YearlyCeiling,
    /// Year, costs, co-funding: the part that somebody else pays is larger than the whole.
    Exceeds,
    /// The call does not fund it.
    Closed(Line),
}

impl Rule {
    /// Every rule.
    pub fn all() -> impl Iterator<Item = Rule> {
        use Rule::{Ceiling, CoFunding, Exceeds, Floor, OnCosts, Overhead, YearlyCeiling, YearlyFloor};
        let open = [OnCosts, Overhead, CoFunding, Floor, Ceiling, YearlyFloor, YearlyCeiling, Exceeds];
        open.into_iter().chain(Line::ALL.into_iter().map(Rule::Closed))
    }
}

/// A rule that a budget breaks, with the figures of its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub rule: Rule,
    pub figures: Vec<Figure>,
}

/// A figure in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    Money(Ore),
    /// Written without the sign, which the sentence has.
    Percent(Rate),
    Year(u16),
}

impl Broken {
    /// The sentence, from one that has `{1}`, `{2}` and `{3}` where the figures go: the browser's half carries no sentences.
    pub fn said(&self, sentence: &str, lang: Lang) -> String {
        self.figures.iter().enumerate().fold(sentence.to_owned(), |said, (place, figure)| {
            let figure = match figure {
                Figure::Money(amount) => amount.text(lang),
                Figure::Percent(rate) => rate.number(lang),
                Figure::Year(year) => year.to_string(),
            };
            said.replace(&format!("{{{}}}", place + 1), &figure)
        })
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The field's name in the form, which is also its id.
    pub field: String,
    /// Which row, where several look alike.
    pub place: Option<Place>,
    pub error: Error,
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub part: Part,
    /// The first is 1.
    pub row: usize,
    pub year: Option<u16>,
}

/// What can be wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    Missing(Ask),
    /// Longer than [`LONGEST`].
    Long(Ask),
    NotANumber(Ask),
    Negative(Ask),
    /// More than two.
    TooManyDecimals(Ask),
    /// More than full time, twelve months, 100 % or [`MOST_AMOUNT`].
    TooMuch(Ask),
    /// A year that the call does not have.
    OtherYear,
    /// More than [`MOST_ROWS`].
    TooManyRows,
    /// No costs at all.
    Nothing,
    Broken(Broken),
}

/// Why a spreadsheet could not be read as a budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetError {
    /// Another kind of file, or one that is broken.
    NotASpreadsheet,
    /// Packed or unpacked.
    TooLarge,
    /// A spreadsheet, but not made from the template.
    NotOurTemplate,
    /// The template of a call with other years.
    WrongYears(Years),
    /// A cell, such as `D12`, where a number should be.
    NotANumber(String),
    /// More than [`MOST_ROWS`] in this part.
    TooManyRows(Part),
}
