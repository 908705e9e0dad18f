"""Whether a run came out as wanted, and how many of its scores are wrong."""

import re

import model
import sample

WRONG_USE = 2  # exit status


def wrong_scores(habit, outcome):
    """Scores in the books that differ from what the model really answered. A refusal by the API's own word may be 0."""
    if habit.command == "judge":
        points = outcome.result.get("report", {}).get("points", [])
        return sum(1 for point in points if point["judge"] != point["people"])
    if habit.real and habit.url:
        return 0  # what was said is not known here
    scored = [
        (outcome.prompts.get(name, ""), task, reward) for name, task, reward in outcome.rollouts if reward is not None
    ]
    return sum(1 for prompt, task, reward in scored if reward not in _may_be(habit, outcome, prompt, task))


def _may_be(habit, outcome, prompt, task):
    """The rewards that were earned: by the honest answer, by a failing of its own, or by what a real model said."""
    asked = [entry for entry in outcome.log if entry.honest.task == task and prompt in entry.honest.prompt]
    if habit.real:
        right = sample.code(int(task[1:]))
        return {float(entry.answered.strip() == right) for entry in asked if entry.answered is not None}
    return {model.right_reward(prompt, task)} | {0.0 for entry in asked if entry.failing}


def faults(habit, outcome, control, stretch):
    """All that is not as wanted, in words; empty where all is."""
    wanted, found = habit.wanted, []
    like_control = control and outcome.verdict and outcome.verdict == control.verdict
    like_control = like_control and (not wanted.means or outcome.means == control.means)
    if not (wanted.control and like_control):
        found += _unnamed(wanted, outcome) if wanted.cause else [_difference(outcome, control)]
    if outcome.status == WRONG_USE:
        found.append("the command line was not understood")
    if wanted.says and not re.search(wanted.says, outcome.text, re.IGNORECASE):
        found.append(f"does not say {wanted.says!r}")
    if outcome.seconds > wanted.seconds * stretch:
        found.append(f"took longer than {wanted.seconds * stretch:.0f} s")
    wrong = wrong_scores(habit, outcome)
    found += [f"{wrong} wrong scores"] if wrong else []
    found += [f"the key stands in {', '.join(outcome.leaks)}"] if outcome.leaks else []
    special = habit.check(outcome) if habit.check and like_control or habit.check and wanted.cause else None
    return found + ([special] if special else [])


def _difference(outcome, control):
    return f"not as the control, which is: {control.in_words()}"


def _unnamed(wanted, outcome):
    names_cause = re.search(wanted.cause, outcome.text, re.IGNORECASE | re.DOTALL)
    found = []
    if outcome.status == 0 and "PROMOTE" in outcome.verdict:
        found.append("promotes")
    if not names_cause:
        found.append(f"the cause {wanted.cause!r} is not named")
    elif wanted.remedy and not re.search(wanted.remedy, outcome.text, re.IGNORECASE):
        found.append(f"the remedy {wanted.remedy!r} is not named")
    return found
