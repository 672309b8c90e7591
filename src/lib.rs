//! boardpack turns a council's spreadsheets into scorecard packs for its
//! boards: unattended, every month, accessible, and never wrong but green.
//!
//! # The walk
//!
//! ```text
//! bell ─► due ─► PackKey{board, period}                                   pure
//!           └─► source ─► Workbook{bytes, sha256, origin}                 async I/O
//!                  └─► reader ─► workbook ─► Book                          worker process
//!                         └─► dataset ─► Checked<Dataset>                   pure, total
//!                                └─► edition(disclosure, scorecard) ─► Scorecard  pure
//!                                       └─► commentary ─► remarks, slots      pure
//!                                       └─► pack ─► Pack                        pure
//!                                              ├─► typeset ─► Pdf                CPU, no I/O
//!                                              ├─► web ─► page                   pure
//!                                                     └─► publish ─► Publication  I/O
//! ```
//!
//! [`run`] is this walk and reads like it. A stage's result has a private
//! constructor where holding one is proof of something: only [`source`] makes
//! a `Workbook`, only [`dataset`] fills a `Dataset`, only [`typeset`] makes a
//! `Pdf`, and only [`publish`], which takes nothing less than a `Pdf`, a
//! `Publication`.
//!
//! # Rooms
//!
//! A room uses the rooms before it and no other (`tests/suite/order.rs`):
//!
//! domain · words · message · history · clock · digest · config · telemetry · secrets · oauth ·
//! schedule · storage · notify · source · workbook · reader · dataset · inspect · disclosure ·
//! scorecard · edition · commentary · pack · typeset · web · validation · publish · ledger · run ·
//! daemon · exit · cli
//!
//! | room | what it is for | the heavy crate only it may name |
//! |---|---|---|
//! | [`domain`] | the vocabulary and its rules; cron patterns | croner |
//! | [`words`] | figures, movements, targets and dates as people read them | – |
//! | [`message`] | what people are told, in words: mail, cards, JSON | maud |
//! | [`history`] | what was published for earlier months | – |
//! | [`clock`], [`digest`] | the one `now()`; SHA-256 | – |
//! | [`config`] | layers → resolved, cross-checked config; every fault at once | config |
//! | [`telemetry`] | the subscriber and field names; what is counted | tracing-subscriber, prometheus-client |
//! | [`secrets`] | a secret from where it is kept: a file, a program | tokio::process |
//! | [`oauth`] | tokens for a program that signs in as itself: a secret, a certificate, a machine's own identity | reqwest |
//! | [`schedule`] | `due` (pure): boards × calendar × now × what stands → what is due; `bell`: a heartbeat | tokio-cron-scheduler |
//! | [`storage`] | files where councils have them, fetched and put there: a kind a file; whole files of this machine | reqwest, object_store, russh |
//! | [`notify`] | sends what is told: mail, webhooks, the heartbeat | lettre, reqwest |
//! | [`source`] | which workbooks a pack needs; fetch them with their provenance | – |
//! | [`workbook`] | bytes → grids of typed cells | calamine |
//! | [`reader`] | opens workbooks in a worker process, under limits | rustix, std::process |
//! | [`dataset`] | grids × declared layout → observations and findings | – |
//! | [`inspect`] | a workbook never met before → what is in it, and a declaration to paste | – |
//! | [`disclosure`] | small counts of children → what must be hidden so that nobody can work them out, and an auditor that tries to | microlp |
//! | [`scorecard`] | rating, movement, signal or noise, series, restatements, commentary slots | – |
//! | [`edition`] | a board's datasets and words in, its public and its restricted scorecard out, weighed and bound once | – |
//! | [`commentary`] | what is asked of whom; the file that officers write in; remarks on it | toml_edit, rust_xlsxwriter |
//! | [`pack`] | the document as data: here, once, numbers become words; where each came from | pulldown-cmark |
//! | [`typeset`] | pack + templates → PDF bytes | typst |
//! | [`web`] | the pack as one accessible page of the web | maud |
//! | [`validation`] | findings → a report for officers, as text, JSON, a page and a work list | rust_xlsxwriter, maud |
//! | [`publish`] | names, revisions, manifests, order of writes; what has been published, and whether a file is that | – |
//! | [`ledger`] | what was issued, remembered outside of the published folder: revisions, figures, what is held, who did what | sqlx |
//! | [`run`] | the walk: one activation, from what is asked for to what stands where | – |
//! | [`daemon`] | the serve loop and its shutdown; its pages for whoever watches | axum, sd-notify |
//! | [`exit`] | exit codes | – |
//! | [`cli`] | one file a subcommand: arguments to a call and an exit code | clap, indicatif, anyhow |
//!
//! What stands in the published folder is what has been published, and proves it by
//! itself. The ledger remembers it: the two are held against each other, and neither
//! issues what the other contradicts.
//!
//! # Invariants
//!
//! `tests/suite` holds each that a machine can hold.
//!
//! 1. **Pure rooms are pure.** `domain`, `dataset`, `scorecard`, `disclosure`, `edition`,
//!    `commentary`, `pack`, `web` and `schedule::due` have no async, no files, no clock, no environment. `now`
//!    is an argument.
//! 2. **Reading never stops at the first fault.** A fact about the data is a
//!    [`Finding`](domain::Finding), never an error; a broken program or world
//!    is an error, never a finding.
//! 3. **Fail closed.** A pack is held (with a page that says why), draft
//!    (figures good, commentary outstanding, visibly marked) or final. One
//!    board's fault never stops another.
//! 4. **The page adds up.** Figures are decimals from `dataset` on, rounded
//!    once, half away from zero, and everything printed is worked from the
//!    rounded figure.
//! 5. **Same inputs, same bytes.** No clock, locale, thread order or hash
//!    order reaches the PDF; its date is the pack's as-at date.
//! 6. **Issued is immutable.** A revision is never overwritten. History is what
//!    was published; what is otherwise now is shown as a restatement, once.
//! 7. **At-least-once attempt, exactly-once publication.** Deterministic
//!    names, create-only commit, the manifest last. Crash anywhere and the next
//!    run finishes the job.
//! 8. **The bell knows nothing.** One UTC heartbeat a minute signals a
//!    channel; [`schedule::due`] decides, in London civil time.
//! 9. **What officers type is data.** It reaches the templates as JSON
//!    strings or a small tree parsed from Markdown, never as typst source; and
//!    it is bound to the figure that it was written about ([`commentary`]).
//! 10. **Accessible or not issued.** PDF/UA-1 and PDF/A-3a on every pack,
//!     asked of the exporter and checked by an independent validator in tests.
//! 11. **No figures, commentary or secrets in logs.** No row of a list of
//!     people leaves the room that counts it: only counts do.
//! 12. **No workbook is opened in this process.** A worker process behind limits does
//!     ([`reader`]), and its answer is decoded without trust.

pub mod cli;
pub mod clock;
pub mod commentary;
pub mod config;
pub mod daemon;
pub mod dataset;
pub mod digest;
pub mod disclosure;
pub mod domain;
pub mod edition;
pub mod exit;
pub mod history;
pub mod inspect;
pub mod ledger;
pub mod message;
pub mod notify;
pub mod oauth;
pub mod pack;
pub mod publish;
pub mod reader;
pub mod run;
pub mod schedule;
pub mod scorecard;
pub mod secrets;
pub mod source;
pub mod storage;
pub mod telemetry;
pub mod typeset;
pub mod validation;
pub mod web;
pub mod words;
pub mod workbook;
