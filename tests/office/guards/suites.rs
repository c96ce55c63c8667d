//! What each suite that keeps figures tries, what its figures count, and what they must be.

/// A suite that keeps figures with `support::evidence::keep`, or a script that writes `ENGINE-key.json` itself.
pub(super) struct Suite {
    /// As in the call.
    pub key: &'static str,
    /// One or two sentences about what is done to the office.
    pub tries: &'static str,
    /// Name, what it counts, what it must be.
    pub figures: &'static [(&'static str, &'static str, Must)],
    /// Whether it is left out of `make test`, so that the page may say that it was not run.
    pub long: bool,
}

/// What a figure must be.
#[derive(Clone, Copy)]
pub(super) enum Must {
    /// Nothing of the kind was found.
    BeNone,
    /// At least so many were tried.
    Reach(u64),
}

impl Must {
    /// As the page says it.
    pub fn words(self) -> String {
        match self {
            Self::BeNone => "0".into(),
            Self::Reach(least) => format!("at least {least}"),
        }
    }
}

/// All suites, in the order of the page.
pub(super) const SUITES: &[Suite] = &[
    Suite {
        key: "forged_tokens",
        tries: "Access tokens that are forged, worn out, cut off, doubled, signed by another or meant for somebody else \
                are shown at the door, for every algorithm and kind of issuer.",
        figures: &[
            ("tokens_refused", "tokens answered with 401 and a code", Must::Reach(120)),
            ("tokens_taken", "tokens that let somebody in", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "database_role",
        tries: "The role of the processes on PostgreSQL tries to change, remove, empty and drop what is only added to, to \
                take the triggers off, to become the owner, and to give itself rights.",
        figures: &[
            ("orders_refused", "orders that the database refused for want of a right", Must::Reach(35)),
            ("orders_taken", "orders that went through", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "doctor_security",
        tries: "Settings are weakened one at a time, and `motcua doctor --security` is asked.",
        figures: &[
            ("weaknesses_told", "weaknesses that it told by name with what to do", Must::Reach(20)),
            ("weaknesses_missed", "weaknesses that it did not tell", Must::BeNone),
        ],
        long: false,
    },
];
