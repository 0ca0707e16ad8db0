//! What can be hard to use in a text: the codes that `ui::hints` finds and `text` has sentences for.

/// What is hard about a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// `#`: the title of the page stands above the text already.
    TopHeading,
    /// A level is left out on the way down (WCAG 2.2, 1.3.1).
    SkippedLevel {
        from: u8,
        to: u8,
    },
    EmptyHeading,
    /// A link that says nothing out of its sentence (WCAG 2.2, 2.4.4).
    VagueLink,
    /// An address in place of words.
    BareAddress,
    /// Texts cannot hold pictures: readers see the words in its place, or nothing when there are none (WCAG 2.2, 1.1.1).
    Picture {
        without_text: bool,
    },
    /// A table whose first row is empty: nothing says what its columns hold.
    TableWithoutHead,
    LongParagraph {
        words: usize,
    },
    Capitals,
    /// It seems to be in the other language (WCAG 2.2, 3.1.2).
    OtherLanguage,
}
