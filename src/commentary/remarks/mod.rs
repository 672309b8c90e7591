//! Findings on what was written: what its writers should look at again.
//!
//! They are cautions. What a machine can only guess at (a claim, a name) is
//! guessed at carefully: a remark that is wrong is worse than one that is
//! missing, because officers stop reading them.

mod claim;
mod person;

pub use person::looks_like_a_person;

use crate::domain::commentary::MONTHS_BACK;
use crate::domain::movement::Travel;
use crate::domain::{Code, Comment, Commentary, Finding, PackKey, Place};
use crate::edition::EditionView;
use crate::scorecard::{Line, Scorecard, Slot, SlotState};
use crate::words;

/// The scorecard of an edition with everything that is to be said of the words
/// that were written for it.
pub fn remarked<'v>(view: &'v EditionView<'_>, commentary: &Commentary) -> Scorecard<'v> {
    let mut card = view.scorecard();
    let of_pack = commentary.findings.get(&view.key()).into_iter().flatten();
    let mut found = remarks(&card, commentary);
    found.extend(of_pack.chain(&commentary.shared).cloned());
    found.retain(|finding| finding.at.indicator.as_ref().is_none_or(|indicator| view.may_remark_on(indicator)));
    card.findings.extend(found);
    card.findings.extend(view.findings().iter().cloned());
    // Whoever is named in a text must not be named by a remark that quotes it.
    if card.findings.iter().any(|finding| finding.code == Code::PersonInText) {
        for finding in &mut card.findings {
            finding.message.leave_out_officers("a text that is to be looked at");
        }
    }
    card
}

/// Everything to remark on a board's commentary, in the order of its lines.
pub fn remarks(card: &Scorecard<'_>, commentary: &Commentary) -> Vec<Finding> {
    let key = PackKey { period: card.period, board: card.board.id.clone() };
    let comments = commentary.comments(&key);
    let mut findings = Vec::new();
    for line in card.lines() {
        let reference = &line.indicator.reference;
        let Some(comment) = comments.and_then(|comments| comments.on.get(reference)) else { continue };
        let slot = card.slots.iter().find(|slot| slot.indicator.reference == *reference);
        let remark = Remark { card, line, comment };
        findings.extend(remark.bound(slot));
        findings.extend(remark.copied(commentary, &key));
        findings.extend(remark.contradicts());
        findings.extend(remark.incomplete(slot));
        findings.extend(remark.too_long());
        findings.extend(remark.person());
        findings.extend(remark.filler(slot));
    }
    findings.extend(chosen_worse(card));
    findings.extend(earlier_unread(&key, commentary));
    findings
}

/// F722: earlier months whose actions this pack cannot carry on.
fn earlier_unread(key: &PackKey, commentary: &Commentary) -> impl Iterator<Item = Finding> {
    let earlier =
        (1..=MONTHS_BACK).map(|months| PackKey { period: key.period.plus(-months), board: key.board.clone() });
    let is_unread = |earlier: &PackKey| {
        let found = commentary.findings.get(earlier).into_iter().flatten();
        found.into_iter().any(|finding| finding.code == Code::CommentUnread)
    };
    earlier.filter(is_unread).map(|earlier| {
        let at = Place {
            file: Some(format!("commentary/{}/{}.toml", earlier.period, earlier.board).into()),
            ..Place::default()
        };
        let month = words::month(earlier.period);
        let message = format!(
            "not all of the commentary of {month} could be read, so an action that it gave may be missing here"
        );
        Finding::new(Code::EarlierUnread, at, message, "mend the file; `boardpack config` lists its faults")
    })
}

/// F713: what got worse, where officers chose to list it as improved.
fn chosen_worse(card: &Scorecard<'_>) -> impl Iterator<Item = Finding> {
    let chosen = card.page_1.map(|page| page.improved.as_slice()).unwrap_or_default();
    let worse = |line: &&Line<'_>| line.travel() == Some(Travel::Worsening);
    card.lines().filter(worse).map(|line| &line.indicator.reference).filter(|reference| chosen.contains(reference)).map(
        |reference| {
            let at =
                Place { file: Some(file_name(card).into()), indicator: Some(reference.clone()), ..Place::default() };
            Finding::new(
                Code::ChosenWorse,
                at,
                format!("{reference} is chosen as improved for page 1 and got worse, so it is not listed there"),
                "take it out of `improved` under [page_1]",
            )
        },
    )
}

/// One comment to be remarked on.
struct Remark<'a> {
    card: &'a Scorecard<'a>,
    line: &'a Line<'a>,
    comment: &'a Comment,
}

impl Remark<'_> {
    fn finding(&self, code: Code, message: String, hint: impl Into<String>) -> Finding {
        let own = || Place { file: Some(file_name(self.card).into()), ..Place::default() };
        let at = Place {
            indicator: Some(self.line.indicator.reference.clone()),
            ..self.comment.at.clone().unwrap_or_else(own)
        };
        Finding::new(code, at, format!("{}: {message}", self.line.indicator.reference), hint)
    }

    /// F702 and F710: words that are not about today's figure, or that two files dispute.
    fn bound(&self, slot: Option<&Slot<'_>>) -> Option<Finding> {
        let slot = slot?;
        match slot.state() {
            SlotState::Stale => Some(self.finding(
                Code::CommentStale,
                format!("the commentary is about {}; the figure is now {}", words::lower_first(self.comment.about.trim()), words::lower_first(slot.binding.about())),
                "look at it again: if it still holds, delete its line `about` (in the workbook: empty its Figure cell); else rewrite it and do the same",
            )),
            SlotState::Disputed => {
                let there = self.comment.elsewhere.as_deref().map(|other| quote(other.text.for_officers())).unwrap_or_default();
                Some(self.finding(
                    Code::CommentDisputed,
                    format!("the file says {}, the workbook says {there}", quote(self.comment.text.for_officers())),
                    "make them the same, or empty one of them",
                ))
            }
            SlotState::Awaited | SlotState::LeftOut | SlotState::Incomplete | SlotState::Written => None,
        }
    }

    /// F703: the last commentary again.
    fn copied(&self, commentary: &Commentary, key: &PackKey) -> Option<Finding> {
        let (period, last) = commentary.last_comment(key, &self.line.indicator.reference)?;
        (self.comment.is_written() && last.text.says_the_same(&self.comment.text)).then(|| {
            let message = format!("the commentary is that of {} again, unchanged", words::month(period));
            self.finding(Code::CommentCopied, message, "say what is new this month")
        })
    }

    /// F704: better where it got worse, or the other way.
    fn contradicts(&self) -> Option<Finding> {
        let travel = self.line.movement()?.travel;
        let (wrong, is) = match travel {
            Travel::Improving => (claim::DirectionClaim::Worse, "better"),
            Travel::Worsening => (claim::DirectionClaim::Better, "worse"),
            Travel::Steady | Travel::NoJudgement => return None,
        };
        let (claim, sentence) = claim::first(self.comment.text.for_officers())?;
        (claim == wrong).then(|| {
            let message = format!("the figure got {is}, but the commentary says {}", quote(sentence));
            self.finding(Code::CommentContradicts, message, "correct it, or say what else got better or worse")
        })
    }

    /// F705: a red without an action, its owner or its day, where its board needs them.
    fn incomplete(&self, slot: Option<&Slot<'_>>) -> Option<Finding> {
        let slot = slot.filter(|_| self.comment.is_written())?;
        let missing: Vec<String> = slot.lacks().into_iter().map(|part| format!("`{}`", part.key())).collect();
        (!missing.is_empty()).then(|| {
            let message = format!("it is red, and its commentary has no {}", missing.join(", no "));
            self.finding(Code::RedWithoutAction, message, "say what is being done, by which role and by when")
        })
    }

    /// F706: more words than the board reads.
    fn too_long(&self) -> Option<Finding> {
        let (count, most) =
            (self.comment.text.for_officers().split_whitespace().count(), self.card.board.commentary.words);
        (count > most).then(|| {
            let message = format!("the commentary has {count} words; expected at most {most}");
            self.finding(Code::CommentTooLong, message, "shorten it, or set the board's `commentary_words`")
        })
    }

    /// F708: a name where a role is asked for.
    fn person(&self) -> Option<Finding> {
        person::looks_like_a_person(self.comment.owner.for_officers()).then(|| {
            let message = "the owner of its action looks like a person's name".to_owned();
            self.finding(Code::PersonForRole, message, "write the role, such as \"Head of Service, Leaving Care\"")
        })
    }

    /// F709: words that only promise words.
    fn filler(&self, slot: Option<&Slot<'_>>) -> Option<Finding> {
        (slot.is_some() && self.comment.is_filler()).then(|| {
            let message =
                format!("the commentary says {}, and counts as not written", quote(self.comment.text.for_officers()));
            self.finding(Code::CommentFiller, message, "write it")
        })
    }
}

/// The file of a board's commentary, below the config directory.
pub fn file_name(card: &Scorecard<'_>) -> String {
    format!("commentary/{}/{}.toml", card.period, card.board.id)
}

/// The beginning of a text, in quotation marks.
fn quote(text: &str) -> String {
    const MOST: usize = 100;
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let plain = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = if plain.chars().count() > MOST { "…" } else { "" };
    format!("\"{}{cut}\"", plain.chars().take(MOST).collect::<String>().trim_end())
}

#[cfg(test)]
mod tests;
