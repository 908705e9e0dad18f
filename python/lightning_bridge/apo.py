"""One run of agentlightning's real APO: the worker process's Python side.

``run`` is called once in a process by the Java worker. Everything goes through its callbacks: rollouts are run
and graded in Java, critic and editor are called at the gateway's loopback endpoint, and what happens is
reported as JSON.
"""

from __future__ import annotations

import importlib.metadata
import json
import logging
import platform
import random
import sys
import traceback
from collections.abc import Callable
from typing import Any

from lightning_bridge import lean_import


def run(
    configuration: str,
    report: Callable[[str], None],
    ask: Callable[[str], str],
    poll: Callable[[], str],
) -> str:
    """Searches for a better prompt.

    configuration: JSON with ``seedPrompt``, ``seed``, ``train`` and ``validation`` (lists of objects with
    ``id``), ``settings``, ``endpoint`` (``baseUrl``, ``token``, ``criticModel``, ``editorModel``,
    ``timeoutSeconds``) and ``toleratedFailures``.
    report: takes an event. ask: runs a rollout and gives its outcome. poll: gives the reason to stop, or "".

    Returns JSON: ``{"stop", "best", "prompt", "score"}``, or ``{"failed", "message", "traceback"}``.
    """
    try:
        return json.dumps(_search(json.loads(configuration), report, ask, poll))
    except BaseException as error:  # SystemExit too: nothing may end the process from here
        traceback.print_exc(file=sys.stderr)
        return json.dumps(_failure(error))


def _search(
    job: dict[str, Any],
    report: Callable[[str], None],
    ask: Callable[[str], str],
    poll: Callable[[], str],
) -> dict[str, Any]:
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    lean_import.install()
    import agentlightning.algorithm.apo.apo as apo_module
    import agentlightning.algorithm.utils as utils_module
    import openai
    import poml
    from agentlightning.adapter import TraceToMessages
    from agentlightning.execution import SharedMemoryExecutionStrategy
    from agentlightning.trainer import Trainer
    from agentlightning.types import PromptTemplate

    from lightning_bridge.apo_runners import (
        PROMPT,
        BridgeAgent,
        NoTracer,
        RunnerPerThread,
        quiet_failed_rollouts,
    )
    from lightning_bridge.apo_search import ObservedApo, Tolerance
    from lightning_bridge.apo_store import WaitingStore
    from lightning_bridge.poml_render import FastPoml, Shape
    from lightning_bridge.stop import Stop

    def tell(event: dict[str, Any]) -> None:
        report(json.dumps(event))

    settings, endpoint = job["settings"], job["endpoint"]
    quiet_failed_rollouts()
    stop = Stop()
    renderer = FastPoml(poml.poml, lambda text: tell({"type": "note", "level": "warning", "text": text}))
    shown = min(settings["gradientBatchSize"], len(job["train"]))
    renderer.prepare(
        [Shape(file, shown, 3) for file in apo_module.GRADIENT_PROMPT_FILES]
        + [Shape(file, 0, 0) for file in apo_module.APPLY_EDIT_PROMPT_FILES]
    )
    # All of the algorithm's randomness, and nobody else's, comes from the run's seed.
    apo_module.random = utils_module.random = random.Random(job["seed"])  # type: ignore[attr-defined]
    apo_module.poml = renderer  # type: ignore[attr-defined]

    agent = BridgeAgent(ask, stop)
    store = WaitingStore()
    search = ObservedApo(
        openai.AsyncOpenAI(
            base_url=endpoint["baseUrl"],
            api_key=endpoint["token"],
            max_retries=0,  # the gateway retries
            timeout=endpoint["timeoutSeconds"],
        ),
        report=tell,
        stop=stop,
        poll=poll,
        why_failed=lambda: agent.last_failure,
        tolerance=Tolerance(job["toleratedFailures"]),
        gradient_model=endpoint["criticModel"],
        apply_edit_model=endpoint["editorModel"],
        diversity_temperature=settings["diversityTemperature"],
        gradient_batch_size=settings["gradientBatchSize"],
        val_batch_size=settings["validationBatchSize"],
        beam_width=settings["beamWidth"],
        branch_factor=settings["branchFactor"],
        beam_rounds=settings["rounds"],
    )
    trainer = Trainer(
        algorithm=search,
        store=store,
        runner=RunnerPerThread(),
        tracer=NoTracer(),
        adapter=TraceToMessages(),
        strategy=SharedMemoryExecutionStrategy(
            main_thread="algorithm", n_runners=settings["concurrency"], managed_store=False
        ),
        initial_resources={PROMPT: PromptTemplate(template=job["seedPrompt"], engine="f-string")},
    )
    tell({"type": "started", "detail": _versions()})
    try:
        trainer.fit(agent, job["train"], val_dataset=job["validation"])
    finally:
        renderer.close()
        store.close()
    if not search.ended:
        raise RuntimeError("the trainer came back before the search had ended")
    return {
        "stop": stop.reason or "finished",
        "best": search.best_version,
        "prompt": search.get_best_prompt().template,
        "score": search.best_score,
    }


def _versions() -> str:
    version = importlib.metadata.version
    return (
        f"agentlightning {version('agentlightning')}, CPython {platform.python_version()}, jep {version('jep')}"
    )


def _failure(error: BaseException) -> dict[str, str]:
    """What ended the run, by the name of its kind."""
    kinds = {"RolloutsFailed": "rollouts", "ModelCallsFailed": "models"}
    lines = str(error).strip().splitlines() or [""]
    return {
        "failed": kinds.get(type(error).__name__, "python"),
        "message": f"{type(error).__name__}: {lines[0]}" if type(error).__name__ not in kinds else lines[0],
        "traceback": "".join(traceback.format_exception(error)),
    }
