"""Forty planted secrets at a real server: called by scripts/tests/secrets with a folder whose home has
the demo's run, and the command that serves. Needs nothing but Python's own library."""

import base64
import http.server
import io
import itertools
import json
import os
import pathlib
import re
import secrets
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile

ENVIRONMENT = """OPENAI_API_KEY ANTHROPIC_API_KEY AZURE_OPENAI_API_KEY GOOGLE_API_KEY MISTRAL_API_KEY HF_TOKEN
WANDB_API_KEY AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN GITHUB_TOKEN GITLAB_TOKEN NPM_TOKEN SLACK_TOKEN VAULT_TOKEN
DATABASE_URL REDIS_URL SMTP_PASSWORD SECRET_KEY_BASE JWT_SECRET ENCRYPTION_KEY PGPASSWORD
QUARKUS_OTEL_EXPORTER_OTLP_HEADERS KUBE_TOKEN""".split()
ELSEWHERE = """key-file token-file beside-databases tasks-file outside-databases wrong-bearer other-scheme
forged-cookie csrf-header wrong-login token-in-query password-in-address user-in-body proxy-authorization
postgresql-url postgresql-variable upstream-cookie""".split()

PLANTED = {name: f"planted+{name.lower()}/{secrets.token_hex(8)}" for name in ENVIRONMENT + ELSEWHERE}
FORMATS = "events tasks rollouts resources rewards store sft dpo rl".split()
ROLES = "worker critic editor judge".split()
GOOD = "gpt-4o"  # the model that mostly answers as it should
JUDGE = "gpt-4.1"
LATER = "gpt-4.1-mini"  # answers while it is checked, and fails in the run
CHECKED = 8  # the calls that LATER answers first: those of the check at the door and at the run's start
NEVER = "gpt-4o-mini"  # is refused at the door
PAGES = "/ /overview /databases /runs /judges /judges/part /schedule".split()


class Upstream(http.server.BaseHTTPRequestHandler):
    """An endpoint that repeats the key in whatever it says: right answers, errors, headers, redirects."""

    turn = itertools.count()
    later = itertools.count()
    sent = []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        key = self.headers.get("Authorization", "")
        Upstream.sent.append(key)
        judging = body["model"] == JUDGE
        score = {"reason": f"as {key} says", "score": 1 + len(Upstream.sent) % 10}
        said = json.dumps(score) if judging else f"billing {key}"
        answer = json.dumps({"choices": [{"message": {"content": said}}]})
        faults = [(401, json.dumps({"error": {"message": f"no such key {key}"}})), (500, f"<html>{key}</html>"),
                  (200, f"no JSON: {key}"), (429, key), (302, ""), (200, json.dumps({"error": key}))]
        turn = next(Upstream.turn)
        good = judging or (body["model"] == GOOD and turn % 15)
        good = good or (body["model"] == LATER and next(Upstream.later) < CHECKED)
        status, said = (200, answer) if good else faults[turn % (3 if body["model"] == GOOD else 6)]
        if body["model"] == GOOD and status == 401:
            status = 500
        self.send_response(status, f"says {key}" if status == 401 else None)
        self.send_header("X-Key", key)
        self.send_header("Set-Cookie", PLANTED["upstream-cookie"].replace("+", "="))
        if status == 429:
            self.send_header("Retry-After", "1")
        if status == 302:
            self.send_header("Location", f"http://127.0.0.1:9/{urllib.parse.quote(key)}")
        self.end_headers()
        self.wfile.write(said.encode())

    def log_message(self, *arguments):
        pass


def unpacked(content):
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        return b"".join(files.read(name) for name in files.namelist())


class Server:
    def __init__(self, work, command, environment, *options):
        self.log = work / f"log-{secrets.token_hex(4)}"
        self.process = subprocess.Popen(
            [*command, "--home", str(work / "home"), "--databases", str(work / "databases"), "--port", "0", *options],
            env={**os.environ, **environment}, stdout=self.log.open("w"), stderr=subprocess.STDOUT)

    def wait(self):
        for _ in range(600):
            url = re.search(r"Listening on: (http\S+)", self.log.read_text())
            if url or self.process.poll() is not None:
                return url and url.group(1)
            time.sleep(0.2)
        raise SystemExit("the server does not start")


def main(work, command):
    upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    databases = work / "databases"
    databases.mkdir()
    shutil.copy(work / "home/demo/training-camp.db", databases / "camp.db")
    (databases / ".env").write_text(f"SECRET={PLANTED['beside-databases']}\n")
    (databases / "tasks.jsonl").write_text(f"password {PLANTED['tasks-file']}\n")
    (work / "outside.db").write_text(PLANTED["outside-databases"])
    (work / "key").write_text(PLANTED["key-file"])
    token = "".join(f"{ord(c):02x}" for c in PLANTED["token-file"])[:64]
    PLANTED["token-file"] = token
    (work / "home/token").write_text(token + "\n")
    (work / "home/token").chmod(0o600)
    environment = {name: PLANTED[name] for name in ENVIRONMENT}
    environment["QUARKUS_OTEL_EXPORTER_OTLP_HEADERS"] = f"api-key={PLANTED['QUARKUS_OTEL_EXPORTER_OTLP_HEADERS']}"
    environment["LIGHTNING_BRIDGE_ENDPOINT_BASE_URL"] = f"http://127.0.0.1:{upstream.server_port}/v1"
    environment["LIGHTNING_BRIDGE_ENDPOINT_KEY_FILE"] = str(work / "key")
    server = Server(work, command, environment)
    url = server.wait()
    said = []

    def ask(method, path, body=None, headers=None, form=False):
        data = None if body is None else body.encode() if form else json.dumps(body).encode()
        request = urllib.request.Request(url + path, data, method=method, headers={
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/x-www-form-urlencoded" if form else "application/json", **(headers or {})})
        try:
            answer = urllib.request.urlopen(request, timeout=120)
        except urllib.error.HTTPError as error:
            answer = error
        content = answer.read()
        said.append((f"{method} {path.split('?')[0]}", str(answer.headers).encode() + unpacked(content)))
        return answer.status, content

    def read(path):
        return json.loads(ask("GET", path)[1])

    try:
        strangers(ask)
        runs = work_through(ask, read, work, databases)
    finally:
        server.process.terminate()
        server.process.wait(60)
    postgresql = Server(
        work, command,
        {**environment, "PGPASSWORD": PLANTED["postgresql-variable"], "LIGHTNING_BRIDGE_DATASOURCE": "postgresql",
         "LIGHTNING_BRIDGE_POSTGRESQL_URL": f"jdbc:postgresql://127.0.0.1:1/b?password={PLANTED['postgresql-url']}"})
    postgresql.wait()
    postgresql.process.kill()
    said += [(f"log of server {i}", s.log.read_bytes()) for i, s in enumerate((server, postgresql), 1)]
    said += [(str(f.relative_to(work)), f.read_bytes()) for f in (work / "home").rglob("*")
             if f.is_file() and f != work / "home/token"]
    report(said, runs)


def strangers(ask):
    """Requests that bring secrets of their own, and get an error for them."""
    ask("GET", "/api/v1/runs", headers={"Authorization": f"Bearer {PLANTED['wrong-bearer']}"})
    ask("GET", "/api/v1/runs", headers={"Authorization": f"Basic {PLANTED['other-scheme']}"})
    ask("GET", "/", headers={"Authorization": "", "Cookie": f"lightning-bridge={PLANTED['forged-cookie']}"})
    ask("POST", "/runs", "", {"Authorization": "", "X-CSRF-Token": PLANTED["csrf-header"]}, form=True)
    ask("POST", "/login", "token=" + urllib.parse.quote(PLANTED["wrong-login"]), {"Authorization": ""}, form=True)
    ask("GET", "/api/v1/runs?access_token=" + urllib.parse.quote(PLANTED["token-in-query"]))
    ask("GET", "/api/v1/runs", headers={"Proxy-Authorization": PLANTED["proxy-authorization"]})
    ask("GET", "/api/v1/runs", headers={"Referer": f"http://me:{PLANTED['password-in-address']}@localhost/"})
    ask("POST", "/api/v1/runs", {"database": "x", "model": {"endpoint": {}}, "apiKey": PLANTED["user-in-body"]})


def work_through(ask, read, work, databases):
    database = read("/api/v1/databases")["items"][0]["id"]
    session = read(f"/api/v1/databases/{database}/inspection")["sessions"][0]["id"]
    run = {"database": database, "sessionId": session, "engine": "java", "grader": "judge", "acceptJudge": True,
           "model": {"endpoint": {**dict.fromkeys(ROLES, GOOD), "judge": JUDGE}}, "limits": {"calls": 300}}
    bad = {**run, "model": {"endpoint": dict.fromkeys(ROLES, LATER)}}
    never = {**run, "model": {"endpoint": dict.fromkeys(ROLES, NEVER)}}
    for file in (databases / "tasks.jsonl", databases / ".env", work / "outside.db"):
        ask("POST", "/api/v1/runs", {**run, "tasksFile": str(file)})
    ask("POST", "/api/v1/runs/estimate", run)
    ask("POST", "/api/v1/runs", {**run, "database": str(work / "outside.db")})
    refused, _ = ask("POST", "/api/v1/runs", never)
    if refused != 422:
        raise SystemExit(f"a run whose endpoint fails was taken: {refused}")
    ask("POST", "/api/v1/runs/check", never)
    ids = [json.loads(ask("POST", "/api/v1/runs", started)[1])["id"] for started in (run, {**run, "seed": 1}, bad)]
    for model in (run, bad, never):
        ask("POST", "/api/v1/judge-reports", {key: model[key] for key in ("database", "sessionId", "model", "limits")})
    for _ in range(600):
        if all(read(f"/api/v1/runs/{i}").get("finishedAt") for i in ids) and all(
                r["state"] != "running" for r in read("/api/v1/judge-reports")["items"]):
            break
        time.sleep(0.3)
    ids += [r["id"] for r in read("/api/v1/runs")["items"]]
    for i in dict.fromkeys(ids):
        for path in ("", "/log?limit=2000", "/events"):
            ask("GET", f"/api/v1/runs/{i}{path}")
        ask("GET", f"/runs/{i}")
        ask("GET", f"/runs/{i}/candidates/v1")
    for what in ("proposals", "schedules", "nights", "judge-reports", "sandbox"):
        ask("GET", f"/api/v1/{what}")
    for proposal in read("/api/v1/proposals")["items"]:
        ask("GET", f"/proposals/{proposal['id']}")
    for form in FORMATS:
        ask("GET", f"/api/v1/databases/{database}/exports/{form}")
    of_database = [f"/databases/{database}", f"/databases/{database}/sessions/{session}"]
    for path in PAGES + of_database + ["/q/metrics", "/q/health", "/q/openapi", "/q/info", "/q/config", "/none"]:
        ask("GET", path)
    return [read(f"/api/v1/runs/{i}") for i in ids[:3]]


def forms(secret):
    raw = secret.encode()
    quoted = urllib.parse.quote(secret, safe="")
    return {raw, base64.b64encode(raw), quoted.encode(), secret.replace("/", "\\/").encode()}


def report(said, runs):
    sent = sum(PLANTED["key-file"] in key for key in Upstream.sent)
    print(f"{len(PLANTED)} secrets; {len(said)} answers, logs and files of {sum(len(c) for _, c in said):,} bytes;"
          f" the key was sent {sent} times; the runs: {', '.join(run['state'] for run in runs)}")
    redacted = any(b"[key]" in content for _, content in said)
    found = [f"{name} in {where}" for where, content in said for name, secret in PLANTED.items()
             if any(form in content for form in forms(secret))]
    for line in found:
        print("FOUND", line)
    worked = runs[0]["state"] in ("held", "waiting_for_approval") and runs[2]["state"] == "failed"
    if found or not sent or not redacted or not worked or len(PLANTED) != 40 or len(said) < 60:
        raise SystemExit("secrets were found, or the test did not do what it should")
    print("none was found")


main(pathlib.Path(sys.argv[1]), sys.argv[2:])
