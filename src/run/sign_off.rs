//! Sign-offs that count for nothing, and why.

use crate::domain::{Approval, Board, Code, Finding, PackKey, Place};
use crate::words;

/// F719: an approval of a role that the board does not name.
pub(super) fn by_nobody(key: &PackKey, approval: &Approval, board: &Board) -> Finding {
    let at =
        Place { file: Some(format!("commentary/{}/{}.signed.toml", key.period, key.board).into()), ..Place::default() };
    let message = format!("the pack was signed off by {:?}, a role that the board does not name", approval.by);
    let roles: Vec<String> = board.signatories().into_iter().map(str::to_owned).collect();
    let hint = format!("have it signed by {}, with `boardpack sign`", words::list(&roles));
    Finding::new(Code::SignOffRole, at, message, hint)
}

/// F712: an approval of other content than this.
pub(super) fn void(key: &PackKey, approval: &Approval) -> Finding {
    let at =
        Place { file: Some(format!("commentary/{}/{}.signed.toml", key.period, key.board).into()), ..Place::default() };
    let message = format!(
        "the pack was signed off by {} on {}, and its content has changed since",
        approval.by,
        words::date(approval.on)
    );
    Finding::new(Code::SignOffVoid, at, message, "look at it again, and run `boardpack sign`")
}
