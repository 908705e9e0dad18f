"""Where the endpoint is, who may call it, and what stands between."""

from habit import BOTH, habit, handled, named
from reply import Reply, answer, document, error, page

MODELS = ("m-worker", "m-critic", "m-editor", "m-judge")


@habit(
    named("[Rr]efused", "running|port|--base-url|started", 10),
    "nothing listens",
    url="http://127.0.0.1:9/v1",
    engines=BOTH,
)
def closed_port(call):
    return answer(call)


@habit(named("host|resolve|name", "--base-url|spell|proxy", 10), "no such host", url="http://model.invalid/v1")
def unknown_host(call):
    return answer(call)


@habit(named("certificate", "SSL_CERT_FILE|trust|CA", 10), "a certificate of its own", tls=True)
def self_signed(call):
    return answer(call)


@habit(handled(), "the same, trusted by SSL_CERT_FILE", tls=True, environment={"SSL_CERT_FILE": "{certificate}"})
def own_ca(call):
    return answer(call)


@habit(named("404.*chat/completions|chat/completions.*404", "/v1", 10), "the base URL without /v1", path="")
def v1_only(call):
    if not call.path.startswith("/v1/chat/completions"):
        return Reply(404, b"404 page not found", "text/plain")
    return answer(call)


@habit(
    named("Unexpected endpoint", "/v1", 10),
    "github.com/lmstudio-ai/lmstudio-bug-tracker/issues/618: the same under HTTP 200",
    path="",
)
def lmstudio_path(call):
    if not call.path.startswith("/v1/"):
        return document({"error": f"Unexpected endpoint or method. (POST {call.path})"})
    return answer(call)


@habit(
    named("qwen3|does not exist", "m-other|other-model", 10),
    "OpenAI: a model that is not there",
    models=("m-other", "other-model"),
)
def wrong_model(call):
    return error(
        404,
        f"The model `{call.request['model']}` does not exist or you do not have access to it.",
        "model_not_found",
        param=None,
    )


@habit(named("not found", "m-other", 10), "github.com/netease-youdao/QAnything/issues/555: Ollama", models=("m-other",))
def pull_first(call):
    return error(404, f'model "{call.request["model"]}" not found, try pulling it first', None, "api_error")


@habit(named("deployment", "deployment|model|--base-url", 10), "github.com/chatboxai/chatbox/issues/646: Azure")
def deployment404(_):
    text = (
        "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes,"
    )
    text += " please wait a moment and try again."
    return document({"error": {"code": "DeploymentNotFound", "message": text}}, 404)


@habit(named("key", "OPENAI_API_KEY|--key", 10), "a key is wanted and none is there", key="")
def missing_key(call):
    if not call.headers.get("Authorization"):
        return error(401, "You didn't provide an API key.", "invalid_api_key")
    return answer(call)


@habit(named("401|key", "OPENAI_API_KEY|--key", 10), "a wrong key")
def wrong_key(call):
    return error(
        401, "Incorrect API key provided: " + (call.headers.get("Authorization") or "")[7:] + ".", "invalid_api_key"
    )


@habit(
    handled(),
    "a proxy for plain HTTP",
    url="http://model.invalid/v1",
    environment={"HTTP_PROXY": "{origin}", "http_proxy": "{origin}"},
)
def proxied(call):
    return answer(call)


@habit(
    named("proxy", "HTTP_PROXY|NO_PROXY|proxy", 10),
    "a proxy that is not there",
    url="http://model.invalid/v1",
    environment={"HTTP_PROXY": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"},
)
def proxy_down(call):
    return answer(call)


@habit(named("X-Client-Id", "--header", 15), "company gateways: a header of their own")
def needs_header(call):
    if not call.headers.get("X-Client-Id"):
        return error(403, "Missing header X-Client-Id: register your application", "missing_header")
    return answer(call)


@habit(handled(), "the same, given", options=("--header", "X-Client-Id=desk"))
def given_header(call):
    return needs_header(call)


AZURE = "/openai/deployments/dep"


@habit(handled(), "Azure: the version in the base URL", path=AZURE + "?api-version=2024-10-21")
def api_version(call):
    if "api-version=2024-10-21" not in call.path or not call.path.startswith(AZURE + "/chat/completions"):
        return document({"error": {"code": "404", "message": "Resource not found"}}, 404)
    return answer(call)


@habit(handled(), "Azure: the version by --query", path=AZURE, options=("--query", "api-version=2024-10-21"))
def api_query(call):
    return api_version(call)


@habit(handled(cause="308|redirect|moved", remedy="/v1"), "an endpoint that has moved", path="/old")
def redirect(call):
    return (
        Reply(308, b"", headers={"Location": "/v1/chat/completions"}) if call.path.startswith("/old") else answer(call)
    )


@habit(handled(), "a key that is a common word", key="blue", key_is_secret=False)
def key_blue(call):
    return answer(call)


@habit(handled(), "a key that is a word of the API", key="content", key_is_secret=False)
def key_content(call):
    return answer(call)


@habit(named("https", "https://", 10), "http:// where the server speaks TLS", tls=True, url="{origin}/v1")
def plain_to_tls(call):
    return answer(call)


@habit(named("http", "http://", 10), "https:// where the server speaks plain HTTP", url="https://{host}/v1")
def tls_to_plain(call):
    return answer(call)


@habit(named("expired", "key", 40), "a key that ends in the middle of the run")
def token_expires(call):
    if call.endpoint.count("all") > 60:
        return error(401, "The access token expired at 12:00", "token_expired")
    return answer(call)


@habit(
    named("not accessible via", "/chat/completions alone", 15),
    "github.com/jmdaly/llm-github-copilot/issues/32: a model of another path",
)
def other_path(call):
    text = f'model "{call.request["model"]}" is not accessible via the /chat/completions endpoint'
    return error(400, text, "unsupported_api_for_model")


@habit(named("HTTPS port", "https://", 10), "nginx: its page where plain HTTP comes to a port of TLS")
def plain_to_nginx(_):
    return page(400, "400 The plain HTTP request was sent to HTTPS port")
