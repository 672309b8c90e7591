//! The made-up council that every newcomer meets first.
//!
//! Wrenshire is in no atlas. This program invents two years of its children's
//! services, from November 2024 to October 2026, and writes them down the way
//! real councils do: seven teams, seven habits of keeping a spreadsheet, and
//! one partner's return that arrives broken.
//!
//! ```text
//! cargo run --example sample            writes sample/share, the same bytes every time
//! cargo run --example sample -- DIR     writes somewhere else
//! ```
//!
//! | room | what it is for |
//! |---|---|
//! | [`months`] | the 24 months, and their many spellings |
//! | [`lines`] | a story told by its turning points, and the small unrest between them |
//! | [`series`] | lines become figures: counts, shares of children, means |
//! | [`stories`] | what happens in Wrenshire, one file a team |
//! | [`papers`] | how each team keeps its workbook, one file a habit |

use std::path::{Path, PathBuf};

mod lines;
mod months;
mod papers;
mod series;
mod stories;

fn main() -> anyhow::Result<()> {
    let share = std::env::args_os()
        .nth(1)
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("sample/share"), PathBuf::from);
    std::fs::create_dir_all(&share)?;

    let council = stories::Council::new();
    let books = [
        ("Front door and child protection 2026-27.xlsx", papers::wide::write(&stories::front_door::bands())?),
        ("children_in_care.xlsx", papers::long::write(&stories::care::series(&council))?),
        ("virtual_school_and_health.ods", papers::ods::write(&stories::school_and_health::series(&council))?),
        ("care_leavers.csv", papers::csv::tidy(&stories::care_leavers::series(&council))),
        ("education_return.csv", papers::csv::legacy(&stories::education::series())),
        ("annual_outcomes.csv", papers::csv::yearly(&stories::annual::lines())),
        ("workforce.xlsx", papers::columns::write(&stories::workforce::series(&council))?),
        ("SEND partnership return.xlsx", papers::broken::write(&stories::partners::series())?),
    ];
    for (name, bytes) in &books {
        #[expect(clippy::disallowed_methods, reason = "writing the sample is what this program is for")]
        std::fs::write(share.join(name), bytes)?;
        println!("{:>7} bytes  {name}", bytes.len());
    }
    println!("{} workbooks in {}", books.len(), share.display());
    Ok(())
}
