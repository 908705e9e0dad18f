"""Entries for the worker that end, or do not end, in every way but the good one."""

import ctypes
import os
import sys
import time


def _started(report):
    report({"type": "started", "detail": "a test"})


def raises(job, report, ask, poll):
    _started(report)
    raise ValueError("the first line\nthe second line")


def has_too_long_prompts(job, report, ask, poll):
    from lightning_bridge.worker import RunFailed

    _started(report)
    failure = RunFailed("16 of 16 prompts are longer than 64 tokens")
    failure.kind = "length"
    raise failure


def exits(job, report, ask, poll):
    _started(report)
    sys.exit(3)


def exits_at_once(job, report, ask, poll):
    _started(report)
    print("last words", file=sys.stderr, flush=True)
    os._exit(7)


def crashes(job, report, ask, poll):
    _started(report)
    ctypes.string_at(0)


def never_ready(job, report, ask, poll):
    while True:
        poll()
        time.sleep(0.05)


def gets_stuck(job, report, ask, poll):
    _started(report)
    time.sleep(600)


def does_nothing(job, report, ask, poll):
    _started(report)
    while True:
        poll()
        time.sleep(0.05)


def ignores_the_stop(job, report, ask, poll):
    _started(report)
    report({"type": "candidate", "candidate": "v1", "parent": "v0", "round": 1, "prompt": "better"})
    report({"type": "best", "candidate": "v1", "round": 1, "score": 0.75})
    while True:
        poll()
        time.sleep(0.05)


def prints_rubbish(job, report, ask, poll):
    os.write(1, b'half a line without an end {"type": "resu')
    _started(report)
    os.write(1, b'\n{"no": "type"}\n[1]\nnull\n\xff\xfe\n')
    return {"stop": "finished", "prompt": "kept \U0001f600 \u00e9", "score": None}


def tells_its_environment(job, report, ask, poll):
    _started(report)
    return {"stop": "finished", "prompt": "\n".join(sorted(os.environ)), "score": 0.5}
