"""The table of what came of each habit."""

import judgement

LINE = "{:18} {:42} {:54} {:>6} {:>9} {:>6}  {}"


class Table:
    """Prints a line a habit and counts."""

    def __init__(self):
        self.fine, self.other, self.wrong, self.calls = 0, 0, 0, 0
        print(LINE.format("habit", "wanted", "got", "wrong", "calls/no", "s", ""))

    def add(self, habit, outcome, found):
        wrong = judgement.wrong_scores(habit, outcome)
        calls = f"{len(outcome.log)}/{outcome.turned_down}"
        end = "NOT: " + "; ".join(found) if found else "ok"
        wanted, got = cut(habit.wanted.in_words(), 42), cut(outcome.in_words(), 54)
        print(LINE.format(habit.name, wanted, got, wrong, calls, f"{outcome.seconds:.0f}", end), flush=True)
        self.fine, self.other = self.fine + (not found), self.other + bool(found)
        self.wrong, self.calls = self.wrong + wrong, self.calls + len(outcome.log)

    def in_words(self):
        return f"{self.fine} as wanted, {self.other} not; {self.wrong} wrong scores; {self.calls} calls"


def cut(text, width):
    text = text.replace("|", "/")
    return text if len(text) <= width else text[: width - 1] + "…"
