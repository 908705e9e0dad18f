"""Runs agentlightning's real APO class on scripted answers and prints what it did, a JSON line a seed.

usage: real_apo.py SEEDS

Rewards and answers are pure functions of what they are asked about, so that another implementation that asks
the same gets the same. The random choices are recorded by kind. Replaced are only what costs time and says
nothing about the algorithm: the rendering of meta-prompts, and the store.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import sys
from types import SimpleNamespace
from typing import Any

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

import agentlightning.algorithm.apo.apo as apo_module  # noqa: E402
import agentlightning.algorithm.utils as utils_module  # noqa: E402
from agentlightning.types import PromptTemplate  # noqa: E402


def digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def reward(prompt: str, task: str) -> float:
    return int(digest("reward", prompt, task)[:2], 16) % 9 / 8


def answer(kind: str, *about: str) -> str:
    """One in sixteen is empty."""
    hashed = digest(kind, *about)
    return "" if hashed[0] == "0" else f"[{kind}:{hashed[:12]}]"


class RecordedRandom:
    """Stands in for the module random; writes down every choice as positions."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.choices: dict[str, list[Any]] = {"critique": [], "edit": [], "sample": [], "shuffle": []}

    def choice(self, options: list[Any]) -> Any:
        position = self._random.randrange(len(options))
        self.choices["critique" if len(options) == 3 else "edit"].append(position)
        return options[position]

    def sample(self, population: Any, k: int) -> list[Any]:
        positions = self._random.sample(range(len(population)), k)
        self.choices["sample"].append(positions)
        return [population[i] for i in positions]

    def shuffle(self, items: list[Any]) -> None:
        positions = self._random.sample(range(len(items)), len(items))
        self.choices["shuffle"].append(positions)
        items[:] = [items[i] for i in positions]


class ScriptedPoml:
    """Renders only what the answer depends on."""

    def poml(self, template: Any, context: dict[str, Any], format: str) -> dict[str, Any]:
        about = [str(int(template.stem[-2:]) - 1), context["prompt_template"]]
        if "critique" in context:
            about = ["P", *about, context["critique"]]
        else:
            about = ["C", *about, *(run["spans"][0]["task"] for run in context["experiments"])]
        return {"messages": [{"role": "user", "content": json.dumps(about)}]}


class ScriptedClient:
    """Looks like an AsyncOpenAI client."""

    def __init__(self) -> None:
        self.chat = SimpleNamespace(completions=self)

    async def create(self, model: str, messages: list[dict[str, str]], temperature: float) -> Any:
        text = answer(*json.loads(messages[0]["content"]))
        return SimpleNamespace(choices=[SimpleNamespace(message=SimpleNamespace(content=text))])


class TracedApo(apo_module.APO[str]):
    """The real class, with evaluations scripted and written down."""

    def __init__(self, notes: list[str], **settings: Any) -> None:
        super().__init__(ScriptedClient(), **settings)  # type: ignore[arg-type]
        self.notes = [
            {"status": "a human directive", "final_reward": "none", "spans": [{"task": note}], "messages": []}
            for note in notes
        ]
        room = {**settings, "gradient_batch_size": settings["gradient_batch_size"] + len(notes)}
        self.critic = apo_module.APO(ScriptedClient(), **room)  # type: ignore[arg-type]
        self.trace: dict[str, list[Any]] = {"candidates": [], "train": [], "validation": [], "beams": []}

    def get_store(self) -> Any:
        return None

    def _create_versioned_prompt(self, prompt_template: PromptTemplate, **more: Any) -> Any:
        made = super()._create_versioned_prompt(prompt_template, **more)
        self.trace["candidates"].append([made.version, prompt_template.template])
        return made

    async def evaluate_prompt_on_batch(
        self, prompt: Any, resource_name: str, dataset: Any, mode: str, *, prefix: str | None = None
    ) -> Any:
        text = prompt.prompt_template.template
        rewards = [reward(text, task) for task in dataset]
        mean = sum(rewards) / len(rewards)
        self.trace["train" if mode == "train" else "validation"].append([prompt.version, len(rewards), mean])
        results = [
            {"status": "succeeded", "final_reward": value, "spans": [{"task": task}], "messages": []}
            for task, value in zip(dataset, rewards, strict=True)
        ]
        return results, mean

    async def compute_textual_gradient(self, prompt: Any, results: Any, *, prefix: str | None = None) -> str | None:
        """As the bridge has it: with people's notes as experiments of their own."""
        return await self.critic.compute_textual_gradient(prompt, [*results, *self.notes], prefix=prefix)

    async def _evaluate_and_select_beam(self, *arguments: Any) -> Any:
        beam = await super()._evaluate_and_select_beam(*arguments)
        self.trace["beams"].append([prompt.version for prompt in beam])
        return beam


def search(seed: int) -> dict[str, Any]:
    vary = random.Random(1_000_000 + seed)
    settings = {
        "beam_rounds": vary.randint(1, 4),
        "beam_width": vary.randint(1, 4),
        "branch_factor": vary.randint(1, 3),
        "gradient_batch_size": vary.randint(1, 5),
        "val_batch_size": vary.randint(2, 7),
    }
    train = [f"[T:t{i}]" for i in range(vary.randint(2, 9))]
    validation = [f"[T:v{i}]" for i in range(vary.randint(2, 12))]
    notes = ["[T:note0]", "[T:note1]"] if seed % 3 == 2 else []
    recorded = RecordedRandom(seed)
    apo_module.random = utils_module.random = recorded  # type: ignore[attr-defined]
    apo = TracedApo(notes, **settings)
    apo.set_initial_resources({"prompt": PromptTemplate(template="[P:seed]", engine="f-string")})
    asyncio.run(apo.run(train_dataset=train, val_dataset=validation))
    return {
        "seed": seed,
        "settings": settings,
        "trainTasks": train,
        "validationTasks": validation,
        "humanNotes": notes,
        "choices": recorded.choices,
        **apo.trace,
        "best": [apo._history_best_version, apo.get_best_prompt().template, apo._history_best_score],
    }


if __name__ == "__main__":
    apo_module.poml = ScriptedPoml()  # type: ignore[attr-defined]
    for number in range(int(sys.argv[1])):
        print(json.dumps(search(number)))
