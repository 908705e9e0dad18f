"""Steps as they are read from the trainer's log. Needs nothing but Python."""

import json

from lightning_bridge.rl_progress import Progress


def step(number, **data):
    return json.dumps({"step": number, "data": data}) + "\n"


def test_each_step_is_told_once_by_short_names(tmp_path):
    told, file = [], tmp_path / "steps.jsonl"
    with Progress(file, 2, told.append, interval=0.01):
        file.write_text(step(1, **{"training/reward": 0.25, "actor/grad_norm": 1, "timing/step_start_wall": 1e9}))
        with open(file, "a") as log:
            log.write(step(2, **{"training/reward": 0.5, "actor/kl_loss": float("nan")}))

    assert told == [
        {"type": "step", "step": 1, "of": 2, "metrics": {"reward": 0.25, "grad_norm": 1.0}},
        {"type": "step", "step": 2, "of": 2, "metrics": {"reward": 0.5}},
    ]


def test_half_a_line_waits_for_its_other_half(tmp_path):
    told, file = [], tmp_path / "steps.jsonl"
    whole = step(1, **{"training/reward": 0.25})
    file.write_text(whole[:20])
    progress = Progress(file, 1, told.append)

    progress._tell_new()
    assert told == []
    file.write_text(whole)
    progress._tell_new()

    assert [event["step"] for event in told] == [1]
    assert progress.summary == {"reward_first": 0.25, "reward_last": 0.25}


def test_a_training_that_logs_nothing_is_no_error(tmp_path):
    with Progress(tmp_path / "none.jsonl", 1, lambda event: None, interval=0.01) as progress:
        pass

    assert progress.summary == {}
