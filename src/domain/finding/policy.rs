//! What a finding's code decides beside its severity, and the macro that makes
//! [`Code`](super::Code) from the table of codes.
//!
//! A policy is closed unless its row opens it: what nobody has decided about a
//! new code keeps it off every page.

use super::Severity;

/// Who reads a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Officers: no page of a pack prints it.
    Officers,
    /// Officers who write commentary: it remarks on their words, not on the data.
    Writers,
    /// Readers of the pack, in its notes on the data.
    Readers,
}

/// What a public edition tells of a finding that may give a hidden figure away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InPublic {
    /// Its rule and no number, whatever it is about: nobody has decided what its
    /// words may tell.
    RuleAlone,
    /// All of it: it says that something is not there, and names no figure.
    Absence,
    /// All of it; its rule alone where it is about a hidden figure or names a
    /// hidden number.
    Weighed,
    /// As [`Weighed`](Self::Weighed), and its rule alone where a figure that is
    /// added up in it is hidden.
    Sum,
    /// Nothing where its indicator hides a figure: that it is there at all would
    /// say how far a hidden figure went. Else as [`Weighed`](Self::Weighed).
    Change,
    /// Nothing where its source hides any figure: it is about several at once,
    /// and that it is there would say that a hidden one is among them. Else as
    /// [`Weighed`](Self::Weighed).
    Together,
}

/// Everything that a code decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// The severity it has unless a source says otherwise.
    pub severity: Severity,
    /// Who reads it.
    pub audience: Audience,
    /// What a public edition tells of it.
    pub in_public: InPublic,
    /// Whether what stands in a cell is told in it and not taken for a figure.
    pub refuses_cell: bool,
    /// Whether no setting may change its severity: without what it misses there
    /// is nothing to print, or it is about single people.
    pub is_fixed: bool,
}

/// The words of a row.
impl Policy {
    /// A code of which its row says nothing: for officers only, and no number in
    /// public.
    pub(super) const fn closed(severity: Severity) -> Self {
        Self {
            severity,
            audience: Audience::Officers,
            in_public: InPublic::RuleAlone,
            refuses_cell: false,
            is_fixed: false,
        }
    }

    /// For readers of the pack.
    pub(super) const fn readers(self) -> Self {
        Self { audience: Audience::Readers, ..self }
    }

    /// For officers who write commentary.
    pub(super) const fn writers(self) -> Self {
        Self { audience: Audience::Writers, ..self }
    }

    /// Its words are held against what is hidden.
    pub(super) const fn weighed(self) -> Self {
        Self { in_public: InPublic::Weighed, ..self }
    }

    /// It says that something is not there.
    pub(super) const fn absence(self) -> Self {
        Self { in_public: InPublic::Absence, ..self }
    }

    /// It is about figures that are added up.
    pub(super) const fn sum(self) -> Self {
        Self { in_public: InPublic::Sum, ..self }
    }

    /// It is there only because of how far a figure is from others.
    pub(super) const fn change(self) -> Self {
        Self { in_public: InPublic::Change, ..self }
    }

    /// It is there only because of what several figures of a source are at once.
    pub(super) const fn together(self) -> Self {
        Self { in_public: InPublic::Together, ..self }
    }

    /// It refuses a cell.
    pub(super) const fn cell(self) -> Self {
        Self { refuses_cell: true, ..self }
    }

    /// No setting may change its severity.
    pub(super) const fn fixed(self) -> Self {
        Self { is_fixed: true, ..self }
    }
}

/// How the line of a row begins that says what to do.
pub(super) const MEND: &str = " To mend: ";

macro_rules! codes {
    ($(
        #[doc = $rule:literal]
        $(#[doc = $more:literal])*
        $name:ident = $code:literal, $severity:ident $(, $policy:ident)*;
    )*) => {
        /// Which rule a finding comes from. Codes are stable: they are never
        /// renumbered and never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $rule] $(#[doc = $more])* $name,)* }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// "F101".
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Its name in the program's own text.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// What the rule says, in the words of its documentation.
            pub fn sentence(self) -> &'static str {
                // One text: the plain sentence of a report cannot drift from the docs.
                match self { $(Self::$name => $rule.trim_ascii(),)* }
            }

            /// The lines of its documentation behind the rule.
            pub(super) fn more(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($more,)*],)* }
            }

            /// Who reads it, and what the public may.
            pub fn policy(self) -> Policy {
                match self { $(Self::$name => Policy::closed(Severity::$severity)$(.$policy())*,)* }
            }
        }
    };
}

pub(super) use codes;
