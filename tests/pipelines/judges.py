"""Tools of others that judge what we ship for pipelines; `make consumers` installs them apart from ours."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "build" / "reviewers" / "bin"
PATIENCE = 240

wants_judges = pytest.mark.skipif(
    not (ROOT / "build" / "reviewers" / "installed").exists(),
    reason="`make consumers` installs zizmor, check-jsonschema, pre-commit and hadolint",
)


def judge(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a tool in a folder, with nothing of the one who runs the tests."""
    variables: Mapping[str, str] = {"HOME": str(folder), "PATH": f"{TOOLS}:{os.environ['PATH']}", **more}
    return subprocess.run(  # noqa: S603  a tool that make installed
        [str(TOOLS / words[0]), *words[1:]],
        cwd=folder,
        env=dict(variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
        text=True,
    )


def judged(done: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    """The exit code, and all that was said."""
    return done.returncode, done.stdout + done.stderr
