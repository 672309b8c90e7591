//! What a number format shows of a number: its own digits, or something else.
//!
//! A format may show text in a number's place, or nothing: `[<6]"c";0` shows "c"
//! for 3, and `;;;` hides every number. It may also put signs round the digits
//! that make another number of them: `"<"0` shows <7, and `0"0"` shows 70 for 7.
//! A comma behind the digits divides: `#,##0,` shows 1,250,000 as 1,250.
//! Whoever looks at the sheet sees that and not the number.

/// Letters of a shown text that are kept.
pub(super) const SHOWN_AT_MOST: usize = 40;

/// Whether a format may show a number without its digits: most never do, and
/// their cells need no second look.
pub(super) fn may_mask(format: &str) -> bool {
    let may = |section: &FormatSection| {
        section.text.is_some() || section.is_broken || section.digits.thousands() > 0 || section.changes_number(1.0)
    };
    sections(format).iter().any(may)
}

/// What is shown in place of a number; none where its digits are, or where a zero
/// is shown as a dash or as nothing, which is how accounts write zero.
pub(super) fn masked(format: &str, value: f64) -> Option<String> {
    let sections = sections(format);
    let section = chosen(&sections, value)?;
    let shown = match &section.text {
        Some(text) => text.clone(),
        None if section.is_broken => "another number".to_owned(),
        None if section.digits.thousands() > 0 && value != 0.0 => {
            let minus = if value < 0.0 && !section.before.contains('-') { "-" } else { "" };
            let before = section.before.trim().trim_start_matches('(');
            format!("{minus}{before}{}{}", section.digits.shown(value), section.behind).trim().to_owned()
        }
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

/// Whether a program shows a number in thousands or millions, by what it shows.
pub(super) fn is_scaled(value: f64, shown: &str) -> bool {
    let digits: String = shown.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let is_grouped_by_points = digits.split_once('.').is_some_and(|(_, behind)| behind.len() >= 3);
    let Ok(number) = digits.parse::<f64>() else { return false };
    // 400 shown in thousands is 0.
    !is_grouped_by_points && value.abs() >= 100.0 && value.abs() >= number * 500.0
}

/// How a section lays digits out.
#[derive(Debug, Default, PartialEq)]
struct DigitLayout {
    thousands: u32,
    /// Commas that no digit has followed yet: they group where one does.
    commas: u32,
    is_grouped: bool,
    has_digit: bool,
    has_point: bool,
    places: usize,
}

impl DigitLayout {
    /// Takes a sign of the format that is no text.
    fn take(&mut self, sign: char) {
        match sign {
            '0' | '#' | '?' => {
                self.is_grouped |= std::mem::take(&mut self.commas) > 0;
                self.has_digit = true;
                self.places += usize::from(self.has_point);
            }
            ',' if self.has_digit => self.commas += 1,
            '.' => {
                self.thousands += std::mem::take(&mut self.commas);
                self.has_point = true;
            }
            _ => {}
        }
    }

    /// How often the number is divided by a thousand.
    fn thousands(&self) -> u32 {
        self.thousands + self.commas
    }

    /// A number's digits, without its sign.
    fn shown(&self, value: f64) -> String {
        let divided = (0..self.thousands()).fold(value.abs(), |value, _| value / 1000.0);
        let digits = format!("{divided:.*}", self.places);
        let (whole, behind) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
        let mut shown = String::new();
        for (nth, digit) in whole.chars().enumerate() {
            if self.is_grouped && nth > 0 && (whole.len() - nth).is_multiple_of(3) {
                shown.push(',');
            }
            shown.push(digit);
        }
        shown + behind
    }
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
    digits: DigitLayout,
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
        section.digits.take(c);
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
        ] {
            assert_shown(format, value, shown);
        }
        assert!(!may_mask("General") && !may_mask("#,##0.0") && may_mask("0;-0;;@"));
    }

    fn assert_shown(format: &str, value: f64, shown: Option<&str>) {
        assert_eq!(masked(format, value).as_deref(), shown, "{format} of {value}");
        assert!(shown.is_none() || may_mask(format), "{format}");
    }

    #[test]
    fn thousands_and_millions_are_another_number_whether_or_not_the_format_says_so() {
        for (format, value, shown) in [
            ("0.0,,\"m\"", 7e6, Some("7.0m")),
            ("0.0,\"k\"", 1_250.0, Some("1.2k")),
            ("0,", 1_250_000.0, Some("1250")),
            ("#,##0,", 1_250_000.0, Some("1,250")),
            ("#,##0,,", 1_250_000.0, Some("1")),
            ("#,##0,", 400.0, Some("0")),
            ("#,##0.0,", -1_250.0, Some("-1.2")),
            ("0,.0", 1_250.0, Some("1.2")),
            ("#,##0,;(#,##0,)", -1_250_000.0, Some("-1,250")),
            ("_-* #,##0,_-;-* #,##0,_-;_-* \"-\"??_-;_-@_-", 1_250_000.0, Some("1,250")),
            ("[>=1000000]0.0,,\"m\";[>=1000]0,\"k\";0", 2_000.0, Some("2k")),
            ("[>=1000000]0.0,,\"m\";[>=1000]0,\"k\";0", 999.0, None),
            ("[$£-809]#,##0,", 1_250_000.0, Some("£1,250")),
            ("#,##0,", 0.0, None),
            // A comma between digits groups them, and one in a date is none of a number's.
            ("#,##0", 1_250_000.0, None),
            ("0,000.00", 1_250.0, None),
            ("dddd, d mmmm yyyy", 45_000.0, None),
            ("0\", \"", 7.0, None),
            ("$#,##0;-$#,##0", -7.0, None),
        ] {
            assert_shown(format, value, shown);
        }
    }

    #[test]
    fn a_number_that_a_program_shows_in_thousands_is_known_by_what_it_shows() {
        for (value, shown, expected) in [
            (1_250_000.0, "1,250", true),
            (1_250_000.0, "£1.3m", true),
            (-1_250_000.0, "-1,250", true),
            (400.0, "0", true),
            (1_250_000.0, "1,250,000", false),
            (1_250.4, "1,250", false),
            (0.85, "85%", false),
            (0.4, "0", false),
            (1_250.0, "1.250", false),
            (1_250.0, "£1,250.00", false),
            (12.0, "", false),
        ] {
            assert_eq!(is_scaled(value, shown), expected, "{value} as {shown}");
        }
    }
}
