"""Ways to start the program: in this process, in one of its own, and at a terminal."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from teli_iac.cli import run

PROGRAM = (sys.executable, "-W", "error", "-m", "teli_iac")
PATIENCE = 60


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    """Run in this process."""
    code = run(arguments)
    told = capsys.readouterr()
    return Ran(code, told.out, told.err)


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a process needs and nothing of the one that tests run in."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(Path.cwd())} | more


def process(folder: Path, *arguments: str, **more: str) -> Ran:
    """Run in a process of its own, without a terminal."""
    done = subprocess.run(  # noqa: S603  our own program
        [*PROGRAM, *arguments],
        cwd=folder,
        env=environment(folder, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


class Screen:
    """A pseudo-terminal with the program at it; what it shows is collected in `shown`."""

    def __init__(
        self, folder: Path, arguments: Sequence[str], variables: Mapping[str, str], *, columns: int = 80
    ) -> None:
        self._leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self._process = subprocess.Popen(  # noqa: S603  our own program
            [*PROGRAM, *arguments],
            cwd=folder,
            env=environment(folder, **{"TERM": "xterm", **variables}),
            stdin=follower,
            stdout=follower,
            stderr=follower,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  Ctrl-C wants a terminal of its own
        )
        os.close(follower)
        self.shown = ""

    def wait_for(self, text: str) -> None:
        """Read until a text is shown."""
        while text not in self.shown:
            assert self._read(), f"ended without showing {text!r}: {self.shown}"

    def type(self, keys: str) -> None:
        """Press keys; \\x04 is Ctrl-D and \\x03 is Ctrl-C."""
        os.write(self._leader, keys.encode())

    def end(self) -> int:
        """Read to the end; the exit code."""
        while self._read():
            pass
        os.close(self._leader)
        return self._process.wait(PATIENCE)

    def _read(self) -> bool:
        readable, _, _ = select.select([self._leader], [], [], PATIENCE)
        assert readable, f"nothing more after: {self.shown}"
        try:
            piece = os.read(self._leader, 65536)
        except OSError:  # the last program at the terminal has gone
            return False
        self.shown += piece.decode().replace("\r\n", "\n")
        return bool(piece)


def at_terminal(folder: Path, *arguments: str, columns: int = 80, **variables: str) -> Screen:
    """Start the program at a pseudo-terminal."""
    return Screen(folder, arguments, variables, columns=columns)
