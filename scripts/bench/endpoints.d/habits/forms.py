"""Forms of a call that an endpoint wants: JSON, streams, another API."""

import dataclasses
import json

from habit import habit, handled, named
from reply import answer, completion, document, error, stream


@habit(handled(), "github.com/vercel/ai/issues/7808: no json_object with this model", command="judge")
def no_json_object(call):
    if "response_format" in call.request:
        text = "'response_format' : one of the following must be satisfied[('response_format.type' :"
        text += " value is not one of the allowed values ['text'])]"
        return error(400, text)
    return answer(call)


@habit(
    handled(),
    "github.com/thepersonalaicompany/amurex-backend/issues/38: it fails where JSON is wanted",
    command="judge",
)
def json_failed(call):
    if "response_format" in call.request and call.number % 3:
        text = "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details."
        return error(400, text, "json_validate_failed")
    return answer(call)


@habit(handled(), "Alibaba: some models answer streams alone")
def stream_only(call):
    if not call.request.get("stream"):
        text = "This model only support stream mode, please enable the stream parameter to access the model."
        return error(400, text, "invalid_parameter_error")
    return stream(call, call.text)


@habit(handled(), "github.com/QuantumNous/new-api/pull/1109; github.com/openai/openai-go/issues/227 for the comments")
def thinking_streams(call):
    if not call.request.get("stream"):
        return error(
            400, "parameter.enable_thinking must be set to false for non-streaming calls", "invalid_parameter_error"
        )
    return stream(call, call.text, comments=True)


@habit(handled(), "gateways that stream whatever was asked for")
def stream_always(call):
    return stream(call, call.text)


@habit(named("v1/responses", "model|endpoint", 15), "OpenAI's newest models")
def responses_only(_):
    return error(
        404, "This model is only supported in v1/responses and not in v1/chat/completions.", None, param="model"
    )


@habit(handled(), "github.com/Growth-Circle/cadis/issues/2329: empty lines of data between the events")
def stream_blank_data(call):
    given = stream(call, call.text)
    return dataclasses.replace(given, body=given.body.replace(b"\n\ndata: {", b"\n\ndata: \n\ndata: {"))


@habit(
    handled(cause="stream|readable|JSON|text|empty"),
    "github.com/0xPlaygrounds/rig/issues/534: a line's end between data: and the event",
)
def stream_broken_line(call):
    given = stream(call, call.text)
    return dataclasses.replace(given, body=given.body.replace(b"data: {", b"data:\n {"))


@habit(handled(), "github.com/BerriAI/litellm/issues/376: the only choice has the number 1")
def stream_index1(call):
    given = stream(call, call.text)
    return dataclasses.replace(given, body=given.body.replace(b'"index": 0', b'"index": 1'))


@habit(
    handled(cause="end|cut|broke|whole"),
    "github.com/vllm-project/vllm/issues/27572: finish_reason is null to the end, now and then",
)
def stream_no_finish(call):
    given = stream(call, call.text)
    if not call.every(5):
        return given
    return dataclasses.replace(given, body=given.body.replace(b'"finish_reason": "stop"', b'"finish_reason": null'))


@habit(handled(cause="text|message|readable|empty"), "proxies that forward the last event: delta for message")
def delta_answer(call):
    whole = completion(call, call.text)
    choice = whole["choices"][0]
    choice["delta"] = choice.pop("message")
    return document(whole, tokens=(100, 10))


@habit(handled(cause="readable|JSON|object"), "gateways that write JSON twice: the body is a string")
def double_encoded(call):
    return document(json.dumps(completion(call, call.text)), tokens=(100, 10))
