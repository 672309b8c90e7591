//! The report as a page that an officer can be sent: one file, no script, and
//! readable by a screen reader and on a phone.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::model::{CellReport, CheckReport, FileReport, RuleReport, SourceReport, SourceVerdict, severity_word};
use super::text;
use crate::domain::{BoardId, IndicatorRef, Severity};
use crate::words;

// Every pair of colours has a contrast of 7 to 1 or more.
const STYLE: &str = "
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 75rem; padding: 0 1rem 3rem; background: #fff; color: #1a1a1a; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
a { color: #0b3d6b; }
a:focus, div:focus { outline: 3px solid #0b3d6b; outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
h1 { line-height: 1.2; }
h2 { margin-top: 3rem; border-top: 2px solid #1a1a1a; padding-top: 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; padding: 0.5rem 0; }
th, td { border: 1px solid #595959; padding: 0.4rem 0.6rem; text-align: left; vertical-align: top; }
thead th { background: #eee; }
.tag { padding: 0.1rem 0.5rem; font-weight: bold; white-space: nowrap; }
.blocking { background: #8a1414; color: #fff; }
.caution { background: #ffe08a; color: #332500; }
.note { background: #dbe9f6; color: #0a2f52; }
.clean { background: #dff0dc; color: #123d0d; }
code { overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  .cells thead { position: absolute; left: -999rem; }
  .cells table, .cells tbody, .cells tr, .cells th, .cells td { display: block; width: auto; }
  .cells tr { margin-bottom: 1rem; border: 2px solid #1a1a1a; }
  .cells td::before { content: attr(data-head) \": \"; font-weight: bold; }
}
@media print { .skip, nav { display: none; } .wide { overflow: visible; } }
";

/// The page.
pub fn page(report: &CheckReport) -> String {
    let title = format!("Data check for {}, {}", words::month(report.period), report.council);
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the findings" }
                header { h1 { (title) } p { (opening(report)) } }
                nav aria-label="Sources" {
                    ul {
                        @for source in report.all() {
                            li { (link(source)) ": " (source.verdict.words()) }
                        }
                    }
                }
                main #main {
                    (summary(report))
                    @for source in report.all() { (section(source)) }
                }
                footer {
                    p {
                        "Blocking findings hold every pack that needs the source. Cautions are printed in the pack, \
                         notes at its end. The list of all cells is also in "
                        code { "work-list.xlsx" } ", to work through."
                    }
                }
            }
        }
    };
    // HTML allows no control characters, and a cell may hold them.
    page.into_string().replace(|c: char| c.is_control() && c != '\n', " ")
}

/// How many sources there are and how many hold packs.
fn opening(report: &CheckReport) -> String {
    let holding = report.all().filter(|source| source.blocking > 0).count();
    let unreached = report.sources.iter().filter(|source| source.unreachable.is_some()).count();
    let checked = words::count(report.sources.len(), "source was", "sources were");
    let held = match holding {
        0 => "none holds a pack".to_owned(),
        n => format!("{} until mended", words::count(n, "holds its packs", "hold their packs")),
    };
    let unreached = match unreached {
        0 => String::new(),
        n => format!(" {n} could not be reached."),
    };
    format!("{checked} checked; {held}.{unreached}")
}

/// A source's title that leads to its section.
fn link(source: &SourceReport) -> Markup {
    html! { a href={ "#source-" (source.id) } { (source.title) } }
}

fn summary(report: &CheckReport) -> Markup {
    html! {
        h2 #summary { "Summary" }
        div.wide role="region" aria-labelledby="summary" tabindex="0" {
            table {
                caption { "Findings of each source" }
                thead {
                    tr {
                        @for head in ["Source", "Verdict", "Blocking", "Cautions", "Notes", "File"] {
                            th scope="col" { (head) }
                        }
                    }
                }
                tbody {
                    @for source in report.all() {
                        tr {
                            th scope="row" { (link(source)) }
                            td { (verdict(source.verdict)) }
                            @for count in [source.blocking, source.cautions, source.notes] { td { (count) } }
                            td { (source.file.as_ref().map_or("none", |file| file.name.as_str())) }
                        }
                    }
                }
            }
        }
    }
}

/// A verdict on its colour; the word alone says it all.
fn verdict(verdict: SourceVerdict) -> Markup {
    let class = match verdict {
        SourceVerdict::Unreachable | SourceVerdict::Blocking => "blocking",
        SourceVerdict::Caution => "caution",
        SourceVerdict::Note => "note",
        SourceVerdict::Clean => "clean",
    };
    html! { span.tag .{ (class) } { (verdict.words()) } }
}

/// A severity on its colour.
fn tag(severity: Severity) -> Markup {
    let word = severity_word(severity);
    html! { span.tag .{ (word) } { (word) } }
}

fn section(source: &SourceReport) -> Markup {
    let boards: Vec<&str> = source.boards.iter().map(BoardId::as_str).collect();
    html! {
        section aria-labelledby={ "source-" (source.id) } {
            h2 id={ "source-" (source.id) } { (source.title) }
            @if let Some(error) = &source.unreachable { p { "It could not be reached: " (error) "." } }
            @if let Some(file) = &source.file { (described(file)) }
            @if let Some(skipped) = text::skipped(source) { p { (skipped) } }
            @if !boards.is_empty() { p { "Boards that need it: " (boards.join(", ")) "." } }
            @if !source.rules.is_empty() {
                h3 { "Rules" }
                ul { @for rule in &source.rules { (broken(rule)) } }
                h3 { "Cells" }
                (cells(source))
            } @else if source.unreachable.is_none() {
                p { "Nothing was found." }
            }
        }
    }
}

/// A file's name, when it was changed and by whom, and its digest.
fn described(file: &FileReport) -> Markup {
    let changed = file.modified.map_or_else(
        || "not known".to_owned(),
        |modified| {
            let local = modified.with_timezone(&chrono_tz::Europe::London);
            format!("{} at {}", words::long_date(local.date_naive()), local.format("%H:%M"))
        },
    );
    html! {
        p {
            "File " strong { (file.name) } ", last changed " (changed) (file.saved()) ". SHA-256 "
            code { (file.sha256) } "."
        }
    }
}

/// A rule that was broken, how often, and its first places.
fn broken(rule: &RuleReport) -> Markup {
    let more = rule.count - rule.first.len();
    html! {
        li {
            (tag(rule.severity)) " " strong { (rule.code) } " " (rule.sentence) " "
            (words::count(rule.count, "place", "places")) ": " (rule.first.join("; "))
            @if more > 0 { " and " (more) " more" }
            "."
        }
    }
}

/// Every finding. On a phone the style sheet lays the table out in blocks, and
/// some browsers then no longer treat it as a table: the roles say that it is one.
fn cells(source: &SourceReport) -> Markup {
    const HEADS: [&str; 7] = ["Place", "Rule", "Found", "Expected", "How to mend it", "Indicator", "Seen"];
    html! {
        div.wide.cells role="region" aria-label={ "Cells of " (source.title) } tabindex="0" {
            table role="table" {
                caption { "Every finding of " (source.title) }
                thead role="rowgroup" {
                    tr role="row" { @for head in HEADS { th scope="col" role="columnheader" { (head) } } }
                }
                tbody role="rowgroup" {
                    @for cell in &source.cells {
                        tr role="row" {
                            th scope="row" role="rowheader" { (cell.place) }
                            @for (head, value) in HEADS.iter().skip(1).zip(values(cell)) {
                                td role="cell" data-head=(head) { (value) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The columns beside the place.
fn values(cell: &CellReport) -> [Markup; 6] {
    let or_dash = |text: &str| html! { (if text.is_empty() { "–" } else { text }) };
    [
        html! { (cell.code) " " (tag(cell.severity)) },
        or_dash(&cell.found),
        or_dash(&cell.expected),
        or_dash(&cell.mend),
        or_dash(cell.indicator.as_ref().map_or("", IndicatorRef::as_str)),
        html! { (cell.seen()) },
    ]
}
