"""The Teli of peers/server.py, while something is measured against it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from benchmarks.measuring import PEERS, PYTHON


@dataclass(frozen=True, slots=True)
class Served:
    """Its address, and the way to talk to it beside its API."""

    address: str
    said: IO[str]
    heard: IO[str]

    def forget(self) -> None:
        """Back to no campaigns at all, so that the same ones can be launched again."""
        self.said.write("forget\n")
        self.said.flush()
        self.heard.readline()


@contextmanager
def served(latency: float) -> Iterator[Served]:
    """It ends when its input does."""
    with subprocess.Popen(  # noqa: S603  our own server
        [*PYTHON, PEERS / "server.py", str(latency)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        if server.stdin is None or server.stdout is None:
            raise AssertionError("both were asked for")
        try:
            yield Served(server.stdout.readline().strip(), server.stdin, server.stdout)
        finally:
            server.stdin.close()
