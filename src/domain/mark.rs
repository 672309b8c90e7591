//! What is to be known of a figure beside its number: that it may still change, or
//! was changed.
//!
//! The symbols are the shorthand of the Government Statistical Service, which many
//! readers know from national tables; what has none there is said as a word. Why a
//! figure is not there at all is a [`Missing`](super::Missing), not a mark.

use super::officer_text::OfficerText;
use super::period::Period;

/// One thing to be known of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureMark {
    /// It may still change.
    Provisional,
    /// It was not counted in full.
    Estimated,
    /// It was changed after it was first given.
    Revised,
    /// Some of what it is made of has not come yet.
    Late,
    /// Some of what it should cover is not in it.
    Partial,
}

impl FigureMark {
    /// Each of them, in the order in which they are printed.
    pub const ALL: [Self; 5] = [Self::Provisional, Self::Estimated, Self::Revised, Self::Late, Self::Partial];

    /// Its name, in a config and in `figures.csv`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Estimated => "estimated",
            Self::Revised => "revised",
            Self::Late => "late",
            Self::Partial => "partial",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The marks of one figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FigureMarks(u8);

impl FigureMarks {
    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Whether one of them is this.
    pub fn has(self, mark: FigureMark) -> bool {
        self.0 & mark.bit() != 0
    }

    /// Those of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Each of them, in the order in which they are printed.
    pub fn iter(self) -> impl Iterator<Item = FigureMark> {
        FigureMark::ALL.into_iter().filter(move |mark| self.has(*mark))
    }

    /// What `figures.csv` says: "provisional; late".
    pub fn words(self) -> String {
        self.iter().map(FigureMark::word).collect::<Vec<_>>().join("; ")
    }

    /// What such a text says. Words that a later version may add are passed over.
    pub fn of_words(words: &str) -> Self {
        let is_said = |mark: &FigureMark| words.split(';').any(|word| word.trim() == mark.word());
        FigureMark::ALL.into_iter().filter(is_said).collect()
    }
}

impl FromIterator<FigureMark> for FigureMarks {
    fn from_iter<I: IntoIterator<Item = FigureMark>>(marks: I) -> Self {
        Self(marks.into_iter().fold(0, |bits, mark| bits | mark.bit()))
    }
}

/// A mark that the register gives the figure of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthMark {
    /// The figure's month.
    pub period: Period,
    /// What is to be known of it.
    pub mark: FigureMark,
    /// Why, or until when; may be empty.
    pub note: OfficerText,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_a_set_and_their_words_read_back() {
        assert_eq!((FigureMarks::default().words().as_str(), FigureMarks::of_words("")), ("", FigureMarks::default()));
        for bits in 0..1_u8 << FigureMark::ALL.len() {
            let marks: FigureMarks = FigureMark::ALL.into_iter().filter(|mark| bits & mark.bit() != 0).collect();
            assert_eq!(FigureMarks::of_words(&marks.words()), marks);
            assert_eq!(marks.iter().count(), bits.count_ones() as usize);
            assert_eq!(marks.is_empty(), bits == 0);
            assert_eq!(marks.and(marks), marks);
        }
        let some: FigureMarks = [FigureMark::Late, FigureMark::Provisional].into_iter().collect();
        assert_eq!(some.words(), "provisional; late");
        assert_eq!(FigureMarks::of_words("late; forecast"), [FigureMark::Late].into_iter().collect());
    }
}
