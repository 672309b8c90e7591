//! The page says all that the pack says, and takes nothing for markup.

use serde_json::{Value, json};

use super::*;

/// What is not printed: places to go to, names of looks, what stands in for an
/// empty list, and what a field of the cover or a fact of a block says again.
const UNSEEN: [&str; 10] =
    ["anchor", "meaning_anchor", "kind", "state", "look", "arrow", "weight", "none", "marker", "signal"];

/// The sample, with what it has none of: a section that speaks in words, and what only
/// some drafts lack.
fn sample() -> Value {
    let mut pack: Value = serde_json::from_str(include_str!("../../templates/pack.json")).unwrap();
    let cell = |mark: &str, look: &str| json!({ "mark": mark, "look": look, "strong": "", "text": "", "aside": "", "anchor": "" });
    let pledge =
        json!({ "mark": "", "look": "", "strong": "", "text": "No unregistered homes", "aside": "", "anchor": "" });
    pack["sections"][0]["passages"] = json!([{
        "title": "One year on",
        "prose": [{ "kind": "paragraph", "spans": [{ "text": "Much has changed.", "weight": "bold", "link": "" }] }],
        "aside": "Presented by: Director.",
        "heads": ["What was promised", "How far"],
        "rows": [[pledge.clone(), cell("At risk", "at-risk")], [pledge, cell("On track", "on-track")]]
    }]);
    pack["sections"][0]["forecasts"] = json!("No forecast has been made for CLA01.");
    pack["glance"]["outstanding"][0]["needs"] = json!("needs a day");
    pack
}

fn shown(pack: &Value) -> String {
    page(&serde_json::from_value(pack.clone()).unwrap(), &Theme::default(), b"ref,value\nCLA06,10.1\n")
}

/// Does something with every string that a reader sees.
fn each(value: &mut Value, act: &mut dyn FnMut(&mut String)) {
    match value {
        Value::String(text) => act(text),
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, act)),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                if !UNSEEN.contains(&name.as_str()) {
                    each(value, act);
                }
            }
        }
        _ => {}
    }
}

fn escaped(text: &str) -> String {
    html! { (text) }.into_string()
}

#[test]
fn every_string_of_the_pack_is_in_the_page() {
    let mut pack = sample();
    // So that nothing passes because it also stands elsewhere.
    let mut number = 0;
    let mut strings = Vec::new();
    each(&mut pack, &mut |text| {
        if !text.is_empty() {
            number += 1;
            text.push_str(&format!(" [{number}] <script>&'\""));
            strings.push(text.clone());
        }
    });
    let page = shown(&pack);
    let missing: Vec<&String> = strings.iter().filter(|text| !page.contains(&escaped(text))).collect();
    assert!(missing.is_empty(), "{} of {}: {:?}", missing.len(), strings.len(), &missing[..missing.len().min(12)]);
    assert!(!page.contains("<script"));
}

#[test]
fn places_are_named_once_and_links_lead_somewhere() {
    let page = shown(&sample());
    let values = |name: &str| -> Vec<String> {
        page.split(&format!(" {name}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let ids = values("id");
    for id in &ids {
        assert_eq!(ids.iter().filter(|other| *other == id).count(), 1, "{id}");
    }
    for target in values("href").iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(ids.iter().any(|id| id == target), "#{target} is nowhere");
    }
    for label in values("aria-labelledby") {
        assert!(ids.contains(&label), "{label} names nothing");
    }
}

#[test]
fn headings_follow_one_another() {
    let page = shown(&sample());
    let levels: Vec<u32> = page.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10)).collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
}

#[test]
fn it_wears_the_councils_colours_and_logo() {
    let mut theme = Theme { logo: Some("arms.png".into()), font: Some("x\";}</style>".into()), ..Theme::default() };
    theme.files.insert("arms.png".into(), vec![1, 2, 3]);
    theme.colours.accent = crate::domain::theme::Colour::parse("#5b2a6e").unwrap();
    let page = page(&serde_json::from_value(sample()).unwrap(), &theme, b"");
    assert!(page.contains("--accent:#5b2a6e"));
    assert!(page.contains("<img class=\"logo\" src=\"data:image/png;base64,AQID\" alt=\"\">"));
    assert!(!page.contains("x\";}"));
}

/// A pack of one indicator, whose page can be read.
fn small() -> Value {
    serde_json::from_str(include_str!("small.json")).unwrap()
}

#[test]
fn a_small_page() {
    let page = shown(&small());
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    insta::assert_snapshot!(format!("{head}<style>{body}").replace("><", ">\n<"));
}
