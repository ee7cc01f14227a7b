"""The two streams: answers to stdout, talk to stderr, in colour only where colour helps.

Nothing here raises because a reader has gone: a plan piped into `head` ends quietly, and an apply whose
log was closed is carried through.
"""

from __future__ import annotations

import codecs
import os
import select
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

from teli_iac.cli.session import Session

_PLAIN = {"·": "-", "…": "...", "→": "->", "–": "-", "×": "x", "§": "section "}  # noqa: RUF001  the very characters
_PLAIN |= {"█": "#", "▓": "v", "▒": "x", "░": "."}
"""What our own sentences use beyond ASCII, for streams that cannot show it."""

_FALLBACK_WIDTH = 80
_MOST_INPUT = 5 * 1024 * 1024
"""More than a manifest may have, so that reading can say that it is too large."""


def prepare_streams() -> None:
    """Make the streams fit for use: open, and able to show every text somehow."""
    _occupy_closed_streams()
    codecs.register_error("teli-iac", _plain)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="teli-iac")


def close_streams() -> None:
    """Write out what is left; what cannot be written is dropped, or Python would exit with its own code."""
    for stream in (sys.stdout, sys.stderr):
        _write(stream, "")


def answer(text: str) -> None:
    """Write what was asked for to stdout. OSError when the disk is full, so that no job goes on without."""
    error = _write(sys.stdout, text)
    if error is not None:
        raise error


def last_word(text: str) -> None:
    """Write how an apply ended to stdout. Never raises: what was done is done, whoever reads of it."""
    _write(sys.stdout, text)


def talk(text: str) -> None:
    """Write progress, questions and complaints to stderr. Never raises."""
    _write(sys.stderr, text)


def answers_in_colour(session: Session, environment: Mapping[str, str]) -> bool:
    """Whether stdout gets colour."""
    return _colour(session.color, environment, sys.stdout)


def talks_in_colour(session: Session, environment: Mapping[str, str]) -> bool:
    """Whether stderr gets colour."""
    return _colour(session.color, environment, sys.stderr)


def width() -> int:
    """The columns of the terminal: COLUMNS, else what stdout says, else 80."""
    from shutil import get_terminal_size  # noqa: PLC0415  it imports every way of compressing a file

    return get_terminal_size((_FALLBACK_WIDTH, 24)).columns


def can_repaint(environment: Mapping[str, str]) -> bool:
    """Whether stdout is a terminal on which a picture can be painted over the one before."""
    return _is_terminal(sys.stdout) and environment.get("TERM", "dumb") != "dumb"


def is_interactive() -> bool:
    """Whether a person sits there who sees a question on stderr and can answer it on stdin."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stderr)


def ask(question: str) -> str:
    """The line that a person types after a question, without its end; empty at the end of the input."""
    talk(question)
    _await_typing()
    line = sys.stdin.readline()
    if not line.endswith("\n"):
        talk("\n")
    return line.removesuffix("\n")


def read_input() -> bytes:
    """All of standard input, where manifests are piped in; UsageError where it is a terminal."""
    if _is_terminal(sys.stdin):
        from teli_iac.errors import UsageError  # noqa: PLC0415  `--help` reads nothing

        raise UsageError(
            "The manifests are to come by standard input (`-`), and nothing is piped in.",
            "Put the command that prints them before it: kustomize build . | teli-iac plan -",
        )
    return sys.stdin.buffer.read(_MOST_INPUT)


def _await_typing() -> None:
    """Return once there is something to read.

    A Ctrl-C that comes in the moment before a blocking read begins would go unnoticed until a line is typed.
    """
    while os.name == "posix" and not select.select([sys.stdin], [], [], 1.0)[0]:
        pass


def _colour(choice: str, environment: Mapping[str, str], stream: TextIO) -> bool:
    """The flag wins; then NO_COLOR, CLICOLOR_FORCE and TERM=dumb; else colour is for terminals."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("CLICOLOR_FORCE", "0") not in {"", "0"}:
        return True
    return environment.get("TERM") != "dumb" and _is_terminal(stream)


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # it was closed
        return False


def _write(stream: TextIO, text: str) -> OSError | None:
    """Write at once. None when it was written or nobody reads any more, else what the system says."""
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        _silence(stream)
        return None if isinstance(error, BrokenPipeError) else error
    return None


def _silence(stream: TextIO) -> None:
    """Let the stream lead nowhere: what it still holds would fail once more when Python ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _occupy_closed_streams() -> None:
    """Give closed streams a place, or the next file to be opened becomes stdout and is written over."""
    for name, flag, mode in (
        ("stdin", os.O_RDONLY, "r"),
        ("stdout", os.O_WRONLY, "w"),
        ("stderr", os.O_WRONLY, "w"),
    ):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, flag)
            setattr(sys, name, os.fdopen(nowhere, mode, encoding="utf-8", closefd=False))


def _plain(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that a stream cannot show: a likeness in ASCII, else a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    unseen = error.object[error.start : error.end]
    return "".join(_PLAIN.get(character, "?") for character in unseen), error.end
