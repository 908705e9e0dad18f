"""The bench's jobs: what the prompt starts as, what a search may learn from, and what an answer is worth."""

import dataclasses
import json
import pathlib

from shuffle import shuffled

TRAIN, VALIDATION, HELD_OUT = 60, 40, 80
LONGEST_ANSWER = 32  # tokens
FAR = 3  # off by so much, a rating is worth nothing

STARTS = {
    "reviews": "Classify the sentiment of the review. Answer with one word: positive or negative.",
    "tweets": "Classify the sentiment of the tweet. Answer with one word: positive, neutral or negative.",
    "snippets": "Rate how positive the text is, from 1 (very negative) to 10 (very positive). Answer with the number"
    " alone, with one decimal.",
    "cards": "Turn the note into JSON with the keys id, about (product, restaurant or film) and sentiment (positive or"
    " negative). Answer with the JSON alone.",
}


@dataclasses.dataclass(frozen=True)
class Job:
    """One kind of task and one split of its data. Rows are {"input", "expected"}."""

    kind: str
    seed: int
    train: list
    validation: list
    held_out: list

    @property
    def start(self):
        return STARTS[self.kind]

    def reward(self, row, output):
        """From 0 to 1: whether the answer is the expected one, or how near it is."""
        output, expected = output.strip(), row["expected"]
        if self.kind == "snippets":
            return near(output, float(expected))
        if self.kind == "cards":
            return alike(output, json.loads(expected))
        return 1.0 if output == expected else 0.0


def job(folder, kind, seed, held_out=HELD_OUT):
    """The split of a seed: 60 rows to learn from, 40 to compare on, and so many that no search sees."""
    lines = (pathlib.Path(folder) / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in shuffled(lines, seed)[: TRAIN + VALIDATION + held_out]]
    return Job(kind, seed, rows[:TRAIN], rows[TRAIN : TRAIN + VALIDATION], rows[TRAIN + VALIDATION :])


def near(output, expected):
    try:
        return max(0.0, 1 - abs(float(output) - expected) / FAR)
    except ValueError:
        return 0.0


def alike(output, expected):
    """The share of the fields that are right; a field too many counts as a wrong one."""
    try:
        said = json.loads(output)
    except ValueError:
        return 0.0
    if not isinstance(said, dict):
        return 0.0
    right = sum(name in said and said[name] == wanted for name, wanted in expected.items())
    return right / max(len(expected), len(said))


def with_examples(instructions, rows):
    """The prompt with examples behind it, in the form that the model's template gives to a call."""
    return "\n\n".join([instructions, *(f"Input: {row['input']}\nAnswer: {row['expected']}" for row in rows)])
