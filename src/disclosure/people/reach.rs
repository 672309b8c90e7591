//! How somebody is reached: by telephone, by mail, on social media. What the
//! council gives as its own contact is no person's.

use super::given_names::given;
use super::names::is_known;
use super::roles::is_of_a_role;
use super::traces::{Form, always, figures};
use super::word_list::WordList;
use super::{OwnWords, PersonalDetail};

pub(super) fn forms() -> Vec<Form> {
    use PersonalDetail::{Account, Mail, Telephone};
    let form = |kind: PersonalDetail, pattern: &str, holds: fn(&str, &OwnWords) -> bool| Form {
        kind,
        pattern: pattern.to_owned(),
        holds,
    };
    vec![
        form(Telephone, r"(?:\+\s?\d{1,3}|\(?\b00\d{2}|\(?\b0)(?:[\s\-().·/–]{0,3}\d){8,12}\b", is_telephone),
        form(
            Telephone,
            r"(?i)\b(?:tel|telephone|phone|mobile|mob|ring|call|text|whatsapp)\b[\s.:]*(?:(?:me|her|him|them|us|mum|dad|on|at|is|number|no|the|carer|office)\b[\s.:]*){0,4}\d(?:[\s\-]?\d){5,10}\b",
            is_labelled_telephone,
        ),
        form(Mail, r"[A-Za-z0-9._%+'\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}", is_mail),
        form(
            Mail,
            r"(?i)\b[a-z0-9._\-]+\s*(?:\(at\)|\[at\]|\s+at\s+)\s*(?:gmail|hotmail|outlook|yahoo|icloud|live|aol)(?:\s+dot\s+|\s*\.\s*|\b)",
            always,
        ),
        form(
            Mail,
            r"(?i)\b[a-z0-9._%+'\-]+\s*(?:[(\[{<]\s*at\s*[)\]}>]|\s@\s?|@\s)\s*[a-z0-9\-]+(?:(?:\.|\s*[(\[{<]\s*dot\s*[)\]}>]\s*|\s+dot\s+)[a-z][a-z0-9\-]+){1,4}|\b[a-z0-9._\-]+\s+at\s+[a-z0-9\-]+(?:\s+dot\s+[a-z]+){1,4}",
            |hit, own| is_mail(&undisguised(hit), own),
        ),
        form(Account, r#"(?:^|[\s("'“‘,:])@[A-Za-z_][\w.]{2,}"#, is_account),
        form(
            Account,
            r"(?i)\b(?:facebook|instagram|tiktok|snapchat|twitter|linkedin|x)\.com/(?:in/|add/)?[\w.@\-]+",
            is_account_page,
        ),
        form(
            Account,
            r#"(?i)\b(?:snapchat|snap|instagram|insta|tik\s?tok|discord|roblox|psn|xbox)\s*[:=]\s*["'@]?[a-z][\w.]*[\d_][\w.]*"#,
            always,
        ),
        form(
            Account,
            r#"(?i)\b(?:snapchat|snap|instagram|insta|tik\s?tok|facebook|discord|whatsapp|telegram|roblox|psn|xbox|twitter)\b[\s,:(]*(?:(?:user\s?name|handle|account|name|tag|profile|id|is|as|under|called)\s+){1,4}["'“@]?[a-z]*[\d_][\w.]*"#,
            always,
        ),
    ]
}

fn is_telephone(hit: &str, own: &OwnWords) -> bool {
    let figures = figures(hit);
    let is_whole = hit.starts_with('+') || (10..=11).contains(&figures.len()) || figures.starts_with("00");
    // Numbers that only bodies have.
    let is_body = ["03", "0800", "0808", "084", "087"].iter().any(|start| figures.starts_with(start));
    is_whole && !is_body && !own.is_contact(hit)
}

/// Of a number behind "ring": whatever it is, if it is not the council's.
fn is_labelled_telephone(hit: &str, own: &OwnWords) -> bool {
    let figures = figures(hit);
    let is_body = ["03", "08", "116", "101"].iter().any(|start| figures.starts_with(start));
    !is_body && !own.is_contact(&figures)
}

/// Mailboxes of no person.
static BOXES: WordList = WordList::new(
    " info enquiries enquiry admin contact hello mail help helpdesk mash lado reception duty support noreply \
    reply no press comms foi complaints customerservices feedback email inbox referrals ",
);

/// Where people have their own mail.
const PRIVATE: [&str; 14] = [
    "gmail",
    "googlemail",
    "hotmail",
    "outlook",
    "live",
    "yahoo",
    "ymail",
    "icloud",
    "me",
    "aol",
    "btinternet",
    "sky",
    "msn",
    "proton",
];

/// An address that is not the council's contact, nor by all of its words that of a
/// team.
fn is_mail(hit: &str, own: &OwnWords) -> bool {
    let (local, domain) = hit.split_once('@').unwrap_or_default();
    let (local, domain) = (local.to_lowercase(), domain.to_lowercase());
    let parts: Vec<&str> = local.split(['.', '_', '-']).filter(|part| !part.is_empty()).collect();
    let is_body = |part: &str| BOXES.has(part) || is_of_a_role(part);
    let known = |part: &&str| given(part).is_none() && (is_body(part) || is_known(part, own));
    let is_team = parts.iter().all(known) && parts.iter().any(|part| is_body(part));
    let provider = domain.split('.').next().unwrap_or_default();
    (!is_team || PRIVATE.contains(&provider)) && !own.is_contact(hit)
}

/// "jane [at] example (dot) org" as it is written to be used.
fn undisguised(hit: &str) -> String {
    let mut words: Vec<&str> = hit.split(|c: char| c.is_whitespace() || "[](){}<>".contains(c)).collect();
    for word in &mut words {
        match word.to_lowercase().as_str() {
            "at" => *word = "@",
            "dot" => *word = ".",
            _ => {}
        }
    }
    words.concat()
}

/// A page of somebody's, but not of the council's.
fn is_account_page(hit: &str, own: &OwnWords) -> bool {
    let name = hit.rsplit('/').next().unwrap_or_default().trim_start_matches('@').to_lowercase();
    !is_known(&name, own) && !own.is_of_the_council(&name) && !own.is_contact(hit)
}

/// "@lil_kxy", but not "@WrenshireCC" nor "@Ofsted".
fn is_account(hit: &str, own: &OwnWords) -> bool {
    let name = hit.split('@').nth(1).unwrap_or_default().trim_end_matches('.').to_lowercase();
    !is_known(&name, own) && !own.is_of_the_council(&name) && !own.is_contact(hit)
}
