//! Words that roles and bodies have, and names have not.

use super::word_list::WordList;

/// Words that a role or a body has and a name has not. A name that is one of
/// them ("Head") is let pass.
static ROLES: WordList = WordList::new(
    " head heads service services director directors manager managers officer officers lead leader \
    leaders chair team teams board boards council councils doctor doctors nurse nurses teacher teachers school schools \
    partnership partnerships trust police health care commissioner commissioners coordinator coordinators assistant \
    deputy executive chief principal adviser advisers advisor advisors worker workers social commissioning panel \
    department group unit authority authorities integrated virtual designated independent reviewing practice quality \
    assurance safeguarding education children children's families family early help housing finance human resources \
    legal democratic clerk supervisor specialist analyst consultant inspector provider providers agency committee \
    cabinet member members portfolio holder strategic strategy operations operational performance data transport \
    inclusion admissions youth justice public leaving fostering adoption participation corporate parenting regional \
    improvement programme project business support senior interim acting local county city district borough national \
    north south east west central response front door assessment placements homes send sen edge workforce recruitment \
    training learning community communities adult adults mental hospital hospitals college colleges clinical medical \
    office secretary treasurer governor governors company contractor supplier everyone nobody tbc none ",
);

/// Whether a word, in small letters, is one of a role or a body.
pub fn is_of_a_role(word: &str) -> bool {
    ROLES.has(word)
}
