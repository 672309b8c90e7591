//! What typst says, in one line each: `path:line:col: message (hint: …)`.

use typst::diag::SourceDiagnostic;
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};

use super::world::local;

/// All of them, in typst's order: whoever mends a template sees every fault.
pub(super) fn lines(world: &dyn World, diagnostics: &[SourceDiagnostic]) -> Vec<String> {
    diagnostics.iter().map(|d| line(world, d)).collect()
}

fn line(world: &dyn World, diagnostic: &SourceDiagnostic) -> String {
    // A fault in what a function was given is found deep inside it; where the
    // place itself is unknown, the nearest call that is known says most.
    let place = place(world, diagnostic.span)
        .or_else(|| diagnostic.trace.iter().find_map(|point| place(world, point.span.into())));
    let mut line = match place {
        Some(place) => format!("{place}: {}", diagnostic.message),
        None => diagnostic.message.to_string(),
    };
    for hint in &diagnostic.hints {
        line.push_str(&format!(" (hint: {})", hint.v));
    }
    line
}

/// `lib/table.typ:12:5`, counted from 1.
fn place(world: &dyn World, span: DiagSpan) -> Option<String> {
    let id = span.id()?;
    let path = local(id).ok()?;
    let source = world.source(id).ok();
    let at = source.as_ref().and_then(|source| {
        let start = world.range(span)?.start;
        source.lines().byte_to_line_column(start)
    });
    Some(match at {
        Some((line, column)) => format!("{path}:{}:{}", line + 1, column + 1),
        None => path.to_owned(),
    })
}
