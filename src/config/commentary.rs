//! `commentary/<period>/<board>.toml`: what officers write, and beside it
//! `<board>.signed.toml`: who approved the pack. What a board asks of its
//! commentary stands in the board's own file.

use chrono::NaiveDate;

use super::fault::{Fault, Faults};
use super::files::Files;
use super::reader::TableReader;
use super::suggest;
use super::value::Texts;
use crate::domain::commentary::{DoneWhen, day_as_typed, is_filler};
use crate::domain::{
    ActionPart, Approval, Board, Code, Comment, Commentary, CommentaryRules, Comments, Finding, IndicatorRef, LookedAt,
    PackKey, PageOne, Period, Place, Register, Section, StandingRequest,
};

/// How the name of a sign-off ends.
const SIGNED: &str = ".signed.toml";

/// Every key that these files know.
const KEYS: [&str; 19] = [
    "text",
    "action",
    "owner",
    "due",
    "expect",
    "for",
    LAST_DONE,
    "about",
    "imported",
    PAGE_1,
    "needs_attention",
    "improved",
    "looked_at",
    "of",
    "because",
    "by",
    "on",
    "content_sha256",
    "",
];

/// The key that says what became of earlier actions.
const LAST_DONE: &str = "last_action_done";

/// The table that says what page 1 lists.
const PAGE_1: &str = "page_1";

/// Every commentary file and every sign-off, and the faults of those that could
/// not be read. Such a fault is a finding of its own pack (F714): another
/// board's is none of its business.
pub(super) fn read(files: &Files, boards: &[Board], faults: &Faults) -> (Commentary, Vec<Fault>) {
    let (mut all, mut unread) = (Commentary::default(), Vec::new());
    for name in files.below("commentary/") {
        let is_signature = name.ends_with(SIGNED);
        let ending = if is_signature { SIGNED } else { ".toml" };
        let Some((period, board)) = whose(name, ending, boards, faults) else { continue };
        let (key, own) = (PackKey { period, board: board.id.clone() }, faults.apart());
        if is_signature {
            all.approvals.extend(approval(files, name, &own).map(|approval| (key.clone(), approval)));
        } else {
            all.comments.extend(comments(files, name, board, &own).map(|comments| (key.clone(), comments)));
        }
        let own: Vec<Fault> = own.into_sorted().into_iter().map(|fault| without_words(fault, files, board)).collect();
        if !own.is_empty() {
            all.findings.entry(key).or_default().extend(own.iter().map(finding));
        }
        unread.extend(own);
    }
    (all, unread)
}

/// F714: what could not be read of what officers wrote for a pack.
fn finding(fault: &Fault) -> Finding {
    let key = if fault.key.is_empty() { String::new() } else { format!("{} ", fault.key) };
    let at = Place { file: Some(fault.file.clone().into()), ..Place::default() };
    Finding::new(Code::CommentUnread, at, format!("{key}{}", fault.message), fault.hint.clone())
}

/// A fault that says where it is, and nothing of what stands there: what officers
/// typed may be a name, and a finding is read by many.
fn without_words(fault: Fault, files: &Files, board: &Board) -> Fault {
    let is_known = |part: &str| {
        let part = part.split('[').next().unwrap_or_default();
        KEYS.contains(&part) || board.indicators().any(|own| own.as_str() == part)
    };
    let unknown = (!is_known(&fault.key)).then(|| fault.key.split('.').find(|part| !is_known(part))).flatten();
    let key = match unknown.filter(|unknown| !unknown.is_empty()) {
        None => fault.key.clone(),
        Some(unknown) => {
            let text = files.text(&fault.file).unwrap_or_default();
            let line =
                (1..).zip(text.lines()).find(|(_, line)| line.trim_start_matches(['[', ' ', '"']).starts_with(unknown));
            let known: Vec<&str> = fault.key.split('.').take_while(|part| is_known(part)).collect();
            let at = line.map_or_else(|| "a key".to_owned(), |(nth, _)| format!("line {nth}"));
            format!("{} {at}", known.join(".")).trim_start().to_owned()
        }
    };
    // Behind the first line of a fault of TOML stands the line of the file.
    let message = without_quotations(fault.message.lines().next().unwrap_or_default());
    Fault { key, message, ..fault }
}

/// A message with "something else" in the place of what it quotes.
fn without_quotations(message: &str) -> String {
    let (mut text, mut is_quoted, mut is_escaped) = (String::new(), false, false);
    for sign in message.chars() {
        match sign {
            '"' if !is_escaped => {
                text.push_str(if is_quoted { "" } else { "something else" });
                is_quoted = !is_quoted;
            }
            _ if is_quoted => {}
            _ => text.push(sign),
        }
        is_escaped = sign == '\\' && !is_escaped;
    }
    text
}

fn comments(files: &Files, name: &str, board: &Board, faults: &Faults) -> Option<Comments> {
    let mut root = TableReader::open(files, name, faults)?;
    let mut comments = Comments { looked_at: looked_at(&mut root), ..Comments::default() };
    for (key, value) in root.entries() {
        if key == PAGE_1 {
            comments.page_1 = page_1(root.entry(&key, value), files, board);
            continue;
        }
        let known =
            IndicatorRef::parse(&key).ok().filter(|reference| board.indicators().any(|other| other == reference));
        let Some(reference) = known else {
            // Its entry in the register may be at fault, which is reported there.
            if faults.is_declared(&key) && board_may_have(files, board, &key) {
                continue;
            }
            let hint = match suggest::nearest(&key, board.indicators().map(IndicatorRef::as_str)) {
                Some(near) => format!("did you mean [{near}]?"),
                None => "commentary belongs to one of the board's indicators".to_owned(),
            };
            root.fault(&key, format!("is not an indicator of {}", board.id), hint);
            continue;
        };
        let mut entry = root.entry(&key, value);
        comments.on.insert(reference, comment(&mut entry, board));
        entry.finish();
    }
    Some(comments)
}

/// Whether a board's own file names an indicator, whatever became of its entry.
fn board_may_have(files: &Files, board: &Board, reference: &str) -> bool {
    let text = files.text(&format!("boards/{}.toml", board.id)).unwrap_or_default();
    text.contains(&format!("\"{reference}\"")) && !board.indicators().any(|other| other.as_str() == reference)
}

/// Which period and board a file speaks of.
fn whose<'b>(name: &str, ending: &str, boards: &'b [Board], faults: &Faults) -> Option<(Period, &'b Board)> {
    let rest = name.strip_prefix("commentary/")?.strip_suffix(ending)?;
    let Some((period, board)) = rest.split_once('/') else {
        faults.add(name, "", "is not in a month's folder", "commentary lies in commentary/<period>/<board>.toml");
        return None;
    };
    let period = match period.parse::<Period>() {
        Ok(period) => period,
        Err(error) => {
            faults.add(name, "", format!("its folder {error}"), "commentary lies in commentary/<period>/<board>.toml");
            return None;
        }
    };
    let found = boards.iter().find(|other| other.id.as_str() == board);
    if found.is_none() && !boards.is_empty() && !faults.is_declared(board) {
        // The board's own file first: to rename would give one board's words to another.
        let hint = match suggest::nearest(board, boards.iter().map(|board| board.id.as_str())) {
            Some(near) => format!("is boards/{board}.toml missing? If not, did you mean {near}{ending}?"),
            None => format!(
                "is boards/{board}.toml missing? The boards are {}",
                boards.iter().map(|board| board.id.as_str()).collect::<Vec<_>>().join(", ")
            ),
        };
        faults.add(name, "", "is named after no board", hint);
    }
    found.map(|board| (period, board))
}

fn comment(entry: &mut TableReader<'_>, board: &Board) -> Comment {
    // What the program remembers of an import is no word of an officer's.
    entry.or("imported", String::new());
    Comment {
        text: entry.or("text", String::new()).into(),
        action: entry.or("action", String::new()).into(),
        owner: entry.or("owner", String::new()).into(),
        due: day(entry),
        expect: entry.or("expect", String::new()).into(),
        serves: super::agenda::tie(entry, &board.agenda.commitments),
        last_done: last_done(entry),
        about: entry.or("about", String::new()),
        at: None,
        elsewhere: None,
    }
}

/// What officers chose for page 1.
fn page_1(mut table: TableReader<'_>, files: &Files, board: &Board) -> PageOne {
    let needs_attention = chosen(&mut table, "needs_attention", files, board);
    let improved = chosen(&mut table, "improved", files, board);
    if let Some(both) = improved.iter().find(|reference| needs_attention.contains(reference)) {
        table.fault("improved", format!("{both} is under `needs_attention` too"), "a reader expects it in one of them");
    }
    table.finish();
    PageOne { needs_attention, improved }
}

fn chosen(table: &mut TableReader<'_>, key: &'static str, files: &Files, board: &Board) -> Vec<IndicatorRef> {
    let Some(names) = table.optional::<Vec<String>>(key) else { return Vec::new() };
    if names.is_empty() {
        table.fault(key, "is empty", "leave it out for what the figures propose");
    }
    if names.len() > PageOne::MOST {
        table.fault(
            key,
            format!("found {} references; expected at most {}", names.len(), PageOne::MOST),
            "what is red and not listed is named below the list in any case",
        );
    }
    let mut chosen = Vec::new();
    for name in names {
        let known = board.indicators().find(|reference| reference.as_str() == name);
        match known {
            Some(reference) if chosen.contains(reference) => {
                table.fault(key, format!("{name} is listed twice"), "leave one");
            }
            Some(reference) => chosen.push(reference.clone()),
            // An entry of the register that is at fault is reported there.
            None if table.faults().is_declared(&name) && board_may_have(files, board, &name) => {}
            None => {
                let hint = suggest::hint(
                    &name,
                    board.indicators().map(IndicatorRef::as_str),
                    "page 1 lists indicators of the board",
                );
                table.fault(key, format!("names what is not an indicator of {}", board.id), hint);
            }
        }
    }
    chosen
}

/// The day of an action.
fn day(entry: &mut TableReader<'_>) -> Option<NaiveDate> {
    let text: String = entry.optional("due")?;
    let text = text.trim();
    // "TBC" is no day yet, and no fault.
    if text.is_empty() || is_filler(text) {
        return None;
    }
    let day = day_as_typed(text);
    if day.is_none() {
        entry.fault("due", "expected a date such as 2026-12-02 or 2/12/2026", "");
    }
    day
}

/// What became of the actions of earlier months.
fn last_done(entry: &mut TableReader<'_>) -> Option<DoneWhen> {
    let text: String = entry.optional(LAST_DONE)?;
    DoneWhen::as_typed(&text).unwrap_or_else(|| {
        entry.fault(
            LAST_DONE,
            "expected \"done\" or the day on which it was, such as 2026-11-20",
            "leave it empty while it is not",
        );
        None
    })
}

/// A sign-off: whose it is and what it says.
fn approval(files: &Files, name: &str, faults: &Faults) -> Option<Approval> {
    let mut root = TableReader::open(files, name, faults)?;
    let hint = "`boardpack sign` writes this file";
    let by = root.text("by", hint);
    let content_sha256 = root.required("content_sha256", hint).map(|texts: Texts| texts.0).unwrap_or_default();
    let on = root.has("on").then(|| root.date("on")).flatten();
    if on.is_none() {
        root.fault("on", "is missing", hint);
    }
    root.finish();
    Some(Approval { by, on: on?, content_sha256 })
}

/// What a board's own file asks of its commentary.
pub(super) fn rules(root: &mut TableReader<'_>, sections: &[Section], register: &Register) -> CommentaryRules {
    let usual = CommentaryRules::default();
    let words = root.or("commentary_words", usual.words);
    if words == 0 {
        root.fault("commentary_words", "found 0; expected at least 1", "leave it out for 150");
    }
    CommentaryRules {
        words,
        to_follow: root.or("commentary_to_follow", usual.to_follow),
        red_needs: red_needs(root).unwrap_or(usual.red_needs),
        sign_off: root.or("sign_off", usual.sign_off),
        sign_off_by: root.texts("sign_off_by"),
        looked_at: looked_at(root),
        standing: root.tables("standing").into_iter().filter_map(|table| standing(table, sections, register)).collect(),
    }
}

/// What a red must say of its action, where the board says so.
fn red_needs(root: &mut TableReader<'_>) -> Option<Vec<ActionPart>> {
    let typed: Vec<String> = root.optional("red_needs")?;
    let part = |word: &String| ActionPart::ALL.into_iter().find(|part| part.key() == word);
    let hint = "a list of \"action\", \"owner\" and \"due\", the default; or [] where a red may be printed without";
    if let Some(other) = typed.iter().find(|word| part(word).is_none()) {
        root.fault("red_needs", format!("found {other:?}"), hint);
    }
    let needed: Vec<ActionPart> =
        ActionPart::ALL.into_iter().filter(|wanted| typed.iter().any(|word| part(word) == Some(*wanted))).collect();
    if !needed.is_empty() && !needed.contains(&ActionPart::Action) {
        root.fault("red_needs", "needs the owner or the day of an action, and no action", hint);
    }
    Some(needed)
}

/// What officers say may stand in their words. None of it is repeated in a fault.
fn looked_at(root: &mut TableReader<'_>) -> Vec<LookedAt> {
    let one = |mut table: TableReader<'_>| {
        let of = table.text("of", "the text that the finding names, such as \"CLA08.text\"");
        let hint = "the sentence that was looked at, as it stands there, or a list of several";
        table.needs("text", hint);
        let is_there = table.has("text");
        let texts = table.texts("text");
        if is_there && texts.iter().all(|text| text.trim().is_empty()) {
            table.fault("text", "is blank", hint);
        }
        // Each stands by itself.
        let text = texts.join("\n\n");
        let because = table.text("because", "why it may stand, such as \"It is the name of a building.\"");
        table.finish();
        LookedAt { of, text, because }
    };
    root.tables("looked_at").into_iter().map(one).collect()
}

fn standing(mut table: TableReader<'_>, sections: &[Section], register: &Register) -> Option<StandingRequest> {
    let name = table.text("indicator", "the reference of the indicator that it is about");
    let request = table.text("request", "what members asked for, such as \"Say what is behind the increase.\"");
    table.needs("asked", "the date of the meeting at which it was asked, such as 2026-07-15");
    let asked = table.date("asked");
    let closed = table.date("closed");
    if let (Some(asked), Some(closed)) = (asked, closed)
        && closed < asked
    {
        table.fault("closed", "is earlier than `asked`", "");
    }
    let known = || sections.iter().flat_map(|section| &section.indicators);
    let indicator = known().find(|reference| reference.as_str() == name).cloned();
    // An entry of the register that is at fault is reported there.
    let is_reported = table.faults().is_declared(&name) && !register.keys().any(|reference| reference.as_str() == name);
    if indicator.is_none() && !name.is_empty() && !is_reported {
        let hint = suggest::hint(&name, known().map(IndicatorRef::as_str), "it is about one of the board's indicators");
        table.fault("indicator", format!("{name:?} is in none of the board's sections"), hint);
    }
    table.finish();
    Some(StandingRequest { indicator: indicator?, asked: asked?, request: request.into(), closed })
}
