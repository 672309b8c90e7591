//! The report as a page that an officer can be sent: one file, no script, and
//! readable by a screen reader and on a phone.

use std::fmt::Write as _;

use super::model::{Report, SourceReport, severity_word};
use super::text;
use crate::domain::Severity;
use crate::words;

// Every pair of colours stands at 7 to 1 or more.
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
pub fn page(report: &Report) -> String {
    let month = words::month(report.period);
    let title = format!("Data check for {month}, {}", report.council);
    let mut html = String::new();
    let _ = write!(
        html,
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{0}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the findings</a>\n\
         <header>\n<h1>{0}</h1>\n<p>{1}</p>\n</header>\n",
        escape(&title),
        escape(&opening(report))
    );
    html.push_str("<nav aria-label=\"Sources\">\n<ul>\n");
    for source in &report.sources {
        let _ = writeln!(
            html,
            "<li><a href=\"#source-{}\">{}</a>: {}</li>",
            source.id,
            escape(&source.title),
            source.verdict.words()
        );
    }
    html.push_str("</ul>\n</nav>\n<main id=\"main\">\n");
    summary(&mut html, report);
    for source in &report.sources {
        section(&mut html, source);
    }
    html.push_str(
        "</main>\n<footer>\n<p>Blocking findings hold every pack that needs the source. Cautions are printed in \
         the pack, notes at its end. The list of all cells is also in <code>work-list.xlsx</code>, to work through.</p>\n\
         </footer>\n</body>\n</html>\n",
    );
    html
}

/// How many sources there are and how many hold packs.
fn opening(report: &Report) -> String {
    let holding = report.sources.iter().filter(|source| source.blocking > 0).count();
    let unreached = report.sources.iter().filter(|source| source.unreachable.is_some()).count();
    let mut text = format!("{} checked", words::count(report.sources.len(), "source was", "sources were"));
    text.push_str(&match holding {
        0 => "; none holds a pack.".to_owned(),
        n => format!("; {} until mended.", words::count(n, "holds its packs", "hold their packs")),
    });
    if unreached > 0 {
        let _ = write!(text, " {} not be reached.", words::count(unreached, "could", "could"));
    }
    text
}

fn summary(html: &mut String, report: &Report) {
    html.push_str(
        "<h2 id=\"summary\">Summary</h2>\n<div class=\"wide\" role=\"region\" aria-labelledby=\"summary\" tabindex=\"0\">\n<table>\n\
         <caption>Findings of each source</caption>\n<thead>\n<tr><th scope=\"col\">Source</th><th scope=\"col\">Verdict</th>\
         <th scope=\"col\">Blocking</th><th scope=\"col\">Cautions</th><th scope=\"col\">Notes</th><th scope=\"col\">File</th></tr>\n</thead>\n<tbody>\n",
    );
    for source in &report.sources {
        let file = source.file.as_ref().map_or("none", |file| file.name.as_str());
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\"><a href=\"#source-{}\">{}</a></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            source.id,
            escape(&source.title),
            verdict(source),
            source.blocking,
            source.cautions,
            source.notes,
            escape(file)
        );
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
}

/// A word with its colour; the word alone says it all.
fn verdict(source: &SourceReport) -> String {
    use super::model::Verdict;
    let class = match source.verdict {
        Verdict::Unreachable | Verdict::Blocking => "blocking",
        Verdict::Caution => "caution",
        Verdict::Note => "note",
        Verdict::Clean => "clean",
    };
    format!("<span class=\"tag {class}\">{}</span>", source.verdict.words())
}

fn tag(severity: Severity) -> String {
    format!("<span class=\"tag {0}\">{0}</span>", severity_word(severity))
}

fn section(html: &mut String, source: &SourceReport) {
    let _ = writeln!(
        html,
        "<section aria-labelledby=\"source-{0}\">\n<h2 id=\"source-{0}\">{1}</h2>",
        source.id,
        escape(&source.title)
    );
    if let Some(error) = &source.unreachable {
        let _ = writeln!(html, "<p>It could not be reached: {}.</p>", escape(error));
    }
    if let Some(file) = &source.file {
        let changed = file.modified.map_or_else(
            || "not known".to_owned(),
            |modified| {
                let local = modified.with_timezone(&chrono_tz::Europe::London);
                format!("{} at {}", words::long_date(local.date_naive()), local.format("%H:%M"))
            },
        );
        let _ = writeln!(
            html,
            "<p>File <strong>{}</strong>, last changed {}{}. SHA-256 <code>{}</code>.</p>",
            escape(&file.name),
            escape(&changed),
            escape(&file.saved()),
            file.sha256
        );
    }
    if let Some(skipped) = text::skipped(source) {
        let _ = writeln!(html, "<p>{}</p>", escape(&skipped));
    }
    if !source.boards.is_empty() {
        let boards: Vec<&str> = source.boards.iter().map(crate::domain::BoardId::as_str).collect();
        let _ = writeln!(html, "<p>Boards that need it: {}.</p>", boards.join(", "));
    }
    if source.rules.is_empty() && source.unreachable.is_none() {
        html.push_str("<p>Nothing was found.</p>\n");
    } else if !source.rules.is_empty() {
        rules(html, source);
        cells(html, source);
    }
    html.push_str("</section>\n");
}

fn rules(html: &mut String, source: &SourceReport) {
    let _ = writeln!(html, "<h3>Rules</h3>\n<ul>");
    for rule in &source.rules {
        let more = rule.count - rule.first.len();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let _ = writeln!(
            html,
            "<li>{} <strong>{}</strong> {} {}: {}{more}.</li>",
            tag(rule.severity),
            rule.code,
            escape(rule.sentence),
            words::count(rule.count, "place", "places"),
            escape(&rule.first.join("; "))
        );
    }
    html.push_str("</ul>\n");
}

/// Laid out in blocks on a phone, which takes a table's meaning from it in some
/// browsers; the roles give it back.
fn cells(html: &mut String, source: &SourceReport) {
    const HEADS: [&str; 7] = ["Place", "Rule", "Found", "Expected", "How to mend it", "Indicator", "Seen"];
    let _ = write!(
        html,
        "<h3>Cells</h3>\n<div class=\"wide cells\" role=\"region\" aria-label=\"Cells of {0}\" tabindex=\"0\">\n<table role=\"table\">\n\
         <caption>Every finding of {0}</caption>\n<thead role=\"rowgroup\">\n<tr role=\"row\">",
        escape(&source.title)
    );
    for head in HEADS {
        let _ = write!(html, "<th scope=\"col\" role=\"columnheader\">{head}</th>");
    }
    html.push_str("</tr>\n</thead>\n<tbody role=\"rowgroup\">\n");
    for cell in &source.cells {
        let indicator = cell.indicator.as_ref().map_or("–", |indicator| indicator.as_str());
        let or_dash = |text: &str| if text.is_empty() { "–".to_owned() } else { escape(text) };
        let _ = write!(html, "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">{}</th>", escape(&cell.place));
        let values = [
            format!("{} {}", cell.code, tag(cell.severity)),
            or_dash(&cell.found),
            or_dash(&cell.expected),
            or_dash(&cell.mend),
            escape(indicator),
            escape(&cell.seen()),
        ];
        for (head, value) in HEADS.iter().skip(1).zip(values) {
            let _ = write!(html, "<td role=\"cell\" data-head=\"{head}\">{value}</td>");
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
}

/// What stood in a cell is text, never markup.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Control characters are no part of any HTML.
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
