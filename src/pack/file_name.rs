//! The file name that a clerk sees, without its extension: the council's own
//! pattern, in letters that every system, agenda software and address takes.

use crate::domain::Edition;
use crate::domain::file_name::PLACES;
use crate::scorecard::Scorecard;
use crate::words;

/// The longest name, in letters.
const LONGEST: usize = 120;

/// The name of a pack. A part between two " - " whose place is blank, such as
/// an agenda item that is not known yet, is left out.
///
/// Whoever picks the wrong file sees it before it is sent: what is not for
/// publication, and what is not final, says so before all else.
pub fn stem(card: &Scorecard<'_>, council: &str, (edition, is_draft): (Edition, bool), revision: u32) -> String {
    let board = card.board;
    let meeting = board.meeting(card.period);
    let appendix = meeting.map(|meeting| meeting.appendix.clone()).filter(|letter| !letter.trim().is_empty());
    let values = [
        board.title.clone(),
        board.scorecard.clone(),
        words::month(card.period),
        card.period.to_string(),
        revision.to_string(),
        meeting.map(|meeting| meeting.item.clone()).unwrap_or_default(),
        appendix.unwrap_or_else(|| board.papers.appendix.clone()),
        council.to_owned(),
    ];
    let part = |part: &str| {
        let mut text = part.to_owned();
        for (place, value) in PLACES.iter().zip(&values) {
            let place = format!("{{{place}}}");
            if text.contains(&place) && value.trim().is_empty() {
                return None;
            }
            text = text.replace(&place, value);
        }
        Some(safe(&text)).filter(|text| !text.is_empty())
    };
    let marks = [(edition == Edition::Restricted, "RESTRICTED - "), (is_draft, "DRAFT - ")];
    let marks: String = marks.into_iter().filter_map(|(is_marked, mark)| is_marked.then_some(mark)).collect();
    let parts = board.papers.file_name.split(" - ").filter_map(part).collect();
    cut(&marks, parts)
}

/// Joins the parts, and shortens the longest ones where the whole is too long:
/// what tells one file from another stands at the end and is kept, and so are
/// the marks before it.
fn cut(marks: &str, mut parts: Vec<String>) -> String {
    loop {
        let name = format!("{marks}{}", parts.join(" - "));
        let longest = parts.iter().enumerate().max_by_key(|(_, part)| part.len()).map(|(i, part)| (i, part.len()));
        match longest {
            Some((i, length)) if name.len() > LONGEST && length > 1 => {
                let keep = length.saturating_sub(name.len() - LONGEST).max(length / 2).max(1);
                parts[i] = shortened(&parts[i], keep);
            }
            _ => return name,
        }
    }
}

/// The first so many letters, or fewer: a word is cut only where it is all there is.
fn shortened(part: &str, keep: usize) -> String {
    let short: String = part.chars().take(keep).collect();
    let cuts_a_word = part.chars().nth(keep).is_some_and(|next| next != ' ');
    let whole = short.rsplit_once(' ').map(|(whole, _)| whole).filter(|_| cuts_a_word);
    whole.unwrap_or(&short).trim_end().to_owned()
}

/// Letters, digits, blanks and hyphens; every other sign becomes a blank.
pub fn safe(text: &str) -> String {
    let plain: String = text
        .replace('&', "and")
        .replace(['’', '\''], "")
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { ' ' })
        .collect();
    let name = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    // Every sign is one byte by now, so this cuts no letter in half.
    name.chars().take(LONGEST).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_board;

    #[test]
    fn file_names_are_safe_everywhere() {
        assert_eq!(
            safe("Children’s Services: Overview & Scrutiny / Éire? - r1"),
            "Childrens Services Overview and Scrutiny ire - r1"
        );
        assert!(safe(&"a b".repeat(99)).len() <= LONGEST);
    }

    #[test]
    fn a_pattern_is_filled_and_what_is_blank_is_left_out() {
        let usual = "{board} - {scorecard} - {month} - r{revision}";
        let agenda = "Item {item} - Appendix {appendix} - {scorecard} - {period} - v{revision}";
        for (pattern, kind, expected) in [
            (usual, (Edition::Public, false), "B - S - October 2026 - r2"),
            (usual, (Edition::Public, true), "DRAFT - B - S - October 2026 - r2"),
            (usual, (Edition::Restricted, false), "RESTRICTED - B - S - October 2026 - r2"),
            (usual, (Edition::Restricted, true), "RESTRICTED - DRAFT - B - S - October 2026 - r2"),
            (agenda, (Edition::Public, false), "S - 2026-10 - v2"),
            (agenda, (Edition::Public, true), "DRAFT - S - 2026-10 - v2"),
        ] {
            let name = with_board(&format!("file_name = \"{pattern}\""), |card| stem(card, "C", kind, 2));
            assert_eq!(name, expected);
        }
        let meeting = "appendix = \"A\"\nfile_name = \"Item {item} - Appendix {appendix} - {council} - r{revision}\"\n\
            [[meetings]]\nperiod = \"2026-10\"\ndate = \"2026-12-02\"\nitem = \"07\"";
        let name = with_board(meeting, |card| stem(card, "Éire & Co", (Edition::Public, false), 1));
        assert_eq!(name, "Item 07 - Appendix A - ire and Co - r1");
    }

    #[test]
    fn a_name_is_shortened_between_words() {
        for (keep, expected) in
            [(9, "Overview"), (8, "Overview"), (7, "Overvie"), (12, "Overview and"), (14, "Overview and")]
        {
            assert_eq!(shortened("Overview and Scrutiny", keep), expected, "{keep}");
        }
    }

    #[test]
    fn neither_the_revision_nor_what_a_file_is_marked_as_is_cut_off() {
        // One long part, and many parts that are all shorter than a mark.
        for (before, after) in [("A long name ".repeat(30), "October 2026 - r12"), (["Part"; 14].join(" - "), "r12")] {
            let pattern = format!("file_name = \"{before} - {{month}} - r{{revision}}\"");
            let name = with_board(&pattern, |card| stem(card, "C", (Edition::Restricted, true), 12));
            assert!(name.starts_with("RESTRICTED - DRAFT - ") && name.ends_with(after), "{name}");
            assert!(name.len() <= LONGEST, "{name}");
        }
    }
}
