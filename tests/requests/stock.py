"""What the office really has: tokens of its demo people, keys of its rows, versions to change them by."""

import json
import random
import uuid

import requests

# A key is what the lists name so; where they name it otherwise, it stands here.
MEMBER_OF = {
    "calendars": "version",
    "places": "code",
    "procedures": "national_code",
    "connectors": "key",
    "carriers": "key",
    "verifications": "verification_code",
}
# Pools that lists do not tell.
KNOWN = {
    "queues": ["mine", "unclaimed", "unit"],
    "pages": ["1"],
    "platforms": ["national_platform"],
    "carriers": ["vnpost_hcc", "viettel_post"],
    "texts": ["sms_gateway", "zalo_zns"],
    "portals": ["dvcqg"],
    "family": ["mapped", "nhanhsdvcqg", "addtthcKhuyenMai", "search_call", "NhanThongBaoThueDat"],
}
# Those who see most of the lists.
READERS = ["quan-tri", "can-bo-mot-cua", "nguyen-thi-mau", "ke-toan", "lanh-dao", "buu-ta"]
# How many keys of one kind are remembered; the newest replace others.
SHELF = 60
# Where the demo's officers sit.
COMMUNE = "H55.121"


class Stock:
    """Keys by kind, learned from every answer; tokens by person, renewed when one is refused."""

    def __init__(self, url, document, seed):
        self.url, self.document = url.rstrip("/"), document
        self.rng = random.Random(seed)
        self.pools, self.tokens = {}, {}
        self.http = requests.Session()

    def token(self, person, renew=False):
        if renew or person not in self.tokens:
            answer = self.http.post(f"{self.url}/demo/tokens", json={"person": person}, timeout=30)
            answer.raise_for_status()
            self.tokens[person] = answer.json()["access_token"]
        return self.tokens[person]

    def ask(self, method, path, person, **more):
        headers = {"Authorization": f"Bearer {self.token(person)}", **more.pop("headers", {})}
        if method == "POST":
            headers.setdefault("Idempotency-Key", self.fresh())
        return self.http.request(method, self.url + path, headers=headers, timeout=30, **more)

    def fresh(self):
        """A key nobody used, the same in each run of one seed."""
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))

    def home(self):
        """The key of the commune."""
        answer = self.http.get(f"{self.url}/v1/units", params={"code": COMMUNE}, timeout=30)
        return answer.json()["items"][0]["id"]

    def gather(self):
        """Reads every list that has no key in its address, as those who see most."""
        self.pools["home"] = [self.home()]
        for template, item in self.document["paths"].items():
            if "get" in item and "{" not in template and template.startswith("/v1/"):
                for person in READERS:
                    answer = self.ask("GET", template, person, params={"limit": 20} if pages(item) else {})
                    self.learn(template, answer)

    def learn(self, template, answer):
        """Remembers the keys that an answer tells."""
        # One library tells a header as a text, the other as a list of them.
        if answer.status_code not in (200, 201) or "json" not in str(answer.headers.get("content-type")):
            return
        try:
            body = answer.json()
        except ValueError:
            return
        kind = [part for part in template.split("/") if part and not part.startswith("{")][-1]
        for row in rows_of(body):
            if "/demo|" in str(row.get("subject")):
                # The roles of those who ask here stay with them.
                continue
            self.keep(kind, row.get(MEMBER_OF.get(kind, "id")))
            for name, told in row.items():
                if isinstance(told, str) and is_key(told):
                    self.keep(name if name.endswith("s") else name + "s", told)

    def keep(self, kind, key):
        if key is None or isinstance(key, (dict, list)):
            return
        shelf = self.pools.setdefault(kind, [])
        if str(key) in shelf:
            return
        if len(shelf) >= SHELF:
            shelf.pop(self.rng.randrange(len(shelf)))
        shelf.append(str(key))

    def pick(self, kind):
        """A key of this kind, or none."""
        if kind == "units" and self.rng.randrange(100) < 60:
            kind = "home"
        shelf = self.pools.get(kind) or KNOWN.get(kind)
        return self.rng.choice(shelf) if shelf else None

    def version(self, path, person):
        """The ETag of what stands at an address; none where it has no version."""
        return self.ask("GET", path, person).headers.get("etag")


def pages(item):
    return any(parameter["name"] == "limit" for parameter in item["get"].get("parameters", []))


def rows_of(body):
    """The rows of a page or a list, or the one row, and what they hold."""
    if isinstance(body, list):
        for part in body:
            yield from rows_of(part)
    elif isinstance(body, dict):
        if "items" in body:
            yield from rows_of(body["items"])
        else:
            yield body


def is_key(told):
    try:
        return len(told) == 36 and uuid.UUID(told).version is not None
    except ValueError:
        return False


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)
