//! Files and folders as Graph tells of them.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::storage::contract::Entry;
use crate::storage::path::below;

/// A file or folder, and a library where libraries are listed.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DriveItem {
    /// Its id, where it is asked for.
    pub(super) id: Option<String>,
    /// Its own name, without its folder's.
    #[serde(default)]
    pub(super) name: String,
    /// As SharePoint counts: it may send other bytes than it keeps.
    size: Option<u64>,
    /// Of its bytes and all that is known about it.
    #[serde(rename = "eTag")]
    pub(super) etag: Option<String>,
    /// When anything of it was last changed.
    pub(super) last_modified_date_time: Option<DateTime<Utc>>,
    /// There for a file and not for a folder, nor for a notebook.
    file: Option<IgnoredAny>,
}

impl DriveItem {
    /// Whether it has bytes that can be fetched.
    pub(super) fn is_file(&self) -> bool {
        self.file.is_some()
    }

    /// The entry of a folder's list.
    pub(super) fn in_folder(self, folder: &str) -> Entry {
        let name = below(folder, &self.name);
        self.named(&name)
    }

    /// The entry under a name that was asked for.
    pub(super) fn named(self, name: &str) -> Entry {
        Entry {
            name: name.to_owned(),
            is_folder: !self.is_file(),
            size: self.size.filter(|_| self.is_file()),
            etag: self.etag.clone().filter(|_| self.is_file()),
            modified: self.last_modified_date_time,
        }
    }
}

/// A page of a list.
#[derive(Debug, Deserialize)]
pub(super) struct ItemPage {
    pub(super) value: Vec<DriveItem>,
    /// Where the next one is.
    #[serde(rename = "@odata.nextLink")]
    pub(super) next: Option<String>,
}

/// What has an id.
#[derive(Debug, Deserialize)]
pub(super) struct Identified {
    pub(super) id: String,
}

/// An upload in pieces that was begun.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UploadSession {
    /// Whoever has it may write: a secret.
    #[serde(default)]
    pub(super) upload_url: String,
    /// What is wanted yet: "26-", or "26-99".
    #[serde(default)]
    pub(super) next_expected_ranges: Vec<String>,
}

impl UploadSession {
    /// The first byte that is wanted.
    pub(super) fn next(&self) -> Option<usize> {
        self.next_expected_ranges.first()?.split('-').next()?.parse().ok()
    }
}

/// What Graph says where it does not do what it is asked.
#[derive(Debug, Default, Deserialize)]
pub(super) struct GraphError {
    #[serde(default)]
    pub(super) error: GraphWords,
}

/// The words of it.
#[derive(Debug, Default, Deserialize)]
pub(super) struct GraphWords {
    #[serde(default)]
    pub(super) code: String,
    #[serde(default)]
    pub(super) message: serde_json::Value,
}

impl GraphWords {
    /// "accessDenied: Access denied". SharePoint's own answers wrap the message in a table.
    pub(super) fn said(&self) -> String {
        let message = self.message.as_str().or_else(|| self.message.get("value")?.as_str()).unwrap_or_default();
        match (self.code.as_str(), message) {
            ("", message) => message.to_owned(),
            (code, "") => code.to_owned(),
            (code, message) => format!("{code}: {message}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_graph_tells_is_read() {
        let page: ItemPage = serde_json::from_str(
            r#"{"value": [
                {"name": "KPI.xlsx", "size": 5, "eTag": "\"{A},1\"", "lastModifiedDateTime": "2026-10-21T07:28:00Z", "file": {}},
                {"name": "2026-10", "size": 99, "eTag": "\"{B},1\"", "folder": {"childCount": 2}},
                {"name": "Notes", "package": {"type": "oneNote"}, "file": null}
            ], "@odata.nextLink": "https://a.example/next"}"#,
        )
        .unwrap();
        assert_eq!(page.next.as_deref(), Some("https://a.example/next"));
        let entries: Vec<Entry> = page.value.into_iter().map(|item| item.in_folder("data")).collect();
        let file = Entry {
            name: "data/KPI.xlsx".into(),
            is_folder: false,
            size: Some(5),
            etag: Some("\"{A},1\"".into()),
            modified: Some("2026-10-21T07:28:00Z".parse().unwrap()),
        };
        let folder = |name: &str| Entry { name: name.into(), is_folder: true, size: None, etag: None, modified: None };
        assert_eq!(entries, [file, folder("data/2026-10"), folder("data/Notes")]);
    }

    #[test]
    fn the_next_range_is_where_an_upload_goes_on() {
        for (ranges, next) in [
            (r#"["26-"]"#, Some(26)),
            (r#"["12345-55232","77829-99375"]"#, Some(12345)),
            ("[]", None),
            (r#"["x"]"#, None),
        ] {
            let session: UploadSession =
                serde_json::from_str(&format!("{{\"nextExpectedRanges\": {ranges}}}")).unwrap();
            assert_eq!(session.next(), next, "{ranges}");
        }
    }

    #[test]
    fn errors_are_said_in_the_words_of_the_server() {
        for (text, said) in [
            (r#"{"error": {"code": "accessDenied", "message": "Access denied"}}"#, "accessDenied: Access denied"),
            (r#"{"error": {"code": "-1, X", "message": {"lang": "en-US", "value": "No"}}}"#, "-1, X: No"),
            (r#"{"error": {"code": "itemNotFound"}}"#, "itemNotFound"),
            ("{}", ""),
        ] {
            assert_eq!(serde_json::from_str::<GraphError>(text).unwrap().error.said(), said);
        }
    }
}
