"""Which ref of which remote: `git`, `git?remote=upstream`, `git?branch=teli-iac-ledger`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from teli_iac.errors import NotConfigured

_NAME = re.compile(r"(?!.*(\.\.|//|/\.|\.lock(/|$)|[./]$))[A-Za-z0-9][A-Za-z0-9._/-]{0,200}")


@dataclass(frozen=True, slots=True)
class Address:
    """A remote of the repository that the Project lies in, and the full name of the ledger's ref."""

    remote: str
    ref: str

    def __str__(self) -> str:
        return f"{self.ref} of the remote {self.remote!r}"


def parse_address(place: str, project: str) -> Address:
    """The address that a place names for the project of this name. Raises NotConfigured.

    The ref lies outside refs/heads, so that no clone fetches it unasked, no pipeline runs for it and no
    page lists it among the branches. A branch is for a host that takes branches only, or one that shall be
    protected by the host's rules for branches.
    """
    scheme, _, query = place.partition("?")
    words = [tuple(word.split("=", 1)) for word in query.split("&")] if query else []
    given = dict(word for word in words if len(word) == 2)  # noqa: PLR2004  a name and a value
    known = given.keys() <= {"remote", "branch"} and len(given) == len(words)
    if scheme != "git" or not known or not all(_NAME.fullmatch(value) for value in given.values()):
        raise NotConfigured(
            "The Project's `ledger` names no ref of a git remote.",
            "Write `git`, `git?remote=NAME`, `git?branch=NAME` or `git?remote=NAME&branch=NAME`.",
        )
    branch = given.get("branch")
    ref = f"refs/teli-iac/ledger/{project}" if branch is None else f"refs/heads/{branch}"
    return Address(given.get("remote", "origin"), ref)
