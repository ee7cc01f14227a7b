"""Servers that speak S3, Azure Blob and Google Cloud Storage, each started once for a process of tests.

Their credentials go into this process's environment, and so to the processes that it starts.
"""

from __future__ import annotations

import atexit
import base64
import hashlib
import hmac
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from email.utils import formatdate
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest

from tests.ledger.google import Google
from tests.ledger.worlds import ACCOUNT

if TYPE_CHECKING:
    from obstore.store import ObjectStore

ROOT = Path(__file__).parents[2]
BUCKET = "ledgers"
_ACCOUNT = "devstoreaccount1"
# The key that Azurite's makers gave to everybody.
_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
_MISSING = "needs Azurite: make azurite (with npm on the PATH)"
_numbers = itertools.count(1)


def endpoint(scheme: str) -> str:
    """The address of the running server. Skips the test where there is none to start."""
    return SERVERS[scheme]()


def place_of(scheme: str, at: str, prefix: str) -> str:
    """A ledger's address below a prefix, at a server or at what stands between."""
    more = {"s3": "&region=us-east-1", "gs": "", "az": f"&account={_ACCOUNT}"}[scheme]
    return f"{scheme}://{BUCKET}/{prefix}?endpoint={quote(at, safe='')}{more}"


def fresh_prefix() -> str:
    return f"teli/fresh-{next(_numbers)}"


def stored(scheme: str, prefix: str) -> dict[str, bytes]:
    """Every object of the project, by the ending of its name."""
    import obstore  # noqa: PLC0415  an extra, which a machine may lack

    store = _store(scheme, prefix)
    return {str(name): bytes(obstore.get(store, name).bytes()) for name in _names(store)}


def stamps(scheme: str, prefix: str) -> list[object]:
    """What changes with any write."""
    import obstore  # noqa: PLC0415  the same

    return [dict(each) for piece in obstore.list(_store(scheme, prefix)) for each in piece]


def change(scheme: str, prefix: str, name: str, content: bytes | None) -> None:
    """Put something else into an object, or take it away."""
    import obstore  # noqa: PLC0415  the same

    if content is None:
        obstore.delete(_store(scheme, prefix), name)
    else:
        obstore.put(_store(scheme, prefix), name, content)


def _names(store: ObjectStore) -> list[str]:
    import obstore  # noqa: PLC0415  the same

    return [each["path"] for piece in obstore.list(store) for each in piece]


def _store(scheme: str, prefix: str) -> ObjectStore:
    from obstore.store import AzureStore, GCSStore, S3Store  # noqa: PLC0415  the same

    at, plain = endpoint(scheme), {"allow_http": True}
    stores: Mapping[str, tuple[Callable[..., ObjectStore], dict[str, str]]] = {
        "s3": (S3Store, {"endpoint": at, "region": "us-east-1"}),
        "gs": (GCSStore, {"base_url": at}),
        "az": (AzureStore, {"endpoint": at, "account_name": _ACCOUNT}),
    }
    make, config = stores[scheme]
    return make(BUCKET, prefix=f"{prefix}/{ACCOUNT.project}/", config=config, client_options=plain)


@cache
def _s3() -> str:
    os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    said = _said_by([sys.executable, "-m", "tests.ledger.s3"], "")
    at = f"http://127.0.0.1:{said.strip()}"
    httpx.put(f"{at}/{BUCKET}").raise_for_status()
    return at


@cache
def _azure() -> str:
    program = Path(sys.prefix) / "azurite/node_modules/azurite/dist/src/blob/main.js"
    node = shutil.which("node")
    if node is None or not program.exists():
        pytest.skip(_MISSING)
    os.environ["AZURE_STORAGE_ACCOUNT_KEY"] = _KEY
    options = ["--blobHost=127.0.0.1", "--blobPort=0", "--inMemoryPersistence", "--silent"]
    command = [node, str(program), *options, "--disableTelemetry", "--skipApiVersionCheck"]
    said = _said_by(command, "successfully listens on ")
    at = f"{said.split()[-1]}/{_ACCOUNT}"
    httpx.put(f"{at}/{BUCKET}", params={"restype": "container"}, headers=_signed()).raise_for_status()
    return at


@cache
def _google() -> str:
    os.environ["GOOGLE_BEARER_TOKEN"] = "test"  # noqa: S105  nobody's
    return Google().endpoint


SERVERS: Mapping[str, Callable[[], str]] = {"s3": _s3, "gs": _google, "az": _azure}


def _signed() -> dict[str, str]:
    """What makes a container: Azurite asks for a signature even for that."""
    date, version = formatdate(usegmt=True), "2021-12-02"
    about = f"x-ms-date:{date}\nx-ms-version:{version}\n/{_ACCOUNT}/{_ACCOUNT}/{BUCKET}\nrestype:container"
    text = "PUT" + "\n" * 12 + about
    signature = hmac.new(base64.b64decode(_KEY), text.encode(), hashlib.sha256).digest()
    authorization = f"SharedKey {_ACCOUNT}:{base64.b64encode(signature).decode()}"
    return {"x-ms-date": date, "x-ms-version": version, "Authorization": authorization}


def _said_by(command: list[str], awaited: str) -> str:
    """Start a server for as long as the tests run; the line in which it says where it listens."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603  ours
    atexit.register(process.wait)
    atexit.register(process.terminate)
    assert process.stdout is not None
    for line in process.stdout:
        if awaited in line:
            return line
    pytest.fail(f"{command[0]} ended before it listened")
