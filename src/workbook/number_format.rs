//! What a number format shows of a number: its own digits, or something else.
//!
//! A format may show text in a number's place, or nothing: `[<6]"c";0` shows "c"
//! for 3, and `;;;` hides every number. It may also put signs round the digits
//! that make another number of them: `"<"0` shows <7, and `0"0"` shows 70 for 7.
//! Whoever looks at the sheet sees that and not the number.

/// Letters of a shown text that are kept.
pub(super) const SHOWN_AT_MOST: usize = 40;

/// Whether a format may show a number without its digits: most never do, and
/// their cells need no second look.
pub(super) fn may_mask(format: &str) -> bool {
    sections(format).iter().any(|section| section.text.is_some() || section.is_broken || section.changes_number(1.0))
}

/// What is shown in place of a number; none where its digits are, or where a zero
/// is shown as a dash or as nothing, which is how accounts write zero.
pub(super) fn masked(format: &str, value: f64) -> Option<String> {
    let sections = sections(format);
    let section = chosen(&sections, value)?;
    let shown = match &section.text {
        Some(text) => text.clone(),
        None if section.is_broken => "another number".to_owned(),
        None if section.changes_number(value) => {
            format!("{}{}{}", section.before, value.abs(), section.behind).trim().to_owned()
        }
        None => return None,
    };
    is_mask(value, &shown).then(|| shown.chars().take(SHOWN_AT_MOST).collect())
}

/// Whether a text without digits hides a number: accounts write zero as a dash or
/// as nothing.
pub(super) fn is_mask(value: f64, shown: &str) -> bool {
    !(value == 0.0 && matches!(shown, "" | "-" | "–" | "—" | "−"))
}

/// A part of a format, and what it shows where that is no digits.
#[derive(Debug, Default, PartialEq)]
struct FormatSection {
    condition: Option<(String, f64)>,
    /// The text that it shows, trimmed; none where it shows the number.
    text: Option<String>,
    /// What it shows before the number's digits, and behind them.
    before: String,
    behind: String,
    /// Whether it shows the number in white.
    is_white: bool,
    /// Whether a point of its own stands between the digits: `0\.0` shows 72 as 7.2.
    is_broken: bool,
}

impl FormatSection {
    /// Whether what stands round the digits makes another number of them, says
    /// that they are not exact, or nobody can see them.
    fn changes_number(&self, value: f64) -> bool {
        let is_other = |c: char| {
            c.is_ascii_digit() || matches!(c, '<' | '>' | '~' | '\u{2248}' | '\u{2264}' | '\u{2265}' | '\u{2030}' | '*')
        };
        let joins = |text: &str, at_end: bool| {
            let next = if at_end { text.chars().next_back() } else { text.chars().next() };
            next.is_some_and(|c| matches!(c, '.' | ','))
        };
        let minus = value > 0.0 && self.before.contains(['-', '\u{2212}']);
        self.is_white
            || minus
            || self.before.contains(is_other)
            || self.behind.contains(is_other)
            || joins(&self.before, true)
            || joins(&self.behind, false)
                && self.behind.trim_start_matches(['.', ',']).contains(|c: char| c.is_ascii_digit())
    }
}

/// The section that a number is shown by: the first whose condition holds; without
/// conditions they are for what is above zero, below it, and zero.
fn chosen(sections: &[FormatSection], value: f64) -> Option<&FormatSection> {
    // The fourth is for text.
    let sections = sections.get(..sections.len().min(3))?;
    let holds = |at: usize| {
        let condition = sections.get(at).and_then(|section| section.condition.as_ref());
        match (condition, at, sections.len()) {
            (Some((operator, limit)), ..) => match operator.as_str() {
                "<" => value < *limit,
                "<=" => value <= *limit,
                ">" => value > *limit,
                ">=" => value >= *limit,
                "<>" => value != *limit,
                _ => value == *limit,
            },
            (None, 0, 2) => value >= 0.0,
            (None, 0, 3) => value > 0.0,
            (None, 1, 3) => value < 0.0,
            (None, ..) => true,
        }
    };
    (0..sections.len()).find(|at| holds(*at)).and_then(|at| sections.get(at))
}

fn sections(format: &str) -> Vec<FormatSection> {
    let (mut sections, mut section, mut text, mut has_digits) =
        (Vec::new(), FormatSection::default(), String::new(), false);
    let mut end = |section: &mut FormatSection, text: &mut String, has_digits: &mut bool| {
        let text = std::mem::take(text);
        if std::mem::take(has_digits) {
            section.behind = text;
        } else {
            section.text = Some(text.trim().to_owned());
        }
        sections.push(std::mem::take(section));
    };
    if format.trim().is_empty() {
        // No format is the general one.
        return Vec::new();
    }
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => text.extend(chars.by_ref().take_while(|c| *c != '"')),
            '\\' => text.extend(chars.next()),
            // A blank as wide as the next character, or as many of it as fit.
            '_' => {
                text.push(' ');
                chars.next();
            }
            '*' => drop(chars.next()),
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                bracket(&inside, &mut section, &mut text, &mut has_digits);
            }
            ';' => end(&mut section, &mut text, &mut has_digits),
            // Digits, the text itself, a date or time, or the word General.
            '0' | '#' | '?' | '@' | 'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' | 'G' | 'g' => {
                // What stands between digits stands neither before nor behind them.
                let text = std::mem::take(&mut text);
                if !std::mem::replace(&mut has_digits, true) {
                    section.before = text;
                } else if text.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '/')) {
                    section.is_broken = true;
                }
            }
            // A format's own signs, which its digits go with.
            '%' | '.' | ',' | '/' | '-' | '+' | '(' | ')' | 'E' | 'e' if has_digits => {}
            other => text.push(other),
        }
    }
    end(&mut section, &mut text, &mut has_digits);
    sections
}

/// `[<6]`, `[$£-809]`, `[h]`; colours and the rest show nothing.
fn bracket(inside: &str, section: &mut FormatSection, text: &mut String, has_digits: &mut bool) {
    if let Some(symbol) = inside.strip_prefix('$') {
        text.push_str(symbol.split('-').next().unwrap_or_default());
        return;
    }
    if !inside.is_empty() && inside.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's')) {
        *has_digits = true;
        return;
    }
    section.is_white |= inside.eq_ignore_ascii_case("white");
    let operator: String = inside.chars().take_while(|c| matches!(c, '<' | '>' | '=')).collect();
    if let (false, Ok(limit)) = (operator.is_empty(), inside.get(operator.len()..).unwrap_or_default().trim().parse()) {
        section.condition = Some((operator, limit));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_without_digits_is_known() {
        for (format, value, shown) in [
            ("General", 3.0, None),
            ("", 3.0, None),
            ("0.0%", 0.3, None),
            ("#,##0;[Red]-#,##0", -3.0, None),
            ("dd/mm/yyyy", 45_000.0, None),
            ("[h]:mm", 1.5, None),
            ("\"c\"", 3.0, Some("c")),
            ("\\c", 3.0, Some("c")),
            (";;;", 3.0, Some("")),
            (";;", -3.0, Some("")),
            ("0;;", -3.0, Some("")),
            ("0;0;;@", 0.0, None),
            ("0;\"none\";0", -1.0, Some("none")),
            ("[<6]\"c\";0", 5.0, Some("c")),
            ("[<6]\"c\";0", 6.0, None),
            ("[<6]\"c\";0", 0.0, Some("c")),
            ("[=0]\"-\";[<=5]\"*\";0", 5.0, Some("*")),
            ("[=0]\"-\";[<=5]\"*\";0", 5.5, None),
            ("[=0]\"-\";[<=5]\"*\";0", 0.0, None),
            ("[>=100]0;[Blue]\"few\"", 99.0, Some("few")),
            ("_-* #,##0_-;-* #,##0_-;_-* \"-\"??_-;_-@_-", 0.0, None),
            ("_-* #,##0_-;-* #,##0_-;_-* \"-\"??_-;_-@_-", 7.0, None),
            ("0;-0;\"n/a\"", 0.0, Some("n/a")),
            ("[$£-809]#,##0", 3.0, None),
            ("[$£-809]", 3.0, Some("£")),
            ("\"withheld", 3.0, Some("withheld")),
            ("\"<\"0", 7.0, Some("<7")),
            ("\\<0", 7.0, Some("<7")),
            ("\"~\"0", 7.0, Some("~7")),
            ("0\"*\"", 7.0, Some("7*")),
            ("\\-0", 7.0, Some("-7")),
            ("-0", 7.0, Some("-7")),
            ("0;-0", -7.0, None),
            ("0\"0\"", 7.0, Some("70")),
            ("\"1\"0", 7.0, Some("17")),
            ("\"0.\"0", 7.0, Some("0.7")),
            ("0\\.0", 72.0, Some("another number")),
            ("000\"/\"00", 78_012.0, Some("another number")),
            // Points with a sign of their own: 85 is 85%.
            ("0\"%\"", 85.0, None),
            ("0\"\u{2030}\"", 7.0, Some("7\u{2030}")),
            ("[White]0", 7.0, Some("7")),
            ("0\" weeks\"", 7.0, None),
            ("\"£\"#,##0.00", 7.0, None),
            ("#,##0.0_);(#,##0.0)", -7.0, None),
            ("0.0E+00", 7.0, None),
            ("0.0,,\"m\"", 7e6, None),
            ("$#,##0;-$#,##0", -7.0, None),
        ] {
            assert_eq!(masked(format, value).as_deref(), shown, "{format} of {value}");
            assert!(shown.is_none() || may_mask(format), "{format}");
        }
        assert!(!may_mask("General") && !may_mask("#,##0.0") && may_mask("0;-0;;@"));
    }
}
