"""A page as somebody reads it who tries it: fenced blocks, their commands, and what is shown below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tests.pipelines.judges import ROOT

GENERATED = {"docs/codes.md", "docs/commands.md", "docs/manifests.md"}
"""Written by docs/write_*.py, and held by tests of their own."""
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "examples/**/*.md")
    for path in ROOT.glob(pattern)
)
"""Every page there is; a new one is here by being there."""
WRITTEN = [page for page in PAGES if page not in GENERATED]

_FENCE = re.compile(
    r"(?ms)(?:^<!-- (?P<note>[^\n]*?) -->\n)?(?:^`(?P<file>[^`\n]+)`:\n\n)?"
    r"^(?P<indent> *)```(?P<language>\S*)\n(?P<text>.*?)^(?P=indent)```$"
)


class Block(NamedTuple):
    """A fenced block; `note` is the comment on the line above, which readers do not see."""

    file: str | None
    language: str
    text: str
    note: str = ""


class Try(NamedTuple):
    """A command, and the lines that are shown below it."""

    command: str
    shown: list[str]


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page's text, in order."""
    return [
        Block(found["file"], found["language"], found["text"], found["note"] or "")
        for found in _FENCE.finditer(page)
    ]


def tries(block: Block) -> Iterator[Try]:
    """The commands of a console block, each begun by `$ `; two spaces and a `#` begin a remark."""
    for part in re.split(r"(?m)^\$ ", block.text.replace("\\\n", " "))[1:]:
        command, *shown = part.splitlines()
        yield Try(command.split("  #")[0].strip(), [line for line in shown if line])


_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z")
_DAY = re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2}( \d{4})? \d\d:\d\d(:\d\d)?\b")


_BETWEEN = r"(?:\s+|\s*\n(?:.*\n)*?\s*)"


def first_missing(shown: Sequence[str], said: str) -> str | None:
    """The first line of a page that was not said in its place; None when all were, in their order.

    `…` stands for anything, times differ every day, and so may the places where lines are wrapped.
    """
    heard = "\n".join(_timeless(line).rstrip() for line in said.splitlines()) + "\n"
    for count in range(len(shown), 0, -1):
        pattern = _BETWEEN.join(map(_pattern, shown[:count]))
        if re.search(rf"(?m)^\s*{pattern}$", heard):
            return shown[count] if count < len(shown) else None
    return shown[0] if shown else None


def _pattern(line: str) -> str:
    pieces = (re.escape(piece) for piece in " ".join(_timeless(line).split()).split("…"))
    return ".*?".join(pieces).replace("\\ ", r"\s+")


def _timeless(line: str) -> str:
    return _DAY.sub("<day>", _INSTANT.sub("<instant>", line))
