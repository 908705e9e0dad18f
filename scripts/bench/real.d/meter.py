"""The one endpoint that every entrant calls: it counts each call, ends a budget, and keeps answers.

A request that was answered before, with the same messages and settings, is answered from the file of answers: it is
counted as any other, and only takes no time. Every entrant has a path of its own, /NAME/v1.
"""

import contextlib
import http.client
import itertools
import json
import pathlib
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SLOTS = 1  # calls at a time of a model server: a second one makes it read the prompt again, for twice the time
SILENT = "-"  # a base model that ends at once has answered, and many a client takes no empty answer for one
CRITIC = "critic"  # the model's name in a letter to a critic or an editor
SPENT = {"error": {"message": "the calls of this entrant are spent", "type": "insufficient_quota"}}


class Budget:
    """How many calls an entrant made, of how many; how many were refused, and how many the model's server failed.

    Letters to a critic or an editor are counted by themselves.
    """

    def __init__(self, limit=None):
        self.limit, self.made, self.refused, self.failed, self.lock = limit, 0, 0, 0, threading.Lock()
        self.letters = 0

    def take(self):
        with self.lock:
            if self.limit is not None and self.made >= self.limit:
                self.refused += 1
                return False
            self.made += 1
            return True

    def letter(self):
        with self.lock:
            self.letters += 1


class Answers:
    """Answers by request, in a file of JSON Lines that grows."""

    def __init__(self, path):
        self.path, self.lock, self.known = pathlib.Path(path), threading.Lock(), {}
        if self.path.exists():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                with contextlib.suppress(ValueError):  # a line that a kill cut off
                    row = json.loads(line)
                    self.known[row["request"]] = row["answer"]

    def keep(self, request, answer):
        with self.lock:
            self.known[request] = answer
            with open(self.path, "a", encoding="utf-8") as file:
                file.write(json.dumps({"request": request, "answer": answer}, ensure_ascii=False) + "\n")


def key(request):
    """What makes two requests the same: all but the model's name and what only steers the transport."""
    settings = {name: value for name, value in request.items() if name not in ("model", "stream", "user", "n")}
    settings["temperature"] = float(settings.get("temperature") or 0)
    if "max_completion_tokens" in settings:
        settings["max_tokens"] = settings.pop("max_completion_tokens")
    return json.dumps(settings, sort_keys=True, ensure_ascii=False)


class Upstream:
    """The model servers; a call goes to the one with the fewest under way."""

    def __init__(self, urls):
        self.places = [urllib.parse.urlsplit(url) for url in urls]
        self.busy, self.free = [0] * len(urls), threading.Condition()
        self.asked = 0

    def complete(self, request):
        with self.free:
            self.free.wait_for(lambda: min(self.busy) < SLOTS)
            number = self.busy.index(min(self.busy))
            self.busy[number] += 1
            self.asked += 1
        try:
            return self._post(self.places[number], request)
        finally:
            with self.free:
                self.busy[number] -= 1
                self.free.notify()

    @staticmethod
    def _post(place, request):
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=600)
        try:
            path = place.path.rstrip("/") + "/v1/chat/completions"
            connection.request("POST", path, json.dumps(request), {"Content-Type": "application/json"})
            answer = connection.getresponse()
            document = json.loads(answer.read())
        finally:
            connection.close()
        if answer.status != 200:
            raise RuntimeError(f"the model's server answered {answer.status}: {document}")
        return document


class Meter:
    """The endpoint. `opened` gives an entrant its address and its budget."""

    def __init__(self, upstream, answers, port=0, critic=None):
        self.upstream, self.answers, self.budgets, self.numbers = upstream, answers, {}, itertools.count(1)
        self.critic = critic  # has complete(request); None where nobody answers
        self.server = ThreadingHTTPServer(("127.0.0.1", port), type("Bound", (Handler,), {"meter": self}))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def opened(self, limit=None):
        """The address without /v1, and the budget."""
        name = f"run-{next(self.numbers)}"
        self.budgets[name] = Budget(limit)
        return f"http://127.0.0.1:{self.server.server_port}/{name}", self.budgets[name]

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request):
        """The document for a request, from the file where it is there."""
        asked = key(request)
        text, prompt_tokens, tokens = self.answers.known.get(asked) or self._asked(request, asked)
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
        usage = {"prompt_tokens": prompt_tokens, "completion_tokens": tokens, "total_tokens": prompt_tokens + tokens}
        return {
            "id": "local",
            "object": "chat.completion",
            "created": 0,
            "model": "local",
            "choices": [choice],
            "usage": usage,
        }

    def _asked(self, request, asked):
        document = self.upstream.complete({name: value for name, value in request.items() if name != "stream"})
        text, spent = document["choices"][0]["message"].get("content") or "", document["usage"]
        answer = [text.strip() or SILENT, spent["prompt_tokens"], spent["completion_tokens"]]
        self.answers.keep(asked, answer)
        return answer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    meter = None

    def log_message(self, *_):
        pass

    def do_GET(self):
        self._send(200, {"object": "list", "data": [{"id": "local", "object": "model"}]})

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        budget = self.meter.budgets.get(self.path.split("/")[1])
        if budget is None or not self.path.endswith("/v1/chat/completions"):
            return self._send(404, {"error": {"message": f"{self.path} is no entrant's", "type": "not_found"}})
        is_letter = self.meter.critic is not None and request.get("model") == CRITIC
        if is_letter:
            budget.letter()
        elif not budget.take():
            return self._send(429, SPENT)
        try:
            return self._send(200, self.meter.critic.complete(request) if is_letter else self.meter.answer(request))
        except (OSError, RuntimeError, ValueError) as failed:
            budget.failed += 1
            return self._send(500, {"error": {"message": str(failed), "type": "server_error"}})

    def _send(self, status, document):
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):  # the entrant is gone
            self.wfile.write(body)
