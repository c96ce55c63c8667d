//! What falls, and when many come at once.

use super::{Must, Suite};

pub(super) const SUITES: &[Suite] = &[
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
