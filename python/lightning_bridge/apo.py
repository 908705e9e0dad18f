"""One run of agentlightning's real APO: the worker process's Python side.

``run`` is called once in a process by the Java worker. Everything goes through its callbacks: rollouts are run
and graded in Java, critic and editor are called at the gateway's loopback endpoint, and what happens is
reported as JSON.
"""

from __future__ import annotations

import importlib.metadata
import logging
import platform
import random
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from lightning_bridge import lean_import


def run(
    job: dict[str, Any],
    report: Callable[[dict[str, Any]], None],
    ask: Callable[[str], str],
    poll: Callable[[], str],
) -> dict[str, Any]:
    """Searches for a better prompt; the callbacks are those of ``lightning_bridge.worker``.

    job: ``seedPrompt``, ``seed``, ``fenceRule`` (as in ``lightning_bridge.fences``), ``train`` and ``validation``
    (lists of objects with ``id``), ``settings``, ``humanNotes`` (as in ``lightning_bridge.human_notes``), ``endpoint``
    (``baseUrl``, ``token``, ``criticModel``, ``editorModel``, ``timeoutSeconds``), ``toleratedFailures`` (``share``,
    ``handful``) and ``cacheFolder``. Returns ``stop``, ``best``, ``prompt`` and ``score``.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    lean_import.install()
    import openai
    import poml
    from agentlightning.adapter import TraceToMessages
    from agentlightning.execution import SharedMemoryExecutionStrategy
    from agentlightning.trainer import Trainer
    from agentlightning.types import PromptTemplate

    from lightning_bridge import apo_module_changes
    from lightning_bridge.apo_edits import admitted
    from lightning_bridge.apo_outcomes import Tolerance
    from lightning_bridge.apo_runners import (
        PROMPT,
        BridgeAgent,
        NoTracer,
        RunnerPerThread,
        quiet_failed_rollouts,
    )
    from lightning_bridge.apo_search import ObservedApo
    from lightning_bridge.apo_store import WaitingStore
    from lightning_bridge.fences import FencedPoml
    from lightning_bridge.poml_render import FastPoml, SkeletonFiles
    from lightning_bridge.stop import Stop

    settings, endpoint = job["settings"], job["endpoint"]
    quiet_failed_rollouts()
    stop = Stop()
    renderer = FastPoml(
        poml.poml,
        SkeletonFiles(Path(job["cacheFolder"]), importlib.metadata.version("poml")),
        lambda text: report({"type": "note", "level": "warning", "text": text}),
    )
    rollouts = min(settings["gradientBatchSize"], len(job["train"]))
    renderer.prepare(apo_module_changes.shapes(rollouts + len(job["humanNotes"])))
    apo_module_changes.make(random.Random(job["seed"]), FencedPoml(renderer, job["fenceRule"]))

    agent = BridgeAgent(ask, stop)
    store = WaitingStore()
    search = ObservedApo(
        openai.AsyncOpenAI(
            base_url=endpoint["baseUrl"],
            api_key=endpoint["token"],
            max_retries=0,  # the gateway retries
            timeout=endpoint["timeoutSeconds"],
        ),
        report=report,
        stop=stop,
        poll=poll,
        why_failed=agent.why_failed,
        on_end=store.close,
        tolerance=Tolerance(**job["toleratedFailures"]),
        human_notes=job["humanNotes"],
        admitted=partial(admitted, ask),
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
            main_thread="algorithm",
            n_runners=settings["concurrency"],
            join_timeout=2.0,
            managed_store=False,  # the store locks by itself
        ),
        initial_resources={PROMPT: PromptTemplate(template=job["seedPrompt"], engine="f-string")},
    )
    report({"type": "started", "detail": _versions()})
    try:
        trainer.fit(agent, job["train"], val_dataset=job["validation"])
    finally:
        renderer.close()
    if not search.ended:
        raise RuntimeError("the trainer came back before the search had ended")
    return {
        "stop": stop.reason or "finished",
        "best": search.standings.best_version,
        "prompt": search.get_best_prompt().template,
        "score": search.standings.best_score,
    }


def _versions() -> str:
    version = importlib.metadata.version
    return f"agentlightning {version('agentlightning')}, CPython {platform.python_version()}, jep {version('jep')}"
