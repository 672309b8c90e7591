//! Names in small letters, and in the addresses of links.

use super::OwnWords;
use super::bodies::makes_a_body;
use super::given_names::{Given, given, is_small_name, is_surname};
use super::names::is_known;
use super::person_words::KIN;
use super::sentence::SentenceWord;
use super::word_list::WordList;

/// "kayleigh", "mr ferreira", "john smith", "smith, john", "the adeyemi family".
pub(super) fn is_small(words: &[SentenceWord<'_>], at: usize, own: &OwnWords) -> bool {
    let word = &words[at];
    if word.is_in_address || word.is_own {
        return false;
    }
    let next = words.get(at + 1);
    let behind = next.filter(|next| next.follows).map(SentenceWord::lower);
    let is_unknown = |word: &str| !is_known(word, own);
    let is_titled =
        matches!(word.text, "mr" | "mrs" | "ms") && behind.as_ref().is_some_and(|behind| is_unknown(behind));
    let is_body = behind.as_ref().is_some_and(|behind| makes_a_body(behind));
    let has_surname = given(word.text) == Some(Given::Name)
        && behind.as_ref().is_some_and(|behind| is_surname(behind) || is_unknown(behind) && is_like_a_surname(behind));
    let is_turned = is_surname(word.text)
        && next
            .is_some_and(|next| next.after_comma && given(&next.lower()).is_some_and(|kind| kind != Given::MonthToo));
    is_titled
        || is_small_name(word.text) && !is_body
        || has_surname && !is_body
        || is_turned
        || is_family(words, at, own)
}

/// Whether a word that is in no list ends as no verb or plural does.
fn is_like_a_surname(word: &str) -> bool {
    word.len() > 3 && !["ing", "ed", "s", "ly", "n't"].iter().any(|end| word.ends_with(end))
}

/// "the adeyemi family", but not "the nuclear family".
fn is_family(words: &[SentenceWord<'_>], at: usize, own: &OwnWords) -> bool {
    static KINDS: WordList = WordList::new(
        " whole same other new blended host donor split stable safe right forever single-parent two-parent large small ",
    );
    const ADJECTIVES: [&str; 15] =
        ["ing", "ed", "al", "ive", "ous", "ent", "ant", "ic", "er", "est", "less", "ful", "ary", "ble", "ar"];
    let word = words[at].lower();
    let is_the = at > 0 && words[at].follows && words[at - 1].lower() == "the";
    let is_kin = words.get(at + 1).is_some_and(|next| next.follows && KIN.has(&next.lower()));
    let is_name = is_surname(&word) || given(&word).is_some_and(|kind| kind == Given::Name);
    let is_other = KINDS.has(&word) || ADJECTIVES.iter().any(|end| word.ends_with(end));
    is_the && is_kin && (is_name || !is_known(&word, own) && !is_other)
}

/// Whether the path of a link has what may be a name: a word that is no ordinary one.
pub(super) fn is_linked(text: &str, own: &OwnWords) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>')).any(|token| {
        let Some((_, address)) = token.split_once("://") else { return false };
        let path = address.split_once('/').map_or("", |(_, path)| path);
        path.split(|c: char| !c.is_alphabetic()).any(|word| may_be_a_name(word, own))
    })
}

fn may_be_a_name(word: &str, own: &OwnWords) -> bool {
    static OF_THE_WEB: WordList = WordList::new(
        " html aspx docx xlsx pptx index default documents document uploads upload download downloads file files content \
        media assets search page pages query sites site sharepoint viewer statistics statutory publication publications \
        collections committee meeting agenda minutes ielistdocuments mgai news public moderngov article articles blog \
        resource resources webinar https http static images latest organisations consultations release-calendar ",
    );
    let lower = word.to_lowercase();
    let is_long = lower.chars().count() > 4 && !OF_THE_WEB.has(&lower) && !is_known(&lower, own);
    given(&lower) == Some(Given::Name) && lower.len() > 2 || is_surname(&lower) || is_long
}
