#!/usr/bin/env python3
"""A CSV to a promoted prompt over REST, by a Python client that is generated from the server's own description.

    pip install openapi-python-client
    curl -s -H 'Accept: application/json' localhost:8090/q/openapi > openapi.json
    openapi-python-client generate --path openapi.json --meta none --output-path bridge_client
    python3 rest_run.py snippets.csv /path/of/new.db [--sandbox]

The token is read from LIGHTNING_BRIDGE_TOKEN. Run it in the folder that holds bridge_client.
"""

import os
import pathlib
import sys
import time
import uuid

sys.path.insert(0, os.getcwd())

from bridge_client import AuthenticatedClient
from bridge_client.api.databases import import_rows
from bridge_client.api.proposals import approve_proposal, show_proposal
from bridge_client.api.runs import show_run, start_run
from bridge_client.models import Approval, ImportRowsBody, NewRun, Problem
from bridge_client.types import File

PROMPT = "Classify the sentiment of the sentence. Answer with one word: positive or negative."
LOCAL = {"model": {"endpoint": {"worker": "gemma-3-270m", "critic": "none"}}}
# Shows that it works, not a better prompt.
SIMULATED = {"model": {"sandbox": {"seed": 7}}, "grader": "judge", "acceptJudge": True}


def done(answer):
    """The answer, or the end with what the server says is wrong."""
    if isinstance(answer, Problem) or answer is None:
        raise SystemExit(f"{answer.code}: {answer.detail} {answer.remedy}" if answer else "no answer is described")
    return answer


def main(rows, database, *options):
    """Imports, searches, and promotes what the sealed test shows to be better."""
    client = AuthenticatedClient("http://127.0.0.1:8090", os.environ["LIGHTNING_BRIDGE_TOKEN"], timeout=120)
    with open(rows, "rb") as file:
        body = ImportRowsBody(
            database=database,
            file=File(file, pathlib.Path(rows).name),
            prompt=PROMPT,
            map_="input=snippet,expected=label",
            model="gemma-3-270m",
        )
        made = done(import_rows.sync(client=client, body=body))
    print(f"{made.rows.read} rows read, {made.rows.written} written; session {made.session_id}")

    wanted = {"database": database, "sessionId": made.session_id, "engine": "java", "limits": {"calls": 900}}
    wanted |= {"search": {"rounds": 2, "concurrency": 1}, "goOnAtZero": True}
    wanted |= SIMULATED if "--sandbox" in options else LOCAL
    run = done(start_run.sync(client=client, body=NewRun.from_dict(wanted), idempotency_key=str(uuid.uuid4())))
    while not run.finished_at:
        time.sleep(2)
        run = done(show_run.sync(run.id, client=client))
    result = run.result
    if not result:
        raise SystemExit(f"{run.state}: {run.error}")
    print(f"{result.verdict}: {result.reason}")

    if not result.proposal_id:
        return
    proposal = done(show_proposal.sync(result.proposal_id, client=client))
    if proposal.findings:
        # A person reads them first; Approval(accept_findings=[their ids]) promotes all the same.
        raise SystemExit("\n".join(f"{finding.id}: {finding.text} ({finding.why})" for finding in proposal.findings))
    promotion = done(approve_proposal.sync(proposal.id, client=client, body=Approval()))
    print("promotion", promotion.promotion_id)


main(*sys.argv[1:])
