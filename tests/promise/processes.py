"""Applies in processes of their own, as a pipeline starts them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.promise.mortal import APPLY
from tests.promise.practice import ENVIRONMENT

_ROOT = Path(__file__).parents[2]


def start(folder: Path, *module: str, limit: Callable[[], None] = lambda: None) -> subprocess.Popen[str]:
    """`python -m` this module in the folder, under a limit; the shipped `apply` when none is named."""
    return subprocess.Popen(  # noqa: S603  ourselves
        [sys.executable, "-m", *(module or ("teli_iac", *APPLY))],
        cwd=folder,
        env={
            **os.environ,
            **ENVIRONMENT,
            "PYTHONPATH": str(_ROOT),
            "XDG_CONFIG_HOME": str(folder / "config"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=limit,  # noqa: PLW1509  it sets a limit and nothing else
        text=True,
    )
