"""Runs the real command line against a habit."""

import dataclasses
import os
import pathlib
import signal
import subprocess
import time

import fake
import outcome
import sample

RUNNING = set()  # the process groups of the runs under way
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@dataclasses.dataclass(frozen=True)
class Bench:
    """Where things are, and how the product is run."""

    root: pathlib.Path
    work: pathlib.Path
    engine: str
    certificate: pathlib.Path
    bridge: str

    @property
    def data(self):
        return self.work / "data"


def run(bench, habit, limit):
    """One run; it is ended with all its processes after `limit` seconds."""
    if habit.before:
        habit.before()
    endpoint = fake.Endpoint(habit, bench.certificate if habit.tls else None)
    folder = bench.work / f"{habit.name}-{bench.engine}"
    folder.mkdir(parents=True)
    try:
        places = {
            "origin": f"http://127.0.0.1:{endpoint.port}",
            "host": f"127.0.0.1:{endpoint.port}",
            "prices": bench.data / "prices.json",
            "certificate": bench.certificate or "",
        }
        start = time.monotonic()
        status = _wait(_arguments(bench, habit, endpoint, folder, places), _environment(habit, places), folder, limit)
        seconds = time.monotonic() - start
    finally:
        endpoint.close()
    return outcome.read(habit, status, seconds, folder, tuple(endpoint.log))


def _arguments(bench, habit, endpoint, folder, places):
    scheme = "https" if habit.tls else "http"
    url = habit.url.format(**places) or f"{scheme}://127.0.0.1:{endpoint.port}{habit.path}"
    arguments = [bench.bridge, habit.command, "--db", bench.data / "camp.db", "--home", folder / "home", "--json"]
    arguments += ["--base-url", url]
    options = ("--model", "--critic-model", "--editor-model", "--judge-model")
    for role, option in zip(sample.ROLES, options, strict=True):
        if _called(habit, role):
            arguments += [option, habit.worker if role == "worker" else f"m-{role}"]
    if habit.command == "judge":
        arguments += ["--session", sample.JUDGED, "--outputs", "30"]
    else:
        arguments += [
            "--lineage",
            (sample.BRIEF if habit.real else sample.PLAIN) + "-A",
            "--engine",
            bench.engine,
            "--grader",
            habit.grader,
        ]
        arguments += ["--tasks", bench.data / f"{habit.tasks}.jsonl"]
        arguments += ["--rounds", "1"] if bench.engine == "agentlightning" else []
    if not any(option.startswith("--max-") for option in habit.options):
        arguments += ["--max-calls", "200" if bench.engine == "agentlightning" else "140"]
    return [str(a) for a in arguments] + [option.format(**places) for option in habit.options]


def _called(habit, role):
    """Whether the command calls the role's model; naming another one is wrong use."""
    if habit.command == "judge":
        return role == "judge"
    return role != "judge" or habit.grader in ("auto", "judge")


def _environment(habit, places):
    environment = {name: value for name, value in os.environ.items() if name.lower() not in PROXIES}
    environment.pop("OPENAI_API_KEY", None)
    if habit.key:
        environment["OPENAI_API_KEY"] = habit.key
    return environment | {name: value.format(**places) for name, value in habit.environment.items()}


def _wait(arguments, environment, folder, limit):
    with open(folder / "stdout", "wb") as out, open(folder / "stderr", "wb") as err:
        process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment, start_new_session=True
        )
        RUNNING.add(process.pid)
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            return 124
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            RUNNING.discard(process.pid)


def end_all():
    """Ends the runs under way, with all their processes."""
    for pid in list(RUNNING):
        os.killpg(pid, signal.SIGKILL)
