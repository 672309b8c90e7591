//! The shape of a sentence: what stays of it when its numbers, days and names are taken
//! out. Two sentences of one shape are one sentence of the program.

use super::MONTHS;

/// What a number, a month or a day of a sentence is in its shape.
const NUMBER: &str = "#";

/// What stands before a year of a quarter or a term.
const SEASONS: [&str; 7] = ["quarter", "autumn", "spring", "summer", "Autumn", "Spring", "Summer"];

fn is_number(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit()) || MONTHS.iter().any(|month| word == *month || word == &month[..3])
}

/// The parts of a text between its marks, each as its words, a number for each run of
/// numbers, months and years.
pub(crate) fn shapes(text: &str) -> Vec<Vec<String>> {
    let mut parts: Vec<Vec<String>> = vec![Vec::new()];
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| "([“‘".contains(c));
        if bare.len() < word.trim_end().len() && word.starts_with(['(', '[', '“']) {
            parts.push(Vec::new());
        }
        let plain = bare.trim_end_matches(|c: char| ".,;:)]”’?".contains(c));
        let is_figure = is_number(plain) || (SEASONS.contains(&plain) && text.contains('/'));
        if let Some(part) = parts.last_mut() {
            match plain {
                "" | "·" | "–" => {}
                _ if is_figure && part.last().is_some_and(|last| last == NUMBER) => {}
                _ if is_figure => part.push(NUMBER.to_owned()),
                plain => part.push(plain.to_lowercase()),
            }
        }
        if plain.len() < bare.len() {
            parts.push(Vec::new());
        }
    }
    parts.retain(|part| part.iter().any(|word| ![NUMBER, "and", "to"].contains(&word.as_str())));
    parts
}
