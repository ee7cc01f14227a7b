"""Starting git: a fixed argv, no shell, no hooks, no question, and an end in time."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from teli_iac.errors import NotConfigured

_SETTINGS = (
    "core.hooksPath=/dev/null",
    "gc.auto=0",
    "core.compression=0",  # keyed hashes do not get smaller, and trying takes half of the time
    "maintenance.auto=false",
    "push.gpgSign=false",
    "push.followTags=false",
    "submodule.recurse=false",
)
_FIXED = ("git", *(word for setting in _SETTINGS for word in ("-c", setting)))

# What would point git at another repository than the one that we name. What it takes to reach a remote
# (proxies, ssh, askpass programs) stays.
_POINTERS = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_CEILING_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_INDEX_FILE",
        "GIT_NAMESPACE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)


@dataclass(frozen=True, slots=True)
class Ran:
    """How git ended: `code` is None when it was stopped because it took too long."""

    code: int | None
    output: bytes
    errors: str

    @property
    def said(self) -> str:
        """Git's own words about what went wrong, on one line and without a password."""
        if self.code is None:
            return "git did not end in time"
        told = [line for line in self.errors.splitlines() if re.match("(fatal|error|remote): *[^ ]", line)]
        line = re.sub(r"//[^/\s@]*@", "//", "; ".join(told or self.errors.splitlines()))
        return "".join(character for character in line if character.isprintable())[:400] or "git said nothing"


def run_git(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    within: float,
    given: bytes = b"",
) -> Ran:
    """Run git in a folder for at most `within` seconds. NotConfigured when there is no git.

    It runs in a session of its own: Ctrl-C at the terminal does not tear a push in the middle, and what
    takes too long is ended with all that it started.
    """
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(  # noqa: S603  a fixed argv
            [*_FIXED, *arguments],
            cwd=folder,
            env={**_inherited(), **environment},
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            start_new_session=True,
        )
    except FileNotFoundError as error:
        raise NotConfigured(
            "This needs git, and git cannot be started here.",
            "Install git 2.31 or later, or check that the folder is there.",
        ) from error
    with process:
        try:
            output, errors = process.communicate(given, timeout=within)
        except subprocess.TimeoutExpired:
            _end(process)
            return Ran(None, b"", "")
        except BaseException:
            _end(process)
            raise
    return Ran(process.returncode, output, errors.decode("utf-8", errors="replace"))


def _inherited() -> dict[str, str]:
    """Our environment without pointers to another repository, and without our own secrets."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _POINTERS and not name.startswith("TELI_")
    }
    return {**kept, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1"}


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
