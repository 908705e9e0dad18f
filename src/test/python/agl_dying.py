"""A LitAgent that returns a reward alone, in one runner, which kills itself in its first rollout: after a call to the
model, before it tells anything. It does so once; the file that DIED names says that it was done."""

import os
import signal
from pathlib import Path
from typing import Any

import agentlightning as agl
from agl_runner import run
from openai import OpenAI


class Triage(agl.LitAgent[dict[str, Any]]):
    def rollout(self, task: dict[str, Any], resources: agl.NamedResources, rollout: agl.Rollout) -> float:
        llm, prompt = resources["main_llm"], resources["prompt_template"]
        client = OpenAI(base_url=llm.endpoint, api_key=llm.api_key)
        client.chat.completions.create(
            model=llm.model,
            messages=[
                {"role": "system", "content": prompt.format(**task)},
                {"role": "user", "content": task["input"]},
            ],
        )
        died = Path(os.environ["DIED"])
        if not died.exists():
            died.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return 0.25


if __name__ == "__main__":
    run(Triage())
