//! Who may read a pack, and what the public may not learn from it.
//!
//! A restricted edition holds what a public one hides. It goes to a place of
//! its own and says on every page why it is not public.

use rust_decimal::Decimal;

use super::attributed_text::AttributedText;
use super::officer_text::OfficerText;

/// Who may read a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edition {
    /// Everybody: nothing in it gives a child away.
    #[default]
    Public,
    /// Those whom the board's rules allow: nothing is hidden.
    Restricted,
}

impl Edition {
    /// "public", "restricted", as in manifests.
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Restricted => "restricted",
        }
    }
}

/// A paragraph of Part 1 of Schedule 12A to the Local Government Act 1972, as
/// it holds in England: why an item may be taken without the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraph(u32);

impl Paragraph {
    /// The paragraph of this number, 1 to 7.
    pub fn new(number: u32) -> Option<Self> {
        (1..=7).contains(&number).then_some(Self(number))
    }

    /// Its number.
    pub fn number(self) -> u32 {
        self.0
    }

    /// What it says, in short.
    pub fn words(self) -> &'static str {
        match self.0 {
            1 => "information relating to any individual",
            2 => "information which is likely to reveal the identity of an individual",
            3 => "information relating to the financial or business affairs of a person",
            4 => "information relating to consultations or negotiations about labour relations",
            5 => "information to which legal professional privilege could be claimed",
            6 => "information about a notice, order or direction that the authority proposes",
            _ => "information relating to the prevention, investigation or prosecution of crime",
        }
    }
}

/// Why a board's restricted edition is not public.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exempt {
    /// Paragraphs of Schedule 12A; none for a board that the Act does not hold for.
    pub paragraphs: Vec<Paragraph>,
    /// In the council's own words; may be empty where there is a paragraph.
    pub because: OfficerText,
}

impl Exempt {
    /// "Not for publication: exempt under paragraph 2 of Part 1 of Schedule 12A …".
    pub fn words(&self) -> AttributedText {
        self.words_with(self.because.screened_as(|because| because.trim().to_owned()))
    }

    /// The same for officers, whatever edition is spoken of.
    pub fn words_for_officers(&self) -> AttributedText {
        self.words_with(self.because.for_officers().trim().into())
    }

    fn words_with(&self, because: AttributedText) -> AttributedText {
        let numbers: Vec<String> = self.paragraphs.iter().map(|paragraph| paragraph.number().to_string()).collect();
        if numbers.is_empty() {
            return AttributedText::from("Not for publication. ").and(because).without_end(' ');
        }
        let word = if numbers.len() == 1 { "paragraph" } else { "paragraphs" };
        let says: Vec<&str> = self.paragraphs.iter().map(|paragraph| paragraph.words()).collect();
        let text = AttributedText::from(format!(
            "Not for publication: exempt under {word} {} of Part 1 of Schedule 12A to the Local Government Act 1972 ({})",
            numbers.join(" and "),
            says.join("; ")
        ));
        if because.is_empty() { text } else { text.and(". ").and(because) }
    }

    /// "Not for publication: paragraph 2", for a running header.
    pub fn short(&self) -> String {
        let numbers: Vec<String> = self.paragraphs.iter().map(|paragraph| paragraph.number().to_string()).collect();
        match numbers.as_slice() {
            [] => "Not for publication".to_owned(),
            [one] => format!("Not for publication: paragraph {one} of Schedule 12A"),
            many => format!("Not for publication: paragraphs {} of Schedule 12A", many.join(" and ")),
        }
    }
}

/// What must not be learnt about the children behind an indicator's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protection {
    /// Whether its counts are attributes of children. Staff, audits and
    /// categories such as "not known" are not.
    pub sensitive: bool,
    /// Counts from 1 to this are not published; none for the board's own.
    pub threshold: Option<u32>,
    /// Whether a small rest of a group says too much: 83 of 86 says that three
    /// are not.
    pub complement: bool,
    /// Whether all of a group (100%) gives each of its members away.
    pub whole_group: bool,
}

impl Default for Protection {
    fn default() -> Self {
        Self { sensitive: true, threshold: None, complement: true, whole_group: false }
    }
}

impl Protection {
    /// Whether a count is one that may not be published.
    pub fn is_small(count: Decimal, threshold: u32) -> bool {
        count > Decimal::ZERO && count <= threshold.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_the_threshold() {
        for (count, small) in [("0", false), ("0.5", true), ("1", true), ("5", true), ("5.5", false), ("6", false)] {
            assert_eq!(Protection::is_small(count.parse().unwrap(), 5), small, "{count}");
        }
    }

    #[test]
    fn a_restricted_edition_says_under_which_paragraph() {
        let paragraphs = |numbers: &[u32]| numbers.iter().filter_map(|number| Paragraph::new(*number)).collect();
        let exempt =
            |numbers: &[u32], because: &str| Exempt { paragraphs: paragraphs(numbers), because: because.into() };
        insta::assert_snapshot!(
            [exempt(&[2], ""), exempt(&[1, 2], "It holds small numbers."), exempt(&[], "The board meets in private.")]
                .map(|exempt| format!("{}\n{}", exempt.words_for_officers(), exempt.short()))
                .join("\n"),
            @r"
        Not for publication: exempt under paragraph 2 of Part 1 of Schedule 12A to the Local Government Act 1972 (information which is likely to reveal the identity of an individual)
        Not for publication: paragraph 2 of Schedule 12A
        Not for publication: exempt under paragraphs 1 and 2 of Part 1 of Schedule 12A to the Local Government Act 1972 (information relating to any individual; information which is likely to reveal the identity of an individual). It holds small numbers.
        Not for publication: paragraphs 1 and 2 of Schedule 12A
        Not for publication. The board meets in private.
        Not for publication
        "
        );
        assert_eq!(Paragraph::new(0), None);
        assert_eq!(Paragraph::new(8), None);
    }
}
