"""Hooks of Schemathesis: real tokens, real keys and versions in most requests, and a count of what was asked.

MOTCUA_FUZZ_URL       where the program answers
MOTCUA_FUZZ_PERSON    who asks, a person of the demo
MOTCUA_FUZZ_SEED      what chance begins with
MOTCUA_FUZZ_FOUND     file for what was answered and what is wrong with it
"""

import atexit
import collections
import copy
import json
import os
import pathlib
import re

import schemathesis

import stock

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = stock.read(ROOT / "openapi" / "openapi.json")
PERSON = os.environ["MOTCUA_FUZZ_PERSON"]
KEPT = stock.Stock(os.environ["MOTCUA_FUZZ_URL"], DOCUMENT, int(os.environ.get("MOTCUA_FUZZ_SEED", "6")))
KEPT.gather()
TALLY = collections.defaultdict(collections.Counter)
WRONG = {}

# How often what is generated gives way to what is real, out of a hundred.
REAL_KEYS, REAL_VERSIONS, REAL_BODIES = 85, 85, 50


def chance(percent):
    return KEPT.rng.randrange(100) < percent


@schemathesis.hook
def before_call(context, case, kwargs):
    case.headers["Authorization"] = f"Bearer {KEPT.token(PERSON)}"
    operation = DOCUMENT["paths"][case.operation.path][case.operation.method.lower()]
    asked = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "header"}
    put_real_keys(case)
    put_real_query(case)
    if "If-Match" in asked and chance(REAL_VERSIONS):
        put_real_version(case)
    if "Idempotency-Key" in asked and chance(REAL_VERSIONS):
        case.headers["Idempotency-Key"] = KEPT.fresh()
    if chance(REAL_BODIES):
        put_real_body(case, operation)


def put_real_keys(case):
    # What follows another key at once is known by its own name.
    at = re.findall(r"/([a-z-]+)/\{(\w+)\}", case.operation.path)
    at += [(name, name) for name in re.findall(r"\}/\{(\w+)\}", case.operation.path)]
    for kind, name in at:
        real = KEPT.pick("platforms" if name == "platform" else kind)
        if real is not None and name in (case.path_parameters or {}) and chance(REAL_KEYS):
            case.path_parameters[name] = real


def put_real_query(case):
    for name, value in (case.query or {}).items():
        real = KEPT.pick(f"{name}s") if stock.is_key(str(value)) else None
        if real is not None and chance(REAL_KEYS):
            case.query[name] = real


def put_real_version(case):
    """The version of what the address names first, or whatever version it has."""
    if chance(70):
        case.headers["If-Match"] = "*"
        return
    head = re.match(r"/v1/[a-z-]+/\{(\w+)\}", case.operation.path)
    named = case.path_parameters or {}
    if not head or not stock.is_key(str(named.get(head[1], ""))):
        return
    tag = KEPT.version(head[0].replace("{" + head[1] + "}", named[head[1]]), PERSON)
    if tag:
        case.headers["If-Match"] = tag


def put_real_body(case, operation):
    """The example of the document with keys that are there, and now and then a member of what was generated."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    if "example" not in content or case.media_type != "application/json":
        return
    told = with_real_keys(copy.deepcopy(content["example"]))
    if isinstance(told, dict) and isinstance(case.body, dict) and case.body and chance(50):
        name = KEPT.rng.choice(sorted(case.body, key=str))
        told[name] = case.body[name]
    case.body = told


def with_real_keys(told, name=""):
    if isinstance(told, dict):
        return {member: with_real_keys(value, member) for member, value in told.items()}
    if isinstance(told, list):
        return [with_real_keys(value, name) for value in told]
    if isinstance(told, str) and stock.is_key(told):
        return KEPT.pick(name if name.endswith("s") else name + "s") or told
    return told


@schemathesis.hook
def after_call(context, case, response):
    TALLY[operation_of(case)][response.status_code] += 1
    if response.status_code == 401:
        KEPT.token(PERSON, renew=True)
    else:
        KEPT.learn(case.operation.path, response)


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Asked once for each failure; all of them stay failures."""
    body = response.content.decode(errors="replace")[:600]
    note(case, type(failure).__name__, f"{response.status_code}: {failure.message} {body}")
    return True


@schemathesis.hook
def after_network_error(context, case, request):
    note(case, "NoAnswer", f"{request.method} {request.url} was not answered")


def operation_of(case):
    return f"{case.operation.method.upper()} {case.operation.path}"


def note(case, kind, words):
    """One finding of a kind at an operation is enough to be shown; all are counted."""
    found = WRONG.setdefault((operation_of(case), kind), {"times": 0, "words": words})
    found["times"] += 1


@schemathesis.serializer("application/offset+octet-stream")
def octets(context, value):
    return value if isinstance(value, bytes) else json.dumps(value, default=str).encode()


@atexit.register
def write_down():
    told = {
        "person": PERSON,
        "answers": {operation: dict(answers) for operation, answers in sorted(TALLY.items())},
        "wrong": [{"operation": at, "kind": kind, **found} for (at, kind), found in sorted(WRONG.items())],
    }
    pathlib.Path(os.environ["MOTCUA_FUZZ_FOUND"]).write_text(json.dumps(told, indent=1), encoding="utf-8")
