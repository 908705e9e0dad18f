"""A fake OpenAI-compatible endpoint on loopback with one habit, in a thread of this process."""

import collections
import dataclasses
import json
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import model
import reply


@dataclasses.dataclass(frozen=True)
class Call:
    """One request, and what the model would honestly answer."""

    request: dict
    honest: model.Honest
    number: int
    path: str
    headers: object
    endpoint: "Endpoint"

    @property
    def role(self):
        return self.honest.role

    @property
    def text(self):
        return self.honest.text

    @property
    def elapsed(self):
        return time.monotonic() - self.endpoint.started

    def every(self, nth, role=None):
        """Whether this is the nth, 2nth, 3nth call of its role."""
        return (role is None or self.role == role) and self.number % nth == 0


@dataclasses.dataclass(frozen=True)
class Logged:
    role: str
    status: int
    honest: model.Honest
    failing: bool
    tokens: tuple
    answered: object
    at: float


class Endpoint:
    """Serves one habit until it is closed; keeps what it was asked."""

    def __init__(self, habit, certificate=None):
        self.habit, self.log, self.started = habit, [], time.monotonic()
        self.lock, self.numbers = threading.Lock(), collections.Counter()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"endpoint": self}))
        self.server.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def count(self, what):
        with self.lock:
            self.numbers[what] += 1
            return self.numbers[what]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    endpoint: Endpoint

    def log_message(self, *_):
        pass

    def handle(self):
        try:
            super().handle()
        except (ConnectionError, ssl.SSLError, TimeoutError):
            pass

    def do_GET(self):
        names = self.endpoint.habit.models
        if not names or not self.path.split("?")[0].endswith("/models"):
            return self.give(reply.error(404, "Not Found"))
        return self.give(
            reply.document({"object": "list", "data": [{"id": name, "object": "model"} for name in names]})
        )

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = json.loads(raw or b"{}")
        honest = model.honest(request)
        number = self.endpoint.count(honest.role)
        call = Call(request, honest, number, self.path, self.headers, self.endpoint)
        given = self.endpoint.habit.reply(call)
        whole = isinstance(given, reply.Reply)
        tokens = given.tokens if whole else (100, 10)
        at = time.monotonic() - self.endpoint.started
        answered = given.answered if whole else None
        entry = Logged(honest.role, given.status, honest, whole and given.failing, tokens, answered, at)
        with self.endpoint.lock:
            self.endpoint.log.append(entry)
        return self.give(given) if whole else given.write(self)

    def give(self, given):
        self.send_response(given.status)
        self.send_header("Content-Type", given.content_type)
        for name, value in given.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(given.body)))
        self.end_headers()
        self.wfile.write(given.body)
