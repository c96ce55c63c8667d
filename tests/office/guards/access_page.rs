//! The page of the policy: its table, as the rules have it, between the words that explain it.

use rules::access::picture;

/// The page as it is kept under `docs/`.
pub fn printed() -> String {
    format!("{HEAD}{}{FOOT}", picture())
}

const HEAD: &str = "# Who sees what

Printed from `entities/rules/src/access/` by `make docs`; do not edit by hand.

One table decides who sees which dossier and what goes with it; lists, search, detail, history, files, printed forms,
counts and exports ask the same functions over it (`rules::access`), and what a list may hold is computed from it too. What
somebody may *do* is told by [the life of a dossier](life-cycle.md); nobody does anything to what they do not see.

* `yes`: all of it.
* `masked`: all but personal fields. Names are their first letters, numbers their last three digits; the form, files,
  reasons in words, notes and the words of notices are left out.
* `no`, or no line: it does not exist for this person, the answer is 404; 403 where only the door is asked and no thing.

A role counts at the unit where it is held. Whoever holds several sees what any of them shows. What is somebody's own is
theirs whatever else they are: handed in by their account, or in the name of the number that their sign-in vouches for. A
machine client sees what the roles given to it show ([scopes](scopes.md)); citizens, representatives and helpers have no
line but their own.

## The table
";

const FOOT: &str = "
## Lists

A list names no person but its reader. `GET /v1/dossiers`, `GET /v1/queues/{queue}`, `GET /v1/receipts` and
`GET /v1/questions` mask the persons of an officer's own unit too; who needs them says `?unmasked=true&purpose=…` in words.
Without a purpose the answer is 400 and says so. Each person who was named then has an entry of their own in
[the chronicle](chronicle.md), with the purpose, and reads it under `GET /v1/me/access-log`. A purpose gives nobody sight
that the table does not give.

Not masked, and why:

* One dossier, opened by its number: the officer who works on it needs the person, and each opening is noted with its
  reader. So are the answers to acts.
* `GET /v1/postal-points/{unit}/shipments`: nobody carries a parcel without a name, an address and a telephone number; it
  is shown to the clerks of that point alone.
* The sheets for the tax office and of statements: they hold sums and numbers; in what words a difference was settled is
  there for finance and approvers of its unit alone.
* Searching by a name: who may see the person at their unit types the name and finds the line, masked. Who sees persons
  masked by the table finds nobody by name.
* Reasons of refunds: an approver decides by them, and they are not shown to who only oversees.

## How it is held

`tests/office/access/` asks at the door: 132 units with a dossier each, every officer their list, searches and details, and
all 17,424 pairs of the function; every operation of the OpenAPI document that names something, by every role at the unit
and next door; lists against the function for officers and dossiers by chance. An operation that stands in no line there
fails the tests. The figures are in the page of evidence.
";
