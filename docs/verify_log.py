#!/usr/bin/env python3
"""Verifies the public log of a ledger by what it tells everyone, and names the first thing that differs.

    python3 verify_log.py URL [--key KEY]... [--state FILE] [--event SEQ]

URL is where the log is, for example https://supervision.example/log. The newest checkpoint has to be signed with the key given
(name+id+base64; without one the log is asked, which proves less); the hashes of all events have to have the root that was signed, and the
hashes in between have to follow from them. FILE keeps the checkpoint that was verified last: what was seen once has to be there for ever.
SEQ is an event whose inclusion is verified as well. The formats are in log.md beside this file. Standard library only.
Exit code 0: everything is as it must be; 3: something differs; 2: not a log that can be verified.
"""
import argparse
import base64
import hashlib
import json
import os
import sys
import time
import urllib.error
import urllib.request

WIDTH = 256
ATTEMPTS = 60


class Differs(Exception):
    """What differs, and the first and the last event that it may be about."""

    def __init__(self, what, first=0, last=0):
        at = "" if not first else f" at event {first}" if first == last else f" within events {first} to {last}"
        super().__init__(f"The log differs{at}: {what}")


class NoLog(Exception):
    pass


def sha(data):
    return hashlib.sha256(data).digest()


def node(left, right):
    return sha(b"\x01" + left + right)


# --- Ed25519 (RFC 8032, section 5.1), for verifying only ---

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def point(data):
    """A point in extended coordinates; None: the bytes are none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def plus(a, b):
    c, d = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    e, f = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    g, h, i, j = d - c, f - e, f + e, d + c
    return g * h % P, i * j % P, h * i % P, g * j % P


def times(number, a):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = plus(total, a)
        a, number = plus(a, a), number >> 1
    return total


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signature(key, text, signature):
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= Q:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % Q
    left, right = times(s, BASE), plus(r, times(challenge, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- Notes ---


def read_key(text):
    parts = text.strip().split("+", 2)
    try:
        data = base64.b64decode(parts[2], validate=True)
    except (IndexError, ValueError):
        data = b""
    if len(data) != 33 or data[0] != 1 or sha(parts[0].encode() + b"\n" + data)[:4].hex() != parts[1]:
        raise NoLog(f"'{text}' is not the key of a log; it has the form name+id+base64.")
    return parts[0], bytes.fromhex(parts[1]), data[1:]


def read_note(note):
    """The text and the signatures below it, as name, id and signature."""
    end = note.rfind("\n\n")
    if end < 0 or not note.endswith("\n"):
        raise NoLog("This is not a signed note: a text, an empty line, and lines of signatures.")
    signatures = []
    for line in note[end + 2 : -1].split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014":
            raise NoLog(f"'{line}' is not the signature of a note.")
        data = base64.b64decode(parts[2], validate=True)
        signatures.append((parts[1], data[:4], data[4:]))
    return note[: end + 1], signatures


def read_checkpoint(text):
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not lines[1].isascii() or not lines[1].isdigit() or str(int(lines[1])) != lines[1]:
        raise NoLog("This is not a checkpoint: its lines are the origin, the size in digits, and the root in base64.")
    return lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)


# --- The log over HTTP ---


class Log:
    def __init__(self, url):
        self.url = url.rstrip("/")

    def get(self, path):
        """The answer; None: there is none to be had."""
        for _ in range(ATTEMPTS):
            try:
                with urllib.request.urlopen(f"{self.url}/{path}", timeout=60) as answer:
                    return answer.read()
            except urllib.error.HTTPError as error:
                if error.code in (404, 500):
                    return None
                if error.code not in (429, 503):
                    raise
                time.sleep(float(error.headers.get("Retry-After") or 1))
        raise NoLog(f"{self.url}/{path} is not answered.")

    def text(self, path):
        answer = self.get(path)
        if answer is None:
            raise NoLog(f"There is no {self.url}/{path}.")
        return answer.decode("utf-8")

    def tile(self, level, index, width):
        name = f"{index % 1000:03}"
        while index >= 1000:
            index //= 1000
            name = f"x{index % 1000:03}/{name}"
        data = self.get(f"tile/{level}/{name}" + (f".p/{width}" if width < WIDTH else ""))
        return None if data is None or len(data) != 32 * width else [data[i : i + 32] for i in range(0, len(data), 32)]


# --- Trees ---


class Tree:
    """The roots of the perfect subtrees of an RFC 6962 tree, largest first."""

    def __init__(self):
        self.size, self.roots = 0, []

    def append(self, leaf):
        self.roots.append(leaf)
        bits = self.size
        while bits & 1:
            right = self.roots.pop()
            self.roots[-1] = node(self.roots[-1], right)
            bits >>= 1
        self.size += 1

    def root(self):
        if not self.roots:
            return sha(b"")
        root = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            root = node(left, root)
        return root


def width_of(level, index, size):
    return min(WIDTH, (size >> (8 * level)) - index * WIDTH)


def find_missing(log, index, width):
    there, missing = 0, width
    while missing - there > 1:
        middle = (there + missing) // 2
        if log.tile(0, index, middle) is None:
            missing = middle
        else:
            there = middle
    event = index * WIDTH + there + 1
    raise Differs("the log does not give out the hash of an event that was signed", event, event)


def verify_tree(log, size, root, seen):
    tree, levels, upper = Tree(), [(Tree(), 0)], {}
    for index in range((size + WIDTH - 1) // WIDTH):
        width = width_of(0, index, size)
        hashes = log.tile(0, index, width) or find_missing(log, index, width)
        for leaf in hashes:
            tree.append(leaf)
            completed, level = leaf, 0
            while True:
                open_tree, place = levels[level]
                open_tree.append(completed)
                if open_tree.size < WIDTH:
                    break
                completed = open_tree.root()
                levels[level] = (Tree(), place + 1)
                level += 1
                if len(levels) == level:
                    levels.append((Tree(), 0))
                above = place // WIDTH
                if upper.get(level, (None, None))[0] != above:
                    upper[level] = (above, log.tile(level, above, width_of(level, above, size)))
                told = upper[level][1]
                if told is None or told[place % WIDTH] != completed:
                    raise Differs(
                        f"tile {level}/{above} does not have the hash of the events below", (place << (8 * level)) + 1, (place + 1) << (8 * level))
            if seen and tree.size == seen[1] and tree.root() != seen[2]:
                raise Differs(f"the first {seen[1]} events are not those of the checkpoint that was seen before", 1, seen[1])
        if sys.stderr.isatty():
            print(f"\r{tree.size} of {size} events", end="\n" if tree.size == size else "", file=sys.stderr)
    if tree.root() != root:
        raise Differs("the hashes of the events do not have the root that was signed", 1, size)


def verify_event(log, seq, size, root):
    if not 1 <= seq <= size:
        raise Differs(f"there is no event {seq} among {size}", seq, seq)
    proof = json.loads(log.text(f"proof?seq={seq}&treeSize={size}"))
    leaf_hash = current = bytes.fromhex(proof["leafHash"])
    place, last = seq - 1, size - 1
    for other in map(bytes.fromhex, proof["path"]):
        if last == 0:
            raise Differs("the proof is longer than it may be", seq, seq)
        if place & 1 or place == last:
            current = node(other, current)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            current = node(current, other)
        place, last = place >> 1, last >> 1
    if last or current != root:
        raise Differs("the proof does not lead to the root that was signed", seq, seq)
    if proof["leaf"] is not None and sha(b"\x00" + proof["leaf"].encode("utf-8")) != leaf_hash:
        raise Differs("the event is not the one whose hash was signed", seq, seq)


def verify(options):
    log = Log(options.url)
    keys = options.key
    if not keys:
        keys = log.text("key").split()
        print("The key was told by the log itself:", ", ".join(keys))
    keys = [read_key(key) for key in keys]
    seen = None
    if options.state and os.path.exists(options.state):
        with open(options.state, encoding="utf-8", newline="") as file:
            seen = read_checkpoint(read_note(file.read())[0])
    note = log.text("checkpoint")
    text, signatures = read_note(note)
    origin, size, root = read_checkpoint(text)
    if not any(
        name == origin == signer and key_id == signed_with and is_signature(key, text.encode("utf-8"), signature)
        for name, key_id, key in keys
        for signer, signed_with, signature in signatures
    ):
        raise Differs(f"the checkpoint of {origin} is not signed with a key that may sign it")
    if seen and seen[0] != origin:
        raise Differs(f"the log is {origin}, and was {seen[0]}")
    if seen and size < seen[1]:
        raise Differs(f"the checkpoint has {size} events, and had {seen[1]}", size + 1, seen[1])
    verify_tree(log, size, root, seen)
    if options.event is not None:
        verify_event(log, options.event, size, root)
    if options.state:
        with open(options.state + ".new", "w", encoding="utf-8", newline="") as file:
            file.write(note)
        os.replace(options.state + ".new", options.state)
    told = f"Verified {origin}: {size} events, root {root.hex()}"
    told += f"; the {seen[1]} seen before are there" if seen else ""
    print(told + (f"; event {options.event} is among them" if options.event is not None else ""))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("url", metavar="URL")
    parser.add_argument("--key", action="append", default=[])
    parser.add_argument("--state", metavar="FILE")
    parser.add_argument("--event", metavar="SEQ", type=int)
    try:
        verify(parser.parse_args())
        return 0
    except Differs as differs:
        print(differs, file=sys.stderr)
        return 3
    except (NoLog, ValueError, KeyError, OSError) as error:
        print(f"Not a log that can be verified: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
