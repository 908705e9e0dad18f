"""A LitAgent that calls its model twice in a rollout, where agentlightning's documents tell it to."""

from typing import Any

import agentlightning as agl
from agl_runner import run
from openai import OpenAI


class Reviewed(agl.LitAgent[dict[str, Any]]):
    def rollout(self, task: dict[str, Any], resources: agl.NamedResources, rollout: agl.Rollout) -> None:
        llm, prompt = resources["main_llm"], resources["prompt_template"]
        client = OpenAI(base_url=llm.get_base_url(rollout.rollout_id, rollout.attempt.attempt_id), api_key=llm.api_key)
        draft = self.answered(client, llm.model, prompt.format(**task), task["input"])
        agl.emit_message(self.answered(client, llm.model, prompt.format(**task), "Review: " + draft))

    @staticmethod
    def answered(client: OpenAI, model: str, prompt: str, asked: str) -> str:
        answer = client.chat.completions.create(
            model=model, messages=[{"role": "system", "content": prompt}, {"role": "user", "content": asked}]
        )
        return answer.choices[0].message.content or ""


if __name__ == "__main__":
    run(Reviewed())
