#!/usr/bin/env python3
"""A receiver of deliveries: verifies signatures, notices what is missing and fetches it, verifies that every event is in the public log.

    receiver.py serve --listen 127.0.0.1:8080 --secrets FILE --state FILE [--server URL --key FILE --subscription ID] [--origin NAME] [--tolerance SECONDS]
    receiver.py check vectors.json

Python 3.9 or later, standard library only. What it receives is in the state file (SQLite) before it is answered. The file of secrets has one
a line (whsec_...), during a rotation two; it is read at every delivery. TLS is for a proxy in front of it.
"""
import argparse, base64, hashlib, hmac, json, queue, sqlite3, sys, threading, time, urllib.error, urllib.parse, urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BODY_MAX = 64 * 1024


def signature(secret, message_id, timestamp, body):
    """The signature of a message: HMAC-SHA256 of id, timestamp and body with dots between them."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()).decode()


def is_signed(secrets, message_id, timestamp, given, body):
    """Whether any of the signatures given is made with any of the secrets."""
    return any(
        hmac.compare_digest(signature(secret, message_id, timestamp, body).encode(), one.encode()) for secret in secrets for one in given.split(" "))


def leaf_hash(leaf):
    return hashlib.sha256(b"\0" + leaf).digest()


def is_included(seq, tree_size, leaf, path, root):
    """Whether the hash of a leaf leads to the root (RFC 9162, 2.1.3.2); seq counts from 1."""
    if not 1 <= seq <= tree_size:
        return False
    first, second, node = seq - 1, tree_size - 1, leaf
    for sibling in path:
        if second == 0:
            return False
        if first & 1 or first == second:
            node = hashlib.sha256(b"\1" + sibling + node).digest()
            while not first & 1 and first != 0:
                first, second = first >> 1, second >> 1
        else:
            node = hashlib.sha256(b"\1" + node + sibling).digest()
        first, second = first >> 1, second >> 1
    return second == 0 and node == root


def why_not_proven(event, proof):
    """Why a proof does not show that an event is in the log; None: it does."""
    seq, size, root = proof["seq"], proof["treeSize"], bytes.fromhex(proof["root"])
    hashed = bytes.fromhex(proof["leafHash"])
    if seq != event["seq"]:
        return "the proof is of another event"
    if proof.get("leaf") is not None:
        leaf = json.loads(proof["leaf"])
        if leaf_hash(proof["leaf"].encode()) != hashed:
            return "the leaf has not its hash"
        if (leaf["grain"], leaf["type"]) != (event["subject"], event["type"]):
            return "the leaf is another event"
    if not is_included(seq, size, hashed, [bytes.fromhex(node) for node in proof["path"]], root):
        return "the path does not lead to the root"
    if proof.get("checkpoint"):
        # Who signed it is verified by docs/verify_log.py, and once for all events up to its size.
        lines = proof["checkpoint"].split("\n")
        if (int(lines[1]), base64.b64decode(lines[2])) != (size, root):
            return "the root is not that of the checkpoint"
    return None


class State:
    """What was received. Every thread has a connection of its own."""

    def __init__(self, path):
        self.path, self.local = path, threading.local()
        with self.open() as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("CREATE TABLE IF NOT EXISTS event (seq INTEGER PRIMARY KEY, how TEXT, type TEXT, subject TEXT, item TEXT, proven INTEGER)")
            db.execute("CREATE TABLE IF NOT EXISTS message (id TEXT PRIMARY KEY)")

    def open(self):
        if not hasattr(self.local, "db"):
            self.local.db = sqlite3.connect(self.path, timeout=30)
            self.local.db.execute("PRAGMA synchronous = FULL")
        return self.local.db

    def receive(self, message_id, cloud_event):
        """Keeps a message; False: it was received before."""
        with self.open() as db:
            if db.execute("INSERT OR IGNORE INTO message VALUES (?)", (message_id,)).rowcount == 0:
                return False
            if "seq" in cloud_event:
                self.keep(db, "received", int(cloud_event["seq"]), cloud_event["type"], cloud_event["subject"], cloud_event["data"])
            return True

    def keep(self, db, how, seq, kind, subject, item):
        return db.execute("INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?, NULL)", (seq, how, kind, subject, json.dumps(item, ensure_ascii=False))).rowcount == 1

    def has(self, seq):
        return self.open().execute("SELECT 1 FROM event WHERE seq = ?", (seq,)).fetchone() is not None

    def before(self, seq):
        return self.open().execute("SELECT max(seq) FROM event WHERE seq < ?", (seq,)).fetchone()[0]

    def unproven(self):
        return [dict(zip(("seq", "type", "subject"), row)) for row in self.open().execute("SELECT seq, type, subject FROM event WHERE proven IS NULL ORDER BY seq LIMIT 100")]

    def prove(self, seq, tree_size):
        with self.open() as db:
            db.execute("UPDATE event SET proven = ? WHERE seq = ?", (tree_size, seq))


class Server:
    """The interface of the service, with a key."""

    def __init__(self, url, key):
        self.url, self.key = url.rstrip("/"), key

    def get(self, path, **query):
        request = urllib.request.Request(f"{self.url}{path}?{urllib.parse.urlencode(query)}", headers={"Authorization": f"Bearer {self.key}"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def between(self, subscription, after, to):
        """What a subscription asks for of the feed, after one seq and up to another."""
        asked = self.get(f"/api/subscriptions/{subscription}")
        names = {"kind": "kind", "region": "region", "policy": "policy", "level": "level"}
        query = {name: ",".join(asked["filter"][member]) for member, name in names.items() if asked["filter"].get(member)}
        entities = asked["filter"].get("entities") or []
        # More than an address can name are looked for here; what stands for an enterprise behind others is then read, too.
        if 0 < len(entities) <= 100:
            query["entity"] = ",".join(entities)
        while after < to:
            page = self.get("/api/events", after=after, type=",".join(asked["types"]), limit=500, **query)
            yield from (item for item in page["items"] if item["seq"] <= to)
            if page["nextAfter"] <= after:
                return
            after = page["nextAfter"]


class Work(threading.Thread):
    """What takes longer than a sender waits: fetching what is missing, and proofs."""

    def __init__(self, state, server, subscription):
        super().__init__(daemon=True)
        self.state, self.server, self.subscription, self.previous = state, server, subscription, queue.Queue()

    def run(self):
        waiting = []
        while True:
            try:
                waiting.append(self.previous.get(timeout=1))
            except queue.Empty:
                pass
            try:
                while waiting:
                    self.fill(waiting[0])
                    waiting.pop(0)
                self.prove()
            except (OSError, ValueError) as trouble:
                print(f"later: {trouble}", flush=True)
                time.sleep(1)

    def fill(self, seq):
        """Fetches what lies between what is known and an event that was sent and never came."""
        if self.state.has(seq):
            return
        after = self.state.before(seq)
        for item in self.server.between(self.subscription, seq - 1 if after is None else after, seq):
            with self.state.open() as db:
                if self.state.keep(db, "fetched", item["seq"], item["type"], item["subject"], item):
                    print(f"fetched {item['seq']} {item['type']} {item['subject']}", flush=True)

    def prove(self):
        for event in self.state.unproven():
            try:
                proof = self.server.get("/log/proof", seq=event["seq"])
            except urllib.error.HTTPError as answer:
                # The next checkpoint has it, or the log is not signed.
                answer.close()
                return
            trouble = why_not_proven(event, proof)
            if trouble:
                print(f"NOT PROVEN {event['seq']}: {trouble}", flush=True)
                sys.stdout.flush()
                self.state.prove(event["seq"], -1)
            else:
                self.state.prove(event["seq"], proof["treeSize"])
                print(f"proven {event['seq']} in {proof['treeSize']}", flush=True)


def serve(options):
    state = State(options.state)
    work = None
    if options.server:
        with open(options.key) as file:
            work = Work(state, Server(options.server, file.read().strip()), options.subscription)
        work.start()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_OPTIONS(self):
            wanted = self.headers.get("WebHook-Request-Origin", "") == options.origin
            self.answer(200 if wanted else 403, {"WebHook-Allowed-Origin": options.origin} if wanted else {})

        def do_POST(self):
            length = int(self.headers.get("Content-Length", "-1"))
            if not 0 <= length <= BODY_MAX:
                self.close_connection = True
                return self.answer(413)
            body = self.rfile.read(length)
            message_id, timestamp, given = (self.headers.get(name, "") for name in ("webhook-id", "webhook-timestamp", "webhook-signature"))
            with open(options.secrets) as file:
                secrets = file.read().split()
            if not timestamp.isascii() or not timestamp.isdigit() or (options.tolerance and abs(time.time() - int(timestamp)) > options.tolerance):
                return self.answer(400)
            if not is_signed(secrets, message_id, timestamp, given, body):
                return self.answer(400)
            cloud_event = json.loads(body)
            if state.receive(message_id, cloud_event):
                print(f"received {cloud_event.get('seq', '-')} {cloud_event['type']} {cloud_event['subject']}", flush=True)
            self.answer(204)
            if work and "previousseq" in cloud_event:
                work.previous.put(int(cloud_event["previousseq"]))

        def answer(self, status, headers=None):
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    class Listener(ThreadingHTTPServer):
        request_queue_size = 128

    host, port = options.listen.rsplit(":", 1)
    listener = Listener((host, int(port)), Handler)
    print(f"listening on {host}:{listener.server_port}", flush=True)
    listener.serve_forever()


def check(options):
    """Recomputes the test vectors; an exit code of 0 means that this receiver judges all of them rightly."""
    with open(options.vectors, encoding="utf-8") as file:
        vectors = json.load(file)
    wrong = []
    for vector in vectors["signatures"]:
        if is_signed(vector["secrets"], vector["id"], vector["timestamp"], vector["signature"], vector["body"].encode()) != vector["valid"]:
            wrong.append(vector["name"])
    for vector in vectors["proofs"]:
        if (why_not_proven(vector["event"], vector["proof"]) is None) != vector["valid"]:
            wrong.append(vector["name"])
    for name in wrong:
        print(f"wrong: {name}")
    print(f"{len(vectors['signatures'])} signatures and {len(vectors['proofs'])} proofs, {len(wrong)} wrong")
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve")
    serving.add_argument("--listen", default="127.0.0.1:8080")
    serving.add_argument("--secrets", required=True)
    serving.add_argument("--state", required=True)
    serving.add_argument("--server")
    serving.add_argument("--key")
    serving.add_argument("--subscription")
    serving.add_argument("--origin", default="supervision.example")
    serving.add_argument("--tolerance", type=int, default=300, help="seconds that the sender's clock may differ; 0: any, for a service on manual time")
    serving.set_defaults(run=serve)
    checking = commands.add_parser("check")
    checking.add_argument("vectors")
    checking.set_defaults(run=check)
    options = parser.parse_args()
    if options.command == "serve" and options.server and not (options.key and options.subscription):
        parser.error("--server needs --key and --subscription")
    sys.exit(options.run(options))


if __name__ == "__main__":
    main()
