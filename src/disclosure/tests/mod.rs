//! The room against real tables, and against attackers of its own.

mod brute;
mod cases;
mod categories;
mod council;
mod laws;
mod longer;
mod outsider;
mod public;
mod readers;
mod sentences;
mod words;
