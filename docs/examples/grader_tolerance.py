"""A grader outside of Lightning Bridge: compares JSON field by field, and numbers with a tolerance.

    scripts/bridge optimize --db camp.db --session ID --sandbox --tasks tasks.jsonl \
        --grader-command "python3 docs/examples/grader_tolerance.py 0.01"

It is started once for each output. What there is to grade comes on standard input, the grade goes
to standard output; what it logs belongs on standard error. Python's standard library is enough.
"""

import json
import sys


def fault(name: str, expected: object, actual: object, tolerance: float) -> str | None:
    """What is wrong with a field, in words for the critic; None where nothing is."""
    if is_number(expected) and is_number(actual):
        right = abs(actual - expected) <= tolerance * max(1.0, abs(expected))
    else:
        right = actual == expected
    return None if right else f"{name} should be {json.dumps(expected)} and is {json.dumps(actual)}"


def is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def grade(asked: dict, tolerance: float) -> dict:
    """The share of the expected fields that the output has, 0 to 1."""
    expected = asked["expected"]
    if isinstance(expected, str):
        expected = json.loads(expected)
    try:
        output = json.loads(asked["output"])
    except ValueError:
        return {"reward": 0, "note": "The output is no JSON."}
    if not isinstance(output, dict):
        return {"reward": 0, "note": "The output is no JSON object."}
    faults = [fault(name, wanted, output.get(name), tolerance) for name, wanted in expected.items()]
    wrong = [text for text in faults if text]
    return {"reward": 1 - len(wrong) / len(faults), "note": "; ".join(wrong)}


if __name__ == "__main__":
    json.dump(grade(json.load(sys.stdin), float(sys.argv[1]) if len(sys.argv) > 1 else 0.01), sys.stdout)
