"""How an answer travels."""

import gzip
import json
import socket
import struct
import time

from habit import habit, handled, named
from reply import Reply, Wire, answer, completion, stream


def _head(handler, length=None, content_type="application/json"):
    handler.send_response(200)
    handler.send_header("Content-Type", content_type)
    handler.send_header(*(("Transfer-Encoding", "chunked") if length is None else ("Content-Length", str(length))))
    handler.end_headers()


def _chunk(handler, data):
    handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
    handler.wfile.flush()


def _body(call):
    return json.dumps(completion(call, call.text)).encode()


@habit(handled(), "servers that compress")
def gzipped(call):
    return Reply(200, gzip.compress(_body(call)), headers={"Content-Encoding": "gzip"}, tokens=(100, 10))


@habit(handled(), "chunks of seven bytes")
def chunked(call):
    def write(handler):
        data = _body(call)
        _head(handler, content_type="application/json; charset=utf-8")
        for start in range(0, len(data), 7):
            _chunk(handler, data[start : start + 7])
        _chunk(handler, b"")

    return Wire(write)


@habit(handled(), "DeepSeek: empty lines while a request waits for its turn")
def keepalive(call):
    def write(handler):
        _head(handler)
        for _ in range(6):
            _chunk(handler, b"\n")
            time.sleep(0.05)
        _chunk(handler, _body(call))
        _chunk(handler, b"")

    return Wire(write)


@habit(handled(), "servers that call JSON text/plain")
def text_plain(call):
    given = answer(call)
    return Reply(200, given.body, "text/plain; charset=utf-8", tokens=given.tokens)


@habit(handled(), "a byte order mark before the JSON")
def bom(call):
    return Reply(200, b"\xef\xbb\xbf" + _body(call), tokens=(100, 10))


@habit(handled(), "connections that are reset in the middle of an answer")
def resetmid(call):
    def write(handler):
        data = _body(call)
        _head(handler, len(data))
        handler.wfile.write(data[:40])
        handler.wfile.flush()
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.close_connection = True
        handler.connection.close()

    return Wire(write) if call.every(4) else answer(call)


def _stalls(call):
    def write(handler):
        _head(handler, 900)
        handler.wfile.write(b'{"id":')
        handler.wfile.flush()
        time.sleep(3600)

    return Wire(write) if call.role == "worker" and call.number == 2 else answer(call)


@habit(handled(), "half a body, then nothing, once", options=("--timeout", "5"))
def stall(call):
    return _stalls(call)


@habit(handled(400), "the same with the product's own time-out", slow=True)
def stall_default(call):
    return _stalls(call)


@habit(
    named("time.?out|timed out|no answer", "--timeout", 40),
    "a model that needs longer than it is given",
    options=("--timeout", "3"),
)
def slow_answers(call):
    time.sleep(8)
    return answer(call)


@habit(named("time.?out|timed out|no answer", "--timeout", 600), "each answer after 200 s", slow=True)
def slow200(call):
    time.sleep(200)
    return answer(call)


@habit(
    named("200|no JSON|not JSON|HTML|page", "URL|--base-url|v1|proxy|gateway", 15),
    "a sign-in page where the endpoint should be",
)
def login_page(_):
    return Reply(
        200, b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in</body></html>", "text/html"
    )


@habit(named("empty", "URL|--base-url|v1|server|endpoint", 30), "an empty body under HTTP 200")
def empty_body(_):
    return Reply(200, b"")


@habit(handled(), "servers that close the connection after each answer without a word")
def closes(call):
    def write(handler):
        data = _body(call)
        _head(handler, len(data))
        handler.wfile.write(data)
        handler.close_connection = True

    return Wire(write)


@habit(handled(), "servers that speak HTTP/1.0: the end of the connection ends the answer")
def http10(call):
    def write(handler):
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + _body(call))
        handler.close_connection = True

    return Wire(write)


@habit(handled(), "github.com/anomalyco/opencode/issues/39968: streams that end without an end")
def stream_cut(call):
    given = stream(call, call.text)
    if call.every(5):
        return Reply(200, given.body[: len(given.body) // 2], "text/event-stream", tokens=given.tokens)
    return given


@habit(handled(), "github.com/diegosouzapw/OmniRoute/pull/8210: OpenRouter's errors in the middle of a stream")
def stream_error(call):
    given = stream(call, call.text)
    if call.every(5):
        fault = {"code": 502, "message": "Worker local total request limit reached (33/32)"}
        last = json.dumps({"id": "x", "error": fault, "choices": []}).encode()
        body = given.body[:90].rpartition(b"\n\n")[0] + b"\n\ndata: " + last + b"\n\n"
        return Reply(200, body, "text/event-stream", tokens=given.tokens)
    return given
