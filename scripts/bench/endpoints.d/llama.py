"""Starts, stops and calls llama.cpp's own server."""

import json
import os
import pathlib
import socket
import subprocess
import time
import urllib.error
import urllib.request

from reply import Reply, Wire


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Llama:
    """One server, which keeps its port when it is started again. Template and key as in local_model.py."""

    def __init__(self, template="plain", key=""):
        self.port, self.template, self.key, self.process = free_port(), template, key, None
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        module = pathlib.Path(__file__).parents[3] / "python" / "lightning_bridge" / "local_model.py"
        python = pathlib.Path(os.environ["LIGHTNING_BRIDGE_LOCAL_MODEL_ENV"]) / "bin" / "python"
        command = [str(python), str(module), "--port", str(self.port), "--template", self.template]
        command += ["--name", "m-worker"]
        command += ["--key", self.key] if self.key else []
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)

    def started(self):
        """Starts it where it does not run, and waits until its model is loaded."""
        if self.process is None:
            self.start()
        end = time.monotonic() + 300
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urllib.request.urlopen(self.url + "/health", timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        raise SystemExit("llama.cpp's server did not come up")

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def forward(self, call):
        """The server's own answer to a call of the worker's, body and status as they are."""
        headers = {"Content-Type": "application/json"}
        wish = urllib.request.Request(self.url + "/v1/chat/completions", json.dumps(call.request).encode(), headers)
        try:
            with urllib.request.urlopen(wish, timeout=600) as given:
                return _reply(given.read())
        except urllib.error.HTTPError as failed:
            return Reply(failed.code, failed.read(), answered="")
        except OSError:
            return Wire(lambda handler: setattr(handler, "close_connection", True), 0)


def _reply(body):
    document = json.loads(body)
    spent, choice = document["usage"], document["choices"][0]
    tokens = (spent["prompt_tokens"], spent["completion_tokens"])
    return Reply(200, body, tokens=tokens, answered=choice["message"].get("content") or "")
