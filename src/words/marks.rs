//! Marks of a figure: what is printed beside it, and what that means.

use crate::domain::mark::{FigureMark, FigureMarks};

/// The symbol of the Government Statistical Service, or a word where it has none.
pub fn mark(mark: FigureMark) -> &'static str {
    match mark {
        FigureMark::Provisional => "[p]",
        FigureMark::Estimated => "[e]",
        FigureMark::Revised => "[r]",
        FigureMark::Late => "late",
        FigureMark::Partial => "partial",
    }
}

/// All of a figure's: `[p] [r]`, `[p], late`.
pub fn marks(marks: FigureMarks) -> String {
    marks.iter().fold(String::new(), |mut text, one| {
        let one = mark(one);
        if !text.is_empty() {
            text.push_str(if one.starts_with('[') { " " } else { ", " });
        }
        text.push_str(one);
        text
    })
}

/// What a mark means, for the key.
pub fn mark_meaning(mark: FigureMark) -> &'static str {
    match mark {
        FigureMark::Provisional => "Provisional: the figure may still change.",
        FigureMark::Estimated => "Estimated: the figure was worked out from a part, not counted in full.",
        FigureMark::Revised => "Revised: the figure was changed after it was first given.",
        FigureMark::Late => "Late: some returns have not come yet, so the figure will change.",
        FigureMark::Partial => "Partial: the figure does not cover all that it should.",
    }
}

/// The same of a figure that a sentence is about: "is provisional".
pub fn mark_said(mark: FigureMark) -> &'static str {
    match mark {
        FigureMark::Provisional => "is provisional",
        FigureMark::Estimated => "is an estimate",
        FigureMark::Revised => "was revised",
        FigureMark::Late => "is not complete yet, because some returns are late",
        FigureMark::Partial => "does not cover all that it should",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_stand_before_words() {
        let text = |these: &[FigureMark]| marks(these.iter().copied().collect());
        assert_eq!(text(&[]), "");
        assert_eq!(text(&[FigureMark::Revised, FigureMark::Provisional]), "[p] [r]");
        assert_eq!(text(&[FigureMark::Late, FigureMark::Provisional]), "[p], late");
        assert_eq!(text(&[FigureMark::Partial, FigureMark::Late]), "late, partial");
    }
}
