"""What an answer says that it cost."""

from habit import habit, handled, named
from reply import ABSENT, answer
from sample import usd

PRICED = ("--max-usd", "20", "--max-calls", "160", "--prices", "{prices}")


def _counted(outcome):
    """No token of a call that was answered is missing from the books."""
    spent = sum(sum(entry.tokens) for entry in outcome.log)
    if outcome.tokens < spent:
        return f"{outcome.tokens} tokens booked, {spent} spent"
    return None


def _within(limit, under_way):
    """The money really spent passes the limit by the calls under way at most."""

    def check(outcome):
        costs = [usd(*entry.tokens) for entry in outcome.log]
        allowed = limit + under_way * max(costs, default=0)
        return f"{sum(costs):.2f} USD spent, {allowed:.2f} allowed" if sum(costs) > allowed else None

    return check


def _total_only(**more):
    return {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 5110, **more}


@habit(handled(), "Gemini: thinking is in the total alone", options=PRICED, check=_counted)
def usage_gemini(call):
    return answer(call, usage=_total_only(), spent=(100, 5010))


@habit(handled(), "thinking in the details, beside the answer's tokens", options=PRICED, check=_counted)
def usage_details(call):
    return answer(call, usage=_total_only(completion_tokens_details={"reasoning_tokens": 5000}), spent=(100, 5010))


@habit(handled(), "OpenRouter and OpenAI: cached tokens", options=PRICED, check=_counted)
def usage_cached(call):
    spent = {
        "prompt_tokens": 100,
        "completion_tokens": 10,
        "total_tokens": 110,
        "prompt_tokens_details": {"cached_tokens": 90},
        "cost": 0.0001,
    }
    return answer(call, usage=spent)


@habit(handled(), "gateways that state usage badly or not at all", options=PRICED)
def usage_null(call):
    forms = [
        None,
        ABSENT,
        {"prompt_tokens": None, "completion_tokens": None},
        {"prompt_tokens": "100", "completion_tokens": "10"},
        {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    ]
    form = forms[call.number % 5]
    return answer(call, usage={} if form is None else form, spent=(100, 10))


def _some(outcome):
    return None if outcome.tokens > 0 else "no tokens booked at all"


@habit(handled(), "gateways that state zero", options=("--max-tokens", "100000"), check=_some)
def usage_zero(call):
    return answer(call, usage={"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}, spent=(100, 10))


def _thinks(call):
    spent = {
        "prompt_tokens": 100,
        "completion_tokens": 30000,
        "total_tokens": 30100,
        "completion_tokens_details": {"reasoning_tokens": 29990},
    }
    return answer(call, usage=spent)


@habit(
    handled(60, means=False, cause="budget|limit|--max-usd", remedy="--max-usd", says="--max-usd"),
    "0.30 USD a call, 32 at a time: the limit of 20 USD",
    options=("--max-usd", "20", "--max-calls", "400", "--prices", "{prices}", "--concurrency", "32"),
    check=_within(20, 32),
)
def usage_reasoning(call):
    return _thinks(call)


@habit(
    named("budget|limit|--max-usd", "--max-usd", 30),
    "the same with a limit of 0.90 USD",
    options=("--max-usd", "0.9", "--max-calls", "400", "--prices", "{prices}", "--concurrency", "32"),
    check=_within(0.9, 32),
)
def usage_small_limit(call):
    return _thinks(call)


def _paid(outcome):
    spent = 0.01 * len(outcome.log)
    return f"{spent:.2f} USD spent, 0.60 allowed" if spent > 0.6 else None


@habit(
    named("budget|limit|--max-usd", "--max-usd", 60),
    "github.com/BerriAI/litellm/pull/17887: Perplexity states a price in its parts, 0.01 USD a call",
    options=("--max-usd", "0.5", "--max-calls", "400", "--prices", "{prices}"),
    check=_paid,
)
def usage_cost_parts(call):
    parts = {"input_tokens_cost": 0.001, "output_tokens_cost": 0.001, "request_cost": 0.008, "total_cost": 0.01}
    return answer(call, usage={"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110, "cost": parts})
