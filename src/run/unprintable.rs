//! F701: texts that no font of the pack can print.

use std::collections::BTreeSet;

use crate::commentary;
use crate::config::Config;
use crate::domain::{Code, Finding, PackKey, Place};
use crate::pack::Content;
use crate::scorecard::Scorecard;
use crate::typeset::Stationery;
use crate::words;

/// F701: commentary that the fonts cannot print, which its officer can mend.
pub(super) fn unprintable(stationery: &Stationery, card: &Scorecard<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for slot in &card.slots {
        let Some(comment) = slot.printable() else { continue };
        let words = [&comment.text, &comment.action, &comment.owner, &comment.expect];
        let signs: BTreeSet<char> =
            words.into_iter().flat_map(|text| stationery.unprintable(&text.screened())).collect();
        if signs.is_empty() {
            continue;
        }
        let at = Place {
            file: Some(commentary::remarks::file_name(card).into()),
            indicator: Some(slot.indicator.reference.clone()),
            ..Place::default()
        };
        findings.push(no_font(at, &signs, &format!("the commentary on {}", slot.indicator.reference)));
    }
    for action in card.carried {
        let words = [&action.action, &action.owner].into_iter();
        let signs: BTreeSet<char> = words.flat_map(|text| stationery.unprintable(&text.screened())).collect();
        if !signs.is_empty() {
            let file = format!("commentary/{}/{}.toml", action.given, card.board.id);
            let at = Place { file: Some(file.into()), indicator: Some(action.indicator.clone()), ..Place::default() };
            findings.push(no_font(at, &signs, &format!("the action given for {}", action.indicator)));
        }
    }
    findings
}

/// F701: texts of the config that the pack prints and the fonts cannot. What is
/// looked at is the pack itself, so no text is left out; a sign in it that no text
/// of the config has was quoted from a workbook, and is printed as its code.
pub(super) fn unprintable_texts(
    stationery: &Stationery,
    config: &Config,
    key: &PackKey,
    content: &Content,
) -> Vec<Finding> {
    let signs = stationery.unprintable(&content.special_characters().iter().collect::<String>());
    if signs.is_empty() {
        return Vec::new();
    }
    let own_file = format!("boards/{}.toml", key.board);
    let found = config.special_texts.iter().filter_map(|text| {
        let signs: BTreeSet<char> = text.characters.intersection(&signs).copied().collect();
        let is_printed = match text.file.as_str() {
            // What else it says of a source is what a workbook calls things.
            "sources.toml" => text.key.ends_with(".title"),
            file => !file.starts_with("boards/") || file == own_file,
        };
        (is_printed && !signs.is_empty()).then(|| {
            let at = Place { file: Some(text.file.as_str().into()), ..Place::default() };
            no_font(at, &signs, &format!("`{}`", text.key))
        })
    });
    found.collect()
}

fn no_font(at: Place, signs: &BTreeSet<char>, text: &str) -> Finding {
    let signs: Vec<String> = signs.iter().map(|sign| named(*sign)).collect();
    let message = format!("found {} in {text}, which no font of the pack can print", words::list(&signs));
    Finding::new(Code::Unprintable, at, message, "remove it, or say it in words")
}

/// A sign by its code, with the sign itself where there is something to see:
/// one that rings a bell or turns the line round is not shown to anybody.
fn named(sign: char) -> String {
    let code = format!("U+{:04X}", u32::from(sign));
    let unseen = sign.is_control() || ('\u{200b}'..='\u{206f}').contains(&sign);
    if unseen { code } else { format!("{sign} ({code})") }
}
