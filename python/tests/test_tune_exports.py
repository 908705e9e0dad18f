"""The exports for tuning, loaded by the programs that they are for: `datasets`, and TRL's own preparation.

The files are those that the Java test ExportsForPythonTest wrote; LIGHTNING_BRIDGE_EXPORTS names their folder. The
model is made on the spot with random weights: nothing is downloaded, and nothing is learnt.
"""

import json
import os
from pathlib import Path

import pytest

datasets = pytest.importorskip("datasets", reason="needs the tune environment: run scripts/setup --with tune")

FOLDER = Path(os.environ.get("LIGHTNING_BRIDGE_EXPORTS", "target/python-fixtures/exports"))

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"no exports in {FOLDER}: run the Java test ExportsForPythonTest first"
)


def rows(name):
    with open(FOLDER / name, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture
def load(tmp_path):
    def load(name):
        return datasets.load_dataset(
            "json", data_files=str(FOLDER / name), split="train", cache_dir=str(tmp_path / "cache")
        )

    return load


@pytest.fixture
def tiny(tmp_path):
    """A model of two layers and a tokenizer of bytes; in a folder, as TRL loads DPO's reference model from there."""
    pytest.importorskip("trl", reason="needs the tune environment: run scripts/setup --with tune")
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

    bytes_only = Tokenizer(models.BPE(unk_token=None))
    bytes_only.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytes_only.decoder = decoders.ByteLevel()
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    bytes_only.train_from_iterator(
        [], trainers.BpeTrainer(special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=bytes_only, eos_token="<|im_end|>", pad_token="<|endoftext|>", model_max_length=4096
    )
    tokenizer.chat_template = (
        "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
        "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
    )
    torch.manual_seed(0)
    config = Qwen2Config(
        vocab_size=len(tokenizer), hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2,
        num_key_value_heads=2, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id,
    )  # fmt: skip
    Qwen2ForCausalLM(config).save_pretrained(tmp_path / "model")
    return Qwen2ForCausalLM.from_pretrained(tmp_path / "model"), tokenizer


def settings(folder):
    return {"output_dir": str(folder), "use_cpu": True, "bf16": False, "report_to": "none", "max_length": 4096}


def test_every_file_is_a_dataset_with_as_many_rows(load):
    for name in ("sft.jsonl", "dpo.jsonl", "rl-train.jsonl", "rl-validation.jsonl", "tasks.jsonl", "rewards.jsonl"):
        assert load(name).num_rows == len(rows(name)) > 0, name


def test_train_and_validation_rows_of_rl_have_the_same_columns_all_of_text(load):
    train, validation = load("rl-train.jsonl"), load("rl-validation.jsonl")
    assert train.features == validation.features
    assert {feature.dtype for feature in train.features.values()} == {"string"}
    assert "index" not in train.features, "the trainer of agentlightning adds this column itself"


def test_trl_finds_conversations(load):
    trl = pytest.importorskip("trl", reason="needs the tune environment: run scripts/setup --with tune")
    assert trl.is_conversational(load("sft.jsonl")[0])
    assert trl.is_conversational(load("dpo.jsonl")[0])


def test_trl_prepares_the_real_prompt_input_and_answer_for_sft(load, tiny, tmp_path):
    from trl import SFTConfig, SFTTrainer

    model, tokenizer = tiny
    trainer = SFTTrainer(
        model=model, args=SFTConfig(**settings(tmp_path)), train_dataset=load("sft.jsonl"), processing_class=tokenizer
    )
    prepared = trainer.train_dataset
    examples = rows("sft.jsonl")
    assert len(prepared) == len(examples)
    for ids, example in zip(prepared["input_ids"], examples, strict=True):
        text = tokenizer.decode(ids)
        for message in example["messages"]:
            assert f"<|im_start|>{message['role']}\n{message['content']}<|im_end|>" in text


def test_trl_takes_a_step_of_dpo_on_the_pairs(load, tiny, tmp_path):
    from trl import DPOConfig, DPOTrainer

    model, tokenizer = tiny
    trainer = DPOTrainer(
        model=model,
        args=DPOConfig(max_steps=1, per_device_train_batch_size=2, logging_steps=1, **settings(tmp_path)),
        train_dataset=load("dpo.jsonl"),
        processing_class=tokenizer,
    )
    assert len(trainer.train_dataset) == len(rows("dpo.jsonl"))
    trainer.train()
    assert trainer.state.global_step == 1
