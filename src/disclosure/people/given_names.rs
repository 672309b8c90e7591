//! Common given names in England.
//!
//! The list is the project's own, written from general knowledge and copied from
//! nowhere. It is not complete and cannot be: a name that is not in it is found
//! by what stands around it, or not at all.

use super::word_list::WordList;

/// Names that are nothing else.
static NAMES: WordList = WordList::new(
    " aadam aahil aaliyah aaminah aaron abbie abbigail abby abdi abdifatah abdirahman abdirizak abdul abdulla abdullah \
    abdullahi abdulmalik abdulrahman abel abena abigail abigale abiola abraam abrahale abraham adaeze adam adebayo \
    adeel adel adele adeola adnan adrian adriana afia afsana agata agnes agnieszka ahmad ahmadullah ahmed ahmet \
    aidan ailsa aimee aimen aisha aisling aiza akash akua alan alana alanna alannah alasdair alastair albie alby \
    alec aleena alejandro aleksander aleksandr aleksandra aleksandrs alessandro alessia alex alexa alexander \
    alexandra alexandru alexey alexis alfi alfie alfred alfredo alfy ali alice alicia alina alisha alison alistair \
    aliyah aliza allison alma alyson alyssa amal amanda amani amara amarachi amari ameena ameera amelia amelie amina \
    aminata amir amit amrit amy ana anabelle anais anand anastasia anastasiia anaya andras andre andrea andreea \
    andrei andrej andrew andrii andrius andy aneesa aneta angela angelina angharad anil anisa anita aniya aniyah \
    anjali anjum ann anna annabel annabelle anne annette annie anouk ansh anthony antoine anton antoni antonia \
    antonio antony anwar anya aoibhe aoife aqsa arabella aram arash arben archie archy ardit arfan arham ariana \
    arianna arif arjun arlene arlo armaan armani arnav arooj arran arron arthur arun arya aryan asad asha asher \
    ashlee ashleigh ashley ashly ashlyn ashraf ashton asif asma astrid athena atiya aubrey audrey aurelia austin ava \
    avi awet aya ayaan ayat ayaz aydan aydin ayesha ayla aylin ayo ayodele ayse azaan azadeh azaria aziz azlan azra \
    babak babatunde bahram bailey balazs balwinder barbara barnaby barney barrie barry bartek bartosz bashir beata \
    beatrice beau becca becky behnam belinda ben bence benedict benedikt benjamin benny bereket berhane bernadette \
    bernard bernice bertha bertie besnik beth bethan bethany betty bev beyonce bhavna bianca bilal billie billy \
    bisrat blanka blerim bobbie bobby bogdan bohdan bozena brad bradleigh bradley brady braiden brandon braydon bree \
    brenda brendan brendon brett brian brianna bridget brielle britney brody bronte bronwyn brooklyn bruce bryan \
    bryn bryony bukola burak caden cai caiden caitlan caitlin caitlyn caleb callan callum calvin cameron camila \
    camille candice caoimhe caprice cara carl carla carlos carly carmen caroline carolyn carrie carys cassandra \
    cassidy cassie cassius catalin catherine cathy catrin catriona cecilia celeste celia celine cerys chad chandra \
    chanel chantal chantelle charis charlee charlene charles charley charlie charlotte chelsea cheryl cheyenne \
    chiara chidi chima chinedu chinonso chioma chipo chloe chris christina christine christopher chukwudi \
    chukwuemeka cian ciara ciaran ciarra cillian cindy claire clare clarissa claudia claudiu clayton clementine cleo \
    clifford clive clodagh cody colby cole colette colin colleen conner connor conor conrad constance constantin \
    cora cordelia corey corinne cormac cory courtney craig cristina curtis cynthia cyrus dafina dafydd daisy daiva \
    dakota dalia damian damien damon dan daniel daniela danielius danielle danika danny danuta danyal daphne darcy \
    daria darius darren daryl dave david davina dawid dawit deanna debbi debbie deborah debra declan declyn deepa \
    delilah delphine delroy demetri demi dempsey dena denis denisa denise deniz dennis denzel deqa derek desiree \
    desmond destinee devante deven devin dexter diana diane diego dilan dillon dina dinesh dion dionne divya djamel \
    dmitri dmitry dominic dominik dominika dominique donal donald donna donovan dora doreen dorian dorin doris \
    dorota dorothy dougie douglas draven duc dulcie duncan dwayne dwight dylan eamon eamonn eboni ebonie eddie eddy \
    edith edmund edna edona edward edwin eesa efrem efua eileen eilidh eira eirlys ekaterina elaina elaine elan \
    eleanor elena eleni eli elian eliana elias elif elijah elin eliot elisa elisabeth elise eliska elissa eliza \
    elizabeth ella elle ellen ellie elliot elliott ellis elodie eloise elora elsa elsie elvira elwood emanuel emeka \
    emelie emerson emil emilia emilie emilija emily emine emir emma emmanuel emmeline emmie emory emre endrit enid \
    enya enzo eoin eric erica erika erin erion ernest ernestas errol esmae esme esmee esra estelle esther eszter \
    ethan ethel etienne euan eugene eugenia eva evan evangeline evelyn everleigh everly evie ewa ewan ewelina ewen \
    eyad eyob ezra faduma fadumo fahad faheem fahim faisal faiza faizan fallon farah farai farhad farhan farida \
    farshid farzad farzana fatemah fathima fatima fatma fatmir fatoumata faye felix femi fenton fergus fernando \
    feruz ffion fflur fidel filip filmon finlay finlee finley finnian fintan fiona fionn fitsum florian florin floyd \
    flutura folake fowsia frances francesca francis franciszek francois frankie fraser fraya fred freda freddie \
    freddy frederick frederik freja freya freyja funmilayo gabija gabor gabriel gabriela gaia gail galina ganesh \
    gareth garfield garth gary gavin gaynor gemma genevieve gentian geoff geoffrey george georgina gerald gerard \
    gerry gethin gethyn ghazala gheorghe ghulam gianna giles gillian gina giovanna giovanni giulia gladys glenda \
    glenn gloria glynis godfrey gordon gracie graciella graeme graham grainne greg gregory greta grigore grzegorz \
    gulnaz gulshan gulwali gurpreet gustavo guste gwen gwendolyn gwilym haaris haben habib hadi hadiya hafiz hafsa \
    haiden haider haja hajra hala haleema halima halimo hallie hamad hamed hamid hamidullah hamish hamza hana hania \
    hanif hanna hannah hannan haris harlan harleen harlow harold haroon harpreet harri harrie harriet harriett \
    harris harrison harry haruto harvey hasan haseeb hashim hassan hatice hattie hayden haylee hayleigh hayley \
    hector heidi hekmat helen helena henok henrietta henry hera herbert hermione hermon hettie hibba hibo hieu \
    hilary hilda hira hiran hiwa hiwot hoang hodan hodo holden hollee hollie horace horatio hossein howard hubert \
    hugh hugo humaira humza huong husna husnain hussain hussein huyen iain ian ibraheem ibrahim idil idris ieuan \
    ifan ifeoma ifra ifrah iggy igor ikran ilhaan ilham ilias ilir ilona ilyas imaan iman imani imogen imran indi \
    indiana indie ines ingrid ioan ioana iola iona ionut iqra irena irfan irina iryna isaac isaak isabel isabela \
    isabella isabelle isaiah isha ishaan isla ismaeel ismail ismatullah isobel issa istvan ivan ivana ivo iwan iyla \
    izaan izabela izzy jace jacek jacinta jack jackie jackson jacob jacqueline jacques jada jaden jadon jai jaiden \
    jaidon jaime jake jakob jakub jamaal jamal jameel james jamie jamila jana jane janek janelle janet janette \
    janice janina janine jannat jared jarek jaroslav jarrod jas jasleen jasmin jasmina jason jasper jaspreet jaswant \
    jaswinder javan javed javier javon jawad jax jaxon jaxson jay jayan jayce jaydan jayden jaydon jayla jayson jaz \
    jean jeanette jed jeff jeffrey jelena jem jemima jenna jennie jennifer jenny jenson jerell jeremiah jeremy \
    jermain jermaine jerome jerry jerzy jess jesse jessica jessie jett jia jibril jill jim jimmy jing jiri jitka \
    joachim joan joana joann joanna joanne jocelyn jodi jodie jody joe joel joey johan johanna johannes john \
    johnathan johnnie johnny jolanta jolene jon jonah jonas jonathan jonny jorge jorja jose josefina joseph \
    josephine josh joshua josiah josie jovan joyce jozef juan judah jude judith judy jules julia julian julie juliet \
    juliette julius junaid justin justina justyna kabir kacey kacper kadeem kaden kadie kadir kai kaidan kaiden \
    kaitlin kaitlyn kaleb kali kamal kamaran kamari kameron kamila kamran kane kara karam kareem karen karim karina \
    karl karolina karolis karrie karwan karzan kasey kasia kaspar kassandra katalin katarina katarzyna kate katelyn \
    katharine katherine kathleen kathrine kathryn kathy katie katja katlyn katrina katya kaveh kavita kawa kay kaya \
    kayden kayla kayleb kaylee kayleigh kaylum keane keanu keeley kehinde kehlani keir keira keisha keith kelechi \
    kelis kelly kelsey ken kendra kenneth kenny kenzie kenzo keon keri kerry kevan kevin keyvan keziah khadeeja \
    khadija khaled khalid khalida khalil khanh khloe khushi kia kiaan kian kiana kidane kiera kieran kieron kiki \
    kimberley kimberly kimi kiran kirsteen kirsten kirstie kirstin kirsty kitty kiya klajdi klara klaudia kledis \
    klodian kofi kojo komal konrad kora kourtney krish krisha kristian kristina kristine kristopher krisztina \
    krystal krystyna krzysztof kuba kuldeep kurt kwabena kwame kwasi kwesi kyan kyla kyle kylie kyra kyran kyron \
    lacey lachlan laiba laila lakeisha lakshmi lana lara laraib larry lars laszlo latifa latisha latoya laura lauren \
    laurence laurie lauryn laurynas lawrence layla laylah leah leander leandro leanna leanne lee leeann leela leena \
    leia leighann leighton leila leilani lena leni lenka lennie lennon lennox leo leon leona leonard leonardo \
    leonidas leonie lerato leroy lesley leslie leszek leticia levi levon lewie lewis lexi lexie leyla liam liana \
    lianne libby lidia lilian liliana lilith lillian lillie lilly lina linas linda lindsay lindsey ling linh linus \
    lisa liudmila liv livia livvy liz lizzie logan lola lorenzo loretta lorna lorraine lottie louie louis louisa \
    louise lowri luana luanne luay luca lucas lucia lucian luciana lucie lucinda lucy ludmila luis luisa luka lukas \
    lukasz luke lula lulzim luna luqman luwam lyall lydia lyla lyle lyn lynda lynn lynne lyra maariyah mabel macey \
    maciej mackenzie macy maddi maddie maddison maddox madeleine madiha madina madison maeve magda magdalena maggie \
    maheen mahesh mahir mahmoud mahnoor mahsa mai maia maira mairead mairi maisie maisy makayla makenzie maksym \
    malachi malaika malakai malaki malala malcolm malcom malgorzata malik malika malina malwina manav mandeep mandy \
    manny manpreet mansoor manuel manuela manveer marcel marcela marcelina marcella marcelo marcin marco marcus \
    mared marek margaret margarita margot maria mariam mariama marian mariana marianne maribel marie marin mario \
    marion marius mariusz mariya marjorie marko marleigh marlene marley marlon marlowe marnie marsel marsha marta \
    martha martin martina martine martyn marwa marwan mary maryam maryann mateo mateusz mathew mathias matilda \
    matilde matt matteo matthew matthias mattie maureen maurice maurizio mavis maximilian maximus maxine maya \
    mckenna mebrahtu meena meera megan mehdi mehmet mehreen mehwish mei melanie melinda melisa melissa melita \
    meredith merhawi meron merve mervyn meryem meryl mia mica micaela micah michael michaela michal michelle mickey \
    midge miguel mihaela mihai mihail mikaeel mikael mikayla mike mikey mikhail miko mikolaj mila milana mildred \
    milena millicent millie milo milosz mimi mina minahil mindaugas minh minnie mira miranda mirela miriam mirjeta \
    mirwais mirza misbah misha mitchell moeen moesha mohamad mohamed mohammad mohammed mohammod mohamud mohsen \
    mohsin moira mollie molly mona monica monika monique montgomery monty morag morgan morwenna moses moshe muaz \
    muhamed muhammad muhammed mukhtar muna munir murat mustafa mustapha muzammil mya myah mykhailo mykola myles mylo \
    myra nabeel nabil naciima nadeem nadezda nadezhda nadia nadine nafisa nahla nahom naila naima najib najma nana \
    nancy naomi naqibullah nara narges nasim nasir nasra nasreen nasrin nasser natalia natalie nataliia natalya \
    natasha nate nathalie nathan nathaniel natnael naveed naweed naya nayla nazia nazir ned neel neelam neelum neema \
    neha neil nell nellie nelly nelson nerys nesta ngozi nguyen nguyet nia niall niamh nichola nicholas nick nicky \
    nico nicola nicolae nicolas nicole nigel nikita nikki niko nikola nikolai nila nima nimra nina niraj nisa nisha \
    nishat nneka noa noah noelle noemi nola noor noorah noorullah nora norah noreen norma norman nuala nuno nusrat \
    nyasha nyla nylah nyra oakley obi obinna octavia odette oisin oksana olaf oleg olek oleksandr olena olga oliver \
    olivia olivier olivija oliwia oliwier ollie olumide oluwaseun omar omari omid omolara omotola oona oonagh \
    ophelia oriana orla orlaith orson oscar oskar oskaras osman otis ottilie ottis ovidiu owain owen ozan pablo \
    paddy padma padraig paige pamela parisa parveen parwana patricia patrick patrycja patryk paul paula pauline \
    paulo pavel pawel payton pedro peggy penelope percy perla petar pete peter peto petr petra petros petru petula \
    peyton phil philip philippa phillip philomena phoebe phuong phyllis pierre piers piotr polina polly pooja portia \
    pouya priscilla prisha priti priya priyanka przemyslaw qasim quang quentin quinn rabia rachael rachel rachelle \
    radek radhika radoslaw radu raees rafael rafal rafe rafi rafiq raheem rahel rahim rahimullah rahma rahmat rahul \
    raihan raiyan raj rajesh ralph raluca ramazan rameen ramesh ramin ramon ramona ramzi rana randy rania ranjit \
    ranveer raphael raphaela rares rasa rashad rasheed rashid rashida raul ravi rayaan rayan raylan raymon raymond \
    rayna rayyan razaq razia razvan rebecca rebeka rebekah rebin rebwar reece reegan reem reena reggie reginald \
    rehan rehana rehman reilly remi remy rena renae renata rene renee reuben reuel reva reyansh reza rhea rhian \
    rhiana rhiannan rhianne rhiannon rhoda rhodri rhona rhys ria rian ricardo richa richard rickie ricky rico ridwan \
    rihanna riley risha rishi rita riya riyad rizwan robbie robel robert roberta roberto robyn rocco rochelle rodney \
    rodrick rodrigo rogan roger rohaan rohan roisin rojin rokas roksana roland rolandas romeo romy rona ronald \
    ronaldo ronan roni ronnie ronny rory rosa rosalie rosalind rosaline rosanna rosanne roseanna roshan rosie rosina \
    ross rowena roxana roxann roxanne roxie roy roya royce ruaridh rubina rudi rudo rudy rufus rukhsana rukhsar \
    rumaysa rupert rupinder ruqayyah rushil russel russell ruta ruth ryan ryder ryker rylan rylee saad saanvi saba \
    sabina sabrina sachin sadia sadie safa safiya safiyah sagal sahar sahib sahil sahra saif saima saira sajid \
    sajida salah saleem saleh salim sally salma salman salome sam samaira samantha samara sameer sameera sami samina \
    samir samira samiullah samiya samiyah sammi sammie sammy samrawit samson samuel samuela sana sandeep sander \
    sandi sandie sandor sandra sanjay sanjeev santiago santino saoirse saphia saqib sara sarah sarai sarina sascha \
    sasha saskia satnam savana savanna sayed saynab scot scott seamus sean seanna sebastian sebastien seema segun \
    selam selena selina selma semhar semra senait senan seraphina seren serena sergei sergio sergiu seth sevda shaan \
    shabana shabaz shabnam shae shafiq shafiullah shah shahid shahzad shaima shaista shakeel shakira shan shanaya \
    shane shanelle shani shania shanice shaniqua shannon shantelle shanti sharmin sharna sharon sharron shaun shauna \
    shaunagh shawn shay shayan shayla shayna shazia sheena sheikh sheila shelley shelly sheree shereen sherif \
    sherrie sheryl shilan shiloh shireen shirin shirley shivani shona shpresa shreya shruti shukria shwan shyanne \
    shyla sian siavash siddharth sidney sidra siena sienna silas silvana silvia silvija simeon simon simona simone \
    simran sindy sinead siobhan sioned sipho siya skyla skylar skyler slawomir sneha sofia sofiia sofija sohaib \
    sohail soheil solomon somaya sonia sonny sonya sophia sophie soran soraya sorin stacey stacie stan stanislav \
    stanislaw stanley stavros stefan stefania stefano stella steph stephan stephanie stephen steve steven stevie \
    stewart stuart sucdi sude sufyan suhail sukhdeep sukhi sukhwinder sulaiman suleman sumaira sumaya sunil sunita \
    suresh surinder susan susanna susanne susie suzanna suzanne suzie svetlana svitlana syed syeda sylvia sylvie \
    szilvia szymon tabitha tadeusz tafadzwa taha tahir tahira tahmina taisia taiwo tajinder talha talia taliyah \
    tallulah tamanna tamar tamara tamas tamia tamika tammy tamsin tania tanisha tanvi tanya tara tariq tarun tasha \
    tasnim tatenda tatiana tatum tawanda tayla taylah taylan tayyab teagan ted teddy tegan tegen teigan tekle \
    temitope tendai teodor teodora teona terence teresa tereza terri terry tesfalem tesfaye tess tessa tetiana tevin \
    thabo thaddeus thais thalia thanh thao thea thelma theo theodora theodore theresa thomas thomasina thuy tia \
    tiago tiana tianna tibor tiernan tiernon tiffani tilda tilly tim timothy timur tina tinashe tino titilayo tobi \
    tobias toby todd tolga toluwalase tom tomas tomasz tomer tommi tommie tommy toni tony tonya torin tracey tracy \
    trang travis tremaine trevor trinh trisha tristan tristen troy trudy tuan tunde tuyet tyla tyler tyreece tyreese \
    tyrell tyrese tyrin tyron tyrone ubah ubax uche ulrika umaima umair umar una ursula usama usman ustina uzma \
    vaclav valbona valentin valentina valeria valerie vanessa vasco vasile vasyl veda vedant velma veronica veronika \
    vesna vicki vickie vicky vihaan vijay vikram viktor viktoria vilma vinay vince vincent vincenzo vinh vinnie \
    vinny viola violeta viorel virginia vita vivaan vivek vivian vivien vivienne vladimir vladyslav wafa wahid \
    wahidullah waleed walid walter wanda waqar waqas warsame waseem wasim wayne wendy weronika whitney wieslaw \
    wiktoria wilf wilfred wilhelmina willa willem william willis willow wilma winifred winnie winston winta wojciech \
    wojtek wyatt xander xanthe xavier xena ximena xiomara yahya yakub yalda yana yannick yara yaseen yash yasin \
    yasir yasmiin yasmin yasmina yasmine yaw yeganeh yesenia yetunde yifan yildiz ylva yohannes yolanda yolande \
    yonas yonatan yosef younis yousaf yousef youssef yousuf yulia yuliia yunus yuri yusef yusra yusuf yvaine yvette \
    yvonne zabihullah zabiullah zac zach zachariah zachary zack zaheer zahid zahir zahra zain zainab zainub zak \
    zakariya zaki zakir zaman zana zandra zara zarah zaria zarmina zayan zayd zayn zaynab zbigniew zdenek zeb \
    zebedee zeenat zeeshan zehra zeke zelda zena zeph zeynep zhané zhen zhyar zia zidan zina zinnia ziva ziyad zoe \
    zofia zohaib zoltan zosia zoya zsanett zsofia zubaida zubair zufan zuri zuriel zuzana zuzanna zygmunt ",
);

/// Names that are also words or places: "Grace", "Jordan", "Mark".
static WORDS_TOO: WordList = WordList::new(
    " angel aria basil bella beverley beverly bill blake blessing bob brook brooke carol charity chester christian christie cliff dana dean \
    destiny dolly drew duke earl ebony eden eve faith fern flora florence frank gay gene georgia ginger glen \
    glory grace grant guy hazel heather heaven henna holly honor hope hunter iris ivy jade jasmine jewel \
    jordan joy kim kit lance leigh lily lois marina mark marshall marvin mason maud max melody mercedes mercy miles neve noel nova olive \
    opal pat patience pearl penny phoenix pip poppy precious ray reed regina reid rex rob robin rod roman rose rosemary rowan ruby rusty \
    sandy savannah scarlett shelby skye sterling sue sydney taylor tiffany vera verity vernon victor victoria \
    violet wade warren wesley will woody zion ",
);

/// Names that are mostly a month, a rating or a season: a surname must follow.
static MONTHS_TOO: WordList = WordList::new(
    " amber april art august autumn chase dale dawn israel jan july june kent lincoln may miller paris parker \
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

/// Surnames that are nothing else, of those that are common in England.
static SURNAMES: WordList = WordList::new(
    " adeyemi akhtar anderson armstrong atkinson begum bennett chaudhry choudhury clarke collins cunningham dawson dixon \
    edwards ferguson gibson griffiths hughes jenkins johnson johnston jones kaur kennedy khan matthews mcdonald mistry \
    murray nguyen nowak okafor okonkwo osborne owens parkinson patel pearson perkins phillips popescu powell qureshi \
    rahman reynolds richardson robertson robinson rodriguez rogers saunders simpson singh smith stephenson stevens \
    stevenson thompson watkins wilkinson williams williamson wilson ",
);

/// Names that are a word too when they are written small, beside those above.
static SMALL_WORDS: WordList = WordList::new(
    " abel adam ali ana archie ashes aya bailey barney beau ben bertha bev billy blanka bobby brad brady brett brody \
    cara carl carmen cassidy celeste chad charis chris clayton cleo clifford cole colin conrad cora corey curtis \
    cyrus dakota damon dan delphine demi dexter dina dion dora dwight elan eli elise ella ellis emerson enid errol \
    everly fallon faye felix fenton floyd gail garth giles gordon gracie harris harry harvey hector hettie hilda \
    holden hubert iggy iman indi indiana indie ines ion ira isa issa ivo jack jackie jackson jai jake jas jax jay \
    jaz jean jed jem jerry jia jim jimmy jodie jody john jonas josh joyce juan judah judy jules julius justina kai \
    kane kay kelly kelsey ken kia kitty kora kurt lars laurie lee leighton lena lennon lennox leo lesley levi lilly \
    ling linus liv loretta lottie luna lyle magdalena mai mandy marley marlowe marsha matt maximus mei mia mica mike \
    milo mimi mina minnie misha mona morgan moses muna nana nancy ned neil nelly nelson nia nick noa nola noor norma \
    norman oakley omar oscar otis owen paddy peggy penelope peter piers polly quinn raja ralph rana remi rhoda rian \
    rita rocco rona rosa ross rudy rusty ryder sally sam samson sasha shah shan shannon shay shea sierra siya \
    solomon sonny stan stella tara tatum ted teddy terry tia tilly tim timothy tino toby todd tom tommy toni tony \
    travis troy tuan ulrika una vince whitney wilf willis winnie winston wren wyatt zack zelda ",
);

/// Words that are hardly a name where a sentence begins with them.
static THINGS: WordList = WordList::new(
    " angel april august autumn bill blessing brook charity chase destiny faith glory grant harmony holly honor hope \
    hunter joy lance mark marina mason max melody mercy miles nova opal patience penny prince princess ray reed river \
    rod roman rosemary rusty sandy sterling stone summer victor wade ward warren will winter woody ",
);

/// Months and seasons, before an age: "May, 14".
static CALENDAR: WordList = WordList::new(" april august autumn jan july june may summer winter ");

/// Whether a word, in small letters, is a given name; of "Anne-Marie" its first
/// part is looked at.
pub(super) fn given(word: &str) -> Option<Given> {
    let first = word.split('-').next().unwrap_or(word);
    [(&NAMES, Given::Name), (&WORDS_TOO, Given::WordToo), (&MONTHS_TOO, Given::MonthToo)]
        .into_iter()
        .find_map(|(list, given)| list.has(first).then_some(given))
}

/// Whether a word that is written small is a given name all the same.
pub(super) fn is_small_name(word: &str) -> bool {
    word.len() > 2 && word.split('-').all(|part| given(part) == Some(Given::Name) && !SMALL_WORDS.has(part))
}

/// Whether a word, in small letters, is a surname.
pub(super) fn is_surname(word: &str) -> bool {
    SURNAMES.has(word)
}

/// Whether a given name may begin a sentence as a thing: "Hope is high".
pub(super) fn is_a_thing(word: &str) -> bool {
    THINGS.has(word)
}

/// Whether a word before an age is a given name.
pub(super) fn is_name_before_age(word: &str) -> bool {
    given(word).is_some() && !CALENDAR.has(word)
}
