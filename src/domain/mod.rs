//! The vocabulary: what an indicator, a period, a target, a rating is.
//!
//! Types and their rules, nothing else: no files, no clock, no layout of a
//! workbook, no word of a page. Every other room speaks in these terms.
//!
//! | file | story |
//! |---|---|
//! | [`ids`] | names that outlive a config: boards, indicators, sources |
//! | [`period`] | calendar months, financial years, frequencies |
//! | [`by_month`] | one thing for each of some months |
//! | [`measure`] | unit, precision, and the one place where a figure is rounded |
//! | [`observation`] | what a source says of an indicator in a month, or why it says nothing |
//! | [`indicator`] | the register's entry: polarity, targets, breaks, owner |
//! | [`target`] | targets with the date they hold from, and the rule by which each rates |
//! | [`segment`] | parts of an indicator: by age, by team |
//! | [`rating`] | red, amber, green, or unrated with a reason |
//! | [`mark`] | what is to be known of a figure beside its number: provisional, revised |
//! | [`movement`] | change on the previous comparable figure, and its direction of travel |
//! | [`trend`] | how figures are looked at over time: kind, views, events, rebases |
//! | [`known_sum`] | what counts of different indicators add up to, as declared |
//! | [`split`] | a ratio's movement as its numerator's and its denominator's part |
//! | [`benchmark`] | what figures elsewhere an indicator is held against |
//! | [`board`] | a board, its sections and when it meets |
//! | [`cadence`] | which months have a pack of their own |
//! | [`calendar`], [`cron`] | working days; cron patterns of five fields |
//! | [`council`] | the publishing authority |
//! | [`agenda`] | what a board carries from one meeting to the next |
//! | [`commitment`] | what a board holds its officers to: priorities, recommendations, resolutions |
//! | [`passage`] | what a section says in words |
//! | [`theme`] | a council's own colours, logo and typeface |
//! | [`related`] | what an indicator is read with, serves and was promised |
//! | [`check`] | what a source's rows and an indicator's figures must satisfy, as declared |
//! | [`officer_text`] | what an officer wrote, and whether a page may print it |
//! | [`attributed_text`] | a text of which it is known which part an officer wrote |
//! | [`bank_holidays`] | the bank holidays of England and Wales, by their rules |
//! | [`commentary`] | what officers write, what a board asks of it, what members ask every time |
//! | [`layout`] | how a source's workbook is laid out, as declared |
//! | [`person`] | what is counted from a list of people, as declared |
//! | [`contact`] | who is told what |
//! | [`notice`] | what people are told of packs, as data |
//! | [`address`] | addresses as they may be shown: without what signs in with them |
//! | [`postgres`] | addresses of a PostgreSQL database, which are secrets |
//! | [`signs`] | signs that are not what they look like |
//! | [`limits`] | what reading one workbook may cost |
//! | [`publication`], [`file_name`] | what names a pack, its state, its inputs; the pattern of its file name |
//! | [`place`] | where something stands: source, file, sheet, cell |
//! | [`finding`] | a fact about the data, with a stable code |

pub mod address;
pub mod agenda;
pub mod attributed_text;
pub mod bank_holidays;
pub mod benchmark;
pub mod board;
pub mod by_month;
pub mod cadence;
pub mod calendar;
pub mod check;
pub mod commentary;
pub mod commitment;
pub mod contact;
pub mod council;
pub mod cron;
pub mod edition;
pub mod file_name;
pub mod finding;
pub mod ids;
pub mod indicator;
pub mod known_sum;
pub mod layout;
pub mod limits;
pub mod mark;
pub mod measure;
pub mod milestone;
pub mod movement;
pub mod notice;
pub mod observation;
pub mod officer_text;
pub mod passage;
pub mod period;
pub mod person;
pub mod place;
pub mod postgres;
pub mod publication;
pub mod rating;
pub mod related;
pub mod secret;
pub mod segment;
pub mod signs;
pub mod split;
pub mod target;
pub mod theme;
pub mod trend;

pub use attributed_text::AttributedText;
pub use benchmark::{Benchmark, Benchmarks};
pub use board::{Board, Section};
pub use by_month::ByMonth;
pub use cadence::Cadence;
pub use calendar::Calendar;
pub use commentary::{
    ActionPart, Approval, Comment, Commentary, CommentaryRules, Comments, LookedAt, PageOne, StandingRequest,
};
pub use council::Council;
pub use cron::CronPattern;
pub use edition::{Edition, Exempt, Protection};
pub use finding::{Audience, Checked, Code, Finding, InPublic, Severity};
pub use ids::{BoardId, IndicatorRef, SourceId};
pub use indicator::{Basis, Break, BreakKind, Indicator, Polarity, Register};
pub use layout::Source;
pub use limits::{BookLimits, ReadingLimits};
pub use measure::{Measure, Unit};
pub use milestone::{Deadline, LeadTime, MilestoneRules};
pub use movement::{Arrow, Movement, Travel};
pub use observation::{Figure, Missing, NotDue, Observation, Reading};
pub use officer_text::OfficerText;
pub use period::{Frequency, Period};
pub use place::{At, Place, Shared};
pub use publication::{Input, PackKey, PackState};
pub use rating::{Beside, Rating, Unrated};
pub use segment::{Breakdown, LongerParts, Margin, PartsOf, Segment, SumOfMonths};
pub use target::{Goal, Rule, Target, TargetSource};
