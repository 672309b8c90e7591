//! Common given names in England.
//!
//! The list is the project's own, written from general knowledge and copied from
//! nowhere. It is not complete and cannot be: a name that is not in it is found
//! by what stands around it, or not at all.

/// Names that are nothing else.
const NAMES: &str = " aaliyah aaron abbie abby abdul abdullah abdulrahman abigail abraham adam adebayo adeel adele adrian \
    agnes ahmad ahmed aidan aimee aisha akash alan alastair alec alejandro alessandro alex alexa alexander \
    alexandra alexis alfie alfred ali alice alicia alina alisha alison alistair aliyah allison alma alyssa \
    amanda amara ameera amelia amina aminata amir amit amy ana anastasia andre andrea andreea andrei andrew \
    andy aneesa angela angelina anil anisa anita ann anna annabel annabelle anne annette annie anthony \
    anton antonio anya archie aria ariana arjun arlo armaan arthur arun asad asha asher ashley ashraf asif \
    asma astrid athena aubrey audrey austin ava ayaan ayaz ayesha aylin ayo azra barbara barry bartosz \
    beatrice becky belinda ben benedict benjamin bernadette bernard beth bethan bethany betty beverley \
    bilal blessing bobby bogdan brad bradley brandon brenda brendan brian bridget bronwyn bruce bryony \
    caitlin callum cameron camila camille carl carla carlos carly carmen caroline carolyn carrie catalin \
    catherine cathy catrin cecilia celia cerys chantelle charlene charles charlie charlotte chelsea cheryl \
    chidi chinedu chloe chris christina christine christopher ciara ciaran claire clare claudia clive cody \
    colin colleen connor conor constance craig cristina curtis cynthia daisy damian damien dan daniel \
    daniela danielle danny daphne darcy daria darius darren dave david dawid debbie deborah declan deepa \
    delilah demi denise dennis derek desmond diana diane diego dillon dinesh dmitri dominic dominik donald \
    donna doreen doris dorothy douglas duncan dylan eddie edith edmund edward edwin eileen elaine eleanor \
    elena eli eliana elias elif elijah elisabeth eliza elizabeth ella elle ellen ellie elliot elliott elsa \
    elsie emeka emilia emily emma emmanuel enzo eric erica erin ernest esme esmee esther ethan ethel eugene \
    eva evan evelyn evie ewa ezra fahad faisal farah farhan fatima fatoumata fergus fernando finlay finley \
    fiona florin frances francesca francis francois frankie fraser fred freddie frederick freya gabriel \
    gabriela gail gareth gary gavin gemma geoff geoffrey george georgina gerald gerard ghazala gillian gina \
    giovanni giulia gladys glen glenda glenn gloria gordon graeme graham greg gregory greta gulnaz gwen \
    gwendolyn habib hadiya hafsa haider haleema hamid hamza hana hanif hanna hannah haris harold harriet \
    harris harrison harry haruto hasan hassan hattie hayden hayley heidi helen helena henrietta henry \
    hilary hollie horace howard hugh hugo humaira husna hussain hussein iain ian ibrahim ifeoma ifra ifrah \
    iman imani imogen imran ines ingrid ioana iona ionut isaac isabel isabella isabelle isaiah isha isla \
    ismail isobel issa ivan jack jackie jackson jacob jacqueline jaden jake jakub jamal james jamie jan \
    jana jane janet janice janine jared jasmin jason jasper javed javier jay jayden jean jeanette jeff \
    jeffrey jemima jenna jennifer jenny jeremiah jeremy jerome jess jesse jessica jessie jill jim jimmy \
    joan joanna joanne joe joel joey johanna john johnny jon jonah jonathan jose joseph josephine josh \
    joshua josie jude judith julia julian julie juliet justin justyna kacper kai kamal kamila kamran kareem \
    karen karim karina karl karolina kasia katarzyna kate katherine kathleen kathryn kathy katie katrina \
    kay kayla kayleigh keeley keira keith kelly kelsey ken kenneth kenny kerry kevin khadija khalid kian \
    kieran kimberley kimberly kirsten kirsty kofi krystyna krzysztof kwame kyle kylie lachlan laila lana \
    lara larry latifa laura lauren laurence lauryn lawrence layla leah leanne lee leila lena leo leon leona \
    leonard leonie leroy lesley leslie lewis lexi liam libby lidia lillian lily lina linda lindsay lindsey \
    lisa liz lizzie logan lola lorna lorraine lottie louie louis louisa louise luca lucas lucia lucinda \
    lucy luis luka lukas lukasz luke luna luqman lydia lyn lynda lynn lynne mabel maciej mackenzie maddie \
    maddison madeleine madison magda magdalena maggie mahmoud maisie malachi malcolm malgorzata malik mandy \
    manuel marcel marcin marco marcus margaret maria mariam marian marianne marie marina mario marion marta \
    martha martin martina martyn mary maryam mason mateo mateusz matilda matteo matthew maureen maurice max \
    maxine maya meera megan mehmet melanie melissa meredith mia michael michaela michal michelle miguel \
    mihai mikael mike mila mildred milena miles millie milo mina miranda miriam mitchell mohamed mohammad \
    mohammed moira mollie molly mona monica monika morgan moses muhammad mukhtar muna mustafa myra nabil \
    nadia nadine naila naomi nasir nasreen natalia natalie natasha nathan nathaniel nazia neha neil nell \
    nelson niall niamh nicholas nick nicky nicola nicolas nicole nigel nikita nikki nikolai nina nisha noah \
    noel noor nora noreen norma norman nuala oleksandr olga oliver olivia ollie oluwaseun omar orla oscar \
    osman otis owen paddy paige pamela parveen patricia patrick patrycja paul paula pauline pavel pawel \
    pedro penelope percy pete peter petra phil philip philippa phillip phoebe phyllis pierre piotr polly \
    precious priti priya przemyslaw quentin rabia rachael rachel radoslaw rafael rafal raheem rahim rahul \
    raj rajesh ralph ramona rana ranjit raphael rashid raul raymond razia rebecca rebekah reece reggie \
    regina reginald rehana reuben rhiannon rhys ricardo richard ricky rita robbie robert roberta roberto \
    rodney roger rohan roisin roland roman romeo ronald ronan ronnie rory rosa rosalind rosanna rosemary \
    rosie ross rowena roxanne roy rubina rukhsana rupert russell ruth ryan sabina sabrina sadia sadie safa \
    saima sajid saleem salim sally salma sam samantha sameer samina samira samuel sandeep sandra sanjay \
    sara sarah sasha saskia scott sean sebastian selina seren serena seth shabnam shah shahid shane shania \
    shanice shannon sharon shaun shazia sheila shelley sheryl shirley shreya sian sidney sienna silvia \
    simon simone sinead siobhan sofia sonia sonya sophia sophie soraya stacey stan stanislaw stanley stefan \
    stella stephanie stephen steve steven stewart stuart sunil sunita susan susanna susie suzanne sylvia \
    szymon tabitha tahir tamara tamsin tania tanya tara tariq tasha ted terence teresa terry tess tessa \
    thea thelma theo theodore theresa thomas tia tilly tim timothy tina toby tom tomas tomasz tommy toni \
    tony tracey tracy trevor tristan tyler tyrone umair una uzma valerie vanessa veronica vicky victor \
    vikram vincent viola virginia vivian vivienne vladimir wahid walter wanda wasim wayne wendy wiktoria \
    wilfred william willow winifred winston wojciech xavier yasin yasmin yasmine yolanda yousef youssef \
    yusuf yvette yvonne zac zach zachary zahid zahra zain zainab zak zara zeeshan zeynep zia zoe zofia \
    zoltan zubair zuzanna ";

/// Names that are also words or places: "Grace", "Jordan", "Mark".
const WORDS_TOO: &str = " angel basil bella bill blake bob brook brooke carol charity chester christian christie cliff dana dean \
    destiny dolly drew duke earl ebony eden eve faith fern flora florence frank gay gene georgia ginger \
    glory grace grant guy hazel heather heaven henna holly honor hope hunter iris ivy jade jasmine jewel \
    jordan joy kim kit lance leigh lois mark marshall marvin maud melody mercedes mercy neve nova olive \
    opal pat patience pearl penny phoenix pip poppy ray reed reid rex rob robin rod rose rowan ruby rusty \
    sandy savannah scarlett shelby skye sterling sue sydney taylor tiffany vera verity vernon victoria \
    violet wade warren wesley will woody zion ";

/// Names that are mostly a month, a rating or a season: a surname must follow.
const MONTHS_TOO: &str = " amber april art august autumn chase dale dawn israel july june kent lincoln may miller paris parker \
    porter prince princess river stone summer ward winter ";

/// How sure it is that a word is a given name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// It is nothing else.
    Name,
    /// It is a word or a place too.
    WordToo,
    /// It is mostly something else.
    MonthToo,
}

/// Whether a word, in small letters, is a given name; of "Anne-Marie" its first
/// part is looked at.
pub(super) fn given(word: &str) -> Option<Given> {
    let is_in = |list: &str| list.contains(&format!(" {} ", word.split('-').next().unwrap_or(word)));
    [(NAMES, Given::Name), (WORDS_TOO, Given::WordToo), (MONTHS_TOO, Given::MonthToo)]
        .into_iter()
        .find_map(|(list, given)| is_in(list).then_some(given))
}
