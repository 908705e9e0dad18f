"""Fine-tuning by TRL in this Python, without Jep: what the loss is on, what is kept, what is refused.

The model is made on the spot with random weights. `scripts/test --with tune` runs these.
"""

import json
import os
from pathlib import Path

import pytest

pytest.importorskip("trl", reason="needs the tune environment: run scripts/setup --with tune")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

from lightning_bridge import tuning, tuning_files, tuning_settings  # noqa: E402
from lightning_bridge.training import ExamplesTooLong, ModelUnusable  # noqa: E402
from lightning_bridge.tuning_progress import Diverged, Progress  # noqa: E402
from tiny_model import make  # noqa: E402

SETTINGS = {
    "batch": 4,
    "steps": 3,
    "gpus": 0,
    "learningRate": 1e-2,
    "beta": 0.1,
    "loraRank": 4,
    "maxTokens": 128,
    "overrides": {},
}


def message(role, content):
    return {"role": role, "content": content}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiny")
    make(str(folder), ["Add. 1 and 2"])
    return folder


def job(tmp_path, tiny, **settings):
    rows = [
        {"messages": [message("system", "Add."), message("user", f"{i} and 1"), message("assistant", str(i + 1))]}
        for i in range(8)
    ]
    (tmp_path / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return {
        "algorithm": "sft",
        "model": str(tiny),
        "train": str(tmp_path / "train.jsonl"),
        "validation": None,
        "workFolder": str(tmp_path / "work"),
        "seed": 1,
        "settings": SETTINGS | settings,
    }


def test_the_loss_is_on_the_answer_alone(tmp_path, tiny):
    rows = tuning_files.read_rows(Path(job(tmp_path, tiny)["train"]), "sft")
    assert rows[0]["completion"] == [message("assistant", "1")]
    assert [m["role"] for m in rows[0]["prompt"]] == ["system", "user"]


def test_merged_weights_answer_as_base_and_adapter_together(tmp_path, tiny):
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    result = tuning.run(job(tmp_path, tiny), lambda event: None, lambda request: "", lambda: "")

    tokens = torch.tensor([[5, 6, 7, 8]])
    base = AutoModelForCausalLM.from_pretrained(tiny)
    before = base(tokens).logits
    adapted = PeftModel.from_pretrained(base, result["adapter"])(tokens).logits
    merged = AutoModelForCausalLM.from_pretrained(result["weights"])(tokens).logits
    assert torch.allclose(adapted, merged, atol=1e-4)
    assert not torch.allclose(before, merged, atol=1e-4)


def test_the_same_seed_gives_the_same_losses(tmp_path, tiny):
    def losses(folder):
        told = []
        folder.mkdir()
        tuning.run(job(folder, tiny), told.append, lambda request: "", lambda: "")
        return [e["metrics"]["loss"] for e in told if e["type"] == "step" and "loss" in e["metrics"]]

    first = losses(tmp_path / "a")
    assert first == losses(tmp_path / "b")
    assert len(first) == 3


def test_a_checkpoint_that_was_cut_off_is_not_gone_on_from(tmp_path):
    for step, state in ((10, '{"global_step": 10}'), (20, '{"global_st')):
        (tmp_path / f"checkpoint-{step}").mkdir()
        (tmp_path / f"checkpoint-{step}" / "trainer_state.json").write_text(state)

    assert tuning_files.last_checkpoint(tmp_path) == str(tmp_path / "checkpoint-10")
    assert not (tmp_path / "checkpoint-20").exists()
    assert tuning_files.last_checkpoint(tmp_path / "none") is None


@pytest.mark.parametrize("name", ["output_dir", "report_to", "no_such_setting", "lora.no_such_setting"])
def test_what_is_ours_or_unknown_is_refused(tmp_path, tiny, name):
    asked = job(tmp_path, tiny, overrides={name: "x"})
    with pytest.raises(tuning_settings.SettingsRefused, match=name.removeprefix("lora.")):
        tuning_settings.arguments(asked, tmp_path, 1)
        tuning_settings.lora(asked["settings"])


def test_an_override_is_of_the_type_that_it_reads_as(tmp_path, tiny):
    asked = job(tmp_path, tiny, overrides={"warmup_steps": "7", "lora.target_modules": '["q_proj"]'})
    assert tuning_settings.arguments(asked, tmp_path, 1)["warmup_steps"] == 7
    assert tuning_settings.lora(asked["settings"]).target_modules == {"q_proj"}


def test_a_loss_that_is_no_number_ends_the_training():
    progress = Progress(lambda event: None, None)
    state = type("State", (), {"global_step": 4, "max_steps": 9})()
    with pytest.raises(Diverged, match="step 4"):
        progress.on_log(None, state, None, logs={"loss": float("nan")})


def test_a_tokenizer_without_a_chat_template_is_refused(tmp_path, tiny):
    import shutil

    bare = tmp_path / "bare"
    shutil.copytree(tiny, bare)
    (bare / "chat_template.jinja").unlink()
    with pytest.raises(ModelUnusable, match="chat template"):
        tuning.run(job(tmp_path, bare), lambda event: None, lambda request: "", lambda: "")


def test_prompts_that_leave_no_room_for_an_answer_are_named(tmp_path, tiny):
    asked = job(tmp_path, tiny)
    asked["settings"]["maxTokens"] = 16
    with pytest.raises(ExamplesTooLong, match="fill the 16 tokens"):
        tuning.run(asked, lambda event: None, lambda request: "", lambda: "")
