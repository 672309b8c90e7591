//! The file that says who approved a pack.

use crate::domain::Approval;

/// The text of `<board>.signed.toml`.
pub fn signature(approval: &Approval) -> String {
    let text = |value: &str| toml_edit::value(value).to_string();
    let digests: toml_edit::Array = approval.content_sha256.iter().collect();
    format!(
        "# Written by `boardpack sign`. It approves exactly what the pack said; any change voids it.\n\
         by = {}\non = {}\ncontent_sha256 = {}\n",
        text(&approval.by),
        text(&approval.on.to_string()),
        toml_edit::value(digests)
    )
}
