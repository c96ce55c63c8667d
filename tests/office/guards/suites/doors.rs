//! What the doors let in: identity, access, limits, and what is sent over them.

use super::{Must, Suite};

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
    Suite {
        key: "access_pairs",
        tries: "Officers of 132 units look for the dossiers of all others, in lists and by their keys.",
        figures: &[
            ("pairs", "pairs of officer and dossier", Must::Reach(17_000)),
            ("lists", "lists read", Must::Reach(132)),
            ("details", "dossiers asked for by key", Must::Reach(132)),
            ("leaks", "dossiers seen that are another's", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "access_reads",
        tries: "Each role reads every operation that names something, at its own unit and at another.",
        figures: &[
            ("operations", "operations", Must::Reach(50)),
            ("asked", "questions", Must::Reach(500)),
            ("leaks", "answers that the table does not give", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "access_writes",
        tries: "People try every write on what they do not see.",
        figures: &[
            ("operations", "operations", Must::Reach(30)),
            ("asked", "questions", Must::Reach(30)),
            ("leaks", "writes that went through or told something", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "access_lists",
        tries: "Lists, searches, queues and exports are compared with the table of access, dossier by dossier.",
        figures: &[
            ("actors", "people who asked", Must::Reach(1)),
            ("dossiers", "dossiers in the office", Must::Reach(1)),
            ("differences", "dossiers too many or too few", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "access_questions",
        tries: "Questions too big, too deep or too crooked are asked of searches and filters.",
        figures: &[
            ("asked", "questions", Must::Reach(1)),
            ("failures", "answers of 500 and above", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "access_scripts",
        tries: "Scripts are put into names, reasons and papers, and every page, sheet and picture is read.",
        figures: &[
            ("pages", "pages read", Must::Reach(1)),
            ("scripts", "scripts that would run", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "look_ups",
        tries: "Every door that takes a code and a secret is asked with half of the right pair.",
        figures: &[
            ("doors", "doors", Must::Reach(1)),
            ("doors_that_tell", "doors that tell which half is right", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "headers",
        tries: "Every address is asked well and badly, and the headers of each answer are read.",
        figures: &[
            ("answers", "answers", Must::Reach(100)),
            ("headers_checked", "headers looked at", Must::Reach(100)),
            ("headers_missing", "headers that were not there", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "intake",
        tries: "Bodies of another type, too deep, too large and with unknown members are sent to every operation.",
        figures: &[
            ("bodies_refused", "bodies refused", Must::Reach(100)),
            ("bodies_taken", "bodies taken", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "shared_limits",
        tries: "A thousand strangers ask two processes that share budgets in Redis.",
        figures: &[
            ("strangers", "strangers", Must::Reach(1_000)),
            ("left_without_expiry", "keys left in Redis without an end", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "slow_lines",
        tries: "Hundreds of lines drip their requests byte by byte, while honest people ask.",
        figures: &[
            ("lines_dripped", "lines that dripped", Must::Reach(100)),
            ("lines_kept", "of them not cut off", Must::BeNone),
            ("honest_requests_failed", "honest requests that failed", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "way_out",
        tries: "Inner addresses are spelt in every way known, as links and as names.",
        figures: &[
            ("spellings_refused", "spellings that were not called", Must::Reach(20)),
            ("spellings_called", "spellings that were called", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "logs",
        tries: "The logs of whole journeys are searched for what people wrote and for secrets.",
        figures: &[
            ("lines_searched", "lines", Must::Reach(100)),
            ("words_searched", "words looked for", Must::Reach(10)),
            ("words_found", "words found", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "schemathesis_brief",
        tries: "Schemathesis asks every operation of the OpenAPI document with real tokens of a citizen, an officer and a \
                machine, some right and wrong values each.",
        figures: &[
            ("operations", "operations of the document", Must::Reach(150)),
            ("not_called", "operations that nobody reached", Must::BeNone),
            ("done", "operations that were also done", Must::Reach(50)),
            ("cases", "requests", Must::Reach(1_000)),
            ("server_errors", "answers of 500 and above", Must::BeNone),
            ("mismatches", "answers that the document does not promise", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "schemathesis",
        tries: "The same as six people, with the edges of every schema too (`make attack`).",
        figures: &[
            ("operations", "operations of the document", Must::Reach(150)),
            ("not_called", "operations that nobody reached", Must::BeNone),
            ("done", "operations that were also done", Must::Reach(150)),
            ("cases", "requests", Must::Reach(1_000)),
            ("server_errors", "answers of 500 and above", Must::BeNone),
            ("mismatches", "answers that the document does not promise", Must::BeNone),
        ],
        long: true,
    },
    Suite {
        key: "fuzz_targets",
        tries: "Every parser is fed by libFuzzer from its corpus.",
        figures: &[
            ("targets", "parsers", Must::Reach(1)),
            ("executions", "inputs", Must::Reach(1_000)),
            ("crashes", "inputs that made one fall", Must::BeNone),
        ],
        long: true,
    },
    Suite {
        key: "access_strangers",
        tries: "Every list of the document is read by people who do not see a dossier.",
        figures: &[
            ("lists", "lists", Must::Reach(1)),
            ("asked", "questions", Must::Reach(1)),
            ("leaks", "lists in which it stood", Must::BeNone),
        ],
        long: false,
    },
];
