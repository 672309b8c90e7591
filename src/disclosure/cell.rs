//! One count of a release: what it is, whom it is about, where it is printed.

/// Where a count can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disclosed {
    /// Nowhere: it follows from other counts, or an earlier release hid it.
    Nowhere,
    /// This release prints it only as a rounded percentage of another count.
    Percent,
    /// This release prints it as it is.
    Count,
    /// It is public already and cannot be taken back.
    Already,
}

/// From when on a count of children says too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DisclosureRule {
    /// Counts from 1 to this are small.
    pub small: u32,
    /// Whether the rest of a group may not be small either: 83 of 86 says that
    /// three are not.
    pub rest: bool,
    /// Whether "all of them" says too much, however many they are.
    pub whole_groups: bool,
}

impl DisclosureRule {
    /// Counts from 1 to `small` are hidden, and so are small rests of a group.
    pub const fn up_to(small: u32) -> Self {
        Self { small, rest: true, whole_groups: false }
    }

    /// The same for a count on its own: what it is a part of says nothing of it.
    pub(super) fn alone(self) -> Self {
        Self { rest: false, whole_groups: false, ..self }
    }

    /// The stricter of two rules for one count.
    pub(super) fn stricter(self, other: Self) -> Self {
        Self {
            small: self.small.max(other.small),
            rest: self.rest || other.rest,
            whole_groups: self.whole_groups || other.whole_groups,
        }
    }
}

/// What hiding a count costs its readers, against hiding another. Any number
/// will do; these are the ones to begin with.
pub mod cost {
    /// A category of a breakdown in an earlier month.
    pub const EARLIER: u32 = 8;
    /// A category of a breakdown in this month.
    pub const PART: u32 = 10;
    /// The whole of an indicator, or a total of several.
    pub const TOTAL: u32 = 40;
    /// A figure of the front page.
    pub const HEADLINE: u32 = 100;
}

/// One count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountCell {
    /// What makes it the same count wherever it is printed: indicator, month,
    /// category.
    pub key: String,
    /// What the log calls it.
    pub label: String,
    /// The true count.
    pub value: u32,
    /// The rule where it counts children by something personal; none where
    /// it does not ("not known", a number of visits).
    pub rule: Option<DisclosureRule>,
    /// Where it can be read.
    pub published: Disclosed,
    /// What hiding it costs: see [`cost`].
    pub cost: u32,
    /// What it comes to as a rule, its value unless its series says otherwise: of two
    /// that cost the same, the smaller is hidden.
    pub size: u32,
    /// The least that a reader takes it for where it is hidden: 1 where nothing
    /// would have been shown as 0.
    pub least: u32,
}

impl CountCell {
    /// A count that this release prints and that is about no one in particular.
    pub fn open(key: impl Into<String>, value: u32) -> Self {
        let key = key.into();
        Self {
            label: key.clone(),
            key,
            value,
            rule: None,
            published: Disclosed::Count,
            cost: cost::PART,
            size: value,
            least: 0,
        }
    }

    /// A count of children by something personal, which this release prints.
    pub fn personal(key: impl Into<String>, value: u32, rule: DisclosureRule) -> Self {
        Self { rule: Some(rule), ..Self::open(key, value) }
    }

    /// The same count with the name that the log gives it.
    #[must_use]
    pub fn called(self, label: impl Into<String>) -> Self {
        Self { label: label.into(), ..self }
    }

    /// The same count, printed there.
    #[must_use]
    pub fn published(self, published: Disclosed) -> Self {
        Self { published, ..self }
    }

    /// The same count at another cost of hiding it.
    #[must_use]
    pub fn costing(self, cost: u32) -> Self {
        Self { cost, ..self }
    }

    /// The same count, where 0 is always shown, and so never hidden.
    #[must_use]
    pub fn zero_shown(self) -> Self {
        Self { least: 1, ..self }
    }

    /// Whether it is a small count of children.
    pub fn is_small(&self) -> bool {
        self.rule.is_some_and(|rule| (1..=rule.small).contains(&self.value))
    }

    /// Whether this release prints it and may leave it out.
    pub fn can_be_hidden(&self) -> bool {
        matches!(self.published, Disclosed::Count | Disclosed::Percent) && self.value >= self.least
    }
}
