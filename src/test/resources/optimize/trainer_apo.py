"""Runs agentlightning's own Trainer with its APO, as its documentation shows: the benchmark's measure of speed.

Standard input is the job: {"prompt", "rollouts", "baseUrl", "token", "settings", "train", "validation"}. Rollouts are
run and graded at the address "rollouts", critiques and edits come from the OpenAI endpoint. The last line of standard
output is {"best": prompt}.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from typing import Any

import agentlightning as agl
import openai


def main() -> None:
    job = json.load(sys.stdin)
    settings = job["settings"]

    @agl.rollout
    def agent(task: str, prompt_template: agl.PromptTemplate) -> float:
        body = json.dumps({"prompt": prompt_template.template, "task": task}).encode()
        with urllib.request.urlopen(job["rollouts"], body) as answer:
            return float(json.load(answer)["reward"])

    search: Any = agl.APO(
        openai.AsyncOpenAI(base_url=job["baseUrl"], api_key=job["token"]),
        gradient_model="sandbox-critic",
        apply_edit_model="sandbox-editor",
        diversity_temperature=settings["diversityTemperature"],
        gradient_batch_size=settings["gradientBatchSize"],
        val_batch_size=settings["validationBatchSize"],
        beam_width=settings["beamWidth"],
        branch_factor=settings["branchFactor"],
        beam_rounds=settings["rounds"],
    )
    trainer = agl.Trainer(
        algorithm=search,
        n_runners=settings["concurrency"],
        initial_resources={"prompt_template": agl.PromptTemplate(template=job["prompt"], engine="f-string")},
        adapter=agl.TraceToMessages(),
    )
    trainer.fit(agent, train_dataset=job["train"], val_dataset=job["validation"])
    print(json.dumps({"best": search.get_best_prompt().template}), flush=True)


if __name__ == "__main__":
    main()
