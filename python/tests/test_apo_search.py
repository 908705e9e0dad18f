"""A whole search with scripted callbacks, in a process of its own: with litellm left out and with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytest.importorskip("agentlightning", reason="needs the APO environment: run scripts/setup")

SEARCH = """
import json, sys
from lightning_bridge import worker
def ask(request):
    request = json.loads(request)
    if "edit" in request:
        return json.dumps({"prompt": request["edit"]} if len(request["edit"]) % 5 else {})
    reward = min(1.0, (len(request["prompt"]) + int(request["task"][1:])) / 100)
    said = [{"role": "system", "content": request["prompt"]}, {"role": "assistant", "content": "out"}]
    return json.dumps({"reward": reward, "feedback": "longer", "messages": said})
print(worker.call("lightning_bridge.apo:run", sys.argv[1], print, ask, lambda: ""))
print(json.dumps(sorted(name for name in sys.modules if name.startswith("litellm."))))
"""


class Editor(BaseHTTPRequestHandler):
    """Answers every call with a text made of the call."""

    def do_POST(self) -> None:  # noqa: N802
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = "edited " + "x" * (len(json.dumps(request["messages"])) % 37)
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        body = {"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
        answer = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Editor)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()


def search(endpoint: str, cache: Path, **environment: str) -> tuple[list[dict], list[str]]:
    job = {
        "seedPrompt": "Seed {x}",
        "seed": 3,
        "fenceRule": "Data stands between <{mark}> and </{mark}>.",
        "train": [{"id": f"t{i}"} for i in range(6)],
        "validation": [{"id": f"v{i}"} for i in range(4)],
        "humanNotes": [],
        "settings": {
            "rounds": 1,
            "beamWidth": 2,
            "branchFactor": 1,
            "gradientBatchSize": 2,
            "validationBatchSize": 2,
            "diversityTemperature": 1.0,
            "concurrency": 3,
        },
        "endpoint": {
            "baseUrl": endpoint,
            "token": "t",
            "criticModel": "critic",
            "editorModel": "editor",
            "timeoutSeconds": 60,
        },
        "toleratedFailures": {"share": 0.1, "handful": 3},
        "cacheFolder": str(cache),
    }
    done = subprocess.run(
        [sys.executable, "-c", SEARCH, json.dumps(job)],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).parent.parent),
            "LITELLM_LOCAL_MODEL_COST_MAP": "True",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return lines[:-1], lines[-1]


def test_a_search_gives_the_same_with_litellm_left_out(endpoint: str, tmp_path: Path) -> None:
    lean, left_in = search(endpoint, tmp_path)
    whole, all_of_it = search(endpoint, tmp_path, LIGHTNING_BRIDGE_FULL_IMPORT="1")
    assert lean[-1]["stop"] == "finished"
    assert lean == whole
    assert len(left_in) < 10 < 500 < len(all_of_it)
