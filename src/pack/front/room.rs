//! Whether page 1 has room for what is to stand on it, by counting lines: the templates
//! measure nothing. What it has no room for is told in fewer words.

use super::super::model::{AlsoItem, AlsoLine, Cover, Field, Glance, Outstanding, Pointer, PointerList};
use crate::words;

/// How many indicators each list may have, from the most: what does not fit goes into the
/// lines that name the rest.
pub(super) const SIZES: [(usize, usize); 9] = [(5, 5), (5, 4), (5, 3), (5, 2), (5, 1), (4, 1), (3, 1), (2, 1), (1, 1)];

/// How many names each line that names the rest may have, where not even the least of the
/// sizes fits: the rest of them is counted.
const NAMES: [usize; 5] = [24, 12, 6, 3, 1];

/// The same in fewer names, until it fits.
pub(super) fn fewer_names(cover: &Cover, glance: &Glance) -> Glance {
    let cut = |most: usize| {
        let mut glance = glance.clone();
        let also = glance.lists.iter_mut().flat_map(|list| &mut list.also).chain(&mut glance.others);
        for line in also {
            let left = line.items.len().saturating_sub(most);
            line.items.truncate(most);
            if left > 0 {
                let title = words::count(left, "other", "others");
                line.items.push(AlsoItem { title, detail: String::new(), anchor: "grid".to_owned() });
            }
        }
        let left = glance.outstanding.len().saturating_sub(most);
        glance.outstanding.truncate(most);
        if left > 0 {
            let title = words::count(left, "other", "others");
            glance.outstanding.push(Outstanding {
                reference: String::new(),
                title,
                owner: "named beside each figure".to_owned(),
                needs: String::new(),
                anchor: String::new(),
            });
        }
        glance
    };
    let fitting = NAMES.into_iter().map(cut).find(|glance| fits(cover, glance));
    fitting.unwrap_or_else(|| cut(1))
}

/// Points from the top of the page to its footer, below the strip of a draft, less a line.
const PAGE: usize = 736;

/// Points from one small line to the next.
const LINE: usize = 11;

/// Letters of a small line across the sheet, as lines break.
const ACROSS: usize = 119;

/// The same beside a rating.
const BESIDE: usize = 104;

/// The same in bold.
const BOLD: usize = 86;

/// Letters of a line of the headline.
const OF_HEADLINE: usize = 74;

/// Letters of a line of the title.
const OF_TITLE: usize = 53;

/// Letters that the number of a page takes.
const OF_PAGE: usize = 8;

/// The least that an indicator with a small line takes below its rating.
const WITH_TREND: usize = 37;

/// Whether all of it is likely to fit.
pub(super) fn fits(cover: &Cover, glance: &Glance) -> bool {
    height(cover, glance) <= PAGE
}

fn letters(texts: &[&str]) -> usize {
    texts.iter().map(|text| text.chars().count() + 1).sum()
}

fn lines(letters: usize, of: usize) -> usize {
    letters.div_ceil(of)
}

fn small(letters: usize) -> usize {
    lines(letters, ACROSS) * LINE
}

fn height(cover: &Cover, glance: &Glance) -> usize {
    let counts: usize = glance.counts.iter().map(|c| letters(&[&c.count, &c.rating.label, &c.previous]) + 7).sum();
    let mut height = of_cover(cover) + 3 + 16 * lines(letters(&[&glance.headline]), OF_HEADLINE);
    height += 20 + lines(counts + letters(&[&glance.not_rated]), ACROSS) * 13;
    height += glance.lists.iter().map(of_list).sum::<usize>();
    height += glance.others.iter().map(of_also).sum::<usize>();
    let news = glance.meeting.lines.iter().map(|line| small(letters(&[&line.label, &line.text]) + OF_PAGE));
    height += news.sum::<usize>() + if glance.meeting.lines.is_empty() { 0 } else { 15 };
    height += 15 + small(letters(&[&glance.trust.answer]) + OF_PAGE);
    let outstanding: usize =
        glance.outstanding.iter().map(|o| letters(&[&o.title, &o.owner, &o.needs]) + OF_PAGE + 4).sum();
    height += if outstanding > 0 { 26 + small(outstanding) } else { 0 };
    height + glance.notes.iter().map(|note| 1 + small(letters(&[note]))).sum::<usize>()
}

fn of_cover(cover: &Cover) -> usize {
    let field = |field: &Field| letters(&[&field.label, &field.value]);
    let fields: usize = cover.fields.iter().map(|one| field(one) + 3).sum();
    let asked = cover.recommendation.iter().map(|asked| lines(field(asked), ACROSS) * 12);
    let contact = cover.contact.iter().map(|contact| 1 + small(field(contact)));
    let reason = lines(letters(&[&cover.edition.reason]), ACROSS);
    let reason = if cover.edition.reason.is_empty() { 0 } else { 17 + reason * 12 };
    let head = 22 + 23 * lines(letters(&[&cover.title]), OF_TITLE);
    head + lines(letters(&[&cover.board, &cover.period]) + fields, ACROSS) * 12
        + reason
        + asked.chain(contact).sum::<usize>()
}

fn of_list(list: &PointerList) -> usize {
    let none = if list.pointers.is_empty() { small(letters(&[&list.none])) } else { 0 };
    let also = list.also.iter().map(of_also).sum::<usize>();
    18 + none + list.pointers.iter().map(of_pointer).sum::<usize>() + also
}

fn of_pointer(p: &Pointer) -> usize {
    let badges: usize = p.badges.iter().map(|badge| letters(&[badge]) + 2).sum();
    // Without an action the small line stands beside the words.
    let narrower = if p.action.is_some() { 0 } else { 13 };
    let title = lines(letters(&[&p.title]) + badges + OF_PAGE, BOLD - narrower);
    let words = title + lines(letters(&[&p.sentence]), BESIDE - narrower);
    let Some(action) = &p.action else { return 2 + words * LINE };
    let doing = lines(letters(&[&action.label, &action.what, &action.by_label, &action.by]), BESIDE);
    let height = 1 + (words + doing) * LINE + if action.state == "given" { 0 } else { 6 };
    height.max(WITH_TREND)
}

fn of_also(line: &AlsoLine) -> usize {
    let items: usize = line.items.iter().map(|item| letters(&[&item.title, &item.detail]) + OF_PAGE + 5).sum();
    small(letters(&[&line.says]) + items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Pack;

    fn sample() -> Pack {
        serde_json::from_str(include_str!("../../../templates/pack.json")).unwrap()
    }

    #[test]
    fn a_page_of_many_names_counts_the_rest_of_them() {
        let pack = sample();
        let mut full = pack.glance.clone();
        let item = |n: usize| AlsoItem {
            title: format!("Children whose measure has a long name, number {n}"),
            detail: "50.0%, red".to_owned(),
            anchor: "row-a".to_owned(),
        };
        full.lists.iter_mut().for_each(|list| list.pointers.truncate(1));
        full.lists[0].also = vec![AlsoLine { says: "Also red".to_owned(), items: (0..90).map(item).collect() }];
        assert!(!fits(&pack.cover, &full));
        let fewer = fewer_names(&pack.cover, &full);
        assert!(fits(&pack.cover, &fewer));
        let items = &fewer.lists[0].also[0].items;
        let most = items.len() - 1;
        assert!(NAMES.contains(&most));
        assert_eq!(items[most].title, format!("{} others", 90 - most));
    }

    #[test]
    fn every_word_more_takes_room_and_at_last_there_is_none() {
        let pack = sample();
        assert!(fits(&pack.cover, &pack.glance), "the sample is one page: {}", height(&pack.cover, &pack.glance));
        let more = "A sentence of some sixty letters, as an officer may write it. ";
        let grown: [fn(&mut Pack, &str); 7] = [
            |pack, more| pack.glance.headline.push_str(more),
            |pack, more| pack.glance.lists[0].pointers[0].sentence.push_str(more),
            |pack, more| pack.glance.lists[0].pointers[0].action.as_mut().unwrap().what.push(more),
            |pack, more| pack.glance.meeting.lines[0].text.push(more),
            |pack, more| pack.glance.trust.answer.push_str(more),
            |pack, more| pack.cover.recommendation.as_mut().unwrap().value.push(more),
            |pack, more| pack.glance.notes.push(more.to_owned()),
        ];
        for (nth, grow) in grown.into_iter().enumerate() {
            let mut pack = sample();
            let mut before = height(&pack.cover, &pack.glance);
            for _ in 0..60 {
                grow(&mut pack, more);
                grow(&mut pack, more);
                let now = height(&pack.cover, &pack.glance);
                assert!(now > before, "{nth}");
                before = now;
            }
            assert!(!fits(&pack.cover, &pack.glance), "{nth}");
        }
    }

    #[test]
    fn lists_only_get_shorter() {
        assert!(SIZES.windows(2).all(|pair| pair[1].0 <= pair[0].0 && pair[1].1 <= pair[0].1 && pair[0] != pair[1]));
    }
}
