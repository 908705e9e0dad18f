"""Runs a prompt on rows of a job and gives the mean reward."""

import concurrent.futures
import json
import urllib.error
import urllib.request

from jobs import LONGEST_ANSWER

AT_ONCE = 4


class Spent(Exception):
    """The budget ended."""


def said(url, prompt, text):
    """The worker's answer: the prompt as system message, the text as the user's, greedy."""
    messages = [{"role": "system", "content": prompt}, {"role": "user", "content": text}]
    body = {"model": "local", "messages": messages, "temperature": 0, "max_tokens": LONGEST_ANSWER}
    wish = urllib.request.Request(
        url + "/v1/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(wish, timeout=900) as answer:
            return json.load(answer)["choices"][0]["message"]["content"]
    except urllib.error.HTTPError as failed:
        if failed.code == 429:
            raise Spent from None
        raise RuntimeError(failed.read().decode(errors="replace")) from None


def mean(url, job, prompt, rows):
    """The mean reward of the prompt over the rows."""
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        rewards = list(pool.map(lambda row: job.reward(row, said(url, prompt, row["input"])), rows))
    return sum(rewards) / len(rewards)
