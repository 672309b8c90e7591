//! Early help, the front door, assessment and child protection.
//!
//! The front door stays quick. Demand comes back every September. Too many
//! families return, and two empty posts slow the assessment team in October.
//! Early help moves to the new system that month, the last team to do so.

use super::CHILDREN;
use crate::lines::{last_twelve, line, of, seasonal};
use crate::series::Series;

/// The bands of the team's sheet, in the order it prints them.
pub(crate) fn bands() -> Vec<(&'static str, Vec<Series>)> {
    vec![
        ("Early help", early_help()),
        ("Front door and children in need", front_door()),
        ("Child protection", child_protection()),
    ]
}

fn early_help() -> Vec<Series> {
    let completed = line("EH done", 9, &[(202411, 176), (202610, 184)]);
    let on_time = line("EH01", 14, &[(202411, 764), (202509, 792), (202604, 828), (202609, 812), (202610, 826)]);
    let families = seasonal(
        "EH03",
        12,
        [100, 100, 101, 100, 102, 103, 101, 96, 97, 99, 101, 100],
        &[(202411, 1288), (202609, 1398), (202610, 1412)],
    );
    let closed = line("EH closed", 8, &[(202411, 148), (202610, 160)]);
    let stepped_up = line("EH02", 9, &[(202411, 124), (202512, 112), (202609, 103), (202610, 94)]);
    vec![
        Series::share("EH01", "Early help assessments completed in 35 working days", &completed, &on_time),
        Series::share("EH02", "Early help cases stepped up to social care", &closed, &stepped_up),
        Series::count("EH03", "Families open to early help", &families),
    ]
}

fn front_door() -> Vec<Series> {
    let year = [102, 100, 106, 96, 104, 106, 104, 78, 96, 106, 106, 90];
    let contacts = seasonal("contacts", 40, year, &[(202411, 1610), (202609, 1684), (202610, 1742)]);
    let decided = line("FD01", 17, &[(202411, 931), (202508, 948), (202603, 957), (202609, 958), (202610, 963)]);
    let referrals = seasonal("FD02", 14, year, &[(202411, 498), (202512, 510), (202609, 516), (202610, 541)]);
    let again =
        line("FD03", 5, &[(202411, 198), (202506, 203), (202602, 214), (202606, 221), (202609, 229), (202610, 238)]);
    let no_action = line("FD04", 6, &[(202411, 88), (202511, 77), (202609, 72), (202610, 69)]);
    let assessed = seasonal("assessed", 10, year, &[(202411, 402), (202609, 418), (202610, 428)]);
    let in_time = line("AS01", 10, &[(202411, 862), (202507, 876), (202603, 893), (202609, 884), (202610, 841)]);
    // Moving to the new system in June 2026 closed some three hundred plans that had lain open.
    let in_need = line(
        "CIN01",
        14,
        &[
            (202411, 2236),
            (202505, 2260),
            (202605, 2248),
            (202606, 2041),
            (202608, 1998),
            (202609, 1976),
            (202610, 1904),
        ],
    );
    let visits_due = of(&in_need, |children| children * 82 / 100);
    let visited =
        line("CIN02", 8, &[(202411, 858), (202512, 880), (202605, 896), (202606, 862), (202609, 901), (202610, 912)]);
    vec![
        Series::share("FD01", "Contacts with a decision in 1 working day", &contacts, &decided),
        Series::rate(
            "FD02",
            "Referrals per 10,000 children (last 12 months)",
            &last_twelve(&referrals),
            10_000,
            CHILDREN,
        ),
        Series::share("FD03", "Re-referrals within 12 months", &last_twelve(&referrals), &again),
        Series::share("FD04", "Referrals ending in no further action", &referrals, &no_action),
        Series::share("AS01", "Assessments completed in 45 working days", &assessed, &in_time),
        Series::count("CIN01", "Children in need on the last day", &in_need),
        Series::share("CIN02", "Child in need visits on time", &visits_due, &visited),
    ]
}

fn child_protection() -> Vec<Series> {
    let year = [104, 98, 106, 94, 106, 106, 102, 80, 94, 104, 106, 92];
    let enquiries = seasonal("CP01", 8, year, &[(202411, 182), (202609, 174), (202610, 187)]);
    let conferences = seasonal("conferences", 3, year, &[(202411, 60), (202609, 54), (202610, 63)]);
    let prompt = line("CP02", 34, &[(202411, 842), (202512, 866), (202606, 881), (202609, 889), (202610, 890)]);
    let unsubstantiated = line("CP03", 11, &[(202411, 402), (202610, 385)]);
    let plans =
        line("CP04", 4, &[(202411, 326), (202506, 332), (202602, 318), (202607, 302), (202609, 305), (202610, 310)]);
    let started = line("CP started", 8, &[(202411, 372), (202610, 366)]);
    let repeat =
        line("CP05", 4, &[(202411, 202), (202508, 209), (202602, 224), (202607, 236), (202609, 240), (202610, 246)]);
    let two_years = line("CP06", 6, &[(202411, 34), (202512, 30), (202609, 26), (202610, 23)]);
    let reviews_due = line("CP reviews", 7, &[(202411, 104), (202610, 109)]);
    // Easter 2026: two chairs were away at once and conferences slipped.
    let reviewed = line(
        "CP07",
        13,
        &[
            (202411, 976),
            (202602, 984),
            (202603, 981),
            (202604, 912),
            (202605, 958),
            (202606, 986),
            (202609, 983),
            (202610, 990),
        ],
    );
    let visits = of(&plans, |children| children * 2);
    let visited = line("CP08", 25, &[(202411, 884), (202508, 906), (202604, 921), (202609, 924), (202610, 931)]);
    vec![
        Series::count("CP01", "Section 47 enquiries started", &enquiries),
        Series::share("CP02", "First conferences within 15 working days", &conferences, &prompt),
        Series::share("CP03", "Section 47 enquiries that found no continuing risk", &enquiries, &unsubstantiated),
        Series::rate("CP04", "Children on a plan per 10,000", &plans, 10_000, CHILDREN),
        Series::share("CP05", "Plans that are a second or later plan (last 12 months)", &started, &repeat),
        Series::share("CP06", "Plans open for two years or more", &plans, &two_years),
        Series::share("CP07", "Child protection reviews on time", &reviews_due, &reviewed),
        Series::share("CP08", "Child protection visits on time", &visits, &visited),
    ]
}
