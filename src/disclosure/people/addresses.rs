//! Where somebody lives: a number and a street, a house and a street, a flat, a
//! postcode.

use super::traces::{Form, always};
use super::word_list::WordList;
use super::{OwnWords, PersonalDetail};

/// Streets as they end.
const STREETS: &str = "(?:Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Way|Crescent|Cres|Gardens|Gdns|Grove|Terrace|\
    Court|Ct|Place|Walk|Mews|Square|Row|Rise|Hill|View|Green|Parade|Quay|Wharf|Gate|Croft|Fields|Meadow|Mead|Loke|Yard)";

/// Streets that are nothing else in small letters.
const LOWER_STREETS: &str = "(?:road|rd|street|avenue|ave|lane|crescent|terrace|close|drive|gardens)";

/// Houses as they end.
const HOUSES: &str =
    "(?:Cottages?|House|Farm|Farmhouse|Villas?|Lodge|Barn|Bungalow|Manor|Rectory|Vicarage|Hall|Grange|View|Mill)";

/// Numbers of houses in words: two of them joined, a teen or a ten.
const IN_WORDS: &str = "(?:(?:[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty|[Ss]eventy|[Ee]ighty|[Nn]inety)(?:[- ](?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine))?|(?:[Tt]hir|[Ff]our|[Ff]if|[Ss]ix|[Ss]even|[Ee]igh|[Nn]ine)teen|[Tt]en|[Ee]leven|[Tt]welve)";

/// A word with a capital.
const CAPITAL: &str = r"[A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞĪİŁŃŇŐŘŚŞŠȘŤȚŪŮŰŽŹŻ][\w'’.\-]*";

pub(super) fn forms() -> Vec<Form> {
    let form =
        |pattern: String, holds: fn(&str, &OwnWords) -> bool| Form { kind: PersonalDetail::Address, pattern, holds };
    vec![
        form(format!(r"\b(?:[Nn]o\.?\s?)?\d{{1,3}}[A-Za-z]?,?\s+(?:{CAPITAL},?\s+){{1,4}}{STREETS}\b"), is_street),
        form(
            format!(r"\b(?:[Nn]umber|[Nn]o|[Hh]ouse)\.?\s?\d{{1,4}}[A-Za-z]?,?\s+(?:in|on|at|of)\s+(?:{CAPITAL}\s+){{1,3}}{STREETS}\b"),
            is_street,
        ),
        form(
            format!(
                r"(?:\b(?:at|of|on|in|to|from|address|lives|lived|living)(?:\s+(?:no|number)\.?)?\s+|^\s*|[,:;]\s+)\d{{1,3}}[a-z]?,?\s+(?:[a-z]+\s+){{1,2}}{LOWER_STREETS}\b"
            ),
            always,
        ),
        form(format!(r"\b{IN_WORDS},?\s+(?:{CAPITAL}\s+){{1,3}}{STREETS}\b"), is_street),
        form(
            format!(
                r"(?:\b(?:at|of|on|in|to|from|address|lives|lived|living)(?:\s+(?:no|number)\.?)?\s+|^\s*|[,:;]\s+)(?:{IN_WORDS}|(?:one|two|three|four|five|six|seven|eight|nine)),?\s+(?:[a-z]+\s+){{1,2}}{LOWER_STREETS}\b"
            ),
            is_small_street,
        ),
        form(format!(r"\b(?:{CAPITAL}\s+){{1,3}}{HOUSES},\s+(?:{CAPITAL}\s+){{1,3}}{STREETS}\b"), is_home),
        form(
            format!(
                r"\b(?:lives|lived|living|resides|resided|staying|stays)\s+(?:\w+\s+){{0,3}}(?:in|on|at|to)\s+(?:{CAPITAL}\s+){{1,3}}{STREETS}\b"
            ),
            is_street,
        ),
        form(
            format!(
                r"\b(?i:address|lives?|lived|living|resides?|staying|stays)\b[^.,]{{0,24}}\s(?:{CAPITAL}\s+){{0,3}}{CAPITAL},\s+(?:{CAPITAL}\s+){{1,3}}{STREETS}\b"
            ),
            is_street,
        ),
        form(r"\b(?:Flat|Apartment|Apt)\.?\s+\d{1,3}[A-Za-z]?\b|\b(?:in|at|to|from|of|their|her|his)\s+flat\s+\d{1,3}[a-z]?\b".to_owned(), always),
        form(r"(?i)\b(?:lives?|lived)\s+(?:next\s+(?:door\s+)?to|opposite|above\s+(?:the|a)|behind\s+the|over\s+the)\b".to_owned(), always),
        form(format!(r"\b(?:lives|lived|living|resides|staying|stays)\s+(?:at|in)\s+(?:{CAPITAL}\s+){{1,3}}{HOUSES}\b"), is_home),
        form(r"\b[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[ABD-HJLNP-UW-Z]{2}\b".to_owned(), is_elsewhere),
        form(r"\b[a-z]{1,2}\d[a-z\d]?\s{0,2}\d[abd-hjlnp-uw-z]{2}\b".to_owned(), is_elsewhere),
    ]
}

fn is_elsewhere(hit: &str, own: &OwnWords) -> bool {
    !own.is_contact(hit)
}

/// "31 March Castle Street", "3 Crown Court" and "12 Staying Close" are none.
fn is_street(hit: &str, own: &OwnWords) -> bool {
    static BEFORE: WordList = WordList::new(
        " january february march april june july august september october november december jan feb mar apr \
        jun jul aug sep sept oct nov dec crown county family high magistrates magistrates' supreme youth \
        staying service services team ",
    );
    let is_other = |word: &str| BEFORE.has(word.trim_end_matches(',').to_lowercase().as_str());
    is_elsewhere(hit, own) && !hit.split_whitespace().any(is_other)
}

/// "Ten high street banks" stand in no street.
fn is_small_street(hit: &str, own: &OwnWords) -> bool {
    is_street(hit, own) && !["high street", "main road", "of ", " the "].iter().any(|other| hit.contains(other))
}

/// "County Hall, Market Street" is a public building.
fn is_home(hit: &str, own: &OwnWords) -> bool {
    static PUBLIC: WordList = WordList::new(
        " county town city civic village council council's shire borough district community family guild parish moot church ",
    );
    let house = hit.split(',').next().unwrap_or_default().to_lowercase();
    is_street(hit, own) && !house.split_whitespace().any(|word| PUBLIC.has(word))
}
