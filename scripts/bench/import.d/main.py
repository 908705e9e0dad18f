"""The table of scripts/bench/import: main.py ROOT WORK ROWS..."""

import csv
import json
import os
import resource
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

TEXT = "the agent answered a question about an order that was late and a parcel which nobody had seen again"
WORDS = TEXT.split()
PROMPT = "Answer the customer in one friendly sentence."
LINE_MB = 20
SCRIPT_TO = 100_000  # rows: a million would take the plain script a quarter of an hour


class Measured(NamedTuple):
    """A process that has ended."""

    wall: float
    cpu: float
    peak_mb: float


def measured(command: list[str]) -> Measured:
    """Runs it to its end and says what it took."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        errors = process.stderr.read() if process.stderr else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command[0]} ended with {process.returncode}: {errors}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(time.monotonic() - start, cpu, used.ru_maxrss / 1024)


def text(number: int, words: int) -> str:
    """Words that differ from number to number."""
    return f"{number} " + " ".join(WORDS[(number * 7 + i * i) % len(WORDS)] for i in range(words))


def rows(file: Path, count: int) -> None:
    """A file of scored outputs, a fifth of them with a comment."""
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["input", "output", "score", "comment"])
        for i in range(count):
            writer.writerow([text(i, 14), text(i * 3 + 1, 10), 1 + i % 10, text(i, 4) if i % 5 == 0 else ""])


def counts(database: Path) -> dict[str, int]:
    """Rows by table."""
    with sqlite3.connect(database) as connection:
        tables = [t for (t,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {t: connection.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for t in tables}


def main() -> None:
    """Prints the table."""
    root, work = Path(sys.argv[1]), Path(sys.argv[2])
    sizes = [int(n) for argument in sys.argv[3:] for n in argument.split()]
    prompt = work / "prompt.txt"
    prompt.write_text(PROMPT, encoding="utf-8")
    bridge = [str(root / "scripts/bridge"), "import", "--prompt", str(prompt), "--scale", "1..10"]
    line = "{:>9} {:>8} {:>8} {:>8} {:>8} {:>8} {:>7} {:>14} {:>9} {:>16}"
    names = ["rows", "file MB", "wall s", "cpu s", "rows/s", "peak MB", "db MB"]
    names += ["script's cpu s", "x script", "script's peak MB"]
    print(line.format(*names))
    for count in sizes:
        file, ours, plain = work / "rows.csv", work / "ours.db", work / "plain.db"
        rows(file, count)
        bridged = measured([*bridge, str(file), "--db", str(ours)])
        found = [
            f"{count}",
            f"{file.stat().st_size / 1e6:.1f}",
            f"{bridged.wall:.1f}",
            f"{bridged.cpu:.1f}",
            f"{count / bridged.wall:.0f}",
            f"{bridged.peak_mb:.0f}",
            f"{ours.stat().st_size / 1e6:.0f}",
        ]
        if count <= SCRIPT_TO:
            floor = Path(__file__).with_name("floor.py")
            script = measured([sys.executable, str(floor), str(root), str(file), str(prompt), str(plain)])
            same(ours, plain)
            plain.unlink()
            found += [f"{script.cpu:.1f}", f"{bridged.cpu / script.cpu:.2f}", f"{script.peak_mb:.0f}"]
        print(line.format(*found, *["-"] * (10 - len(found))), flush=True)
        ours.unlink()
    long = work / "long.jsonl"
    with long.open("w", encoding="utf-8") as out:
        for size in (10, LINE_MB << 20, 10):
            row = {"input": f"{size} " + "x" * 10, "output": "y", "score": 9, "page": "z" * size}
            out.write(json.dumps(row) + "\n")
    bridged = measured([*bridge, str(long), "--db", str(work / "long.db")])
    print(f"\na line of {LINE_MB} MB between two short ones: {bridged.wall:.1f} s, peak {bridged.peak_mb:.0f} MB")


def same(ours: Path, plain: Path) -> None:
    """Both made as many rows in every table."""
    if counts(ours) != counts(plain):
        raise SystemExit(f"not the same rows: {counts(ours)} {counts(plain)}")


main()
