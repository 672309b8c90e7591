//! Who may sign a pack off.

use std::fs;

use crate::issued::output_of;
use crate::trail::{run, small};

#[test]
fn a_sign_off_is_taken_from_the_roles_that_the_board_names() {
    let council = small();
    council.replace("config/boards/panel.toml", "title = ", "sign_off = true\ntitle = ");
    run(&council, "2026-09").code(3);
    let sign =
        |by: &str, code| output_of(&council, &["sign", "--board", "panel", "--period", "2026-09", "--by", by], code);
    for stranger in ["Bob the intern", "Head", "Head of Service Delivery", "Head of", "ead of Service"] {
        let told = sign(stranger, 2);
        assert!(told.contains("\"Head of Service\"") && told.contains("sign_off_by"), "{stranger}: {told}");
    }
    // Nor is a draft approved that somebody has changed since.
    let draft = council.path("published/2026-09/panel/r1/DRAFT - Panel - Plans Scorecard - September 2026 - r1.pdf");
    let bytes = fs::read(&draft).unwrap();
    fs::write(&draft, "%PDF").unwrap();
    assert!(sign("Head of Service", 3).contains("is not as it was made"));
    fs::write(&draft, bytes).unwrap();
    assert!(!council.path("config/commentary/2026-09/panel.signed.toml").exists());
    sign("head of  service", 0);
    run(&council, "2026-09").success();

    // Others, where the board names them.
    let council = small();
    council.replace(
        "config/boards/panel.toml",
        "title = ",
        "sign_off = true\nsign_off_by = [\"Director\", \"Chair, Panel\"]\ntitle = ",
    );
    run(&council, "2026-09").code(3);
    let sign =
        |by: &str, code| output_of(&council, &["sign", "--board", "panel", "--period", "2026-09", "--by", by], code);
    sign("Head of Service", 2);
    sign("Chair", 0);
    // A file that was written by hand counts for no more than the command.
    council.replace("config/commentary/2026-09/panel.signed.toml", "Chair", "Bob");
    let told = output_of(&council, &["run", "--period", "2026-09"], 3);
    assert!(told.contains("F719") && told.contains("Director and Chair, Panel"), "{told}");
}
