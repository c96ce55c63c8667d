"""Adds up what the persons found: fails on any finding, and on an operation that nobody called.

    summing.py NAME-OF-THE-FIGURES FOLDER PERSON...
"""

import collections
import json
import os
import pathlib
import sys

import stock

METHODS = ("get", "head", "post", "put", "patch", "delete")


def main(name, folder, *persons):
    told = [stock.read(pathlib.Path(folder) / f"{person}.json") for person in persons]
    answers = collections.defaultdict(collections.Counter)
    for one in told:
        for operation, statuses in one["answers"].items():
            answers[operation].update(statuses)
    wrong = [{"person": one["person"], **found} for one in told for found in one["wrong"]]
    wrong += [unexplained(folder, one) for one in told if not one["wrong"] and code_of(folder, one) != "0"]
    figures = counted(promised(), answers, wrong)
    show(told, answers, wrong, figures)
    keep(name, figures)
    return 1 if wrong or figures["not_called"] else 0


def code_of(folder, one):
    return (pathlib.Path(folder) / f"{one['person']}.code").read_text(encoding="utf-8").strip()


def unexplained(folder, one):
    """Schemathesis was not content, and the hooks saw nothing: an error of its own counts as a finding."""
    end = (pathlib.Path(folder) / f"{one['person']}.st").read_text(encoding="utf-8")[-1500:]
    return {"person": one["person"], "operation": "the run", "kind": "Unexplained", "times": 1, "words": end}


def promised():
    paths = stock.read(pathlib.Path(__file__).parents[2] / "openapi" / "openapi.json")["paths"]
    return {f"{method.upper()} {path}" for path, item in paths.items() for method in item if method in METHODS}


def counted(operations, answers, wrong):
    done = [operation for operation in operations if any(is_done(status) for status in answers[operation])]
    failed = sum(found["times"] for found in wrong if found["kind"] == "ServerError")
    return {
        "operations": len(operations),
        "not_called": sum(1 for operation in operations if not answers[operation]),
        "done": len(done),
        "cases": sum(sum(answers[operation].values()) for operation in operations),
        "server_errors": failed,
        "mismatches": sum(found["times"] for found in wrong) - failed,
    }


def is_done(status):
    return 200 <= int(status) < 300


def show(told, answers, wrong, figures):
    for one in told:
        asked = one["answers"]
        done = sum(1 for statuses in asked.values() if any(is_done(status) for status in statuses))
        cases = sum(sum(statuses.values()) for statuses in asked.values())
        print(f"{one['person']:<20} {cases:>6} requests at {len(asked)} operations, {done} of them done")
    refused = sorted(at for at, statuses in answers.items() if not any(is_done(status) for status in statuses))
    print(f"only ever refused: {', '.join(refused) or 'none'}")
    for found in wrong:
        print(f"WRONG {found['operation']} as {found['person']}: {found['kind']}, {found['times']} times")
        print("      " + " ".join(found["words"].split()))
    print(json.dumps(figures))


def keep(name, figures):
    folder = os.environ.get("MOTCUA_EVIDENCE")
    if folder:
        path = pathlib.Path(folder) / f"{name}.json"
        path.write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
