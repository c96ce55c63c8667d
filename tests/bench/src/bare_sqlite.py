# Writes the rows of one submission again and again: database file, dossier (hex), seconds; prints microseconds.
import sqlite3, sys, time, uuid

file, dossier, seconds = sys.argv[1], bytes.fromhex(sys.argv[2]), float(sys.argv[3])
db = sqlite3.connect(file, isolation_level=None)
for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON", "cache_size=-8192",
               "temp_store=MEMORY"):
    db.execute("PRAGMA " + pragma)

def rows(table, which):
    found = db.execute(f"SELECT * FROM {table} WHERE {which}", (dossier,))
    names = [column[0] for column in found.description]
    kept = found.fetchall()
    assert kept, table
    marks = ", ".join("(" + ", ".join("?" * len(names)) + ")" for _ in kept)
    return names, kept, f"INSERT INTO {table} ({', '.join(names)}) VALUES {marks}"

tables = [rows("dossiers", "id = ?"), rows("papers", "dossier_id = ?"), rows("history", "dossier_id = ?"),
          rows("chronicle", "dossier_id = ?"), rows("jobs", "dossier_id = ?")]
key = str(uuid.UUID(bytes=dossier))
tables.append(rows("replays", f"headers LIKE '%{key}%' AND ? IS NOT NULL"))
series = ("INSERT INTO code_series (prefix, last) VALUES (?, 1) "
          "ON CONFLICT (prefix) DO UPDATE SET last = code_series.last + 1 RETURNING last")
begin_of_time, taken, n = int(time.time() * 1000).to_bytes(6, "big"), [], 0
until = time.monotonic() + seconds
while (begun := time.monotonic()) < until:
    n += 1
    key = lambda offset: begin_of_time + (n * 4 + offset).to_bytes(10, "big")
    db.execute("BEGIN IMMEDIATE")
    db.execute(series, (f"H55.101-bench-{n % 32}",)).fetchall()
    for names, kept, sql in tables:
        values = []
        for offset, row in enumerate(kept):
            new = {"id": key(offset), "dossier_id": key(0), "code": key(0).hex(), "key": key(0).hex(),
                   "ordering_key": f"portal-{offset}:{key(0).hex()}"}
            values += [new.get(name, value) if value is not None else None for name, value in zip(names, row)]
        db.execute(sql, values)
    db.execute("COMMIT")
    taken.append(int((time.monotonic() - begun) * 1e6))
print(*taken)
