"""The template of the local model, and the port that it gets."""

import socket

from jinja2 import Environment

from lightning_bridge.local_model import PLAIN, free_port


def written(*messages):
    turns = [{"role": role, "content": text} for role, text in messages]
    return Environment().from_string(PLAIN).render(messages=turns)


def test_a_call_goes_on_where_the_examples_of_the_system_message_end():
    examples = "Name the colour.\n\nInput: snow\nAnswer: white"
    assert written(("system", examples), ("user", "sky")) == examples + "\n\nInput: sky\nAnswer:"


def test_earlier_turns_look_like_examples():
    turns = written(("system", "Name the colour."), ("user", "snow"), ("assistant", "white"), ("user", "sky"))
    assert turns == "Name the colour.\n\nInput: snow\nAnswer: white\n\nInput: sky\nAnswer:"


def test_a_free_port_can_be_listened_on():
    with socket.socket() as server:
        server.bind(("127.0.0.1", free_port()))
