//! A council's own look: colours that can be read, a logo, a typeface.
//!
//! The colours of ratings are not the council's to choose.

use std::collections::BTreeMap;
use std::fmt;

/// A colour as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Paper.
    pub const WHITE: Self = Self([255; 3]);

    /// A colour of three bytes.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// Parses `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([byte(0)?, byte(2)?, byte(4)?]))
    }

    /// So many hundredths of the way to white.
    #[must_use]
    pub fn lighter(self, hundredths: u8) -> Self {
        let by = u16::from(hundredths.min(100));
        Self(self.0.map(|byte| byte.saturating_add(u8::try_from(u16::from(255 - byte) * by / 100).unwrap_or(u8::MAX))))
    }

    /// How well one can be told from the other, 1 to 21, as WCAG counts it.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = self.0.map(|byte| {
            let share = f64::from(byte) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([red, green, blue]) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The colours of a council.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colours {
    /// Text.
    pub ink: Colour,
    /// Secondary text.
    pub secondary: Colour,
    /// Section numbers, links, the series of a chart.
    pub accent: Colour,
    /// Hairlines.
    pub hair: Colour,
    /// Panels.
    pub panel: Colour,
}

impl Default for Colours {
    fn default() -> Self {
        Self {
            ink: Colour::new(0x0b, 0x0c, 0x0c),
            secondary: Colour::new(0x50, 0x5a, 0x5f),
            accent: Colour::new(0x12, 0x43, 0x6d),
            hair: Colour::new(0xb1, 0xb4, 0xb6),
            panel: Colour::new(0xf3, 0xf2, 0xf1),
        }
    }
}

/// What WCAG 2.2 AA asks of text against what it stands on.
pub const TEXT: f64 = 4.5;

/// A council's look.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Theme {
    /// Family of a font in the theme's folder; none for the house's own.
    pub font: Option<String>,
    /// Path of the logo in the theme's folder.
    pub logo: Option<String>,
    /// Colours.
    pub colours: Colours,
    /// The theme's folder: fonts and the logo, by their path in it.
    pub files: BTreeMap<String, Vec<u8>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_as_wcag_counts_it() {
        let contrast = |text: &str| Colour::parse(text).unwrap().contrast(Colour::WHITE);
        assert!((contrast("#000000") - 21.0).abs() < 1e-9);
        assert!((contrast("#ffffff") - 1.0).abs() < 1e-9);
        // The well-known edge: #767676 passes on white, #777777 does not.
        assert!(contrast("#767676") >= TEXT && contrast("#777777") < TEXT);
        assert!((contrast("#12436d") - 10.25).abs() < 0.05);
    }

    #[test]
    fn colours_are_read_and_written_as_six_digits() {
        assert_eq!(Colour::parse("#12436D").unwrap().to_string(), "#12436d");
        for text in ["12436d", "#12436", "#12436dd", "#12436g", "#€€", ""] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }
}
