"""same.py DIR DIR: whether two folders have files with the same rows, in any order; names the first that differ."""

import json
import sys
from collections import Counter
from pathlib import Path


def rows(file: Path) -> Counter[str]:
    """The rows of a file in one form, by how often each is there."""
    with file.open(encoding="utf-8") as lines:
        return Counter(json.dumps(json.loads(line), sort_keys=True) for line in lines)


def main(first: Path, second: Path) -> None:
    """Ends with 1 where a file is missing or has other rows."""
    for file in sorted({path.name for folder in (first, second) for path in folder.glob("*.jsonl")}):
        if not all((folder / file).exists() for folder in (first, second)):
            sys.exit(f"{file} is not in both {first} and {second}")
        one, other = rows(first / file), rows(second / file)
        if one != other:
            sys.exit(f"{file} differs, first here:\n{next(iter(one - other), '-')}\n{next(iter(other - one), '-')}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
