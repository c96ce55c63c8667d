//! What is kept: keys, files, backups, what is handed over and what is erased.

use super::{Must, Suite};

pub(super) const SUITES: &[Suite] = &[
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
];
