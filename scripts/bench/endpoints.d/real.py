"""Habits of a real server that nobody here wrote: llama.cpp's, with a base model of 270 million parameters.

Where a search is run, critic and editor are answered by the fake, and the worker's calls by the real server; with the
others the product calls it directly.
"""

import sample
from habit import HABITS, habit, handled, named
from llama import Llama
from model import MARK
from reply import answer

EXAMPLES = "\n\n".join(f"Input: {sample.ticket(n)}\nAnswer: {sample.code(n)}" for n in (201, 214, 227, 238))
PROMPT = f"{MARK}: answer with the word after code= and nothing else.\n\n{EXAMPLES}"
FEW = ("--max-calls", "120", "--concurrency", "2")
SHORT = (*FEW, "--max-output-tokens", "16")
# The base model answers nothing right under the first prompt: that is what the new one is to change.
SEARCH = (*FEW, "--go-on-at-zero")
BY_ROLE = (*SEARCH, "--critic-base-url", "{origin}/v1")


def searched(llama, call):
    if call.role == "worker":
        return llama.forward(call)
    return answer(call, PROMPT if call.role == "editor" else call.text)


def register():
    """Puts these habits in place of the fake's; gives the servers, to be stopped at the end."""
    HABITS.clear()
    plain, chat, locked, loading, killed = Llama(), Llama("own"), Llama(key="sk-llama"), Llama(), Llama()

    @habit(
        handled(900),
        "the control: the worker learns from the examples of the new prompt",
        options=SEARCH,
        before=plain.started,
        real=True,
    )
    def base(call):
        return searched(plain, call)

    @habit(
        handled(900, means=False),
        "killed at the worker's 20th call, started again at once",
        options=SEARCH,
        before=killed.started,
        real=True,
    )
    def restarted(call):
        if call.role == "worker" and call.number == 20:
            killed.stop()
            killed.start()
        return searched(killed, call)

    @habit(
        named("context size", "shorter|context", 300),
        "20,000 tokens of input",
        options=SEARCH,
        before=plain.started,
        real=True,
        tasks="long",
    )
    def too_long(call):
        return searched(plain, call)

    def direct(name, wanted, source, llama, path="/v1", before=None, **more):
        more.setdefault("options", BY_ROLE)
        url = llama.url + path
        habit(wanted, source, name=name, url=url, before=before or llama.started, real=True, **more)(
            lambda call: searched(llama, call)
        )

    same = handled(900, means=False)
    direct("by_role", same, "the product calls it itself; a key that it does not ask for", plain)
    direct("other_name", same, "a model's name that it does not list, and does not mind", plain, worker="nobody")
    direct("loading", same, "called while it loads its model", loading, before=loading.start)
    direct("wrong_path", named("404.*/v2/|/v2/.*404", "/v1", 60), "a path that is not there", plain, path="/v2")
    direct(
        "no_key",
        named("401|api key", "OPENAI_API_KEY|--key", 60),
        "a server with a key, and none given",
        locked,
        key="",
    )
    direct("never_stops", named("HOLD", seconds=120), "llama.cpp's own template and a base model: it never stops", chat)
    direct("no_judge", named("judge", "judge", 900), "a model that cannot judge", plain, command="judge", options=SHORT)
    return [plain, chat, locked, loading, killed]
