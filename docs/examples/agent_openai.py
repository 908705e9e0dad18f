"""An agent in Python with OpenAI's SDK: it makes a plan, and then answers.

    pip install openai
    scripts/bridge optimize … --agent-command "python docs/examples/agent_openai.py"

The SDK reads OPENAI_BASE_URL and OPENAI_API_KEY by itself. An exception ends the program with status 1, so that no
failure is taken for an answer.
"""

import os
import sys

from openai import OpenAI

client = OpenAI()
prompt = os.environ.get("LIGHTNING_BRIDGE_SYSTEM_PROMPT", "")


def ask(text: str) -> str:
    answer = client.chat.completions.create(
        model="auto",
        messages=[{"role": "system", "content": prompt}, {"role": "user", "content": text}],
    )
    return answer.choices[0].message.content or ""


task = sys.stdin.read()
plan = ask(f"Say in one line how to answer this: {task}")
sys.stdout.write(ask(f"{task}\n\nPlan: {plan}"))
