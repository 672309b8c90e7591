//! Common given names in England.
//!
//! The list is the project's own, written from general knowledge and copied from
//! nowhere. It is not complete and cannot be: a name that is not in it is found
//! by what stands around it, or not at all.

use super::word_list::WordList;

/// Names that are nothing else.
static NAMES: WordList = WordList::new(
    " aaliyah aaron abbie abby abdi abdirahman abdul abdullah abdulrahman abel abena abigail abiola abraham \
    adaeze adam adebayo adeel adele adrian adriana agnes agnieszka ahmad ahmadullah ahmed ahmet aidan ailsa \
    aimee aisha akash akua alan alastair albie alby alec alejandro aleksander aleksandra alessandro alex alexa \
    alexander alexandra alexandru alexey alexis alfie alfred alfredo ali alice alicia alina alisha alison \
    alistair aliyah allison alma alyssa amanda amara ameera amelia amina aminata amir amit amy ana anastasia \
    anastasiia andras andre andrea andreea andrei andrew andy aneesa angela angelina angharad anil anisa anita \
    anjali ann anna annabel annabelle anne annette annie anthony anton antoni antonio anya aoife arabella aram \
    archie aria ariana arjun arlo armaan arthur arun asad asha asher ashley ashraf asif asma astrid athena \
    aubrey audrey austin ava ayaan ayaz ayesha aylin ayo ayodele ayse azadeh azra babatunde balazs balwinder \
    barbara barnaby barry bartosz beatrice becky belinda ben bence benedict benjamin bereket bernadette bernard \
    beth bethan bethany betty beverley bilal blessing bobby bogdan bohdan bozena brad bradley brandon brenda \
    brendan brian bridget bronwyn bruce bryony bukola burak caitlin callan callum cameron camila camille \
    caoimhe carl carla carlos carly carmen caroline carolyn carrie carys catalin catherine cathy catrin \
    catriona cecilia celia cerys chanel chantelle charlene charles charlie charlotte chelsea cheryl chidi \
    chinedu chinonso chipo chloe chris christina christine christopher chukwuemeka cian ciara ciaran claire \
    clare claudia claudiu clementine clive cody colette colin colleen connor conor constance constantin \
    cordelia cormac craig cristina curtis cynthia dafydd daisy damian damien dan daniel daniela danielle danny \
    daphne darcy daria darius darren dave david dawid debbie deborah declan deepa delilah delroy demi denisa \
    denise deniz dennis derek desmond diana diane diego dilan dillon dinesh divya dmitri dmitry dominic dominik \
    donal donald donna doreen dorin doris dorota dorothy douglas duncan dwayne dylan eamon eddie edith edmund \
    edward edwin efua eileen eilidh eirlys ekaterina elaine eleanor elena eli eliana elias elif elijah elin \
    elisabeth eliza elizabeth ella elle ellen ellie elliot elliott elsa elsie emeka emilia emily emine emma \
    emmanuel emre enzo eoin eric erica erin ernest esme esmee esra esther eszter ethan ethel euan eugene eva \
    evan evelyn evie ewa ewan ewelina ezra fadumo fahad faisal farah farai farhad farhan farida farzad fatima \
    fatma fatoumata fergus fernando ffion filmon finlay finley fiona fionn florin folake frances francesca \
    francis franciszek francois frankie fraser fred freddie frederick freya freyja funmilayo gabor gabriel \
    gabriela gail galina ganesh gareth gary gavin gemma geoff geoffrey george georgina gerald gerard gethin \
    ghazala gheorghe gillian gina giovanni giulia gladys glen glenda glenn gloria gordon graeme graham grainne \
    greg gregory greta grzegorz gulnaz gurpreet gwen gwendolyn gwilym habib hadiya hafsa haider haleema hamed \
    hamid hamish hamza hana hania hanif hanna hannah haris harold harpreet harriet harris harrison harry haruto \
    hasan hassan hatice hattie hayden hayley heidi helen helena henrietta henry hibo hilary hiwa hiwot hodan \
    hollie horace hossein howard hugh hugo humaira huong husna hussain hussein iain ian ibrahim idris ieuan \
    ifeoma ifra ifrah igor ilona iman imani imogen imran ines ingrid ioan ioana iona ionut iryna isaac isabel \
    isabella isabelle isaiah isha isla ismail isobel issa istvan ivan ivana iwan jack jackie jackson jacob \
    jacqueline jaden jake jakub jamal james jamie jan jana jane janet janice janine jared jasmin jason jasper \
    jaspreet jaswinder javed javier jaxon jaxson jay jayden jean jeanette jeff jeffrey jemima jenna jennifer \
    jenny jeremiah jeremy jermaine jerome jerzy jess jesse jessica jessie jill jim jimmy jing jiri jitka joan \
    joanna joanne joe joel joey johanna john johnny jolanta jon jonah jonathan jose joseph josephine josh \
    joshua josie jozef jude judith julia julian julie juliet justin justyna kacper kai kaiden kamal kamila \
    kamran kareem karen karim karina karl karolina karwan kasia katalin katarzyna kate katherine kathleen \
    kathryn kathy katie katrina katya kavita kay kayden kayla kayleigh keeley kehinde keira keith kelechi kelly \
    kelsey ken kenneth kenny kerry kevin khadija khalid kian kiera kieran kimberley kimberly kiran kirsten \
    kirstin kirsty kofi kojo krisztina krystyna krzysztof kuba kuldeep kwabena kwame kwesi kyle kylie kyra \
    kyran lacey lachlan laila lakshmi lana lara larry laszlo latifa laura lauren laurence lauryn lawrence layla \
    leah leanne lee leila lena lenka leo leon leona leonard leonie lerato leroy lesley leslie lewis lexi lexie \
    leyla liam libby lidia lillian lily lina linda lindsay lindsey ling linh lisa liudmila liz lizzie logan \
    lola lorna lorraine lottie louie louis louisa louise lowri luca lucas lucia lucinda lucy luis luka lukas \
    lukasz luke luna luqman lydia lyla lyn lynda lynn lynne mabel maciej mackenzie macy maddie maddison \
    madeleine madison magda magdalena maggie mahesh mahmoud mairi maisie maisy malachi malcolm malgorzata malik \
    malwina mandy manpreet manuel marcel marcin marco marcus mared marek margaret maria mariam marian marianne \
    marie marina mario marion marius mariusz marta martha martin martina martyn mary maryam mason mateo mateusz \
    matilda matteo matthew maureen maurice max maxine maya mebrahtu meena meera megan mehdi mehmet mei melanie \
    melissa meredith merve mia michael michaela michal michelle miguel mihaela mihai mikael mike mikhail mila \
    mildred milena miles millie milo mina minh miranda miriam mitchell mohamed mohammad mohammed mohsen moira \
    mollie molly mona monica monika monty morag morgan moses muhammad mukhtar muna murat mustafa mustapha \
    mykola mylo myra nabil nadezhda nadia nadine naila najib nana naomi nasir nasreen nasrin natalia natalie \
    natasha nathan nathaniel natnael naweed nazia nazir neha neil nell nelson nerys ngozi nguyen nia niall \
    niamh nicholas nick nicky nicola nicolas nicole nigel nikita nikki nikolai nina nisha nneka noah noel noor \
    nora noreen norma norman nuala nyasha obinna oisin oksana oleksandr olena olga oliver olivia ollie olumide \
    oluwaseun omar orla orson oscar oskar osman otis ottilie ovidiu owain owen paddy padraig paige pamela \
    parisa parveen patricia patrick patrycja paul paula pauline pavel pawel pedro penelope percy pete peter \
    peto petr petra phil philip philippa phillip phoebe phuong phyllis pierre piotr polly pooja precious priti \
    priya priyanka przemyslaw quang quentin rabia rachael rachel radoslaw rafael rafal raheem rahim rahul raj \
    rajesh ralph raluca ramesh ramona rana ranjit raphael rashid rashida raul raymond razia razvan rebecca \
    rebekah rebwar reece reggie regina reginald rehana reuben reza rhian rhiannon rhodri rhys ricardo richard \
    ricky rita robbie robert roberta roberto rodney roger rohan roisin rojin roland roman romeo ronald ronan \
    ronnie ronny rory rosa rosalind rosanna rosemary rosie ross rowena roxana roxanne roy rubina rudo rufus \
    rukhsana rupert russell ruth ryan sabina sabrina sadia sadie safa sahra saima sajid saleem salim sally \
    salma sam samantha sameer samina samira samuel sandeep sandra sanjay saoirse sara sarah sasha saskia satnam \
    scott seamus sean sebastian segun selam selina seren serena sergei seth shabnam shah shahid shane shanelle \
    shania shanice shannon sharon shaun shazia sheila shelley sheryl shilan shirin shirley shona shreya sian \
    sidney sienna silvia simon simona simone simran sinead siobhan sioned sipho slawomir sneha sofia sofiia \
    sonia sonya sophia sophie soran soraya sorin stacey stan stanislav stanislaw stanley stefan stella \
    stephanie stephen steve steven stewart stuart sukhdeep sunil sunita suresh susan susanna susie suzanne \
    svitlana sylvia szymon tabitha tadeusz tafadzwa tahir taiwo tamara tamas tamsin tania tanya tara tariq \
    tasha tatenda tatiana ted teddy temitope tendai terence teresa terry tesfaye tess tessa tetiana thabo thea \
    thelma theo theodore theresa thomas tia tiana tianna tilly tim timothy tina tinashe titilayo toby tom tomas \
    tomasz tommy toni tony tracey tracy trevor tristan tuan tunde tyler tyrell tyrese tyrone ubah uche umair \
    una uzma vaclav valerie vanessa vasile vasyl veronica vicky victor vijay vikram vincent viola virginia \
    vivian vivienne vladimir vladyslav wahid walter wanda warsame wasim wayne wendy wieslaw wiktoria wilfred \
    william willow winifred winston wojciech xavier yasin yasmin yasmine yaw yetunde yifan yolanda yonas yousef \
    youssef yulia yuri yusra yusuf yvette yvonne zabihullah zac zach zachary zahid zahra zain zainab zak zana \
    zara zbigniew zdenek zeeshan zehra zeynep zia zoe zofia zoltan zosia zsofia zubair zuzana zuzanna ",
);

/// Names that are also words or places: "Grace", "Jordan", "Mark".
static WORDS_TOO: WordList = WordList::new(
    " angel basil bella bill blake bob brook brooke carol charity chester christian christie cliff dana dean \
    destiny dolly drew duke earl ebony eden eve faith fern flora florence frank gay gene georgia ginger \
    glory grace grant guy hazel heather heaven henna holly honor hope hunter iris ivy jade jasmine jewel \
    jordan joy kim kit lance leigh lois mark marshall marvin maud melody mercedes mercy neve nova olive \
    opal pat patience pearl penny phoenix pip poppy ray reed reid rex rob robin rod rose rowan ruby rusty \
    sandy savannah scarlett shelby skye sterling sue sydney taylor tiffany vera verity vernon victoria \
    violet wade warren wesley will woody zion ",
);

/// Names that are mostly a month, a rating or a season: a surname must follow.
static MONTHS_TOO: WordList = WordList::new(
    " amber april art august autumn chase dale dawn israel july june kent lincoln may miller paris parker \
    porter prince princess river stone summer ward winter ",
);

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
    let first = word.split('-').next().unwrap_or(word);
    [(&NAMES, Given::Name), (&WORDS_TOO, Given::WordToo), (&MONTHS_TOO, Given::MonthToo)]
        .into_iter()
        .find_map(|(list, given)| list.has(first).then_some(given))
}
