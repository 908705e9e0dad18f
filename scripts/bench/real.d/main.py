"""Optimisers side by side on a real model and on texts that people labelled, at equal calls of the worker."""

import argparse
import json
import os
import pathlib
import signal
import sys
import time

import data
import worker
from critic import KEY, Critic
from entrants import ENTRANTS, Place
from jobs import HELD_OUT, STARTS, job
from meter import Answers, Meter, Upstream
from models import Models
from table import table

SIZES = {
    "quick": {"tasks": "reviews,tweets", "seeds": 1, "calls": "60"},
    "usual": {"tasks": ",".join(STARTS), "seeds": 3, "calls": "170"},
    "full": {"tasks": ",".join(STARTS), "seeds": 5, "calls": "60,170,470"},
}
JVM = ["-XX:TieredStopAtLevel=1", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"]
SEARCH = "dev.lightningbridge.optimize.apo.RealSearch"
NOBODY = "Nobody answered as critic or editor: every entrant had the worker's calls alone."


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/bench/real",
        description=__doc__,
        epilog="On two quiet cores 40 minutes, with --quick 5, with --full hours. A request that was answered before "
        "is counted again, but not asked again: the answers are kept in the cache folder.",
    )
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", dest="size", action="store_const", const="quick", help="two tasks, a seed, 60 calls")
    size.add_argument("--full", dest="size", action="store_const", const="full", help="5 seeds; 60, 170 and 470 calls")
    parser.add_argument("--tasks", metavar="LIST", help=f"of {', '.join(STARTS)} (default: all)")
    parser.add_argument("--seeds", type=int, metavar="N", help="splits of the data (default: 3)")
    parser.add_argument(
        "--first-seed", type=int, metavar="N", default=0, help="the first of them (default: %(default)s)"
    )
    most = "rows that no search sees: more make a difference plainer (default: %(default)s)"
    parser.add_argument("--held-out", type=int, metavar="N", default=HELD_OUT, help=most)
    parser.add_argument("--calls", metavar="LIST", help="calls of the worker for a search (default: 170)")
    usual = "start,random,dspy,bridge"
    which = f"of {', '.join(ENTRANTS)}; gepa and apo only with a critic (default: %(default)s)"
    parser.add_argument("--entrants", metavar="LIST", default=usual, help=which)
    parser.add_argument("--base-url", metavar="URL", help="a model that runs already, without /v1 (default: starts it)")
    asked = f"who answers as critic and editor, without /v1; the key from {KEY} (default: nobody)"
    parser.add_argument("--critic-url", metavar="URL", help=asked)
    parser.add_argument("--critic-model", metavar="NAME", default="critic", help="its name there")
    kept = "where letters are kept; one that is there is not asked again (default: in the cache folder)"
    parser.add_argument("--letters", metavar="FOLDER", help=kept)
    parser.add_argument("--prompts", action="store_true", help="prints the prompts found, too")
    parser.set_defaults(size="usual")
    options = parser.parse_args()
    for name, value in SIZES[options.size].items():
        setattr(options, name, getattr(options, name) or value)
    options.tasks, options.entrants = options.tasks.split(","), options.entrants.split(",")
    options.calls = [int(calls) for calls in options.calls.split(",")]
    unknown = (set(options.tasks) - set(STARTS)) | (set(options.entrants) - set(ENTRANTS))
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    return options


class Bench:
    """Runs the entrants, writes a line a run, and prints a table for each number of calls."""

    def __init__(self, options, meter, place):
        self.options, self.meter, self.place = options, meter, place
        self.free, _ = meter.opened()

    def run(self):
        for calls in self.options.calls:
            rewards = {}
            first = self.options.first_seed
            for seed in range(first, first + self.options.seeds):
                for kind in self.options.tasks:
                    its_job = job(self.place.data, kind, seed, self.options.held_out)
                    for entrant in self.options.entrants:
                        rewards[entrant, kind, seed] = self.held_out(entrant, its_job, calls)
            print(f"\n{calls} calls of the worker, {self.options.seeds} seeds; mean reward on held-out rows")
            print(table(rewards, self.options.tasks, self.options.entrants[-1]), flush=True)

    def held_out(self, entrant, its_job, calls):
        begin = time.monotonic()
        found = ENTRANTS[entrant](its_job, self.meter, calls, self.place)
        reward = worker.mean(self.free, its_job, found.prompt, its_job.held_out)
        line = {"entrant": entrant, "kind": its_job.kind, "seed": its_job.seed, "calls": calls, "reward": reward}
        line |= {"made": found.calls, "letters": found.letters, "prompt": found.prompt}
        with open(self.place.work / "results.jsonl", "a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        words = f"{entrant:8} {its_job.kind:9} seed {its_job.seed}: {reward:.3f} after {found.calls} of {calls} calls"
        words += f" and {found.letters} letters" if found.letters else ""
        print(f"{words}, {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
        if self.options.prompts:
            print(f"{found.prompt}\n", file=sys.stderr)
        return reward


def place_of(environment):
    root = pathlib.Path(__file__).parents[3]
    cache, work = pathlib.Path(environment["REAL_BENCH_CACHE"]), root / "target" / "bench-real"
    work.mkdir(parents=True, exist_ok=True)
    cache.mkdir(parents=True, exist_ok=True)
    if not all((cache / f"{kind}.jsonl").exists() for kind in STARTS):
        print("getting the data", file=sys.stderr)
        data.main(cache)
    java = [environment["REAL_BENCH_JAVA"], *JVM, "-cp", environment["REAL_BENCH_CLASSES"], SEARCH]
    return Place(sys.executable, environment.get("REAL_BENCH_GEPA"), java, cache, work)


def main():
    options, begin = arguments(), time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    place = place_of(os.environ)
    models = None
    try:
        if not options.base_url:
            python = os.environ["LIGHTNING_BRIDGE_LOCAL_MODEL_ENV"] + "/bin/python"
            with open(place.work / "model.log", "w") as log:
                models = Models(python, max(1, min(2, os.cpu_count() or 1)), log)
        upstream = Upstream(models.urls if models else [options.base_url])
        critic = None
        if options.critic_url:
            critic = Critic(options.critic_url, options.critic_model, options.letters or place.data / "letters")
        meter = Meter(upstream, Answers(place.data / "answers.jsonl"), critic=critic)
        Bench(options, meter, place).run()
        print(f"\n{critic.words() if critic else NOBODY}")
        print(f"{upstream.asked} requests asked, {time.monotonic() - begin:.0f} s; prompts in {place.work}")
    finally:
        if models:
            models.stop()


if __name__ == "__main__":
    main()
