"""The model being trained as an OpenAI-compatible server on loopback, sampling from transformers: for the CPU trial."""

from __future__ import annotations

import socket
import threading
import time
import uuid
from typing import Any

import torch
import uvicorn
from fastapi import FastAPI
from transformers import AutoModelForCausalLM


class ModelServer:
    """Serves until it is closed. ``address`` is where; ``update`` takes new weights between two answers."""

    def __init__(self, path: str, tokenizer: Any, most_tokens: int) -> None:
        self._model = AutoModelForCausalLM.from_pretrained(path, dtype=torch.float32).eval()
        self._tokenizer = tokenizer
        self._most_tokens = most_tokens
        self._lock = threading.Lock()
        application = FastAPI()
        application.post("/v1/chat/completions")(self.complete)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(application, log_level="warning"))
        # Signals belong to the main thread, which is Java's.
        self._thread = threading.Thread(target=lambda: self._server.run(sockets=[self._socket]), daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.05)

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join()

    def update(self, weights: dict[str, torch.Tensor]) -> float:
        """Takes the weights; gives the largest change of any."""
        with self._lock, torch.no_grad():
            own = self._model.state_dict()
            change = max(float((value - own[name]).abs().max()) for name, value in weights.items() if name in own)
            self._model.load_state_dict(weights, strict=False)
            return change

    def complete(self, body: dict[str, Any]) -> dict[str, Any]:
        """A chat completion with token ids and log-probabilities, as the trainer reads them."""
        prompt = self._tokenizer.apply_chat_template(body["messages"], add_generation_prompt=True, return_dict=True)
        ids = list(prompt["input_ids"])
        most = min(body.get("max_tokens") or self._most_tokens, self._most_tokens)
        tokens, log_probabilities = self._sample(ids, most, max(float(body.get("temperature", 1)), 1e-3))
        ended = bool(tokens) and tokens[-1] == self._tokenizer.eos_token_id
        return {
            "id": uuid.uuid4().hex,
            "object": "chat.completion",
            "created": int(time.time()),
            "model": body["model"],
            "prompt_token_ids": ids,
            "usage": {
                "prompt_tokens": len(ids),
                "completion_tokens": len(tokens),
                "total_tokens": len(ids) + len(tokens),
            },
            "choices": [
                {
                    "index": 0,
                    "finish_reason": "stop" if ended else "length",
                    "token_ids": tokens,
                    "message": {
                        "role": "assistant",
                        "content": self._tokenizer.decode(tokens, skip_special_tokens=True),
                    },
                    "logprobs": {"content": [{"token": "", "logprob": value} for value in log_probabilities]},
                }
            ],
        }

    def _sample(self, prompt: list[int], most: int, temperature: float) -> tuple[list[int], list[float]]:
        tokens: list[int] = []
        log_probabilities: list[float] = []
        with self._lock, torch.no_grad():
            step, cache = torch.tensor([prompt]), None
            for _ in range(most):
                out = self._model(step, past_key_values=cache, use_cache=True)
                cache = out.past_key_values
                logits = out.logits[0, -1, : len(self._tokenizer)].float() / temperature
                all_log = torch.log_softmax(logits, -1)
                token = int(torch.multinomial(all_log.exp(), 1))
                tokens.append(token)
                log_probabilities.append(float(all_log[token]))
                if token == self._tokenizer.eos_token_id:
                    break
                step = torch.tensor([[token]])
        return tokens, log_probabilities
