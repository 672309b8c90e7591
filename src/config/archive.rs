//! `[archive]`: where the workbooks and the settings of published packs are kept, so that
//! a pack can be made again.

use std::collections::BTreeMap;

use super::reader::TableReader;
use super::value;

/// Where what packs were made of is kept, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveSettings {
    /// The folder, relative to the config directory.
    pub path: String,
    /// How many days a pack can be made again after it was published.
    pub keep_days: u32,
    /// `boardpack.toml` as it was in force, variables of the environment included, as far as
    /// a pack is made of it. Nothing that signs in anywhere is in it.
    pub settings: String,
}

/// What a pack is made of, beside where its workbooks are and where it goes.
const KEPT: [&str; 5] = ["council", "schedule", "disclosure", "limits", "signal"];

/// The settings of a folder, which is where a pack that is made again reads and writes.
const FOLDER: &str = "{ \"kind\" = \"directory\", \"path\" = ";

pub(super) fn read(root: &mut TableReader<'_>) -> Option<ArchiveSettings> {
    let settings = settings(root);
    let mut table = root.table("archive");
    let path: Option<String> = table.optional("path");
    let keep_days = table.or("keep_days", 400);
    if keep_days == 0 {
        table.fault("keep_days", "found 0; expected at least 1", "leave `path` out, and nothing is kept");
    }
    table.finish();
    Some(ArchiveSettings { path: path?, keep_days, settings })
}

fn settings(root: &TableReader<'_>) -> String {
    let mut lines: Vec<String> =
        KEPT.iter().filter_map(|key| Some(format!("{key} = {}", value::toml(root.peek(key)?)))).collect();
    let publish = root.peek("publish").and_then(value::entries).unwrap_or_default();
    let mut paths = BTreeMap::from([("path", "\"../published\""), ("held", "\"../held\"")]);
    if publish.contains_key("restricted") {
        paths.insert("restricted", "\"../restricted\"");
    }
    let mut paths: Vec<String> = paths.into_iter().map(|(key, path)| format!("{key} = {path}")).collect();
    paths.extend(publish.get("file_name").map(|name| format!("file_name = {}", value::toml(name))));
    lines.push(format!("publish = {{ {} }}", paths.join(", ")));
    let storages = root.peek("storage").and_then(value::entries).unwrap_or_default();
    let names: BTreeMap<&String, _> = storages.iter().collect();
    let storages: Vec<String> = names
        .keys()
        .enumerate()
        .map(|(nth, name)| format!("{} = {FOLDER}\"../inputs/{nth}\" }}", value::quoted(name)))
        .collect();
    lines.push(format!("storage = {{ {} }}\n", storages.join(", ")));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::{Files, Loaded};

    #[test]
    fn what_is_kept_of_the_settings_is_in_force_again_and_signs_in_nowhere() {
        let read = |text: &str, environment: &[(String, String)]| {
            let files = Files::from_texts([
                ("boardpack.toml".to_owned(), text.to_owned()),
                (
                    "sources.toml".to_owned(),
                    "[sources.s]\ntitle = \"S\"\nfiles = \"s.csv\"\nlayout = \"long\"\nstorage = \"the share\"\n\
                     month = { column = \"m\", formats = [\"%Y-%m\"] }\ncolumns = { indicator = \"i\", value = \"v\" }\n"
                        .to_owned(),
                ),
                (
                    "indicators.toml".to_owned(),
                    "[indicators.A]\ntitle = \"A\"\nplain = \"A\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\n\
                     basis = \"snapshot\"\nunit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n"
                        .to_owned(),
                ),
                (
                    "boards/b.toml".to_owned(),
                    "title = \"B\"\nscorecard = \"S\"\nowner = \"O\"\nschedule = { working_day = 1 }\n\
                     [[sections]]\nnumber = \"1\"\ntitle = \"T\"\nindicators = [\"A\"]\n"
                        .to_owned(),
                ),
            ]);
            Loaded::resolve(Path::new("."), &files, environment, crate::storage::KINDS).unwrap().config
        };
        let text = "[council]\nname = \"C \\\"é\\\" \\\\ D\"\ncontact = \"one\\ntwo\"\n[schedule]\nfirst_period = \"2026-10\"\n\
                    [storage.\"the share\"]\nkind = \"https\"\nurl = \"https://user:s3cret@example.org/x\"\n\
                    [heartbeat]\nurl = \"https://example.org/s3cret\"\n[publish]\nrestricted = \"/srv/s3cret\"\n\
                    [disclosure]\nthreshold = 7\n[archive]\npath = \"../archive\"\n";
        let environment = [("BOARDPACK__LIMITS__FILE_MB".to_owned(), "3".to_owned())];
        let config = read(text, &environment);
        let kept = config.service.archive.unwrap();
        assert_eq!((kept.path.as_str(), kept.keep_days), ("../archive", 400));
        assert!(!kept.settings.contains("s3cret"), "{}", kept.settings);
        let again = read(&kept.settings, &[]).service;
        assert_eq!(again.council.name, "C \"é\" \\ D");
        assert_eq!(again.council.contact, "one\ntwo");
        assert_eq!((again.threshold, again.max_file_bytes), (7, config.service.max_file_bytes));
        assert_eq!(again.file_name, config.service.file_name);
        assert_eq!(again.restricted_path.as_deref(), Some("../restricted"));
        assert_eq!(again.storages.keys().collect::<Vec<_>>(), ["the share"]);
        assert!(again.archive.is_none() && again.heartbeat.is_none());
    }
}
