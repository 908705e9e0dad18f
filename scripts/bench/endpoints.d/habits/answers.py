"""Shapes of an answer: parts, empty content, finish reasons, errors under HTTP 200, refusals."""

from habit import BOTH, habit, handled, named
from model import MARK, text_of
from reply import ABSENT, Reply, answer, completion, document, error

THOUGHT = {"type": "thinking", "thinking": [{"type": "text", "text": "Let me see."}], "closed": True}


def parts_of(call):
    return answer(call, [THOUGHT, {"type": "text", "text": call.text}])


@habit(handled(), "the control", engines=BOTH)
def base(call):
    return answer(call)


@habit(handled(), "Mistral's API: content of Magistral is a list of chunks", engines=BOTH)
def parts(call):
    return parts_of(call)


@habit(handled(), "Mistral: a list only where the model thinks")
def parts_some(call):
    thinks = call.role == "worker" and MARK in text_of(call.request, "system", "developer", "user")
    return parts_of(call) if thinks else answer(call)


@habit(
    named(r"reasoning|thinking|empty", r"reasoning|think|--max-output-tokens|model"),
    "github.com/ollama/ollama/issues/15288",
)
def nullreason(call):
    return answer(call, None, message={"reasoning_content": call.text})


@habit(handled(), "vLLM with a reasoning parser: thinking alone now and then")
def emptyreason(call):
    if call.every(3, "worker"):
        return answer(call, "", message={"reasoning_content": "The answer is " + call.text})
    return answer(call)


@habit(handled(), "OpenRouter: errors of a provider under HTTP 200", engines=BOTH)
def err200_some(call):
    if call.every(3):
        problem = {"message": "Upstream error from Nvidia: Service temporarily overloaded", "code": 502}
        return document({"id": "gen-1", "error": problem})
    return answer(call)


@habit(named("[Ii]nsufficient credits", "credit|pay|balance", 15), "OpenRouter: 402 under HTTP 200")
def err200_credits(_):
    return document(
        {"error": {"message": "Insufficient credits. Add more using https://openrouter.ai/credits", "code": 402}}
    )


@habit(named("No auth credentials|key", "OPENAI_API_KEY|--key", 15), "OpenRouter: 401 under HTTP 200")
def err200_key(_):
    return document({"error": {"message": "No auth credentials found", "code": 401}})


@habit(handled(), "OpenRouter: finish_reason error in the middle of an answer")
def finerror(call):
    if call.every(4, "worker"):
        problem = {"code": 502, "message": "Provider disconnected"}
        return answer(call, call.text[:2], finish_reason="error", error=problem, usage=_one_token())
    return answer(call)


def _one_token():
    return {"prompt_tokens": 100, "completion_tokens": 1, "total_tokens": 101}


@habit(
    handled(means=False),
    "any: the agent's own limit of tokens cuts some answers off; what was said so far is the answer",
)
def finlength(call):
    return (
        answer(call, call.text[:2], finish_reason="length").own_failing() if call.every(9, "worker") else answer(call)
    )


@habit(handled(), "llama.cpp's forks, Anthropic's and Gemini's own words for stop")
def finnull(call):
    return answer(call, finish_reason=[None, "eos", "end_turn", "STOP"][call.number % 4])


@habit(handled(cause="tool|no text|empty"), "agents' models that call a tool nobody offered")
def toolcall(call):
    if call.every(3, "worker"):
        wish = {"id": "c1", "type": "function", "function": {"name": "lookup", "arguments": "{}"}}
        return answer(call, None, message={"tool_calls": [wish]}, finish_reason="tool_calls")
    return answer(call)


@habit(handled(cause="no text|message|no chat completion|choices"), "old gateways: the form of /v1/completions")
def textchoice(call):
    choice = {"index": 0, "text": call.text, "finish_reason": "stop"}
    spent = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
    return document({"id": "x", "object": "text_completion", "choices": [choice], "usage": spent}, tokens=(100, 10))


@habit(handled(), "github.com/BerriAI/litellm/issues/36881")
def nochoices(call):
    if call.every(4):
        return document({"id": "x", "object": "chat.completion", "choices": [] if call.number % 8 else None})
    return answer(call)


@habit(handled(), "github.com/ml-explore/mlx-lm/issues/1738: no content at all while it thinks; it needs 3,000 tokens")
def no_content_key(call):
    limit = call.request.get("max_tokens") or call.request.get("max_completion_tokens") or 1 << 20
    if call.role == "worker" and limit < 3000:
        spent = {"prompt_tokens": 100, "completion_tokens": limit, "total_tokens": 100 + limit}
        return answer(
            call, ABSENT_CONTENT, message={"content": ABSENT, "reasoning": "Hmm."}, finish_reason="length", usage=spent
        )
    return answer(call)


ABSENT_CONTENT = ""


@habit(handled(), "half a surrogate pair, or a NUL, at the end", grader="contains")
def surrogate(call):
    if call.role != "worker":
        return answer(call)
    end = b" \\ud83d" if call.number % 2 else b" \\u0000"
    given = document(completion(call, call.text + "@@"), tokens=(100, 10))
    return Reply(200, given.body.replace(b"@@", end), tokens=given.tokens)


@habit(handled(cause="too large|too long|bytes|MB"), "a model that does not stop: 5 MB", grader="contains")
def big5mb(call):
    return answer(call, call.text + (" x" * 2_500_000 if call.every(6, "worker") else ""))


@habit(handled(means=False), "a model that does not stop: 30 MB, once", grader="contains")
def big30mb(call):
    return answer(call, call.text + (" x" * 15_000_000 if call.role == "worker" and call.number == 3 else ""))


@habit(handled(), "github.com/ggml-org/llama.cpp/issues/6859: the token that ends the turn is left at the end")
def end_token(call):
    return answer(call, call.text + "<|im_end|>")


@habit(handled(), "github.com/BerriAI/litellm/issues/21242: Groq throws a call of tools away that nobody offered")
def tools_thrown(call):
    if call.every(7, "worker"):
        return error(400, "Tool choice is none, but model called a tool", "tool_use_failed")
    return answer(call)


@habit(
    named("login fail", "OPENAI_API_KEY|key", 10), "platform.minimax.io/docs/api-reference/errorcode: under HTTP 200"
)
def minimax_key(_):
    said = {"status_code": 1004, "status_msg": "login fail: Please carry the API secret key in 'Authorization'"}
    return document({"id": "x", "choices": None, "base_resp": said})


@habit(handled(), "github.com/agentgateway/agentgateway/issues/1464: Gemini while it thinks, until 3,000 tokens")
def no_message(call):
    limit = call.request.get("max_tokens") or call.request.get("max_completion_tokens") or 1 << 20
    if call.role == "worker" and limit < 3000:
        spent = {"prompt_tokens": 100, "total_tokens": 100 + limit}
        return document({"id": "x", "choices": [{"index": 0, "finish_reason": "length"}], "usage": spent})
    return answer(call)


@habit(handled(), "github.com/vllm-project/vllm/issues/41902: gpt-oss says nothing now and then, and counts tokens")
def gptoss_null(call):
    if call.every(4, "worker"):
        return answer(call, None, message={"reasoning": None, "tool_calls": []})
    return answer(call)


@habit(
    named("context|limit|cut off|empty", "limit|--max-output-tokens|context|prompt"),
    "github.com/can1357/oh-my-pi/issues/2774: Ollama's window is full of the prompt",
)
def ollama_full(call):
    if call.role == "worker":
        usage = {"prompt_tokens": 4095, "completion_tokens": 1, "total_tokens": 4096}
        return answer(call, "", finish_reason="length", usage=usage)
    return answer(call)


@habit(handled(), "gateways in typed languages: an error that is null beside every answer")
def error_null(call):
    return document({**completion(call, call.text), "error": None, "detail": None}, tokens=(100, 10))
