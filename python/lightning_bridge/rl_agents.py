"""The agents that agentlightning's controller starts, one process a rollout; they run in the gateway's environment.

Each plays one task against the model behind the gateway and has Lightning Bridge grade the output: the reward is
the grader's, the same as for prompts. What all rollouts share is in a file, since what is in the environment could
be read by whatever the agent starts, and a long text would not fit there. A rollout that could not be run or graded
reports no reward and fails: a failure is not a score.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from typing import Any

import httpx

JOB = "LIGHTNING_BRIDGE_RL_JOB"
TASK = "LIGHTNING_BRIDGE_TASK"
PROMPT = "LIGHTNING_BRIDGE_SYSTEM_PROMPT"
INPUT = "LIGHTNING_BRIDGE_INPUT"

_TRIES = 4
_LONGEST = 1_000_000
_PASSING = {408, 409, 425, 429, 500, 502, 503, 504}


class Agent:
    """Runs one task and reports its reward. What runs the task is for subclasses."""

    def __init__(self) -> None:
        with open(os.environ[JOB], encoding="utf-8") as file:
            self.job: dict[str, Any] = json.load(file)
        self.task: str = os.environ[TASK]
        self.input: str | list[dict[str, str]] | dict[str, str] = self.job["tasks"][self.task]
        self.prompt: str = self.job["systemPrompt"]
        self.model_url: str = os.environ["AGL_OPENAI_BASE_URL"]
        self.model_key: str = os.environ["AGL_KEY"]

    def answer(self) -> str:
        """The agent's output for the task."""
        raise NotImplementedError

    def run(self) -> None:
        reward = self._grade(self.answer())
        _post(
            os.environ["AGL_EVENT_URL"],
            {"event_type": "reward", "data": {"value": reward, "source": "lightning-bridge"}},
            self.model_key,
        )

    def _grade(self, output: str) -> float:
        body = {"task": self.task, "output": output}
        return float(_post(self.job["rewardUrl"], body, self.job["rewardToken"], seconds=600)["reward"])


class PromptAgent(Agent):
    """As Training Camp plays an agent version: its system prompt, then the input."""

    def answer(self) -> str:
        messages = self.job.get("openings", {}).get(self.task) or self._under_the_prompt()
        # The gateway sets model and temperature.
        body = {"model": "auto", "messages": messages, "max_tokens": self.job["maxTokens"]}
        answer = _post(self.model_url + "/chat/completions", body, self.model_key, seconds=600)
        return answer["choices"][0]["message"].get("content") or ""

    def _under_the_prompt(self) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = [{"role": "system", "content": self.prompt}] if self.prompt else []
        return [*messages, {"role": "user", "content": self.input}]


class CommandAgent(Agent):
    """Any program: the input on standard input (JSON, if it is no text), the output on standard output.

    It gets an OpenAI client's usual variables.
    """

    def answer(self) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AGL_")}
        environment.pop(JOB)
        environment |= {"OPENAI_BASE_URL": self.model_url, "OPENAI_API_KEY": self.model_key, PROMPT: self.prompt}
        environment[INPUT] = {str: "text", list: "chat", dict: "values"}[type(self.input)]
        given = self.input if isinstance(self.input, str) else json.dumps(self.input, ensure_ascii=False)
        ended = subprocess.run(
            self.job["command"],
            input=given.encode(),
            stdout=subprocess.PIPE,
            env=environment,
            cwd=self.job["folder"],
            timeout=self.job["seconds"],
            check=False,
        )
        if ended.returncode != 0:
            raise RuntimeError(f"the agent's command ended with status {ended.returncode}")
        return _checked(ended.stdout.decode(errors="replace").removesuffix("\n"))


class HttpAgent(Agent):
    """A service: told task, prompt and where the model is, it answers with ``{"output": TEXT}``."""

    def answer(self) -> str:
        body = {
            "task": self.task,
            "input": self.input,
            "system_prompt": self.prompt,
            "base_url": self.model_url,
            "api_key": self.model_key,
        }
        return _checked(str(_post(self.job["url"], body, None, seconds=self.job["seconds"])["output"]))


def _checked(output: str) -> str:
    """The output, of which the sealed test would take no other than this one either."""
    if not output.strip():
        raise RuntimeError("the agent answered without a word")
    if len(output) > _LONGEST:
        raise RuntimeError(f"the agent answered more than {_LONGEST} characters")
    return output


def _post(url: str, body: dict[str, Any], key: str | None, seconds: float = 60) -> dict[str, Any]:
    """Posts JSON, again where the failure may pass."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    # Straight to the addresses given: no proxy of the environment's stands before loopback.
    with httpx.Client(timeout=seconds, trust_env=False) as client:
        for attempt in range(1, _TRIES + 1):
            pause = float(attempt)
            try:
                response = client.post(url, json=body, headers=headers)
                if response.is_success:
                    return response.json()
                failure = f"{url} answered {response.status_code}: {response.text[:200]}"
                if response.status_code not in _PASSING:
                    break
                pause = _retry_after(response, pause)
            except httpx.TransportError as error:
                failure = f"{url} could not be reached: {error!r}"
            if attempt < _TRIES:
                time.sleep(pause)
    raise RuntimeError(failure)


def _retry_after(response: httpx.Response, otherwise: float) -> float:
    try:
        return min(30.0, float(response.headers["Retry-After"]))
    except (KeyError, ValueError):
        return otherwise
