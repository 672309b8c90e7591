//! Whether a file is what was published, as a clerk asks.

use crate::support::Council;
use crate::trail::{run, share, small, with_restricted};

/// What `verify` says of a file, and its exit code.
fn verify(council: &Council, file: &str) -> (i32, String) {
    let output = council.boardpack(&["verify", file]).get_output().clone();
    let text = String::from_utf8(output.stdout).unwrap();
    (
        output.status.code().unwrap(),
        text.lines().filter(|line| !line.starts_with("sha256")).collect::<Vec<_>>().join("\n"),
    )
}

#[test]
fn a_clerk_is_told_whether_a_file_is_what_was_published() {
    let council = small();
    run(&council, "2026-09").success();
    let folder = "published/2026-09/panel";
    let name = "Panel - Plans Scorecard - September 2026 - r1.pdf";
    let first = format!("{folder}/r1/{name}");
    let (code, said) = verify(&council, &first);
    snapbox::assert_data_eq!(
        said,
        snapbox::str![
            "Genuine. This is the scorecard of the Panel for September 2026, revision 1, to the byte as it was published, and nothing has taken its place."
        ]
    );
    assert_eq!(code, 0);
    // A copy under another name is as good.
    let bytes = std::fs::read(council.path(&first)).unwrap();
    council.write("mail/item 7.pdf", &bytes);
    assert_eq!(verify(&council, "mail/item 7.pdf").0, 0);

    // A changed copy is known by its name, or by what it says of itself.
    let changed = [&bytes[..], b"\n% changed"].concat();
    council.write(&format!("mail/{}", name.replace(".pdf", " (1).pdf")), &changed).write("mail/item 8.pdf", &changed);
    let (code, said) = verify(&council, &format!("mail/{}", name.replace(".pdf", " (1).pdf")));
    assert!(
        said.starts_with("Altered. It goes by the name of the scorecard of the Panel for September 2026, revision 1"),
        "{said}"
    );
    assert_eq!(code, 3);
    let (code, said) = verify(&council, "mail/item 8.pdf");
    assert!(
        said.starts_with(
            "Altered. It says of itself that boardpack made it for Smallshire (\"Plans Scorecard: September 2026\")"
        ),
        "{said}"
    );
    assert_eq!(code, 3);
    council.write("mail/letter.pdf", "%PDF-1.7 a letter");
    let (code, said) = verify(&council, "mail/letter.pdf");
    assert!(said.starts_with("Unknown."), "{said}");
    assert_eq!(code, 3);
    assert_eq!(verify(&council, "mail/none.pdf").0, 2);

    share(&council, "79,100");
    run(&council, "2026-09").code(3);
    let (code, said) = verify(&council, &format!("{folder}/r2/DRAFT - {}", name.replace("r1", "r2")));
    assert!(said.starts_with("Draft. ") && said.contains("it still waits for 1 commentary"), "{said}");
    assert_eq!(code, 3);
    council.replace("config/boards/panel.toml", "title = ", "commentary_to_follow = true\ntitle = ");
    run(&council, "2026-09").success();
    let (code, said) = verify(&council, &first);
    assert!(said.starts_with("Superseded by revision 3. This is"), "{said}");
    assert!(said.contains("\nUse instead: ") && said.ends_with("r3.pdf"), "{said}");
    assert_eq!(code, 3);
    let output = council.boardpack(&["verify", "--json", &first]).get_output().clone();
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&answer["verdict"], &answer["found"]["superseded_by"]), (&"superseded".into(), &3.into()));
}

#[test]
fn each_file_of_a_pack_is_called_what_it_is() {
    let council = small();
    run(&council, "2026-09").success();
    let folder = "published/2026-09/panel";
    let first = format!("{folder}/r1/Panel - Plans Scorecard - September 2026 - r1.pdf");
    for (file, part) in [
        (first.replace(".pdf", ".html"), "the web page of the scorecard of the Panel for September 2026"),
        (
            format!("{folder}/r1/summary.html"),
            "summary.html, the summary of the scorecard of the Panel for September 2026",
        ),
        (
            format!("{folder}/r1/figures.csv"),
            "figures.csv, the figures of the scorecard of the Panel for September 2026",
        ),
    ] {
        let (code, said) = verify(&council, &file);
        assert!(said.starts_with(&format!("Genuine. This is {part}, revision 1,")), "{said}");
        assert_eq!(code, 0);
    }
    share(&council, "79,100");
    council.replace("config/boards/panel.toml", "title = ", "commentary_to_follow = true\ntitle = ");
    run(&council, "2026-09").success();
    let (_, said) = verify(&council, &first.replace(".pdf", ".html"));
    assert!(said.ends_with("r2.html"), "{said}");
}

#[test]
fn a_restricted_edition_is_told_as_such_before_all_else() {
    let council = with_restricted();
    run(&council, "2026-09").success();
    let name = "Panel - Plans Scorecard - September 2026 - r1";
    let (code, said) = verify(&council, &format!("restricted/2026-09/panel/r1/RESTRICTED - {name}.pdf"));
    snapbox::assert_data_eq!(
        said,
        snapbox::str![[r#"
Restricted edition. Not for publication: exempt under paragraph 2 of Part 1 of Schedule 12A to the Local Government Act 1972 (information which is likely to reveal the identity of an individual).
Genuine. This is the scorecard of the Panel for September 2026, revision 1, restricted edition, to the byte as it was made, and nothing has taken its place.
The public edition: published/2026-09/panel/r1/Panel - Plans Scorecard - September 2026 - r1.pdf"#]]
    );
    assert_eq!(code, 0, "it is genuine");
    let (_, said) = verify(&council, &format!("restricted/2026-09/panel/r1/RESTRICTED - {name}.html"));
    assert!(said.starts_with("Restricted edition. ") && said.ends_with(&format!("{name}.html")), "{said}");
    // Nothing is hidden here, so that both have the same figures: they are public.
    let (_, said) = verify(&council, "published/2026-09/panel/r1/figures.csv");
    assert!(said.starts_with("Genuine. This is figures.csv, "), "{said}");

    share(&council, "79,100");
    run(&council, "2026-09").code(3);
    let draft = format!("restricted/2026-09/panel/r2/RESTRICTED - DRAFT - {}.pdf", name.replace("r1", "r2"));
    let (code, said) = verify(&council, &draft);
    assert!(said.starts_with("Restricted edition. Not for publication: ") && said.contains("\nDraft. "), "{said}");
    assert!(said.contains("\nThe public edition, still a draft: published/"), "{said}");
    assert_eq!(code, 3);
}

#[test]
fn a_draft_that_only_waits_for_approval_and_a_notice_are_told_as_what_they_are() {
    let council = small();
    council.replace("config/boards/panel.toml", "title = ", "sign_off = true\ntitle = ");
    run(&council, "2026-09").code(3);
    let (_, said) =
        verify(&council, "published/2026-09/panel/r1/DRAFT - Panel - Plans Scorecard - September 2026 - r1.pdf");
    assert!(said.contains("but it still waits for sign-off by "), "{said}");

    share(&council, "broken,100");
    run(&council, "2026-09").code(3);
    let notice = "held/2026-09/panel/Held - Panel - September 2026.pdf";
    let (code, said) = verify(&council, notice);
    snapbox::assert_data_eq!(
        said,
        snapbox::str![[r#"
Held. This is the notice that the scorecard of the Panel for September 2026 is held, to the byte as it was written.
It is not for publication."#]]
    );
    assert_eq!(code, 3);
    let bytes = std::fs::read(council.path(notice)).unwrap();
    council.write("mail/Held - Panel - September 2026.pdf", [&bytes[..], b"\n% changed"].concat());
    let (_, said) = verify(&council, "mail/Held - Panel - September 2026.pdf");
    assert!(said.starts_with("Held. It goes by the name of the notice that the scorecard of the Panel"), "{said}");
    // Once the pack is published the notice is gone, and a copy of it is still no pack.
    council.write("mail/item 9.pdf", &bytes);
    share(&council, "79,100");
    run(&council, "2026-09").code(3);
    let (code, said) = verify(&council, "mail/item 9.pdf");
    assert!(said.starts_with("Held. It says of itself that it is the notice of a held pack (\"Held: "), "{said}");
    assert_eq!(code, 3);
}
