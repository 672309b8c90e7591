//! Whether what a pack says has been signed off, to the letter.

use super::PackKey;
use crate::config::Config;
use crate::domain::{Approval, Code, Finding, Place};
use crate::pack::{self, ContentError, Setting};
use crate::scorecard::Scorecard;

/// The setting with its approval, where the approved content is this content;
/// and the digest of what the pack then says.
///
/// An approval is of the content as it is before it says who approved it, so
/// that it can be compared with what the next run makes. An approval of any
/// other content is void, and said to be.
pub(super) fn signed<'s>(
    config: &'s Config,
    key: &PackKey,
    card: &mut Scorecard<'_>,
    setting: Setting<'s>,
) -> Result<(Setting<'s>, String), ContentError> {
    let content = pack::content_sha256(card, &setting)?;
    let Some(approval) = config.approvals.get(&(key.period, key.board.clone())) else {
        return Ok((setting, content));
    };
    if !approval.content_sha256.contains(&content) {
        card.findings.push(void(key, approval));
        return Ok((setting, content));
    }
    let setting = Setting { approval: Some(approval), ..setting };
    let content = pack::content_sha256(card, &setting)?;
    Ok((setting, content))
}

fn void(key: &PackKey, approval: &Approval) -> Finding {
    let at =
        Place { file: Some(format!("commentary/{}/{}.signed.toml", key.period, key.board).into()), ..Place::default() };
    let message = format!(
        "the pack was signed off by {} on {}, and its content has changed since",
        approval.by,
        pack::words::date(approval.on)
    );
    Finding::new(Code::SignOffVoid, at, message, "look at it again, and run `boardpack sign`")
}
