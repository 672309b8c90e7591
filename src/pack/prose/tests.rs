//! What is understood, and that nothing is lost.

use proptest::prelude::*;

use super::*;

/// A tree in one line: `*emphasis*`, `**strong**`, `<link|text>`, `- item`.
fn show(blocks: &[ProseBlock]) -> String {
    let one = |block: &ProseBlock| match block {
        ProseBlock::Paragraph { spans } => spans.iter().map(span).collect::<String>(),
        ProseBlock::List { ordered, start, items } => {
            let mark = if *ordered { format!("{start}.") } else { "-".to_owned() };
            items.iter().map(|item| format!("{mark}({})", show(item))).collect()
        }
    };
    blocks.iter().map(one).collect::<Vec<_>>().join(" ¶ ")
}

fn span(span: &Span) -> String {
    let text = match span.weight.as_str() {
        "bold" => format!("**{}**", span.text),
        "semibold" => format!("*{}*", span.text),
        _ => span.text.clone(),
    };
    if span.link.is_empty() { text } else { format!("<{}|{text}>", span.link) }
}

#[test]
fn the_subset_is_understood() {
    for (text, expected) in [
        ("a\nb\n\n  c  \n\n\n", "a b ¶ c"),
        (" \n\n", ""),
        ("one *two* __three__ four", "one *two* **three** four"),
        ("- a\n- b\n  - c\n", "-(a)-(b ¶ -(c))"),
        ("3. a\n4. b", "3.(a)3.(b)"),
        ("see [the plan](https://a.example/x)", "see <https://a.example/x|the plan>"),
        (
            "<https://a.example> or <a@b.example>",
            "<https://a.example|https://a.example> or <mailto:a@b.example|a@b.example>",
        ),
        ("[write **now**](mailto:a@b.example)", "<mailto:a@b.example|write ><mailto:a@b.example|**now**>"),
        ("not \\*emphasis\\*", "not *emphasis*"),
        ("a  \nb", "a b"),
    ] {
        assert_eq!(show(&prose(text)), expected, "{text:?}");
    }
}

#[test]
fn everything_else_prints_as_typed() {
    for text in [
        "# a heading",
        "#eval(\"1\") $x^2$ @ref <label> #let a = 1",
        "> a quote",
        "`code` and ```more```",
        "<script>alert(1)</script>",
        "a <b>bold</b> &amp; &lt; entity",
        "![a picture](https://a.example/x.png)",
        "[run](javascript:alert(1))",
        "[file](file:///etc/passwd)",
        "[](https://a.example)",
        "[a]: https://a.example",
        "\\\\server\\share\\new # and C:\\temp\\*",
        "---",
        "| a | b |",
        "a\\",
        "2 * 3 * 4 = 24 and 5_000_000",
    ] {
        assert_eq!(show(&prose(text)), text.replace("\\*", "*"), "{text:?}");
    }
    // A block keeps its words, though not its lines.
    assert_eq!(show(&prose("a\n\n[x]: y\n[x]: z\n\nb [x]")), "a ¶ [x]: y [x]: z ¶ b [x]");
    assert_eq!(show(&prose("- - - - too deep")), "-(-(- - too deep))");
    assert_eq!(show(&prose("    indented\n    code")), "indented code");
}

#[test]
fn a_long_word_that_changes_its_look_is_nobodys_prose() {
    let near = format!("a{}**b**", "x".repeat(23));
    assert!(show(&prose(&near)).ends_with("**b**"));
    let far = format!("a{}**b**", "x".repeat(24));
    assert_eq!(prose(&far), [ProseBlock::plain(far.clone())]);
    let word = "y".repeat(10_000);
    assert_eq!(prose(&word), [ProseBlock::plain(word.clone())]);
}

/// Letters only: markers, numbers of lists and blanks may change.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

fn text_of(blocks: &[ProseBlock], depth: usize) -> String {
    assert!(depth <= DEEPEST);
    let one = |block: &ProseBlock| match block {
        ProseBlock::Paragraph { spans } => spans.iter().map(|span| span.text.as_str()).collect::<String>(),
        ProseBlock::List { items, .. } => items.iter().map(|item| text_of(item, depth + 1)).collect(),
    };
    blocks.iter().map(one).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    /// No word is ever lost, doubled or moved, whatever signs stand around it.
    #[test]
    fn no_letter_is_lost(text in "([a-c]{1,3}|[-*_#>`~|!<&;:.0-9\\[\\]\\\\$@\"'= \n\t]){0,60}") {
        prop_assert_eq!(letters(&text_of(&prose(&text), 0)), letters(&text), "{:?}", text);
    }

    #[test]
    fn any_text_has_a_tree(text in "\\PC{0,200}") {
        text_of(&prose(&text), 0);
    }
}
