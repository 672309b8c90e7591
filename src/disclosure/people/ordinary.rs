//! Words that are no name of a person, even with a capital.

use super::word_list::WordList;

/// Words that begin sentences and stand in headings; months, days, places,
/// peoples and bodies that packs speak of.
static ORDINARY: WordList = WordList::new(
    " st saint region eastern western northern southern benchmarking network memorandum operation campaign conference consultation dashboard a about above absconding absence absences abuse academies academy access accommodation account achieve \
    achieved across act action actions acts actual additional adopter adopters adoption adults adviser \
    advisers afghan afghanistan africa african after again against agency agreed albania albanian all \
    allocation allowance almost along already also although always amber amber-rated among an and annex \
    annual annually another answer answers any anybody anyone apart appears appendix apprenticeship \
    apprenticeships approval approved apr april are area areas around as asia asian ask asked assessment \
    assessments assistant assurance asylum at attainment attendance aug august authorities authority autumn \
    available average avon away bad bank barnardo's barnardos barnet barnsley bath be because bedford \
    bedfordshire been before began begin behind being belfast below benchmark benchmarks berkshire best \
    better between beyond bi bill birmingham black blackburn blackpool blue board boards bolton borough \
    both bournemouth boy boys bracknell bradford brent bridge bright brighton bring bristol britain british \
    bromley brought buckinghamshire budget budgets bury busy but by cabinet cafcass calderdale call called \
    calls cambridge cambridgeshire camden came camhs can canterbury capita cardiff care cared carer carers \
    carers' caribbean caring carlisle case caseload caseloads cases catholic cause caused causes census \
    central chair challenge change changed changes chart charter cheshire chester chesterfield child \
    children children's childrens choice christian christmas city clear cleveland close closed closing club \
    coast colchester college colleges come commission commissioned commissioner commissioning committee \
    committees compared comparison complaint complaints complete completed concern concerning concerns \
    conference conferences consent contact contacts continue continued continues coram core cornwall \
    coronavirus corporate cost costs could council councils count country counts county court courts \
    coventry covid cross-border croydon cumberland cumbria current currently custody daily darlington data \
    date dates day days dec december demand dental department deputy derby derbyshire designated despite \
    devon dfe did difficulties direct direction director disabilities disability disabled discharge \
    distance district diwali do does domestic doncaster done door dorset down drop dublin dudley due durham \
    during duty each ealing early ease east easter eclipse edge edinburgh education ehc ehcp eid eight \
    eighteen eighty either eleven emergency emotional employment enfield england english enough ensure \
    entered eritrea eritrean essex europe european every everybody everyone evidence excel except exclusion \
    exclusions exempt exeter expect expected explain explained exploitation extra fairer fall families \
    family feb february fell few fifteen fifth fifty figure figures first five focused following for form \
    former forty forum foster fostering found four fourteen fourth framework france free friday from front \
    full funding further future gained gap gateshead gdpr germany get girl girls give given glasgow \
    gloucester gloucestershire go good got government grandparents great greater green greenwich grey group \
    groups guardianship guidance gypsy hackney had half halfway halifax halton hampshire hard haringey harm \
    harrow hartlepool has hastings have havering having he head health health's hear hearing hearings held \
    help helped her here hereford herefordshire hertfordshire high higher highest highlighted hill \
    hillingdon hindu his hmrc hold holiday home homes hospital hounslow hours housing hove how however hub \
    hubs hull humberside hundred i icb if immediate immunisation improve improved improvement improves \
    improving in inadequate including increase increased increasing independent information inner inside \
    inspection inspections inspector inspectors instead intake integrated interim interview interviews into \
    ipswich iran iranian iraq iraqi ireland irish is isa isle islington issue issued it italy item its jan \
    january jewish jointly judgement jul july jun june junior justice keep kensington kent kept key kingdom \
    kinship kirklees know known knowsley kurdish lambeth lancashire lancaster lane large larger last late \
    later launch launched lead learning least leaver leavers leeds left leicester leicestershire less let \
    letterbox letters lewisham life like lincoln lincolnshire liquidlogic little liverpool living local \
    localities locality london long long-term look looked lost low lower lowest luton made main majority \
    make managed management manager managers manchester many mar march market mash matching may me median \
    medium-term medway meeting meetings member members men mental merseyside merton method microsoft \
    middlesbrough might mind minister ministry minority missed missing mixed model monday monitoring month \
    monthly months more mosaic most move moved moves moving much muslim must my national near nearly need \
    needed needs neglect neighbour neighbouring neighbours neither new newcastle newham next nhs nine \
    nineteen ninety no nobody none nor norfolk north northampton northamptonshire northern northumberland \
    norwich not note notes nothing nottingham nottinghamshire nov november now number numbers nurseries \
    nursery oct october of off offending offer offered officer officers ofsted often old older oldham \
    ombudsman on once one only onto open opened opening or order orders other our out outer outlook outside \
    outstanding over overall overnight overview owing own oxford oxfordshire page paid panel panels paper \
    parent parents paris part participation partners partnership partnerships passed passport passports \
    past pathway pay peer pending people per percent percentage performance period periods permanence \
    permanent person personal peterborough place placed placement placements plan planning plans please \
    pledge plus plymouth point points poland police polish poole poor portsmouth power practice \
    practitioner practitioners pressure pressures preston prevention previous previously primary prior \
    probation problem proceedings process programme progress project promise protection provide provided \
    provider providers provision public published pupil pupils put quality quarter quarterly question \
    questionnaire questions quick quite ramadan rate rates rather rating ratings reach reached read reading \
    ready reason reasons received recent recently reception recruit recruited recruiting recruitment red \
    redbridge redcar reduce reduced reduction referral referrals refused regarding regional registered \
    regular regulated regulation regulations regulator rehabilitation release remain remained remains \
    remand replaced report reporting reports request requested requests requires residential respite rest \
    result results retention return returned returns reunification review reviewed reviews richmond rise \
    rises rising risk risks river rochdale roll rolled roma romania romanian room rotherham round rutland \
    safe safeguarding safety said salford same sandwell saturday savings saw say says scarborough schedule \
    school schools scotland scottish scrutiny search second secondary secretary section secure see seeing \
    seeking seen sefton semi sentence sep separate sept september service services set sets setting \
    setting-up settled seven seventeen seventy several shall share shared sharepoint she sheffield shift \
    short short-term shortage shortfall should show showed shows shropshire sibling siblings sickness sign \
    signed significant signs sikh similar since single six sixteen sixth sixty slough slow small smaller so \
    social social-work solihull somali somalia some somerset soon south southampton southend southwark \
    spain specialist specific spots spring stability stable staff stafford staffordshire stage standard \
    standing start starters starting starts state statement statements station statistical statistics \
    statutory stay stayed staying step steps still stockport stockton stoke stop stopped story strategic \
    strategy street strengths strong student students substance success successful such sudan sudanese \
    sufficiency suffolk suitable summary summer sunday sunderland supervision supply support supported sure \
    surrey sussex sutton swansea swindon syria syrian system systemic systems table take taken taking \
    tameside target targets teacher teachers team teams telford tell temporary ten term terms tested thames \
    than thanks that the their them then there therefore these they think third thirteen thirty thirty-one \
    this those though thousand three through throughout thursday thus time timeliness timely times \
    timescales to today together told tomorrow too top torbay total tougher toward towards tower town \
    tracker tracking trafford trained training transition transitions transport travel traveller trend \
    tribunal tried tuesday turned turnover twelve twenty twice two tyneside uk ukraine ukrainian unable \
    unaccompanied under unit units university unless unlike unplanned unregistered unregulated until \
    unusually up updated upon upper us use used using usual usually vacancies vacancy vacant valley very \
    via vice vice-chair vietnam vietnamese village violence virtual visit visited visits voice voices \
    volume vulnerable waiting wakefield wales walsall wandsworth want warrington warwick warwickshire was \
    we wednesday week weekly weeks well wellbeing welsh went were west what whatever when whenever where \
    whether which while whilst white who wholly whom whose why wider wigan wight will wiltshire windsor \
    winter winter's wirral with within without wokingham wolverhampton women worcester worcestershire word \
    work worked worker workers working worse worst would written year yearly years yesterday yet york \
    yorkshire you young younger your youth ",
);

/// More words as they stand in the names of programmes and in minutes.
static PROGRAMMES: WordList = WordList::new(
    " ability accommodate activity adapted addition address adjusted admission admissions advance advice advocacy \
    advocate affected afternoon agenda agreement agreements aim aims alert alerts ambition ambitions analysis annexe \
    anonymous answerable apologies apology appeal appeals application applications appointment appointments \
    appraisal approach approaches arrange arrangement arrangements arrival arrivals arts aspirations aspire aspiring \
    assess assessed assessing asset assets assist attend attending audit audited audits awareness babies baby \
    backlog balance band bands base baseline bed beds belonging belongings bid bids big births bond bonds bonus book \
    books branch breach breaches break breakfast breaks bridges brief briefing briefings brighter builds bulletin \
    bus business calm camp camps capacity capital career careers castle challenges champion champions chance chances \
    changing chapter check checks citizen citizens civil class classes client clients climate clinics closely closer \
    clubs coach coaches coaching code codes cohesion cohort cohorts colleague colleagues collected combined comes \
    comfort comment comments common communication community companion comparator comparators complex compliance \
    compulsory concept conduct confidence connect connected connecting connection connections considered \
    constitution contextual contract contracts contribution control convention conversation conversations \
    cooperation coordinated cope copy corner correct correction counselling courage coverage create creating \
    creative crime crisis criteria culture customer cycle deadline deal debate decision decisions declarations \
    decline declined deep deficit define definition definitions delay delayed delays deliver delivered delivering \
    delivery detail details develop developing development developments device devices diagnosis diary digital dip \
    disclosure discover discovery discussion dive diversion diversity dividend document documents draft dream dreams \
    drug drugs earlier earning economy educational effect effective effort emerging empowered empowering enabling \
    enforcement engage engagement engaging enhanced enterprise entry environment equal equalities equality equipment \
    essential estates estimate ethics event events exam example exams excellence exceptions exchange exercise exit \
    experience experienced experiences expert experts explore explorers express extended extension extensions \
    external fact factor factors facts failure fair fairness fast feedback feeling feelings festival field fields \
    file files film final finding findings fit flexible flourish flow focus food football forecast forecasts forest \
    forms forward foundations freedom fresh friend friendly friends fuller fun funds futures gaming garden gateway \
    gender general generation giving goal goals going golden governance graduate graduates grants grow growing \
    growth guarantee guide guides habit happy haven healing healthy heart helping heritage hidden highways history \
    hopes horizon horizons host hot household households human idea ideas identification identity impact \
    implementation important incident incidents inclusion inclusive income indicator indicators individual induction \
    influence initial initially initiative initiatives innovation insight insights inspire inspired inspiring \
    insurance intensive intention international intervention interventions introduction investigation investigations \
    investment invite invited involvement jobs join joined joint journey journeys judge judging jump kick kind \
    kindness kitchen knowledge labour language languages laws leadership leading leave legacy legislation leisure \
    lesson lessons letter level levels liaison libraries licence licensing lifelong light link linked links list \
    listen listening lists lives load locally lone longer love magistrates mail maintain maintained maintaining \
    makes making map mapping maps margin marks match matched matter matters maximum meaning measure measures medical \
    memory mentor mentoring mentors message messages middle mile milestone milestones mindful minds minimum minutes \
    mission mobile mobility models moments mothers motion motivation multi-agency multiple music named narrative \
    nation nations natural navigator navigators negative neighbourhoods net networks newly news night nights notice \
    notification notifications nurture nurturing objective objectives obligation observations observed occupancy \
    offence offences offers ongoing online operating opportunities opportunity option options oral organisation \
    organisations outcome outcomes outline outreach overdue overspend overspends ownership pack package packages \
    packs parental parliament partner pathways pattern patterns pause paying peak penalty pensions petitions pilot \
    pilots pioneer pioneers placing planned planner play playing plenary policies policy population populations \
    portal position positions positive positively post posters posts potential poverty praise precise preparation \
    prepare preparing present presentation prevent principle priorities priority private proactive problems \
    procedure procedures processes procurement professional professionals profile profiles programmes progression \
    projected projection projects promises promote promoting proof proportion proportions proposal proposals \
    prospects protect protected protecting proud psychologist psychologists psychology purchase purpose pursuit \
    qualified query queue quiet quorum range ranges ranking rapid readiness real reasonable reassurance rebuild \
    rebuilding recall receive receiving reclaim reclaiming recommendation recommendations reconnect record recorded \
    recording records recover recovery reduces reducing refer referred reflect reflection reflections reform reforms \
    refresh refreshed refuge regard regeneration register registers registration registrations regularly related \
    relations relationship relationships reliable relief remaining reminder remote removal remuneration rent repeat \
    replacement reporter representation representations representative representatives requirement requirements \
    rescue research resettlement resilience resilient resolution resolve resolved resource resources respect \
    respected respond response responsibilities responsibility responsible restart restorative restore restrictions \
    retain retained revised revision rewards right rights roads role roles rolling root roots rota routes routine \
    rule rules running rural safer sample sampling score scorecard scores screening seasonal seat secondment sector \
    sectors seeds select selected self sense series serious session sessions settlement shadow shape shaping sharing \
    sharp shelter shine shining sight signposting site sites situation skill skills sleep smart smooth solution \
    solutions sound source space spaces spark speak speaker speaking special specialists speech spend spending spike \
    split spoken sport sports spread stakeholder stakeholders standards star stars statistically steady stepping \
    storage stories strand strands strengthen strengthened strengthening stress stronger structure structured \
    studies study style sub-committee subject submission submissions subsidy sufficient suggested suitability suite \
    sum summit supervised supervisors supplement supplementary supplier suppliers supporter supporting surge surplus \
    survey surveys survivors suspension suspensions sustain sustainability sustained swimming switch talent talk \
    talking task taskforce tasks tax teaching tech technical technology temperature tenancies tenancy tenant tender \
    tenders testing text theme themes theory therapeutic therapist therapists therapy thinking thrive thriving tier \
    tiers title toolkit tools topic topics tour tourism track tracks trading trainees transfer transfers \
    transformation transforming trauma treasury treatment trial trials triangle trip trips troubled truancy truth \
    try tuition turn turning tutor tutors type types ultimate understand understanding undertaken union unity \
    universal unknown unlocking unsuitable unverified update updates uplift urban urgent useful user users \
    utilisation valid validation value valued values variance variation venue verification version versions victim \
    victims view views vision visiting visitor visitors visual vital volunteer volunteering volunteers vote waited \
    waits walking wards warning warnings waste watch wave waves ways weekend weekends weight welcome welcomed \
    welfare well-being whole wishes witness wonder wonderful woodland workbook workforce workplace works workshop \
    workshops workstream workstreams world worry worth wrap wraparound writing yard zone ",
);

/// How an English noun or adjective ends, and no name.
const ENDINGS: [&str; 10] = ["tion", "tions", "sion", "sions", "ities", "ments", "isms", "ology", "ships", "ances"];

/// What stands last in the name of a place, a body or a paper that may be called
/// after somebody.
static INSTITUTIONS: WordList = WordList::new(
    " academies academy act association avenue award awards bank borough bridge building cathedral center \
    centre charity church cic city clinic close college consortium cottage council county court crescent \
    day disease drive enquiry estate farm federation foundation framework fund gardens grammar grove hall \
    hill hospice hospital hotel house infant infants infirmary inn inquiry junior juniors lane law library \
    limited llp lodge ltd manor mews model mosque museum nursery office offices park partnership place plc \
    primary principles prison programme project protocol report review river road room row scale scheme \
    school secondary service services society square stadium station strategy street surgery syndrome \
    system team terrace test theatre tower town trust unit united university village walk ward way week \
    wing ",
);

/// Whose holder is known to the public by it.
static PUBLIC_TITLES: WordList =
    WordList::new(" cllr cllrs councillor councillors alderman alderwoman lord lady baroness mp ");

/// Whether a word, in small letters, is an ordinary one.
pub(super) fn is_ordinary(word: &str) -> bool {
    let is_english = |word: &str| word.len() > 6 && ENDINGS.iter().any(|end| word.ends_with(end));
    ORDINARY.has(word) || PROGRAMMES.has(word) || is_english(word)
}

/// Whether a word, in small letters, stands last in the name of a place or a body.
pub(super) fn is_institution(word: &str) -> bool {
    INSTITUTIONS.has(word)
}

/// Whether a word, in small letters, is the title of a public office.
pub(super) fn is_public_title(word: &str) -> bool {
    PUBLIC_TITLES.has(word)
}
