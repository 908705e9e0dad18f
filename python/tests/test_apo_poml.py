"""Filled templates are what the real POML renders."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from lightning_bridge.poml_render import FastPoml, SkeletonFiles
from lightning_bridge.poml_skeleton import Shape, Skeleton, Unfillable

poml = pytest.importorskip("poml", reason="needs the APO environment: run scripts/setup")
apo = pytest.importorskip("agentlightning.algorithm.apo.apo", reason="needs the APO environment: run scripts/setup")

GRADIENTS = list(apo.GRADIENT_PROMPT_FILES)
EDITS = list(apo.APPLY_EDIT_PROMPT_FILES)

TEXTS = [
    "plain",
    "{{ prompt_template }} {% for x in y %} {{}} ${z} {0} {x.__class__} {x:>1000000}",
    '<b>bold</b> </text> </poml> <text whiteSpace="pre"> <!-- c --> <![CDATA[ d ]]>',
    "&lt; &amp; &#65; &copy; & #lt; #quot;",
    "\n\n  leading and trailing, \t tabs\r\nand  several   spaces \n\n",
    "\"double\" 'single' `back` \\ \\n \\u0041",
    "😀 👩‍👩‍👧 é \u00a0\u00a0 \u2028 \u3000 \u200b\u200b \x7f \x01",
    '```json\n{"answer": 1, "list": [1, 2]}\n```\n# Heading\n- item\n1. one',
    "Known prompt known-status-0 known-reward-1",
]


def context(template: Path, text: str, other: str) -> dict[str, Any]:
    if template in EDITS:
        return {"prompt_template": text, "critique": other}
    return {
        "prompt_template": text,
        "experiments": [
            {
                "status": "succeeded",
                "final_reward": reward,
                "messages": [{"messages": [{"role": "user", "content": text + other}], "tools": None}],
                "spans": [{"name": other, "attributes": {"a.0.b": text, "value": reward}}, {"x": [text]}],
            }
            for reward in (0.0, 1 / 3)
        ],
    }


def shape(template: Path) -> Shape:
    return Shape(template, 0, 0) if template in EDITS else Shape(template, 2, 2)


@pytest.fixture(scope="module")
def skeletons() -> dict[Path, Skeleton]:
    return {
        template: Skeleton.of(
            poml.poml(template, context=shape(template).sample(), format="openai_chat"),
            shape(template),
        )
        for template in GRADIENTS + EDITS
    }


@pytest.mark.parametrize("template", GRADIENTS + EDITS, ids=lambda file: file.stem)
def test_every_nasty_text_comes_out_as_from_poml(template: Path, skeletons: dict[Path, Skeleton]) -> None:
    # One render with everything at once, then one a text where that differs: node takes a second.
    everything = context(template, "\n".join(TEXTS), "".join(reversed(TEXTS)))
    assert skeletons[template].fill(everything) == poml.poml(template, context=everything, format="openai_chat")


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_nasty_text_alone_comes_out_as_from_poml(text: str, skeletons: dict[Path, Skeleton]) -> None:
    alone = context(EDITS[0], text, text)
    assert skeletons[EDITS[0]].fill(alone) == poml.poml(EDITS[0], context=alone, format="openai_chat")


@pytest.mark.parametrize("text", ["", "  \n ", "half a surrogate \ud800"])
def test_a_text_that_poml_treats_in_a_way_of_its_own_is_left_to_it(text: str, skeletons: dict[Path, Skeleton]) -> None:
    with pytest.raises((Unfillable, ValueError)):
        skeletons[EDITS[0]].fill(context(EDITS[0], text, "critique"))


@pytest.mark.parametrize("template", GRADIENTS, ids=lambda file: file.stem)
def test_what_people_noted_is_filled_in_as_poml_renders_it(template: Path) -> None:
    from lightning_bridge.human_notes import experiments

    text = "".join(TEXTS)
    noted = experiments(
        [
            {"label": "Human comment", "text": text, "input": text, "output": text, "reward": 1 / 3},
            {"label": "Human directive", "text": text, "input": None, "output": None, "reward": None},
        ]
    )
    noted_shape = Shape(template, 2, 3)
    sample = poml.poml(template, context=noted_shape.sample(), format="openai_chat")
    given = {"prompt_template": "prompt", "experiments": noted}
    assert Shape.of(template, given) == noted_shape
    assert Skeleton.of(sample, noted_shape).fill(given) == poml.poml(template, context=given, format="openai_chat")


class CountedPoml:
    """A stand-in for poml.poml that renders two places by a rule of its own."""

    def __init__(self, rule: str = "{prompt}|{critique}") -> None:
        self.rule = rule
        self.calls = 0
        self._lock = threading.Lock()

    def __call__(self, template: Path, context: dict[str, Any], format: str) -> dict[str, Any]:
        with self._lock:
            self.calls += 1
        text = self.rule.replace("{prompt}", context["prompt_template"])
        return {"messages": [{"role": "user", "content": text.replace("{critique}", context["critique"])}]}


def test_after_the_first_use_of_a_template_poml_is_not_called_again(tmp_path: Path) -> None:
    real = CountedPoml()
    fast = FastPoml(real, SkeletonFiles(tmp_path, "1"))
    fast.prepare([shape(EDITS[0])])
    texts = [fast.poml(EDITS[0], context(EDITS[0], f"p{i}", f"c{i}")) for i in range(5)]
    fast.checked()
    assert [text["messages"][0]["content"] for text in texts] == [f"p{i}|c{i}" for i in range(5)]
    assert real.calls == 2  # the known texts, and the check of the first use


def test_the_next_run_reads_its_skeletons_and_still_checks(tmp_path: Path) -> None:
    for run in range(2):
        real = CountedPoml()
        fast = FastPoml(real, SkeletonFiles(tmp_path, "1"))
        fast.prepare([shape(EDITS[0])])
        fast.poml(EDITS[0], context(EDITS[0], "p", "c"))
        fast.checked()
        assert real.calls == 2 - run


def test_another_version_of_poml_gets_its_own_skeletons(tmp_path: Path) -> None:
    skeleton = Skeleton([("user", [(False, "x")])])
    SkeletonFiles(tmp_path, "1").write(shape(EDITS[0]), skeleton)
    assert SkeletonFiles(tmp_path, "1").read(shape(EDITS[0])) == skeleton
    assert SkeletonFiles(tmp_path, "2").read(shape(EDITS[0])) is None


def test_where_poml_gives_another_text_it_renders_from_then_on(tmp_path: Path) -> None:
    notes: list[str] = []
    SkeletonFiles(tmp_path, "1").write(shape(EDITS[0]), Skeleton([("user", [(True, "critique")])]))
    fast = FastPoml(CountedPoml(), SkeletonFiles(tmp_path, "1"), notes.append)
    fast.prepare([shape(EDITS[0])])
    fast.poml(EDITS[0], context(EDITS[0], "p", "c"))
    fast.checked()
    assert fast.poml(EDITS[0], context(EDITS[0], "p", "c"))["messages"][0]["content"] == "p|c"
    assert len(notes) == 1 and EDITS[0].name in notes[0]
    assert SkeletonFiles(tmp_path, "1").read(shape(EDITS[0])) is None


def test_a_poml_that_changes_its_texts_is_never_filled_in_for(tmp_path: Path) -> None:
    def shouting(template: Path, context: dict[str, Any], format: str) -> dict[str, Any]:
        return {"messages": [{"role": "user", "content": context["prompt_template"].upper()}]}

    fast = FastPoml(shouting, SkeletonFiles(tmp_path, "1"))
    fast.prepare([shape(EDITS[0])])
    assert fast.poml(EDITS[0], context(EDITS[0], "p", "c"))["messages"][0]["content"] == "P"


def test_a_shape_that_was_not_prepared_goes_to_poml(tmp_path: Path) -> None:
    real = CountedPoml()
    fast = FastPoml(real, SkeletonFiles(tmp_path, "1"))
    assert fast.poml(EDITS[0], context(EDITS[0], "p", "c"))["messages"][0]["content"] == "p|c"
    assert real.calls == 1
