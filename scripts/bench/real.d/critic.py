"""Who answers as critic and editor: an OpenAI-compatible endpoint, whose letters are kept and replayed."""

import hashlib
import json
import os
import pathlib
import threading
import urllib.error
import urllib.request

from meter import key

KEY = "REAL_BENCH_CRITIC_KEY"
PATIENCE = 900  # seconds; whoever answers may be a person


class Critic:
    """Asks the endpoint, unless the letter was answered before; each letter is a file NAME.json in the folder."""

    def __init__(self, url, model, folder):
        self.url, self.model, self.folder = url.rstrip("/"), model, pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.asked, self.replayed, self.lock = 0, 0, threading.Lock()

    def complete(self, request):
        """The document for a request; from its file where it is there."""
        same = key(request)
        file = self.folder / (hashlib.sha256(same.encode()).hexdigest()[:16] + ".json")
        if file.exists():
            with self.lock:
                self.replayed += 1
            return json.loads(file.read_text(encoding="utf-8"))["answer"]
        answer = self._asked({**request, "model": self.model, "stream": False})
        with self.lock:
            self.asked += 1
        kept = {"model": self.model, "request": request, "answer": answer}
        partial = file.with_suffix(".part")
        partial.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
        partial.rename(file)
        return answer

    def _asked(self, request):
        headers = {"Content-Type": "application/json"}
        if os.environ.get(KEY):
            headers["Authorization"] = "Bearer " + os.environ[KEY]
        wish = urllib.request.Request(f"{self.url}/v1/chat/completions", json.dumps(request).encode(), headers)
        try:
            with urllib.request.urlopen(wish, timeout=PATIENCE) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as failed:
            said = failed.read().decode(errors="replace")
            raise RuntimeError(f"the critic's endpoint answered {failed.code}: {said}") from None

    def words(self):
        """Who answered, for the end of the table."""
        return (
            f"{self.model} at {self.url} answered as critic and editor: {self.asked} letters asked, {self.replayed}"
            f" replayed from {self.folder}."
        )
