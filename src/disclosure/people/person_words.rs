//! What a person has, does or is, and no body: what stands beside a name that is
//! in no list.

use super::word_list::WordList;

/// Whom a name that follows directly belongs to.
pub(super) static BEFORE: WordList = WordList::new(
    " child boy girl baby mother mum father dad carer worker sister brother son daughter person pupil student teacher \
    nurse adviser sibling twin grandmother grandfather aunt uncle cousin stepfather stepmother guardian psychologist \
    therapist eldest youngest leaver gran nan grandad auntie niece nephew stepdad stepmum boyfriend girlfriend ",
);

/// Roles that a name may follow, with no comma between: "Team Manager, Norwich" is a
/// place.
pub(super) static NAMED_AFTER_ROLE: WordList =
    WordList::new(" manager officer iro coordinator solicitor doctor inspector constable lead consultant yp ");

/// What a person has, and no body.
pub(super) static OWNED: WordList = WordList::new(
    " mother mum father dad parents carer carers sister brother siblings sibling family social worker adviser placement \
    foster grandmother grandfather gran nan aunt uncle school teacher pathway birthday home bedroom behaviour \
    disability diagnosis solicitor allegation disclosure baby twin ",
);

/// What follows "Kieron's" for "Kieron is", "Kieron has".
pub(super) static IS_SHORT: WordList =
    WordList::new(" on in at been gone not now got back still refusing moving staying ");

/// What is done by letter or telephone with a person.
pub(super) static ASKED: WordList = WordList::new(" email ring phone text chase ");

/// What is done to or with a person: "speak to".
pub(super) static SPOKEN_TO: WordList = WordList::new(" speak speaking spoke spoken talk talked talking ");

/// What a person does, and no body.
pub(super) static DOES: WordList =
    WordList::new(" lives lived disclosed absconded ran went self-harmed alleged refuses wants ");

/// What stands behind the name of a family.
pub(super) static KIN: WordList = WordList::new(
    " family siblings sibs brothers bros sisters twins triplets cousins household clan boys girls kids lads ",
);

/// Who may be called by the name of a family: "the carers, the Wainwrights".
pub(super) static FAMILIES: WordList =
    WordList::new(" carers parents adopters grandparents neighbours couple family relatives ");

/// What is done to a person, or what one is.
pub(super) static IS_DONE_TO: WordList = WordList::new(
    " remanded arrested sectioned restrained evicted accommodated hospitalised reunified fostered detained bailed \
    sentenced charged pregnant autistic unwell upset distressed expelled stabbed assaulted abused groomed trafficked \
    rehoused homeless suicidal settled ",
);

/// What follows a name that is a word too, where a sentence begins with it.
pub(super) static STARTS_WITH_A_NAME: WordList = WordList::new(
    " was is has had who went moved left told said asked lives lived attends remains needs wants feels turned ran \
    absconded disclosed refused ",
);
