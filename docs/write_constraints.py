"""Write constraints.txt, what the action and the container install: `python -m docs.write_constraints`.

They are those that this environment has, in which the tests ran. It is no part of `make docs`: releases are
taken up on purpose, and a test holds the file to what pyproject.toml asks for.
"""  # noqa: INP001  docs/ is a folder of pages, not a package; this one module is run, never imported by ours

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

FILE = Path(__file__).parent.parent / "constraints.txt"
PROJECT = tomllib.loads((FILE.parent / "pyproject.toml").read_text(encoding="utf-8"))

_HEAD = """\
# What the action and the Containerfile install; written by `python -m docs.write_constraints`.
"""
_ELSEWHERE = frozenset({"dev"})


def asked() -> Iterator[Requirement]:
    """What pyproject.toml asks for: to build it, to run it, and for each extra of its users."""
    project = PROJECT["project"]
    extras = (each for name, each in project["optional-dependencies"].items() if name not in _ELSEWHERE)
    for words in (PROJECT["build-system"]["requires"], project["dependencies"], *extras):
        yield from map(Requirement, words)


def releases(wanted: Iterable[Requirement]) -> dict[str, str]:
    """Everything that comes along, by its name in lower case, with the release that is installed here."""
    found: dict[str, str] = {}
    waiting = [each for each in wanted if _applies(each, set())]
    while waiting:
        each = waiting.pop()
        installed = distribution(each.name)
        name = installed.metadata["Name"].lower().replace("_", "-")
        if name in found and not each.extras:
            continue
        found[name] = installed.version
        waiting += [r for r in map(Requirement, installed.requires or ()) if _applies(r, each.extras)]
    return found


def _applies(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in {*extras, ""})


def text() -> str:
    """The file, in the order of names."""
    lines = (f"{name}=={release}\n" for name, release in sorted(releases(asked()).items()))
    return "".join([_HEAD, *lines])


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
