//! `theme.toml` and the folder `theme/`: the council's own look.

use super::fault::Faults;
use super::files::Files;
use super::reader::TableReader;
use crate::domain::theme::{Colour, Colours, TEXT, Theme};

const FILE: &str = "theme.toml";

pub(super) fn read(files: &Files, faults: &Faults) -> Theme {
    let mut theme = Theme::default();
    if files.text(FILE).is_none() {
        return theme;
    }
    let Some(mut root) = TableReader::open(files, FILE, faults) else { return theme };
    theme.files = files.assets().clone();
    let ends_in =
        |name: &str, endings: &[&str]| endings.iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
    theme.logo = root.optional::<String>("logo");
    if let Some(logo) = &theme.logo {
        if !ends_in(logo, &[".svg", ".png"]) {
            root.fault("logo", format!("found {logo:?}; expected an .svg or .png file"), "");
        } else if !theme.files.contains_key(logo) {
            root.fault(
                "logo",
                format!("there is no file theme/{logo}"),
                "put it into the folder `theme` beside theme.toml",
            );
        }
    }
    theme.font = root.optional::<String>("font");
    if theme.font.is_some() && !theme.files.keys().any(|name| ends_in(name, &[".ttf", ".otf"])) {
        root.fault(
            "font",
            "there is no font in the folder `theme`",
            "put its .ttf or .otf files there, regular and bold",
        );
    }
    let mut table = root.table("colours");
    theme.colours = colours(&mut table);
    table.finish();
    root.finish();
    theme
}

fn colours(table: &mut TableReader<'_>) -> Colours {
    let usual = Colours::default();
    let mut colour = |key: &'static str, usual: Colour| {
        let Some(text) = table.optional::<String>(key) else { return usual };
        Colour::parse(&text).unwrap_or_else(|| {
            table.fault(key, format!("found {text:?}; expected a colour such as \"#12436d\""), "");
            usual
        })
    };
    let colours = Colours {
        ink: colour("ink", usual.ink),
        secondary: colour("secondary", usual.secondary),
        accent: colour("accent", usual.accent),
        hair: colour("hair", usual.hair),
        panel: colour("panel", usual.panel),
    };
    for (key, text) in [("ink", colours.ink), ("secondary", colours.secondary), ("accent", colours.accent)] {
        for (ground, on) in [(Colour::WHITE, "white"), (colours.panel, "the panel")] {
            let contrast = text.contrast(ground);
            if contrast < TEXT {
                let found =
                    format!("{text} on {on} ({ground}) has a contrast of {contrast:.2} to 1; expected at least 4.5");
                table.fault(key, found, "take a darker colour, or a lighter `panel`");
                break;
            }
        }
    }
    colours
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let faults = Faults::default();
        read(&Files::from_texts([(FILE.to_owned(), text.to_owned())]), &faults);
        faults.into_sorted().into_iter().map(|fault| format!("{}: {}", fault.key, fault.message)).collect()
    }

    #[test]
    fn a_colour_that_cannot_be_read_is_a_fault() {
        assert_eq!(faults("[colours]\naccent = \"#767676\"\npanel = \"#ffffff\""), Vec::<String>::new());
        assert_eq!(
            faults("[colours]\naccent = \"#777777\"\npanel = \"#ffffff\""),
            ["colours.accent: #777777 on white (#ffffff) has a contrast of 4.48 to 1; expected at least 4.5"]
        );
        assert_eq!(faults("[colours]\npanel = \"#777777\"").len(), 3, "no text can be read on such a panel");
        assert_eq!(faults("[colours]\nink = \"black\"").len(), 1);
    }

    #[test]
    fn a_logo_and_a_font_must_be_there() {
        assert_eq!(faults("logo = \"logo.svg\""), ["logo: there is no file theme/logo.svg"]);
        assert_eq!(faults("logo = \"logo.doc\"").len(), 1);
        assert_eq!(faults("font = \"Public Sans\"").len(), 1);
        assert_eq!(faults("colour = \"x\"").len(), 1);
    }
}
