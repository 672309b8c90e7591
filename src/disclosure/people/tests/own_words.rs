//! What a title of the council's own excuses, and whom it does not.

use super::super::{OwnWords, PersonalDetail, sightings};

#[test]
fn a_programme_excuses_nobody_who_is_called_as_it_is() {
    let mut own = OwnWords::default();
    own.council("Kingsley Council");
    own.title("The Grace Project");
    own.title("Zoltar scheme for Kayleigh's friends");
    own.phrase("Zoltar Quispe Week");
    own.phrase("Xiomara");
    let is_name = |text: &str| sightings(text, &own).iter().any(|one| one.kind == PersonalDetail::Name);
    for (text, is) in [
        ("We like the Grace Project.", false),
        ("We saw Grace at home.", true),
        ("We like Kayleigh's friends.", true),
        ("we told kayleigh", true),
        ("We like the Zoltar scheme for Kayleigh's friends.", false),
        // Words together that have no given name in them may stand in part.
        ("It is Zoltar Quispe Week.", false),
        ("It is for Zoltar Quispe.", false),
        ("The boy Zoltar left.", true),
        // One word of a board's own is not learnt.
        ("The boy Xiomara left.", true),
        ("Kingsley moved.", false),
    ] {
        assert_eq!(is_name(text), is, "{text}");
    }
}
