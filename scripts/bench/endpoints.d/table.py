"""The table of what came of each habit, and of each kind of them."""

import collections
import dataclasses

import judgement

HEADS = ("| kind | habits | as wanted | wrong scores | longest until named, s |", "|---|---|---|---|---|")
LINE = "{:18} {:42} {:54} {:>6} {:>9} {:>6}  {}"


@dataclasses.dataclass
class Kind:
    """The habits of a kind: how many, those as wanted, wrong scores, the longest time until a cause was named."""

    habits: int = 0
    fine: int = 0
    wrong: int = 0
    named: float = 0

    def row(self, name):
        named = f"{self.named:.0f}" if self.named else "–"
        return f"| {name} | {self.habits} | {self.fine} | {self.wrong} | {named} |"


class Table:
    """Prints a line a habit and counts."""

    def __init__(self):
        self.kinds, self.calls = collections.defaultdict(Kind), 0
        print(LINE.format("habit", "wanted", "got", "wrong", "calls/no", "s", ""))

    def add(self, habit, outcome, found):
        wrong = judgement.wrong_scores(habit, outcome)
        calls = f"{len(outcome.log)}/{outcome.turned_down}"
        end = "NOT: " + "; ".join(found) if found else "ok"
        wanted, got = cut(habit.wanted.in_words(), 42), cut(outcome.in_words(), 54)
        print(LINE.format(habit.name, wanted, got, wrong, calls, f"{outcome.seconds:.0f}", end), flush=True)
        kind, self.calls = self.kinds[habit.kind], self.calls + len(outcome.log)
        kind.habits, kind.fine, kind.wrong = kind.habits + 1, kind.fine + (not found), kind.wrong + wrong
        if not habit.wanted.control and not found:
            kind.named = max(kind.named, outcome.seconds)

    @property
    def other(self):
        return sum(kind.habits - kind.fine for kind in self.kinds.values())

    def in_words(self):
        fine, wrong = (sum(getattr(kind, what) for kind in self.kinds.values()) for what in ("fine", "wrong"))
        return f"{fine} as wanted, {self.other} not; {wrong} wrong scores; {self.calls} calls"

    def by_kind(self):
        rows = [kind.row(name) for name, kind in sorted(self.kinds.items())]
        return "\n".join([*HEADS, *rows])


def cut(text, width):
    text = text.replace("|", "/")
    return text if len(text) <= width else text[: width - 1] + "…"
