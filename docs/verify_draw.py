#!/usr/bin/env python3
"""Makes a draw again from its record alone, and names the first thing that differs.

    python3 verify_draw.py RECORD.json

The record is what GET /api/draws/{id}/record answers, whole or public. The rules (draw/v1 and draw/v2) are in draws.md beside this
file. Standard library only. Exit code 0: everything is as it must be; 3: something differs; 2: not a record.
"""
import bisect
import hashlib
import json
import re
import struct
import sys
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

REASONS = {
    "spot-checks": ["not-in-force", "exempt", "open-check", "checked-within-interval", "cap-reached"],
    "energy-list": ["not-in-force", "listed"],
    "energy-visits": ["inspected", "on-site", "cap-reached"],
}
SKIP_REASONS = {
    "spot-checks": ["not-in-force", "exempt", "open-check", "checked-within-interval", "cap-reached", "moved", "merged"],
    "energy-list": ["listed", "merged"],
    "energy-visits": ["not-listed", "inspected", "on-site", "cap-reached", "merged"],
}
INSPECTOR_SKIP_REASONS = ["unknown", "retired", "certificate-expired"]
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(?:Z|([+-])(\d\d):(\d\d))\Z")
KINDS = {"factory", "product", "park", "supply-chain", "data-centre", "enterprise"}
PLANNING_CITIES = {"210200", "330200", "350200", "370200", "440300"}
HEX = re.compile(r"(?:[0-9A-Fa-f]{2})*\Z")


class Differs(Exception):
    """Part of the record, what it must be, what stands there."""


def holds(part, condition, expected, found):
    if not condition:
        raise Differs(part, expected, found)


def same(part, expected, found):
    holds(part, expected == found, expected, found)


def sha(data):
    return hashlib.sha256(data).digest()


def lp(value):
    data = (value or "").encode("utf-8") if value is None or isinstance(value, str) else value
    return struct.pack(">I", len(data)) + data


def number(value):
    return struct.pack(">I", value)


def tree(leaves):
    """The root of an RFC 6962 tree."""
    if not leaves:
        return sha(b"")
    level = list(leaves)
    while len(level) > 1:
        above = [sha(b"\x01" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


def salts(key, count):
    halves = []
    for pair in range((count + 1) // 2):
        both = sha(b"draw-salt/v1\0" + lp(key) + number(pair))
        halves += [both[:16], both[16:]]
    return halves[:count]


def roster_leaf(salt, row):
    return sha(b"\x00draw-roster/v1\0" + lp(salt) + b"".join(lp(part) for part in row))


def pool_leaf(salt, row):
    fields = row.get("fields")
    return sha(b"\x00draw-inspector-pool/" + (b"v1" if fields is None else b"v2") + b"\0" + lp(salt) + lp(row["id"]) + lp("\n".join(row["regions"]))
               + lp(row["certificateValidUntil"]) + lp("\n".join(row["conflicts"])) + number(row["load"])
               + (b"" if fields is None else lp("\n".join(fields))))


def ceiling(rate, count):
    return int((rate * count).to_integral_value(rounding="ROUND_CEILING"))


def split(size, eligible):
    total = sum(eligible)
    if total == 0:
        return [0] * len(eligible)
    quotas = [size * count // total for count in eligible]
    order = sorted(range(len(eligible)), key=lambda i: (-(size * eligible[i] % total), i))
    for i in order[:size - sum(quotas)]:
        quotas[i] += 1
    return quotas


def responsible(code):
    """Who answers for a region: the Corps for its cities, a planning city for itself, otherwise the province."""
    if code.startswith("6590"):
        return "660000"
    return code[:4] + "00" if code[:4] + "00" in PLANNING_CITIES else code[:2] + "0000"


def covers(scope, code):
    if responsible(scope) != responsible(code):
        return False
    return scope == responsible(scope) or code.startswith(scope[:4] if scope.endswith("00") else scope)


def identity(text):
    kind, _, key = text.partition("/")
    return kind in KINDS and bool(KEY.match(key))


def instant(text):
    """Seconds since the year 1, in UTC, whatever the offset and however fine."""
    match = INSTANT.match(text)
    if not match:
        raise ValueError(f"{text!r} is not an instant")
    day, fraction, sign, hours, minutes = match.groups()
    since = datetime.strptime(day, "%Y-%m-%dT%H:%M:%S") - datetime(1, 1, 1)
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    return (since - offset) // timedelta(seconds=1) + Fraction("0" + (fraction or ""))


def day(text):
    """A day as it is hashed."""
    if datetime.strptime(text, "%Y-%m-%d").strftime("%Y-%m-%d") != text:
        raise ValueError(f"{text!r} is not a day")


def unhex(text):
    holds("hex", HEX.match(text), "bytes in hex", text)
    return bytes.fromhex(text)


def roster_row(row):
    grain, risk, enterprise, region, exclusion = row
    if not isinstance(row, list) or not all(isinstance(text, str) for text in (grain, enterprise)) or not all(text is None or isinstance(text, str) for text in (risk, region, exclusion)):
        raise ValueError("a row of the roster is an array of five texts")


# What a record is: members, of which those with a question mark may be left out; a tuple may be null; a range holds whole numbers, a set words, a list any
# number of its form.
NUMBER, TEXT, TEXTS = range(-2**31, 2**31), (str, None), ([str], None)
SKIPS = [{"id": str, "reason": str}]
RECORD = {
    "format": str,
    "draw": str,
    "announcement": {
        "rule": str, "purpose?": set(REASONS), "policy": str, "scope": {"kinds": TEXTS, "level": {"national", "provincial", "municipal"}, "region": TEXT}, "plan?": TEXT,
        "size?": (NUMBER, None), "strata": [{"riskClass": TEXT, "rate": (Decimal, None), "eligible": NUMBER, "quota": NUMBER}], "excluded": [{"reason": str, "count": NUMBER}],
        "rosterSize": NUMBER, "rosterRoot": str, "poolSize": NUMBER, "poolRoot": str, "commitment": str, "publicSource": str, "publicAt": instant, "notBefore": instant,
        "inspectorsPerVisit": NUMBER, "dueBy": day, "intervalMonths?": (NUMBER, None), "items?": TEXTS, "fields?": ([{"kind": str, "field": str}], None),
    },
    "execution": {"at": instant, "secret": str, "publicValues": [str], "treeSize": range(-2**63, 2**63), "root": str, "seed": str},
    "rosterKey?": TEXT,
    "roster": [roster_row],
    "salts?": TEXTS,
    "withheld?": ([{"index": NUMBER, "leaf": str, "riskClass": TEXT, "exclusion": TEXT, "ticket": TEXT, "skipped": bool}], None),
    "poolKey?": TEXT,
    "pool?": ([{"id": str, "regions": [str], "certificateValidUntil": day, "conflicts": [str], "load": NUMBER, "fields?": TEXTS}], None),
    "poolLeaves?": TEXTS,
    "skippedInspectors": SKIPS,
    "rounds": [{"visits": [{"enterprise": str, "entities": [str], "inspectors": [str]}], "skipped": SKIPS}],
    "unfilled": NUMBER,
}


def conform(value, form, at):
    """Refuses what has not the form of a record."""
    if isinstance(form, tuple):
        if value is not None:
            conform(value, form[0], at)
    elif isinstance(form, dict):
        fits(isinstance(value, dict), at)
        named = {name.rstrip("?"): inner for name, inner in form.items()}
        fits(value.keys() <= named.keys() and all(name in value for name in form if not name.endswith("?")), at)
        for name, inner in value.items():
            conform(inner, named[name], f"{at}.{name}")
    elif isinstance(form, list):
        fits(isinstance(value, list), at)
        for inner in value:
            conform(inner, form[0], at)
    elif isinstance(form, range):
        fits(type(value) is int and value in form, at)
    elif isinstance(form, set):
        fits(isinstance(value, str) and value in form, at)
    elif form is Decimal:
        fits(type(value) in (int, Decimal), at)
    elif isinstance(form, type):
        fits(isinstance(value, form), at)
    else:
        form(value)


def fits(condition, at):
    if not condition:
        raise ValueError(f"{at} is not of the form of a record")


def members(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a member stands there twice")
    return found


class Inspectors:
    """Who visits: the fewest visits first, then the smallest ticket; who is taken draws a new one."""

    def __init__(self, record, seed):
        gone = {skip["id"] for skip in record["skippedInspectors"]}
        self.draw, self.seed = record["draw"], seed
        self.per_visit = record["announcement"]["inspectorsPerVisit"]
        self.waiting = [self.ticket(row, row["load"]) for row in record["pool"] if row["id"] not in gone]
        self.waiting.sort(key=lambda entry: entry[:3])

    def ticket(self, row, load):
        drawn = sha(b"draw-inspector/v1\0" + lp(self.seed) + lp(self.draw) + lp(row["id"]) + number(load))
        return (load, drawn, row["id"].encode(), row)

    def take(self, enterprise, regions, fields):
        taken = []
        for entry in self.waiting:
            row = entry[3]
            in_scope = not row["regions"] or all(region and any(covers(scope, region) for scope in row["regions"]) for region in regions)
            if in_scope and enterprise not in row["conflicts"] and fields <= set(row.get("fields") or []):
                taken.append(entry)
                if len(taken) == self.per_visit:
                    break
        if len(taken) < self.per_visit:
            return []
        # They wait on behind those who have fewer visits; the ids tell all entries apart.
        for entry in taken:
            del self.waiting[bisect.bisect_left(self.waiting, entry)]
            bisect.insort(self.waiting, self.ticket(entry[3], entry[0] + 1))
        return [entry[3]["id"] for entry in taken]


def verify(record):
    conform(record, RECORD, "record")
    told, made = record["announcement"], record["execution"]
    public = record.get("pool") is None
    same("format", "draw-record/v1", record["format"])
    fields = told.get("fields")
    same("rule", "draw/v1" if fields is None else "draw/v2", told["rule"])
    purpose = told.get("purpose", "spot-checks")
    reasons = REASONS[purpose]
    holds("not-before", instant(made["at"]) >= instant(told["notBefore"]), f"made at or after {told['notBefore']}", made["at"])
    holds("public-at", instant(told["publicAt"]) <= instant(told["notBefore"]), f"known by {told['notBefore']}", told["publicAt"])
    holds("public-values", made["publicValues"], "at least one public value", "none")
    holds("public-form", public == (record.get("poolLeaves") is not None), "either the inspectors or their hashes", "both or neither")
    holds("public-form", (record.get("rosterKey") is None) == (record.get("salts") is not None), "either the key of the salts or the salts", "both or neither")

    # The roster.
    rows, withheld = record["roster"], record.get("withheld") or []
    count = len(rows) + len(withheld)
    same("roster-size", told["rosterSize"], count)
    for i, (grain, _, enterprise, _, exclusion) in enumerate(rows):
        holds("roster-identity", identity(grain) and identity(enterprise), "kind/key", f"{grain} of {enterprise}")
        holds("roster-order", i == 0 or rows[i - 1][0].encode() < grain.encode(), "each row once, in order", grain)
        holds("roster-exclusion", exclusion is None or exclusion in reasons, reasons, exclusion)
    places = {row["index"] for row in withheld}
    holds("withheld", len(places) == len(withheld) and places <= set(range(count)), f"places from 0 to {count - 1}, each once", "others")
    row_salts = salts(unhex(record["rosterKey"]), count) if record.get("rosterKey") is not None else [unhex(salt) for salt in record["salts"]]
    leaves = [roster_leaf(salt, row) for salt, row in zip(row_salts, rows)]
    holds("salts", len(leaves) == len(rows), f"{len(rows)} salts", len(leaves))
    rows = [list(row) for row in rows]
    holds("roster-exclusion", all(row["exclusion"] is None or row["exclusion"] in reasons for row in withheld), reasons, "another of a row that is withheld")
    tickets = {}
    for row in sorted(withheld, key=lambda row: row["index"]):
        leaves.insert(row["index"], unhex(row["leaf"]))
        name = "withheld/" + row["leaf"]
        rows.insert(row["index"], [name, row["riskClass"], name, None, row["exclusion"]])
        if row["exclusion"] is None:
            tickets[name] = unhex(row["ticket"] or "")
            holds("withheld-ticket", len(tickets[name]) == 32, "tickets of 32 bytes", row["ticket"])
    same("roster-root", told["rosterRoot"], tree(leaves).hex())

    # Who takes no part, and how many are drawn.
    excluded = Counter(row[4] for row in rows if row[4])
    same("excluded", [(reason, excluded[reason]) for reason in reasons if excluded[reason]], [(left["reason"], left["count"]) for left in told["excluded"]])
    strata = told["strata"]
    eligible = Counter(row[1] for row in rows if not row[4])
    # Also of a class of which nobody takes part.
    classes = sorted({row[1] for row in rows}, key=lambda risk: (risk is None, risk or ""))
    same("strata", classes, [stratum["riskClass"] for stratum in strata])
    shares = split(told["size"], [stratum["eligible"] for stratum in strata]) if told.get("size") is not None else None
    for i, stratum in enumerate(strata):
        name = stratum["riskClass"] or "none"
        same("eligible-" + name, stratum["eligible"], eligible[stratum["riskClass"]])
        rate = stratum["rate"]
        holds("rate-" + name, rate is not None and 0 <= rate <= 1 if shares is None else rate is None, "a rate from 0 to 1" if shares is None else "no rate beside the size", rate)
        same("quota-" + name, ceiling(Decimal(rate), stratum["eligible"]) if shares is None else shares[i], stratum["quota"])

    # The seed.
    secret = unhex(made["secret"])
    same("commitment", told["commitment"], sha(secret).hex())
    seed = sha(b"draw-seed/v1\0" + lp(secret) + b"".join(lp(value) for value in made["publicValues"]) + lp(unhex(made["root"])))
    same("seed", seed.hex(), made["seed"])

    # The inspectors.
    if public:
        known = record["poolLeaves"]
        pool_leaves = [unhex(leaf) for leaf in known]
    else:
        known = [row["id"] for row in record["pool"]]
        holds("pool-order", all(one.encode() < other.encode() for one, other in zip(known, known[1:])), "each inspector once, in order", known)
        holds("pool-fields", all((row.get("fields") is None) == (fields is None) for row in record["pool"]), "fields of expertise under draw/v2 and not before", "others")
        pool_leaves = [pool_leaf(salt, row) for salt, row in zip(salts(unhex(record.get("poolKey") or ""), len(known)), record["pool"])]
    same("pool-size", told["poolSize"], len(known))
    same("pool-root", told["poolRoot"], tree(pool_leaves).hex())
    known = set(known)
    taking = set(known)
    for skip in record["skippedInspectors"]:
        holds("skipped-inspector", skip["id"] in taking, "one of the inspectors, once", skip["id"])
        taking.remove(skip["id"])
        holds("skip-reason", skip["reason"] in INSPECTOR_SKIP_REASONS, INSPECTOR_SKIP_REASONS, skip)
    for visit in (visit for entry in record["rounds"] for visit in entry["visits"] if visit["inspectors"]):
        holds("inspectors", set(visit["inspectors"]) <= known and len(set(visit["inspectors"])) == told["inspectorsPerVisit"],
              f"{told['inspectorsPerVisit']} different inspectors of the pool", f"{visit['inspectors']} for {visit['enterprise']}")

    # The winners, round by round.
    order = {stratum["riskClass"]: [] for stratum in strata}
    for grain, risk, enterprise, region, exclusion in rows:
        if exclusion is None:
            ticket = tickets.get(grain) or sha(b"draw/v1\0" + lp(seed) + lp(record["draw"]) + lp(grain))
            order[risk].append((ticket, grain, enterprise, region))
    for candidates in order.values():
        candidates.sort(key=lambda entry: (entry[0], entry[1].encode()))
    drawn, wanted = Counter(), {stratum["riskClass"]: stratum["quota"] for stratum in strata}
    inspectors = None if public else Inspectors(record, seed)
    visits_of, unfilled = {}, 0

    def next_round():
        nonlocal unfilled
        won, of = [], {}
        for stratum in strata:
            risk = stratum["riskClass"]
            while wanted[risk] > 0 and drawn[risk] < len(order[risk]):
                won.append(order[risk][drawn[risk]])
                of[won[-1][1]] = risk
                drawn[risk] += 1
                wanted[risk] -= 1
            unfilled += wanted[risk]
            wanted[risk] = 0
        won.sort(key=lambda entry: (entry[0], entry[1].encode()))
        groups = {}
        for entry in won:
            groups.setdefault(entry[2], []).append(entry)
        visits = []
        for enterprise, entries in groups.items():
            if not public and enterprise not in visits_of:
                regions = sorted({entry[3] for entry in entries}, key=lambda region: region or "")
                visits_of[enterprise] = inspectors.take(
                    enterprise, regions, {needed["field"] for needed in fields or [] if any(entry[1].partition("/")[0] == needed["kind"] for entry in entries)})
            visits.append({"enterprise": enterprise, "entities": [entry[1] for entry in entries], "inspectors": visits_of.get(enterprise, [])})
        return visits, of

    for i, entry in enumerate(record["rounds"], 1):
        visits, of = next_round()
        holds("rounds", visits, "no further round, as nobody follows", f"round {i}")
        if public:
            # A visit stands where its smallest ticket does: its own place, or one before it of somebody withheld, who may be of the same enterprise.
            places = {visit["enterprise"]: place for place, visit in enumerate(visits) if not visit["enterprise"].startswith("withheld/")}
            at = -1
            for visit in entry["visits"]:
                place = places.pop(visit["enterprise"], None)
                holds(f"round-{i}", place is not None, "the smallest tickets", visit)
                same(f"round-{i}", visits[place]["entities"], visit["entities"])
                at = next((n for n in range(at + 1, place + 1) if n == place or visits[n]["enterprise"].startswith("withheld/")), None)
                holds(f"round-{i}", at is not None, "visits in the order of the smallest tickets", visit)
            holds(f"round-{i}", not places, list(places)[:1], "none")
        else:
            for place in range(max(len(visits), len(entry["visits"]))):
                same(f"round-{i}", visits[place] if place < len(visits) else "no visit", entry["visits"][place] if place < len(entry["visits"]) else "no visit")
        skipped = [skip["id"] for skip in entry["skipped"]] + ["withheld/" + row["leaf"] for row in withheld if row["skipped"] and "withheld/" + row["leaf"] in of]
        for skip in entry["skipped"]:
            holds("skip-reason", skip["reason"] in SKIP_REASONS[purpose], SKIP_REASONS[purpose], skip)
        for grain in skipped:
            holds("skipped", grain in of, f"a winner of round {i}, once", grain)
            wanted[of.pop(grain)] += 1
    left, _ = next_round()
    holds("rounds", not left, f"a round with {left[:1]}", "none")
    same("unfilled", unfilled, record["unfilled"])
    return len(withheld)


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            record = json.load(file, parse_float=Decimal, object_pairs_hook=members)
        withheld = verify(record)
    except Differs as difference:
        part, expected, found = difference.args
        print(f"The record differs: {part}: expected {str(expected)[:500]}, found {str(found)[:500]}", file=sys.stderr)
        return 3
    except OSError as fault:
        print(f"{sys.argv[1]} cannot be read: {fault.strerror}", file=sys.stderr)
        return 2
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        print(f"Not a record of a draw: {type(fault).__name__}: {fault}", file=sys.stderr)
        return 2
    winners = sum(len(visit["entities"]) for entry in record["rounds"] for visit in entry["visits"]) - sum(len(entry["skipped"]) for entry in record["rounds"])
    visits = len({visit["enterprise"] for entry in record["rounds"] for visit in entry["visits"]})
    print(f"Verified {record['draw']}: {winners} winners, {visits} visits" + (f"; {withheld} rows are withheld, whose tickets are told and not recomputed" if withheld else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
