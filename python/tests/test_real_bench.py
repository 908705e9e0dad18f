"""The parts of scripts/bench/real that need no model: the split, rewards, the meter and the table."""

import json
import pathlib
import sys
import urllib.error
import urllib.request

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "scripts" / "bench" / "real.d"))
import data  # noqa: E402
import entrants  # noqa: E402
import jobs  # noqa: E402
import worker  # noqa: E402
from meter import Answers, Meter, key  # noqa: E402
from shuffle import JavaRandom, shuffled  # noqa: E402
from table import interval, table  # noqa: E402


class Parrot:
    """In place of the model's servers: says the last word of the input, and counts how often it is asked."""

    asked = 0

    def complete(self, request):
        self.asked += 1
        text = request["messages"][-1]["content"].split(" ")[-1]
        usage = {"prompt_tokens": 7, "completion_tokens": 1}
        return {"choices": [{"message": {"content": text}}], "usage": usage}


@pytest.fixture
def meter(tmp_path):
    opened = Meter(Parrot(), Answers(tmp_path / "answers.jsonl"))
    yield opened
    opened.close()


def a_job(kind="reviews", size=4):
    rows = [{"input": f"text {i} positive", "expected": "positive"} for i in range(3 * size)]
    return jobs.Job(kind, 1, rows[:size], rows[size : 2 * size], rows[2 * size :])


def test_numbers_and_orders_are_those_of_java():
    random = JavaRandom(7)
    assert [random.below(1000) for _ in range(5)] == [236, 164, 485, 44, 380]
    assert shuffled(range(10), 42) == [4, 6, 2, 1, 7, 9, 8, 5, 3, 0]


def test_a_seed_splits_the_data_into_parts_that_share_no_row(tmp_path):
    rows = [json.dumps({"input": str(i), "expected": "x"}) for i in range(300)]
    (tmp_path / "reviews.jsonl").write_text("\n".join(rows))
    split = jobs.job(tmp_path, "reviews", 3)
    parts = [{row["input"] for row in part} for part in (split.train, split.validation, split.held_out)]
    assert [len(part) for part in parts] == [60, 40, 80]
    assert len(set.union(*parts)) == 180
    assert jobs.job(tmp_path, "reviews", 3) == split != jobs.job(tmp_path, "reviews", 4)


@pytest.mark.parametrize(
    ("kind", "expected", "output", "reward"),
    [
        ("reviews", "positive", " positive\n", 1),
        ("reviews", "positive", "Positive", 0),
        ("snippets", "5.5", "7", 0.5),
        ("snippets", "5.5", "9", 0),
        ("snippets", "5.5", "good", 0),
        ("cards", '{"id": 1, "about": "film"}', '{"id": 1, "about": "film"}', 1),
        ("cards", '{"id": 1, "about": "film"}', '{"id": 1, "about": "film", "more": 1, "still": 2}', 0.5),
        ("cards", '{"id": 1, "about": "film"}', '{"id": "1", "about": "film"}', 0.5),
        ("cards", '{"id": 1, "about": "film"}', "[1]", 0),
        ("cards", '{"id": 1, "about": "film"}', "{", 0),
    ],
)
def test_an_answer_is_worth_what_is_right_of_it(kind, expected, output, reward):
    assert a_job(kind).reward({"input": "", "expected": expected}, output) == pytest.approx(reward)


def test_ratings_become_labels_and_scores():
    assert [data.label(mean) for mean in (-4, -1, -0.9, 0.9, 1)] == [
        "negative", "negative", "neutral", "neutral", "positive",
    ]  # fmt: skip
    assert [data.score(mean) for mean in (-4, 0, 4)] == [1, 5.5, 10]
    assert json.loads(data.card(1007, "yelp", "Good.", "positive")["expected"]) == {
        "id": 1007, "about": "restaurant", "sentiment": "positive",
    }  # fmt: skip
    assert data.short("x" * 201) is None


def test_each_entrant_has_its_own_calls_and_no_more(meter):
    (one, its), (other, others) = meter.opened(2), meter.opened(5)
    assert [worker.said(one, "p", f"say {i}") for i in range(2)] == ["0", "1"]
    with pytest.raises(worker.Spent):
        worker.said(one, "p", "say 2")
    worker.said(other, "p", "say 2")
    assert (its.made, its.refused, others.made) == (2, 1, 1)


def test_a_request_that_was_answered_is_counted_and_not_asked_again(meter, tmp_path):
    url, budget = meter.opened(9)
    assert [worker.said(url, "p", "say yes") for _ in range(3)] == ["yes"] * 3
    assert (budget.made, meter.upstream.asked) == (3, 1)
    again = Meter(Parrot(), Answers(tmp_path / "answers.jsonl"))
    assert worker.said(again.opened()[0], "p", "say yes") == "yes"
    assert again.upstream.asked == 0
    again.close()


def test_what_the_model_s_server_fails_is_told_and_not_kept(meter):
    url, budget = meter.opened()
    meter.upstream.complete = lambda request: (_ for _ in ()).throw(ConnectionRefusedError("gone"))
    with pytest.raises(RuntimeError, match="gone"):
        worker.said(url, "p", "say yes")
    assert (budget.failed, meter.answers.known) == (1, {})


def test_the_model_s_name_makes_no_other_request_and_the_settings_do():
    asked = {"model": "a", "messages": [], "temperature": 0, "max_tokens": 32}
    assert key(asked) == key(asked | {"model": "b", "temperature": 0.0, "stream": False})
    assert key(asked) != key(asked | {"temperature": 1})
    assert key(asked) != key(asked | {"max_tokens": 8})


def test_an_empty_answer_is_a_dash(meter):
    assert worker.said(meter.opened()[0], "p", "silent ") == "-"


def test_a_path_of_nobody_is_refused(meter):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{meter.server.server_port}/run-9/v1/chat/completions", b"{}")


def test_random_examples_are_as_many_draws_as_the_calls_pay_for(meter):
    found = entrants.random_examples(a_job(size=20), meter, 50, None)
    assert found.calls == 40
    assert found.prompt.startswith(jobs.STARTS["reviews"] + "\n\nInput: text ")


def test_the_table_has_means_and_differences_paired_over_seeds():
    rewards = {("a", "reviews", 0): 0.5, ("a", "reviews", 1): 0.7, ("b", "reviews", 0): 0.6, ("b", "reviews", 1): 0.9}
    assert table(rewards, ["reviews"], "b").splitlines() == [
        "| entrant | reviews | all | less b, all |",
        "|---|---|---|---|",
        "| a | 0.600 | 0.600 | -0.150 ± 0.635 |",
        "| b | 0.750 | 0.750 |  |",
    ]


def test_one_seed_has_no_interval():
    assert interval([0.25]) == (0.25, None)
