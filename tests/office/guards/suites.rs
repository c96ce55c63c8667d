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
    /// A measure that the test itself holds beside its limit.
    BeShown,
}

impl Must {
    /// As the page says it.
    pub fn words(self) -> String {
        match self {
            Self::BeNone => "0".into(),
            Self::Reach(least) => format!("at least {least}"),
            Self::BeShown => "judged by its test".into(),
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
        key: "restore_drill",
        tries: "A running office is backed up, lost and given back; tables, rows and files are compared.",
        figures: &[
            ("tables", "tables", Must::Reach(50)),
            ("rows", "rows that are as they were", Must::Reach(100)),
            ("files", "files that are as they were", Must::Reach(1)),
        ],
        long: false,
    },
    Suite {
        key: "restore_flaws",
        tries: "Backups are cut, changed, mixed and renamed, and given back.",
        figures: &[
            ("flaws", "flawed backups", Must::Reach(5)),
            ("refused", "of them refused in words", Must::Reach(5)),
        ],
        long: false,
    },
    Suite {
        key: "keys_turned",
        tries: "Master and data keys are turned while people hand in and read at three processes, one of which knows the \
                former master alone.",
        figures: &[
            ("dossiers", "dossiers handed in and read at two processes each", Must::Reach(10)),
            ("failures", "wrong or missing answers", Must::BeNone),
            ("opened_by_the_former_master", "what the former master still opens", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "full_export",
        tries: "An office with dossiers in every status is handed over; every row is compared with a backup, every file with the store.",
        figures: &[
            ("tables", "tables", Must::Reach(80)),
            ("rows", "rows compared", Must::Reach(200)),
            ("files", "files compared", Must::Reach(10)),
            ("differences", "differences", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "files_sealed",
        tries: "Files of every size near the edges of a chunk, and by chance, are written in steps, read whole and in ranges.",
        figures: &[
            ("cases", "files", Must::Reach(40)),
            ("damaged", "files that read back otherwise", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "dump",
        tries: "A dossier walks through everything; then every column and every byte of the store is searched for what is \
                secret of its applicant.",
        figures: &[
            ("columns", "columns", Must::Reach(500)),
            ("cells", "cells", Must::Reach(1_000)),
            ("files", "files as they lie in the store", Must::Reach(4)),
            ("bytes", "their bytes", Must::Reach(1)),
            ("found", "secrets found", Must::BeNone),
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
    Suite {
        key: "faults_clock",
        tries: "The clock jumps two days ahead and an hour back.",
        figures: &[
            ("jumps", "jumps", Must::Reach(10)),
            ("invariants", "invariants asked over the whole database and file store", Must::Reach(20)),
            ("breaches", "invariants that did not hold", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "kill_points",
        tries: "API and worker are killed with `kill -9` at counted points of many journeys, while clients repeat what was \
                not answered under the same keys; after each death the invariants of any moment are asked, at the end all.",
        figures: &[
            ("points", "points at which a process was killed", Must::Reach(200)),
            ("api", "of them the API", Must::Reach(20)),
            ("worker", "of them the worker", Must::Reach(20)),
            ("lives", "processes started", Must::Reach(200)),
            ("dossiers", "dossiers brought through", Must::Reach(10)),
            ("told_again", "records and letters that a party heard again and knew", Must::BeShown),
            ("invariants", "invariants", Must::Reach(30)),
            ("breaches", "invariants that did not hold", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "faults_redis",
        tries: "Redis is flushed, hangs and dies in mid-work.",
        figures: &[
            ("dossiers", "dossiers brought through", Must::Reach(4)),
            ("faults", "faults", Must::Reach(3)),
            ("breaches", "invariants that did not hold", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "faults_postgres",
        tries: "PostgreSQL is struck down in mid-work, as by a loss of power.",
        figures: &[
            ("dossiers", "dossiers brought through", Must::Reach(5)),
            ("falls", "falls", Must::Reach(3)),
            ("breaches", "invariants that did not hold", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "faults_disk",
        tries: "The disk of the files is full.",
        figures: &[
            ("refused", "files refused in words", Must::Reach(3)),
            ("dossiers", "dossiers brought through", Must::Reach(3)),
            ("breaches", "invariants that did not hold", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "faults_parties",
        tries: "Portal, mailbox, post and payment platform answer with nonsense half of the time, some after they did what \
                they were asked.",
        figures: &[
            ("nonsense_answers", "answers that were nonsense", Must::Reach(8)),
            ("dossiers", "dossiers brought through", Must::Reach(12)),
            ("breaches", "invariants that did not hold", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "burst",
        tries: "Ten times as many people as usual hand in for three seconds.",
        figures: &[
            ("steady_dossiers", "dossiers handed in in usual times", Must::Reach(1)),
            ("burst_dossiers", "dossiers handed in by the crowd", Must::Reach(20)),
            ("usual_wait_ms", "milliseconds an ordinary question takes in usual times", Must::BeShown),
            ("recovered_ms", "milliseconds until it took no longer than twice that, or 150", Must::BeShown),
            ("lost", "dossiers lost", Must::BeNone),
        ],
        long: false,
    },
    Suite {
        key: "erasure",
        tries: "The term of a dossier ends, and two nights pass.",
        figures: &[
            ("dossiers", "dossiers erased, of which reports, register and chains stay", Must::Reach(1)),
            (
                "columns",
                "cells overwritten; no word of the person is in any column afterwards",
                Must::Reach(10),
            ),
        ],
        long: false,
    },
    Suite {
        key: "soak",
        tries: "Mixed journeys with falling workers and absent parties go on for minutes; memory must stay flat.",
        figures: &[
            ("minutes", "minutes", Must::Reach(10)),
            ("dossiers", "dossiers brought through", Must::Reach(10)),
            ("faults", "faults", Must::Reach(5)),
            ("api_second_third_kb", "kB of the API in the second third", Must::BeShown),
            ("api_last_third_kb", "in the last third", Must::BeShown),
            ("worker_second_third_kb", "kB of the worker in the second third", Must::BeShown),
            ("worker_last_third_kb", "in the last third", Must::BeShown),
            ("breaches", "invariants that did not hold", Must::BeNone),
        ],
        long: true,
    },
];
