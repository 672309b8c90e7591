//! F701: texts that no font of the pack can print.

use std::collections::BTreeSet;

use crate::commentary;
use crate::config::Config;
use crate::domain::commentary::CarriedAction;
use crate::domain::{Code, Comment, Finding, PackKey, Place};
use crate::pack::Content;
use crate::scorecard::Scorecard;
use crate::typeset::Stationery;
use crate::words;

/// F701: commentary that the fonts cannot print, which its officer can mend: this month's,
/// and the actions that earlier ones gave.
pub(super) fn unprintable(stationery: &Stationery, card: &Scorecard<'_>) -> Vec<Finding> {
    let written = card.slots.iter().filter_map(|slot| {
        let Comment { text, action, owner, expect, .. } = slot.printable()?;
        let indicator = &slot.indicator.reference;
        let file = commentary::remarks::file_name(card);
        Some((file, indicator, vec![text, action, owner, expect], format!("the commentary on {indicator}")))
    });
    let carried = card.carried.iter().map(|CarriedAction { indicator, given, action, owner, .. }| {
        let file = format!("commentary/{given}/{}.toml", card.board.id);
        (file, indicator, vec![action, owner], format!("the action given for {indicator}"))
    });
    let found = written.chain(carried).filter_map(|(file, indicator, texts, what)| {
        let signs: BTreeSet<char> =
            texts.into_iter().flat_map(|text| stationery.unprintable(&text.screened())).collect();
        let at = Place { file: Some(file.into()), indicator: Some(indicator.clone()), ..Place::default() };
        (!signs.is_empty()).then(|| no_font(at, &signs, &what))
    });
    found.collect()
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
