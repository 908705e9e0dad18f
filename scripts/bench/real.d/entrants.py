"""The entrants: each gets a job, a meter and a number of calls, and gives the prompt that it found."""

import dataclasses
import json
import pathlib
import random
import subprocess

import worker
from jobs import with_examples

SIZES = (4, 6, 8, 12)  # of random sets of examples
MOST_PROGRAMS = 16  # DSPy's own default
FEW_VALIDATION = 16


@dataclasses.dataclass(frozen=True)
class Found:
    """A prompt, and how many calls were made and letters written for it."""

    prompt: str
    calls: int = 0
    letters: int = 0


@dataclasses.dataclass(frozen=True)
class Place:
    """What entrants need that are programs of their own, and where data and results are."""

    dspy_python: str
    gepa_python: str | None  # None where GEPA was not asked for
    java: list  # the command that starts this project's engine; empty where it was not asked for
    data: pathlib.Path
    work: pathlib.Path


def start(job, meter, calls, place):
    """The prompt as it is."""
    return Found(job.start)


def random_examples(job, meter, calls, place):
    """Best of k: examples drawn from the train rows, as many draws as the calls pay for on all validation rows."""
    url, budget = meter.opened(calls)
    draws, best, top = random.Random(job.seed), job.start, -1.0
    for _ in range(max(1, calls // len(job.validation))):
        prompt = with_examples(job.start, draws.sample(job.train, draws.choice(SIZES)))
        mean = worker.mean(url, job, prompt, job.validation)
        if mean > top:
            best, top = prompt, mean
    return Found(best, budget.made)


def compared_on(job, calls):
    """DSPy measures every program on all validation rows: a fifth of the calls lets it compare five at the least."""
    return job.validation[: min(len(job.validation), calls // 5)]


def dspy(optimizer):
    """DSPy's optimizer with as many programs as the calls pay for; it knows no limit of calls itself."""

    def entrant(job, meter, calls, place):
        validation = compared_on(job, calls)
        for programs in range(min(MOST_PROGRAMS, calls // len(validation) - 3), -1, -1):
            url, budget = meter.opened(calls)
            wish = {"optimizer": optimizer, "kind": job.kind, "seed": job.seed, "url": url, "programs": programs}
            wish |= {"train": job.train, "validation": validation, "critic": meter.critic is not None}
            said = _output([place.dspy_python, str(pathlib.Path(__file__).with_name("dspy_entrant.py"))], wish)
            if budget.failed:
                raise RuntimeError(f"the model's server failed {budget.failed} of DSPy's calls")
            if not budget.refused:
                return Found(json.loads(said.splitlines()[-1])["prompt"], budget.made, budget.letters)
        raise RuntimeError(f"{calls} calls do not pay for one program of DSPy's")

    return entrant


def searched(optimizer, job, meter, calls, place, validation):
    """By the Java program, with the same worker, grader and critic for each optimizer. A letter is one of its calls."""
    url, budget = meter.opened(calls)
    wish = {"optimizer": optimizer, "kind": job.kind, "seed": job.seed, "url": url, "calls": calls, "start": job.start}
    wish |= {"critic": meter.critic is not None, "gepa_python": place.gepa_python}
    said = _output(place.java, wish | {"train": job.train, "validation": validation})
    if budget.failed or budget.refused:
        raise RuntimeError(f"the model's server failed {budget.failed} calls and {budget.refused} were too many")
    return Found(json.loads(said.splitlines()[-1])["prompt"], budget.made, budget.letters)


def bridge(job, meter, calls, place):
    """This project's Java engine; without a critic examples alone."""
    return searched("bridge", job, meter, calls, place, job.validation)


def with_critic(optimizer):
    """One that cannot do without: as in scripts/bench/optimizers it compares on 16 validation rows."""

    def entrant(job, meter, calls, place):
        if meter.critic is None:
            raise RuntimeError(f"{optimizer} needs somebody who answers letters: give --critic-url")
        return searched(optimizer, job, meter, calls, place, job.validation[:FEW_VALIDATION])

    return entrant


def _output(command, wish=None):
    sent = None if wish is None else json.dumps(wish)
    ended = subprocess.run(command, input=sent, capture_output=True, text=True)
    if ended.returncode:
        raise RuntimeError(f"{command[0]} ended with {ended.returncode}:\n{ended.stderr[-2000:]}")
    return ended.stdout


ENTRANTS = {
    "start": start,
    "random": random_examples,
    "dspy": dspy("random-search"),
    "mipro": dspy("mipro"),
    "gepa": with_critic("gepa"),
    "apo": with_critic("apo"),
    "bridge": bridge,
}
