"""What agentlightning's tests of its store are given instead of a store in their own process: its client.

The store behind it is the one that AGL_STORE_URL names, empty for each test; without it, agentlightning's own server.
"""

import os
import sqlite3

import aiohttp
import pytest
from agentlightning.store.client_server import LightningStoreClient, LightningStoreServer
from agentlightning.store.memory import InMemoryLightningStore
from portpicker import pick_unused_port

__all__ = ["anyio_backend", "store_fixture"]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def store_fixture():
    server = None
    url = os.environ.get("AGL_STORE_URL")
    if url:
        with sqlite3.connect(os.environ["AGL_STORE_DB"], timeout=20) as database:
            for table in ("spans", "attempts", "rollouts", "resources", "workers"):
                database.execute(f"DELETE FROM agl_{table}")
        database.close()
    else:
        store = InMemoryLightningStore(scan_debounce_seconds=0, thread_safe=True)
        server = LightningStoreServer(store, "127.0.0.1", pick_unused_port())
        await server.start()
        url = server.endpoint
    client = LightningStoreClient(url, retry_delays=(0.05,), health_retry_delays=(0.05,))
    # What tests ask of a server, they ask of the client.
    client.endpoint = client.server_address_root
    client.store = client
    yield client
    await client.close()
    if server is not None:
        await server.stop()


@pytest.fixture
async def with_client(store_fixture):
    return store_fixture, store_fixture


@pytest.fixture
async def with_session(store_fixture):
    async with aiohttp.ClientSession() as session:
        yield store_fixture, store_fixture, session, store_fixture.server_address
