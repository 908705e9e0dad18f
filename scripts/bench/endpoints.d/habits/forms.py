"""Forms of a call that an endpoint wants: JSON, streams, another API."""

from habit import habit, handled, named
from reply import answer, error, stream


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
