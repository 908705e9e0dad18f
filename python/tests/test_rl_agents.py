"""The agents against a gateway and a grader that are a small server. Needs httpx."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytest.importorskip("httpx", reason="needs the rl environment: run scripts/setup --with rl")

from lightning_bridge import rl_agents  # noqa: E402


class Server(ThreadingHTTPServer):
    """Answers each path by what is queued for it; keeps what was sent."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.seen = {}, []
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.path, self.headers["Authorization"], body))
        status, answer = self.server.answers[self.path].pop(0)
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *given):
        pass


@pytest.fixture
def server(tmp_path, monkeypatch):
    server = Server()
    job = {
        "tasks": {"t1": "2 plus 2?"},
        "systemPrompt": "Add.",
        "maxTokens": 16,
        "rewardUrl": server.url + "/reward",
        "rewardToken": "reward-token",
        "folder": str(tmp_path),
        "seconds": 60,
    }
    file = tmp_path / "agents.json"

    def rewrite(**changes):
        file.write_text(json.dumps(job | changes))

    rewrite()
    server.job = rewrite
    monkeypatch.setenv("LIGHTNING_BRIDGE_RL_JOB", str(file))
    monkeypatch.setenv("LIGHTNING_BRIDGE_TASK", "t1")
    monkeypatch.setenv("AGL_OPENAI_BASE_URL", server.url + "/v1")
    monkeypatch.setenv("AGL_EVENT_URL", server.url + "/events")
    monkeypatch.setenv("AGL_KEY", "gateway-key")
    server.answers = {
        "/v1/chat/completions": [(200, {"choices": [{"message": {"content": "4"}}]})],
        "/reward": [(200, {"reward": 0.75})],
        "/events": [(200, {})],
    }
    yield server
    server.shutdown()
    server.server_close()


def sent(server, path):
    return [(key, body) for seen, key, body in server.seen if seen == path]


def test_each_key_goes_where_it_belongs_and_the_reward_is_reported(server):
    rl_agents.PromptAgent().run()

    assert sent(server, "/reward") == [("Bearer reward-token", {"task": "t1", "output": "4"})]
    key, event = sent(server, "/events")[0]
    assert key == "Bearer gateway-key"
    assert event == {"event_type": "reward", "data": {"value": 0.75, "source": "lightning-bridge"}}


CHAT = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes?"}, {"role": "user", "content": "4?"}]


def test_an_input_that_is_more_than_a_text_begins_as_java_says(server):
    opening = [{"role": "system", "content": "Add."}, *CHAT]
    server.job(tasks={"t1": CHAT}, openings={"t1": opening})

    rl_agents.PromptAgent().run()

    assert sent(server, "/v1/chat/completions")[0][1]["messages"] == opening


@pytest.mark.parametrize(("given", "form"), [(CHAT, "chat"), ({"a": "1 é"}, "values"), ("text", "text")])
def test_a_command_is_given_what_is_no_text_as_json_and_told_so(server, given, form):
    script = "import os, sys; print(os.environ['LIGHTNING_BRIDGE_INPUT'], sys.stdin.read())"
    server.job(tasks={"t1": given}, command=[sys.executable, "-X", "utf8", "-c", script])

    rl_agents.CommandAgent().run()

    expected = given if form == "text" else json.dumps(given, ensure_ascii=False)
    assert sent(server, "/reward")[0][1]["output"] == f"{form} {expected}"


def test_a_failure_that_passes_is_tried_again(server):
    server.answers["/v1/chat/completions"].insert(0, (429, {"error": "gateway paused"}))
    server.answers["/reward"].insert(0, (503, {"error": "TIMEOUT"}))

    rl_agents.PromptAgent().run()

    assert len(sent(server, "/events")) == 1


def test_what_cannot_be_graded_reports_no_reward(server):
    server.answers["/reward"] = [(402, {"error": "BUDGET_EXHAUSTED"})]

    with pytest.raises(RuntimeError, match="402.*BUDGET_EXHAUSTED"):
        rl_agents.PromptAgent().run()

    assert sent(server, "/events") == []


def test_a_command_gets_what_openai_clients_read_and_no_secret_of_ours(server):
    server.job(command=["sh", "-c", "cat; echo; env"])

    rl_agents.CommandAgent().run()

    output = sent(server, "/reward")[0][1]["output"]
    assert output.startswith("2 plus 2?\n"), "the input is on standard input"
    assert f"OPENAI_BASE_URL={server.url}/v1" in output
    assert "OPENAI_API_KEY=gateway-key" in output
    assert "LIGHTNING_BRIDGE_SYSTEM_PROMPT=Add." in output
    assert "reward-token" not in output
    assert "LIGHTNING_BRIDGE_RL_JOB" not in output


@pytest.mark.parametrize(
    ("command", "failure"),
    [
        (["true"], "without a word"),
        (["sh", "-c", "head -c 1000001 /dev/zero | tr '\\0' x"], "more than 1000000 characters"),
        (["sleep", "60"], "timed out"),
    ],
)
def test_a_command_that_says_nothing_too_much_or_hangs_is_a_failure(server, command, failure):
    server.job(command=command, seconds=1)

    with pytest.raises((RuntimeError, subprocess.TimeoutExpired), match=failure):
        rl_agents.CommandAgent().run()

    assert sent(server, "/reward") == []


def test_a_command_that_fails_is_a_failure_and_no_empty_output(server):
    server.job(command=["false"])

    with pytest.raises(RuntimeError, match="status 1"):
        rl_agents.CommandAgent().run()

    assert sent(server, "/reward") == []
