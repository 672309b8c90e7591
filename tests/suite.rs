//! The one integration-test binary: a second one would link typst again.
//!
//! Each module is a story of its own below `suite/`. Checks that need tools
//! beyond cargo (the PDF validator, poppler) say so and leave themselves to
//! `tests/run`, which installs those tools.

#![expect(clippy::disallowed_methods, reason = "tests read and write files of their own")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on shall fail")]

#[path = "suite/support.rs"]
mod support;

#[path = "suite/azure.rs"]
mod azure;
#[path = "suite/bad_input.rs"]
mod bad_input;
#[path = "suite/cadence.rs"]
mod cadence;
#[path = "suite/carried.rs"]
mod carried;
#[path = "suite/check.rs"]
mod check;
#[path = "suite/commentary.rs"]
mod commentary;
#[path = "suite/commentary_rows.rs"]
mod commentary_rows;
#[path = "suite/config_faults.rs"]
mod config_faults;
#[path = "suite/config_words.rs"]
mod config_words;
#[path = "suite/crashes.rs"]
mod crashes;
#[path = "suite/daemon.rs"]
mod daemon;
#[path = "suite/declare.rs"]
mod declare;
#[path = "suite/declared.rs"]
mod declared;
#[path = "suite/directory.rs"]
mod directory;
#[path = "suite/disclosure.rs"]
mod disclosure;
#[path = "suite/docs.rs"]
mod docs;
#[path = "suite/explain.rs"]
mod explain;
#[path = "suite/explain_views.rs"]
mod explain_views;
#[path = "suite/faulty.rs"]
mod faulty;
#[path = "suite/file_server.rs"]
mod file_server;
#[path = "suite/fuzz.rs"]
mod fuzz;
#[path = "suite/graph_stand_in.rs"]
mod graph_stand_in;
#[path = "suite/hostile.rs"]
mod hostile;
#[path = "suite/https.rs"]
mod https;
#[path = "suite/inspect.rs"]
mod inspect;
#[path = "suite/issued.rs"]
mod issued;
#[path = "suite/ledger.rs"]
mod ledger;
#[path = "suite/main_job.rs"]
mod main_job;
#[path = "suite/main_job_on.rs"]
mod main_job_on;
#[path = "suite/notify.rs"]
mod notify;
#[path = "suite/object_faults.rs"]
mod object_faults;
#[path = "suite/order.rs"]
mod order;
#[path = "suite/pdf.rs"]
mod pdf;
#[path = "suite/people.rs"]
mod people;
#[path = "suite/person.rs"]
mod person;
#[path = "suite/plausible.rs"]
mod plausible;
#[cfg(target_os = "linux")]
#[path = "suite/postgres_server.rs"]
mod postgres_server;
#[path = "suite/preview.rs"]
mod preview;
#[path = "suite/publish.rs"]
mod publish;
#[path = "suite/published_folder.rs"]
mod published_folder;
#[path = "suite/read_aloud.rs"]
mod read_aloud;
#[path = "suite/real.rs"]
mod real;
#[path = "suite/rebuild.rs"]
mod rebuild;
#[path = "suite/reminders.rs"]
mod reminders;
#[path = "suite/requirements.rs"]
mod requirements;
#[path = "suite/s3.rs"]
mod s3;
#[path = "suite/samba.rs"]
mod samba;
#[path = "suite/schedule.rs"]
mod schedule;
#[path = "suite/sentences.rs"]
mod sentences;
#[path = "suite/services.rs"]
mod services;
#[path = "suite/sftp.rs"]
mod sftp;
#[path = "suite/sharepoint.rs"]
mod sharepoint;
#[path = "suite/sharepoint_uploads.rs"]
mod sharepoint_uploads;
#[path = "suite/shares.rs"]
mod shares;
#[path = "suite/sign_off.rs"]
mod sign_off;
#[path = "suite/signal.rs"]
mod signal;
#[path = "suite/status.rs"]
mod status;
#[path = "suite/storage.rs"]
mod storage;
#[path = "suite/supplement.rs"]
mod supplement;
#[path = "suite/tidy.rs"]
mod tidy;
#[path = "suite/timing.rs"]
mod timing;
#[path = "suite/trail.rs"]
mod trail;
#[path = "suite/uploads.rs"]
mod uploads;
#[path = "suite/uploads_served.rs"]
mod uploads_served;
#[path = "suite/verify.rs"]
mod verify;
#[path = "suite/watched.rs"]
mod watched;
#[path = "suite/web.rs"]
mod web;
#[path = "suite/webdav.rs"]
mod webdav;
#[path = "suite/words.rs"]
mod words;
#[path = "suite/worker.rs"]
mod worker;
