"""An application with OpenAI's SDK: its calls are captured and scored, and it uses the promoted prompt.

    pip install openai
    export LIGHTNING_BRIDGE_URL=http://localhost:8090 LIGHTNING_BRIDGE_AGENT=support
    export LIGHTNING_BRIDGE_TOKEN=$(cat .lightning-bridge/capture/support.token)
    python docs/examples/app_openai.py "Where is my parcel?" up

Of the application itself only base_url and api_key change; the rest here is what scores and prompts need.
"""

import json
import os
import sys
import urllib.error
import urllib.request

from openai import OpenAI

SERVER = os.environ["LIGHTNING_BRIDGE_URL"]
AGENT = os.environ["LIGHTNING_BRIDGE_AGENT"]
TOKEN = os.environ["LIGHTNING_BRIDGE_TOKEN"]
FIRST_PROMPT = "Answer mails kindly."

client = OpenAI(base_url=f"{SERVER}/capture/{AGENT}/v1", api_key=TOKEN)


def ask_server(path: str, body: dict | None = None) -> str:
    request = urllib.request.Request(
        f"{SERVER}/api/v1/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read().decode()


def prompt() -> str:
    """What was promoted last; without a server, or before the first call, the application's own."""
    try:
        return ask_server(f"agents/{AGENT}/prompt")
    except (urllib.error.URLError, TimeoutError):
        return FIRST_PROMPT


def answer(mail: str, stream: bool = False) -> tuple[str, str]:
    """The answer, and the id by which it can be scored."""
    call = client.chat.completions.with_raw_response.create(
        model=os.environ.get("MODEL", "gpt-4o-mini"),
        messages=[{"role": "system", "content": prompt()}, {"role": "user", "content": mail}],
        stream=stream,
    )
    attempt = call.headers["X-Attempt-Id"]
    if stream:
        pieces = [chunk.choices[0].delta.content or "" for chunk in call.parse() if chunk.choices]
        return "".join(pieces), attempt
    return call.parse().choices[0].message.content or "", attempt


if __name__ == "__main__":
    text, attempt_id = answer(sys.argv[1], stream="--stream" in sys.argv)
    print(text)
    if sys.argv[2] in ("up", "down"):
        ask_server(f"attempts/{attempt_id}/score", {"thumbs": sys.argv[2]})
