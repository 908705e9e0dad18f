"""DSPy's own optimisers as an entrant, run by the Python of their environment.

usage: dspy_entrant.py < WISH.json. The wish names the optimizer, the job's kind, seed, train and validation rows, the
endpoint, how many programs to try, and whether a critic answers there. The last line of standard output is
{"prompt": …}. The worker is called as by every entrant: the instructions and the examples as system message, in the
form of jobs.with_examples, and the input as the user's. DSPy's own form of a call ([[ ## field ## ]]) is none that a
base model of this size can follow.
"""

import json
import logging
import sys

import dspy
from jobs import LONGEST_ANSWER, Job, with_examples

ENOUGH = 0.8  # the reward from which on an answer of the worker's own becomes an example
EXAMPLES = {"max_bootstrapped_demos": 4, "max_labeled_demos": 16}  # DSPy's defaults for random search
NEVER = 10**6  # errors after which it gives up: a call that the budget refuses is told by the meter


class Plain(dspy.Adapter):
    """Instructions and examples in the system message, the input in the user's, the whole answer as the answer."""

    def format(self, signature, demos, inputs):
        return [
            {"role": "system", "content": prompt_of(signature.instructions, demos)},
            {"role": "user", "content": inputs["input"]},
        ]

    def parse(self, signature, completion):
        return {"answer": completion.strip()}


class WithoutProposer(dspy.MIPROv2):
    """MIPROv2 over sets of examples alone: its instructions come from a model, and the worker here can write none."""

    def _propose_instructions(self, program, *_, **__):
        return {i: [predictor.signature.instructions] for i, predictor in enumerate(program.predictors())}


class WithProposer(dspy.MIPROv2):
    """MIPROv2 with instructions by the model that answers letters, which is asked in DSPy's own form."""

    def _propose_instructions(self, *job, **rest):
        with dspy.context(adapter=dspy.ChatAdapter()):
            return super()._propose_instructions(*job, **rest)


def prompt_of(instructions, demos):
    return with_examples(instructions, [{"input": demo["input"], "expected": demo["answer"]} for demo in demos])


def examples(rows):
    fields = ({"input": row["input"], "answer": row["expected"], "expected": row["expected"]} for row in rows)
    return [dspy.Example(**row).with_inputs("input") for row in fields]


def endpoint(wish):
    return {"api_base": wish["url"] + "/v1", "api_key": "none", "num_retries": 0}


def searched(job, wish):
    """The program found."""

    def metric(example, prediction, trace=None):
        reward = job.reward(example, prediction.answer or "")
        return reward if trace is None else reward >= ENOUGH

    plain = dspy.Predict(dspy.Signature("input -> answer", job.start))
    rows = {"trainset": examples(job.train), "valset": examples(job.validation)}
    if wish["optimizer"] == "mipro":
        size = {"auto": None, "num_candidates": wish["programs"] + 3, "num_threads": 4, "max_errors": NEVER}
        if wish["critic"]:
            proposer = dspy.LM("openai/critic", temperature=1.0, max_tokens=4000, **endpoint(wish))
            optimizer = WithProposer(metric, prompt_model=proposer, **size, **EXAMPLES)
        else:
            optimizer = WithoutProposer(metric, **size, **EXAMPLES)
        return optimizer.compile(plain, num_trials=wish["programs"] + 2, minibatch=False, seed=job.seed, **rows)
    optimizer = dspy.BootstrapFewShotWithRandomSearch(
        metric, num_candidate_programs=wish["programs"], num_threads=4, max_errors=NEVER, **EXAMPLES
    )
    return optimizer.compile(plain, **rows)


def main():
    out, sys.stdout = sys.stdout, sys.stderr
    logging.disable(logging.CRITICAL)
    wish = json.load(sys.stdin)
    job = Job(wish["kind"], wish["seed"], wish["train"], wish["validation"], [])
    dspy.configure_cache(enable_disk_cache=False, enable_memory_cache=True)
    model = dspy.LM("openai/local", temperature=0, max_tokens=LONGEST_ANSWER, **endpoint(wish))
    dspy.configure(lm=model, adapter=Plain())
    found = searched(job, wish)
    print(json.dumps({"prompt": prompt_of(found.signature.instructions, found.demos)}), file=out)


if __name__ == "__main__":
    main()
