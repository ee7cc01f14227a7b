"""A process between a ledger and its PostgreSQL server that makes one commit go wrong.

`python -m tests.ledger.proxy FOLDER SERVER NUMBER FATE` listens on a socket in FOLDER and passes everything
on to the one in SERVER, until the n-th commit meets its fate: `lost` or `killed`, `before` or `after`.
"""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SOCKET = ".s.PGSQL.5432"
_COMMIT = b"COMMIT\0"  # in the question as in the answer
FATES = ("lost-before", "lost-after", "killed-before", "killed-after")


class _Fate:
    def __init__(self, number: int, fate: str) -> None:
        self._left = number
        self._fate = fate

    def meets(self, sent: bytes) -> bool:
        self._left -= _COMMIT in sent
        return self._left == 0 and _COMMIT in sent

    def reaches_the_server(self) -> bool:
        return self._fate.endswith("after")

    def strike(self, client: socket.socket) -> None:
        if self._fate.startswith("killed"):
            about = client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
            os.kill(struct.unpack("3i", about)[0], signal.SIGKILL)
        client.shutdown(socket.SHUT_RDWR)


def _pass_on(client: socket.socket, server: Path, fate: _Fate) -> None:
    with client, socket.socket(socket.AF_UNIX) as upstream:
        upstream.connect(str(server / _SOCKET))
        doomed = threading.Event()
        answers = threading.Thread(target=_answer, args=(upstream, client, doomed), daemon=True)
        answers.start()
        while sent := client.recv(1 << 16):
            if not fate.meets(sent):
                upstream.sendall(sent)
                continue
            if fate.reaches_the_server():
                doomed.set()
                upstream.sendall(sent)
                answers.join()
            fate.strike(client)
            break
        upstream.shutdown(socket.SHUT_RDWR)


def _answer(upstream: socket.socket, client: socket.socket, doomed: threading.Event) -> None:
    """Hand the server's answers back, until the one that is lost has come."""
    while answer := upstream.recv(1 << 16):
        if doomed.is_set():
            return
        client.sendall(answer)


@contextmanager
def between(server: Path, folder: Path, number: int, fate: str) -> Iterator[Path]:
    """The folder of a socket that leads to the server, with this fate for the n-th commit."""
    command = [sys.executable, "-m", "tests.ledger.proxy", str(folder), str(server), str(number), fate]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=pipe, text=True) as process:  # noqa: S603  ourselves
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield folder
        finally:
            process.kill()


def main() -> None:
    folder, server, number, fate = sys.argv[1:]
    decided = _Fate(int(number), fate)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(Path(folder) / _SOCKET))
        listening.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            client, _ = listening.accept()
            threading.Thread(target=_pass_on, args=(client, Path(server), decided), daemon=True).start()


if __name__ == "__main__":
    main()
