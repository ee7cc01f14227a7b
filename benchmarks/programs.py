"""Which versions of ours and of others are measured."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from tempfile import gettempdir

from benchmarks.measuring import NOT_INSTALLED, TELI_IAC, Failed, Work, run
from benchmarks.octodns import octodns_sync

_VERSION = re.compile(r"\d+(?:\.\d+)+")


def version_of_ours() -> str:
    """As `teli-iac version` says it."""
    return _version([*TELI_IAC, "version"])


def programs() -> Mapping[str, str]:
    """The peers that are started, and the libraries that do the work of limits."""
    terraform, octodns = shutil.which("terraform"), octodns_sync()
    libraries = ("polars", "phonenumbers", "pyyaml", "httpx")
    return {
        "teli-iac": version_of_ours(),
        "Terraform": _version([terraform, "version"]) if terraform else NOT_INSTALLED,
        "octoDNS": _version([octodns, "--version"]) if octodns else NOT_INSTALLED,
        **{name: _installed(name) for name in libraries},
    }


def _version(command: list[str]) -> str:
    """The first thing in the answer that looks like one."""
    try:
        found = _VERSION.search(run(Work(command, Path(gettempdir()))).printed)
    except Failed:
        return "of an unknown version"
    return found[0] if found else "of an unknown version"


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return NOT_INSTALLED
