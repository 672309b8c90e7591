//! Both sides of rules that were made for words as they are typed in haste.

use super::{PersonalDetail, table};

#[test]
fn names_are_read_through_marks_and_other_letters() {
    table(
        PersonalDetail::Name,
        &[
            ("Kayleigh/Jayden moved.", true),
            ("Staff of fostering/adoption moved.", false),
            ("_Kayleigh_ moved.", true),
            ("It _rose_ and *fell*.", false),
            ("K*ayleigh* moved.", true),
            ("**Kay**leigh moved.", true),
            ("4 * 5 is 20.", false),
            ("Кayleigh moved.", true),
            ("Ｋayleigh moved.", true),
            ("𝐊𝐚𝐲𝐥𝐞𝐢𝐠𝐡 moved.", true),
            ("Соntасt rose.", false),
            ("K a y l e i g h moved.", true),
            ("k.a.y.l.e.i.g.h moved.", true),
            ("Options A B C D are open.", false),
            ("See [the plan](https://example.org/quackenbush).", true),
            ("See [the plan](https://example.org/children/care-plan.pdf).", false),
            ("See [Kayleigh](https://example.org/plan).", true),
        ],
    );
}

#[test]
fn names_in_small_letters_and_beside_roles_are_found() {
    table(
        PersonalDetail::Name,
        &[
            ("john smith moved", true),
            ("sam kowalczyk moved", true),
            ("It may jack up costs.", false),
            ("smith, john: moved", true),
            ("we saw smith, who left", false),
            ("the adeyemi family moved", true),
            ("the zoltari siblings moved", true),
            ("the nuclear family is one kind", false),
            ("the whole family came", false),
            ("Team manager (Zoltar) is off.", true),
            ("Team manager (North) is off.", false),
            ("Kingsley-Obi sibs moved.", true),
            ("The judge in the Harrington case ruled.", true),
            ("The Harrington case system is slow.", false),
            ("The Norfolk case was closed.", false),
            ("Sir Alan Wood's review is cited.", false),
            ("The review by Sir Alan Wood is cited.", false),
            ("Sir Alan Wood's foster carer left.", true),
            ("Mr Alan Wood's review was late.", true),
            ("Caldicott Guardian approval came.", false),
            ("Caldicott Zoltarson left.", true),
        ],
    );
}

#[test]
fn letters_for_somebody_are_found_however_they_are_typed() {
    table(
        PersonalDetail::Initials,
        &[
            ("[KT] moved.", true),
            ("[HR] approved it.", false),
            ("[K] moved.", true),
            ("[1] is a note.", false),
            ("kt (15) moved.", true),
            ("kt (31) moved.", false),
            ("It is of (15) kinds.", false),
            ("K.T moved.", true),
            ("U.K moved.", false),
            ("j.t. was found", true),
            ("It is late, i.e. not on time.", false),
            ("It opens at 9 a.m. and closes at 5 p.m.", false),
            ("YP \"R\" aged sixteen left.", true),
            ("YP \"level\" was used.", false),
            ("The judgment in re M and N is late.", true),
            ("The re-run of M and N is late.", false),
            ("Social worker (KT) left.", true),
            ("Social worker (SW) posts are full.", false),
            ("Young person (YP) views were heard.", false),
        ],
    );
    table(PersonalDetail::Name, &[("Owner changed from SM to HoS", false), ("We heard from ZK to say so.", true)]);
}

#[test]
fn one_child_is_found_with_an_age_in_brackets_and_as_one_of_two() {
    table(
        PersonalDetail::OneChild,
        &[
            ("A (14 yr old) girl left.", true),
            ("A (14 yr old) contract with her firm ended.", false),
            ("One child (female, 12, autistic) left.", true),
            ("One child (female) left.", false),
            ("One child (autistic) left.", true),
            ("Two brothers aged 4 and 6 from Filey came.", true),
            ("Children aged 4 and 6 came.", false),
            ("Two brothers or sisters may stay.", false),
            ("The triplets came.", true),
            ("Triplets are rare.", false),
            ("A child with Down’s syndrome waited.", true),
            ("A child with Down’s syndrome may wait.", false),
        ],
    );
}

#[test]
fn few_are_found_at_schools_of_ordinary_words_and_in_small_letters() {
    table(
        PersonalDetail::FewAtSchool,
        &[
            ("Both exclusions were from St Aidan's Academy.", true),
            ("Exclusions from St Aidan's Academy rose.", false),
            ("4 pupils of Hill Top High left.", true),
            ("14 pupils of Hill Top High left.", false),
            ("4 pupils of a Special School left.", false),
            ("At Thornby Primary, three were excluded.", true),
            ("At Thornby Primary, three lessons were late.", false),
            ("two of the three at thornby primary school", true),
            ("two of the three at primary school", false),
            ("two of the three at the receiving school", false),
            ("A single child from Bramley Sunnyside Juniors came.", true),
            ("A child from Bramley Sunnyside Juniors may come.", false),
        ],
    );
}

#[test]
fn addresses_mail_and_numbers_are_found_in_words_and_disguise() {
    table(
        PersonalDetail::Address,
        &[
            ("He is at twenty-two church street.", true),
            ("Twelve Church Street was searched.", true),
            ("Banks left; ten high street names stay.", false),
            ("twenty-two churches are in street work", false),
            ("The Old Vicarage, Church Lane, Bedale", true),
            ("The Town Hall, Church Lane, Bedale", false),
        ],
    );
    table(
        PersonalDetail::Mail,
        &[
            ("ask kadeyemi [at] wrenshire.gov.uk", true),
            ("ask kadeyemi (at) example (dot) org", true),
            ("ask kadeyemi @ example.org", true),
            ("ask info [at] example.org", false),
            ("It was 5 @ 450.50 each.", false),
            ("We met at example.org.", false),
        ],
    );
    table(
        PersonalDetail::CaseNumber,
        &[
            ("P1483920 and P1483921", true),
            ("P148 is a form.", false),
            ("Contract DN583221 was awarded.", false),
            ("Contracts DN583221 and DN583222 were awarded.", false),
            ("Contract reference DN583221 was awarded.", false),
            ("DN583221 was moved.", true),
        ],
    );
}
