//! What people are to be told of an event of a pack, and who.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::uploads;
use crate::config::{Config, Webhook};
use crate::digest::sha256;
use crate::domain::address::{encoded, is_address, without_secrets};
use crate::domain::contact::MailAddress;
use crate::domain::notice::{NoticeAttachment, NoticeFact, NoticeItem, NoticeKind, Recipient};
use crate::domain::{Board, Code, Edition, IndicatorRef, PackKey, PackState, SourceId};
use crate::ledger::PackEvent;
use crate::publish::{FileEntry, Manifest, below, revision_below};
use crate::words;

/// How long ago a missed pack fell due that people are still told of.
const MISSED_NEWS: TimeDelta = TimeDelta::days(62);

/// How many points an item has.
const MOST: usize = 20;

/// What facts are made from: the config, and what the ledger answers.
pub(super) struct FactMaker<'c> {
    config: &'c Config,
    today: NaiveDate,
    /// Where readers have each edition, where that is another place than the published folder.
    places: BTreeMap<Edition, String>,
}

/// A finding that holds a pack, in words.
struct HoldingPoint<'c> {
    /// The source that it is in, where that is known.
    source: Option<&'c SourceId>,
    text: String,
}

/// What holds a pack: the code and the place of each finding.
pub(super) type HoldingFindings = Vec<(String, String)>;

impl<'c> FactMaker<'c> {
    pub(super) fn new(config: &'c Config, today: NaiveDate) -> Self {
        Self { config, today, places: uploads::places(config) }
    }

    /// A revision that was published.
    pub(super) fn published(&self, event: &PackEvent, manifest: &Manifest) -> Vec<NoticeFact> {
        let Some(board) = self.config.board(&event.key.board) else { return Vec::new() };
        match manifest.state {
            PackState::Draft => self.draft(board, event, manifest),
            PackState::Final => self.finished(board, event, manifest),
        }
    }

    /// A draft that was made for the first time: whoever presents it reads it, and
    /// whoever owes words is asked for them.
    fn draft(&self, board: &Board, event: &PackEvent, manifest: &Manifest) -> Vec<NoticeFact> {
        let path = self.folder_of(event).join(manifest.pdf_name());
        let item = NoticeItem {
            sentences: vec![self.waits_for(board, &event.key, manifest)],
            link: Some(self.link(event.edition, &path)),
            ..self.item(board, &event.key, format!("draft {}", name(&event.key)))
        };
        let readers = self.officers().into_iter().chain(self.role(&board.owner));
        let mut facts = vec![self.fact(NoticeKind::Draft, readers, item)];
        facts.extend(self.asked(board, &event.key, manifest, "asked"));
        facts
    }

    /// What a draft still waits for, in words.
    pub(super) fn waits_for(&self, board: &Board, key: &PackKey, manifest: &Manifest) -> String {
        let due = board.commentary_due(key.period, &self.config.calendar);
        let by = due.map_or_else(String::new, |day| format!(", by {}", words::long_date(day)));
        match manifest.awaited.len() {
            0 => format!("It waits for its sign-off{by}."),
            n => format!("It waits for commentary on {}{by}.", words::count(n, "indicator", "indicators")),
        }
    }

    /// Who owes words or a sign-off for a draft: each owner is asked for their own. `when`
    /// tells one asking from the next.
    pub(super) fn asked(&self, board: &Board, key: &PackKey, manifest: &Manifest, when: &str) -> Vec<NoticeFact> {
        let due = board.commentary_due(key.period, &self.config.calendar);
        let sentence = match due {
            Some(day) if day < self.today => format!("It was due by {}.", words::long_date(day)),
            Some(day) => format!("It is due by {}.", words::long_date(day)),
            None => "It is outstanding.".to_owned(),
        };
        let ask = |roles: Vec<&str>, point: String| {
            let item = NoticeItem {
                sentences: vec![sentence.clone()],
                ..self.item(board, key, format!("chase {} {when}", name(key)))
            };
            let known: Vec<Recipient> = roles.iter().flat_map(|role| self.role(role)).collect();
            // What nobody has an address for is with those who look after the packs.
            let is_unknown = known.is_empty() && self.config.service.mail.is_some();
            let point = if is_unknown { format!("{point} ({}: no address)", roles.join(", ")) } else { point };
            let recipients = if known.is_empty() { self.officers() } else { known };
            self.fact(NoticeKind::Chase, recipients, NoticeItem { points: vec![point], ..item })
        };
        if manifest.awaited.is_empty() {
            return vec![ask(board.signatories(), "the sign-off: `boardpack sign`".to_owned())];
        }
        let of = |reference: &IndicatorRef| {
            let indicator = self.config.register.get(reference);
            let (title, owner) = indicator.map_or(("", board.owner.as_str()), |it| (&it.title, &it.owner));
            ask(vec![owner], format!("{reference} {title}").trim_end().to_owned() + &manifest.needs(reference))
        };
        manifest.awaited.iter().map(of).collect()
    }

    /// A final pack: whoever attaches it to the papers, and whoever presents it.
    fn finished(&self, board: &Board, event: &PackEvent, manifest: &Manifest) -> Vec<NoticeFact> {
        let folder = self.folder_of(event);
        let path = folder.join(manifest.pdf_name());
        let mut sentences = vec![match manifest.supersedes {
            Some(earlier) => format!("Revision {}, in place of revision {earlier}.", manifest.revision),
            None => "The first revision.".to_owned(),
        }];
        sentences.extend(manifest.supplement().map(|file| format!("The pages that changed are in {}.", file.name)));
        if event.edition == Edition::Restricted {
            sentences.push("It is not for the public agenda.".to_owned());
        }
        if let Some(meeting) = board.meeting(event.key.period) {
            sentences.push(format!("The meeting is on {}.", words::long_date(meeting.date)));
        }
        let clerks = self.mailboxes(self.config.contacts.clerks.get(&board.id).map_or(&[], Vec::as_slice));
        if clerks.is_empty() && self.config.service.mail.is_some() {
            sentences.push("contacts.toml has no clerk for this board: nobody was sent the file.".to_owned());
        }
        let mut item = NoticeItem {
            sentences,
            revision: Some((event.edition, event.revision)),
            link: Some(self.link(event.edition, &path)),
            ..self.item(
                board,
                &event.key,
                format!("final {} {} r{}", name(&event.key), event.edition.word(), manifest.revision),
            )
        };
        if event.edition == Edition::Restricted {
            item.title.push_str(", restricted edition");
        }
        // What the public may not see goes through no mailbox.
        let is_attached =
            event.edition == Edition::Public && self.config.service.mail.as_ref().is_some_and(|mail| mail.attach);
        let attached = |file: &FileEntry| NoticeAttachment::below(&folder, &file.name, &file.sha256);
        let [attachment, supplement] =
            [manifest.pdf(), manifest.supplement()].map(|file| file.filter(|_| is_attached).map(attached));
        let others = self.officers().into_iter().chain(self.role(&board.owner));
        let papers = NoticeItem { attachment, supplement, ..item.clone() };
        vec![
            NoticeFact { kind: NoticeKind::Final, recipients: clerks, item: papers },
            self.fact(NoticeKind::Final, others, item),
        ]
    }

    /// A pack that is held, or would be: those who look after it, and those who keep what holds it.
    pub(super) fn held(&self, event: &PackEvent, findings: &HoldingFindings) -> Vec<NoticeFact> {
        let Some(board) = self.config.board(&event.key.board) else { return Vec::new() };
        let is_read = |code: &str| code != Code::FileUnsettled.as_str() && code != Code::StorageFailed.as_str();
        let on_board = super::sources_of(self.config, std::slice::from_ref(&board.id));
        let findings: Vec<HoldingPoint<'_>> = findings
            .iter()
            .filter(|(code, _)| is_read(code))
            .map(|(code, place)| self.holding(&on_board, code, place))
            .collect();
        if findings.is_empty() {
            return Vec::new();
        }
        // The same findings are told once, whatever held the pack for a minute in between.
        let all: Vec<&str> = findings.iter().map(|point| point.text.as_str()).collect();
        let digest = &sha256(all.join("\n").as_bytes())[..16];
        let (kind, told) = match event.kind.as_str() {
            super::rehearsal::PREFLIGHT => (NoticeKind::Preflight, format!("preflight {}", name(&event.key))),
            _ => (NoticeKind::Held, format!("held {} {digest}", name(&event.key))),
        };
        let folder = absolute(self.config.path(&self.config.service.held_path)).join(below(&event.key));
        let item = |points: &[&HoldingPoint<'_>]| {
            let mut lines: Vec<String> = points.iter().take(MOST).map(|point| point.text.clone()).collect();
            if points.len() > MOST {
                lines.push(format!("and {} more", points.len() - MOST));
            }
            NoticeItem {
                sentences: vec![format!("Because of {}:", words::count(points.len(), "finding", "findings"))],
                points: lines,
                link: (kind == NoticeKind::Held).then(|| words::path(&folder)),
                ..self.item(board, &event.key, told.clone())
            }
        };
        let every: Vec<&HoldingPoint<'_>> = findings.iter().collect();
        let officers = self.officers();
        let mut facts = vec![self.fact(kind, officers.iter().cloned(), item(&every))];
        // Whoever keeps a workbook is told what is in it, and nothing of others'.
        for (id, addresses) in &self.config.contacts.sources {
            let own: Vec<&HoldingPoint<'_>> = findings.iter().filter(|point| point.source == Some(id)).collect();
            let keepers: Vec<Recipient> =
                self.mailboxes(addresses).into_iter().filter(|keeper| !officers.contains(keeper)).collect();
            if !own.is_empty() && !keepers.is_empty() {
                facts.push(NoticeFact { kind, recipients: keepers, item: item(&own) });
            }
        }
        facts
    }

    /// One finding as a message has it: the source by its title and the cell, for what
    /// somebody called a file or a sheet may be anything.
    fn holding(&self, on_board: &BTreeSet<SourceId>, code: &str, place: &str) -> HoldingPoint<'c> {
        let mut sources = self.config.sources.iter().filter(|(id, _)| on_board.contains(*id));
        let source = sources.find(|(_, source)| may_be_in(&source.files, place));
        let is_cell = |part: &&str| {
            let digits = part.trim_start_matches(|c: char| c.is_ascii_uppercase());
            digits.len() < part.len() && !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
        };
        let cell = place.rsplit(" › ").next().filter(is_cell);
        let place: Vec<&str> = source.iter().map(|(_, source)| source.title.as_str()).chain(cell).collect();
        let place = if place.is_empty() { String::new() } else { format!(" · {}", place.join(", ")) };
        let text = match Code::parse(code) {
            Some(known) => format!("{code}{place}: {} To mend: {}", known.meaning(), known.remedy()),
            None => format!("{code}{place}"),
        };
        HoldingPoint { source: source.map(|(id, _)| id), text }
    }

    /// A pack that the world or the program failed.
    pub(super) fn failed(&self, event: &PackEvent) -> Vec<NoticeFact> {
        let Some(board) = self.config.board(&event.key.board) else { return Vec::new() };
        let error = event.told.get("error").and_then(|error| error.as_str()).unwrap_or_default();
        let item = NoticeItem {
            sentences: vec![without_secrets(error).into_owned()],
            ..self.item(board, &event.key, format!("failed {} {}", name(&event.key), event.at))
        };
        vec![self.fact(NoticeKind::Failed, self.it(), item)]
    }

    /// A pack that is made, and that could not be put where its readers have it.
    pub(super) fn not_uploaded(&self, event: &PackEvent) -> Vec<NoticeFact> {
        let mut facts = self.failed(event);
        for fact in &mut facts {
            let is_made = "It is made and stands in the published folder; it is not yet where its readers have it, \
                           and is tried again by itself.";
            fact.item.sentences.insert(0, is_made.to_owned());
            fact.item.event = format!("upload-failed {} {}", name(&event.key), event.at);
        }
        facts
    }

    /// A storage that a pack needs and that needs a hand: those who run it.
    pub(super) fn storage(&self, event: &PackEvent) -> Vec<NoticeFact> {
        let Some(board) = self.config.board(&event.key.board) else { return Vec::new() };
        let troubles = event.told.get("troubles").and_then(|troubles| troubles.as_array());
        let texts = troubles.into_iter().flatten().filter_map(|trouble| trouble.as_str());
        let points: Vec<String> = texts.map(|text| without_secrets(text).into_owned()).take(MOST).collect();
        let item =
            NoticeItem { points, ..self.item(board, &event.key, format!("storage {} {}", name(&event.key), event.at)) };
        vec![self.fact(NoticeKind::Storage, self.it(), item)]
    }

    /// A pack that was not made in time.
    pub(super) fn missed(&self, event: &PackEvent) -> Vec<NoticeFact> {
        let Some(board) = self.config.board(&event.key.board) else { return Vec::new() };
        // What lies further back is in `status`, and is no news.
        let due = event.told.get("due").and_then(|due| due.as_str()).and_then(|due| due.parse::<DateTime<Utc>>().ok());
        if due.is_some_and(|due| self.today - due.date_naive() > MISSED_NEWS) {
            return Vec::new();
        }
        let item = self.item(board, &event.key, format!("missed {}", name(&event.key)));
        let readers = self.officers().into_iter().chain(self.role(&board.owner));
        vec![self.fact(NoticeKind::Missed, readers, item)]
    }

    /// A final pack that would be otherwise by now.
    pub(super) fn changed(&self, event: &PackEvent) -> Vec<NoticeFact> {
        let Some(board) = self.config.board(&event.key.board) else { return Vec::new() };
        let figures = event.told.get("figures").and_then(serde_json::Value::as_u64);
        let sentence = match figures.map(|figures| usize::try_from(figures).unwrap_or(usize::MAX)) {
            None => "It would be held: `boardpack check` says why.".to_owned(),
            Some(0) => "No figure would differ: its words, its sources or its settings would.".to_owned(),
            Some(n) => format!("It would now differ in {}.", words::count(n, "figure", "figures")),
        };
        let item = NoticeItem {
            sentences: vec![sentence],
            ..self.item(board, &event.key, format!("changed {} {}", name(&event.key), event.at))
        };
        vec![self.fact(NoticeKind::Changed, self.officers(), item)]
    }

    /// A pack that was to be final by now: `state` says what it is instead.
    pub(super) fn late(&self, board: &Board, key: &PackKey, state: String) -> Vec<NoticeFact> {
        let item = NoticeItem { sentences: vec![state], ..self.item(board, key, format!("late {}", name(key))) };
        vec![self.fact(NoticeKind::Late, self.officers().into_iter().chain(self.role(&board.owner)), item)]
    }

    /// An item with its title and nothing else.
    fn item(&self, board: &Board, key: &PackKey, event: String) -> NoticeItem {
        NoticeItem {
            event,
            pack: key.clone(),
            revision: None,
            title: format!("{}, {}", board.title, words::month(key.period)),
            sentences: Vec::new(),
            points: Vec::new(),
            link: None,
            attachment: None,
            supplement: None,
        }
    }

    /// A fact for some mailboxes, and for every webhook that is told of its kind.
    fn fact(&self, kind: NoticeKind, to: impl IntoIterator<Item = Recipient>, item: NoticeItem) -> NoticeFact {
        let hooks = self.config.service.webhooks.iter().filter(|hook| hook.kinds.contains(&kind));
        let hooks = hooks.map(|Webhook { name, .. }| Recipient::Webhook(name.clone()));
        NoticeFact { kind, recipients: to.into_iter().chain(hooks).collect(), item }
    }

    /// Those who run the service, else those who look after the packs.
    fn it(&self) -> Vec<Recipient> {
        let it = self.mailboxes(&self.config.contacts.it);
        if it.is_empty() { self.officers() } else { it }
    }

    fn officers(&self) -> Vec<Recipient> {
        self.mailboxes(&self.config.contacts.officers)
    }

    fn role(&self, role: &str) -> Vec<Recipient> {
        self.mailboxes(self.config.contacts.of_role(role))
    }

    /// Mailboxes, where there is a server that mail goes through.
    fn mailboxes(&self, addresses: &[MailAddress]) -> Vec<Recipient> {
        if self.config.service.mail.is_none() {
            return Vec::new();
        }
        addresses.iter().cloned().map(Recipient::Mail).collect()
    }

    /// The folder of a revision.
    fn folder_of(&self, event: &PackEvent) -> PathBuf {
        let service = &self.config.service;
        let root = service.published_path(event.edition).unwrap_or(&service.publish_path);
        absolute(self.config.path(root)).join(revision_below(&event.key, event.revision))
    }

    /// Where a reader finds a file of the published folder: by the address that its
    /// council has for it, or by its path.
    fn link(&self, edition: Edition, path: &Path) -> String {
        let service = &self.config.service;
        let root = absolute(self.config.path(service.published_path(edition).unwrap_or(&service.publish_path)));
        let below = path.strip_prefix(&root).ok();
        let address = service.publish_url.as_ref().filter(|_| edition == Edition::Public);
        let place = || self.places.get(&edition).filter(|place| is_address(place));
        match (address.or_else(place), below) {
            (Some(url), Some(below)) => {
                let parts = below.components().map(|part| encoded(&part.as_os_str().to_string_lossy()));
                format!("{}/{}", url.trim_end_matches('/'), parts.collect::<Vec<_>>().join("/"))
            }
            _ => words::path(path),
        }
    }
}

/// A pack as an event names it.
pub(super) fn name(key: &PackKey) -> String {
    format!("{} {}", key.period, key.board)
}

fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

/// Whether a place may be in a file of a source, whose names are `files`: every part of the
/// name that stays the same from month to month is in it, in that order.
fn may_be_in(files: &str, place: &str) -> bool {
    let name = files.rsplit('/').next().unwrap_or_default();
    let is_fixed = |part: &&str| !matches!(*part, "period" | "year" | "month" | "");
    let fixed: Vec<&str> = name.split(['{', '}', '*', '?', '[', ']']).filter(is_fixed).collect();
    let found = fixed.iter().try_fold(place, |rest, part| rest.split_once(part).map(|(_, after)| after));
    found.is_some() && !fixed.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_in_the_files_whose_fixed_parts_it_has() {
        for (files, place, expected) in [
            ("monthly/Placements {period}.xlsx", "Placements 2026-10.xlsx › Data › E7", true),
            ("monthly/Placements {period}.xlsx", "Health 2026-10.xlsx › Data › E7", false),
            ("{year}/*KPI*.xls?", "October KPI v2.xlsx › E7", true),
            ("{period}", "anything", false),
            ("plans.csv", "plans.csv", true),
        ] {
            assert_eq!(may_be_in(files, place), expected, "{files} {place}");
        }
    }
}
