//! A council's look as the templates read it.

use serde_json::json;

use crate::domain::theme::Theme;

/// The house's own typeface, which stands in where a council's lacks a sign.
const FONT: &str = "Source Sans 3";

/// `theme.json`.
pub(super) fn json(theme: &Theme) -> Vec<u8> {
    let fonts: Vec<&str> = theme.font.as_deref().into_iter().chain([FONT]).collect();
    let colours = &theme.colours;
    let look = json!({
        "fonts": fonts,
        // An absolute path: the templates that draw it lie in a folder.
        "logo": theme.logo.as_ref().map(|logo| format!("/theme/{logo}")),
        "colours": {
            "ink": colours.ink.to_string(),
            "secondary": colours.secondary.to_string(),
            "accent": colours.accent.to_string(),
            "hair": colours.hair.to_string(),
            "panel": colours.panel.to_string(),
        },
    });
    format!("{look:#}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_file_beside_the_templates_is_the_look_without_a_theme() {
        let usual = String::from_utf8(super::json(&Default::default())).unwrap();
        assert_eq!(usual, include_str!("../../templates/theme.json"));
    }
}
