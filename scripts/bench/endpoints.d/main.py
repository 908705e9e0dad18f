"""scripts/bench/endpoints: the product against every habit of a fake endpoint, one at a time."""

import argparse
import concurrent.futures
import pathlib
import shutil
import signal
import subprocess
import sys

import habits  # noqa: F401  registers them
import judgement
import product
import real
import sample
from habit import HABITS
from table import Table

QUIET_CONTROL = 6  # seconds that the control takes where nothing else runs; every allowance is for such a machine


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench/endpoints", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these habits, or kinds of them")
    parser.add_argument("--jobs", type=int, default=2, help="runs at the same time (default: 2)")
    parser.add_argument("--engine", default="java", help="java, or agentlightning: a few habits with the real trainer")
    parser.add_argument("--slow", action="store_true", help="those too that take minutes")
    parser.add_argument("--patience", type=float, default=1, help="times the seconds allowed (default: 1)")
    parser.add_argument("--list", action="store_true", help="names the habits and where they are from")
    parser.add_argument(
        "--real", action="store_true", help="llama.cpp's own server in place of the fake; fetches it and a model"
    )
    parser.add_argument("--work", type=pathlib.Path, help="folder for what is left of the runs (default: in target)")
    return parser.parse_args()


def chosen(options):
    known = set(HABITS) | {habit.kind for habit in HABITS.values()}
    unknown = set(options.only or ()) - known
    if unknown:
        sys.exit(f"unknown habits: {', '.join(sorted(unknown))}; --list names them")
    for habit in HABITS.values():
        wished = not options.only or habit.name in options.only or habit.kind in options.only
        by_engine = options.engine in habit.engines and (options.engine == "java" or habit.command == "optimize")
        if wished and by_engine and (options.slow or not habit.slow or habit.name in (options.only or ())):
            yield habit


LONG = "This sentence makes the ticket long. " * 3000  # 20,000 tokens and more


def prepare(options, root):
    work = (options.work or root / "target" / "bench-endpoints").absolute()
    shutil.rmtree(work, ignore_errors=True)
    (work / "data").mkdir(parents=True)
    sample.write_database(work / "data" / "camp.db", root / "src/main/resources/camp/schema-v9.sql")
    sample.write_tasks(work / "data" / "tasks.jsonl")
    sample.write_tasks(work / "data" / "long.jsonl", LONG)
    sample.write_prices(work / "data" / "prices.json")
    return product.Bench(root, work, options.engine, certificate(work / "data"), str(root / "scripts" / "bridge"))


def certificate(folder):
    """A self-signed certificate with its key, or None where there is no openssl to make one."""
    both, key = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(both)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    with open(both, "a") as file:
        file.write(key.read_text())
    return both


def controls_of(bench, wished, table):
    """The outcome of an honest endpoint for each command that is wanted."""
    controls = {}
    for command in sorted({habit.command for habit in wished}):
        control = HABITS.get("base" if command == "optimize" else "judge_base")
        if control:
            outcome = product.run(bench, control, control.wanted.seconds * 5)
            table.add(control, outcome, [] if outcome.status == 0 else ["the control failed"])
            controls[command] = outcome
    if any(control.status != 0 for control in controls.values()):
        sys.exit("\n".join(control.text for control in controls.values()))
    return controls


def tried(options, root):
    bench = prepare(options, root)
    wished, table = list(chosen(options)), Table()
    controls = controls_of(bench, wished, table)
    slower = (control.seconds / QUIET_CONTROL for control in controls.values())
    stretch = options.patience * (1.0 if options.real else max(1.0, *slower))
    rest = [
        habit for habit in wished if habit.name not in ("base", "judge_base") and (bench.certificate or not habit.tls)
    ]

    def one(habit):
        outcome = product.run(bench, habit, habit.wanted.seconds * stretch + 60)
        return habit, outcome, judgement.faults(habit, outcome, controls.get(habit.command), stretch)

    pool = concurrent.futures.ThreadPoolExecutor(1 if options.real else options.jobs)
    try:
        for done in concurrent.futures.as_completed([pool.submit(one, habit) for habit in rest]):
            table.add(*done.result())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    if not bench.certificate:
        print("there is no openssl: habits with a certificate were not tried")
    print(f"\n{table.by_kind()}\n\n{table.in_words()}; left in {bench.work}")
    print(f"seconds allowed: {stretch:.1f} times those of a quiet machine")
    return 1 if table.other else 0


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    servers = real.register() if options.real else []
    if options.list:
        for habit in HABITS.values():
            print(f"{habit.kind:11} {habit.name:18} {'slow ' if habit.slow else ''}{habit.source}")
        return 0
    try:
        return tried(options, pathlib.Path(__file__).parents[3])
    finally:
        product.end_all()
        for server in servers:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
