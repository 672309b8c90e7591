//! Who saved a workbook last, where the file says so: for officers who look
//! for someone to ask. It is printed in no pack.

use std::io::{BufReader, Cursor, Read};

use quick_xml::events::Event;
use quick_xml::{Reader, escape};
use zip::ZipArchive;

/// How much of a part is read, unpacked.
const AT_MOST: u64 = 1 << 16;
/// A name is no longer than this.
const LETTERS: usize = 80;
/// What programs write where they know no name; in lower case.
const NOBODY: [&str; 8] =
    ["openpyxl", "xlsxwriter", "apache poi", "microsoft office user", "windows user", "user", "unknown", "admin"];

/// The part of a workbook that holds the name, and the element in it, by format.
const NAMED_IN: [(&str, &str); 2] = [("docProps/core.xml", "lastModifiedBy"), ("meta.xml", "creator")];

/// The name; none where the file has none, or only that of a program.
pub(super) fn last_saved_by(bytes: &[u8]) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    NAMED_IN.iter().find_map(|(part, element)| {
        let part = archive.by_name(part).ok()?;
        name(&text(part.take(AT_MOST), element)?)
    })
}

/// The text of the first element of this name, whatever its prefix is.
fn text(part: impl Read, element: &str) -> Option<String> {
    let mut xml = Reader::from_reader(BufReader::new(part));
    let (mut buffer, mut text) = (Vec::new(), None::<String>);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).ok()? {
            Event::Start(start) if start.name().local_name().as_ref() == element => text = Some(String::new()),
            Event::Text(part) => {
                if let Some(text) = &mut text {
                    text.push_str(&part.xml10_content());
                }
            }
            Event::GeneralRef(name) => {
                if let Some(text) = &mut text {
                    match name.resolve_char_ref().ok()? {
                        Some(letter) => text.push(letter),
                        None => text.push_str(escape::resolve_predefined_entity(&name.xml10_content())?),
                    }
                }
            }
            Event::End(_) if text.is_some() => return text,
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// A text as a person's name: on one line and short; none where it is nobody's.
fn name(text: &str) -> Option<String> {
    let name = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let name: String = name.collect::<Vec<_>>().join(" ").chars().take(LETTERS).collect();
    let is_somebody = name.chars().any(char::is_alphabetic) && !NOBODY.contains(&name.to_lowercase().as_str());
    is_somebody.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_persons() {
        for (typed, expected) in [
            ("Ann Other", Some("Ann Other")),
            ("  Ann\n Other ", Some("Ann Other")),
            ("openpyxl", None),
            ("Microsoft Office User", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(name(typed).as_deref(), expected, "{typed:?}");
        }
        assert_eq!(name(&"x".repeat(500)).map(|name| name.len()), Some(LETTERS));
    }

    #[test]
    fn the_element_is_known_by_its_name_alone() {
        let found = |xml: &str| text(xml.as_bytes(), "lastModifiedBy");
        let core = |name: &str| {
            format!("<c:p xmlns:c='x'><d:creator>A</d:creator><c:lastModifiedBy>{name}</c:lastModifiedBy></c:p>")
        };
        assert_eq!(found(&core("Zo&#235; O&apos;Neil &amp; Co")).as_deref(), Some("Zoë O'Neil & Co"));
        assert_eq!(found(&core("")).as_deref(), Some(""));
        assert_eq!(found("<p><d:creator>A</d:creator></p>"), None);
        assert_eq!(found("<p><lastModifiedBy>An"), None);
        assert_eq!(found("<p><lastModifiedBy>&nobody;</lastModifiedBy></p>"), None);
    }
}
