"""The Teli of peers/server.py, while something is measured against it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.measuring import PEERS, PYTHON


@contextmanager
def served(latency: float) -> Iterator[str]:
    """Its address; it ends when its input does."""
    with subprocess.Popen(  # noqa: S603  our own server
        [*PYTHON, PEERS / "server.py", str(latency)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        if server.stdin is None or server.stdout is None:
            raise AssertionError("both were asked for")
        yield server.stdout.readline().strip()
        server.stdin.close()
