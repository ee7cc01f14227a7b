"""What the site consists of, read from docs/index.md: its sections and their pages are the navigation.

A page is added to the site by a line `- [Title](page.md): what one finds there` in that file. A page without
one is in the site nevertheless, under "More". Pure: text in, values and text out.
"""  # noqa: INP001  docs/ is a folder of pages, not a package

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_ENTRY = re.compile(r"- \[(?P<title>[^\]]+)\]\((?P<file>[^)]+)\.md\): (?P<about>.+)")
_REST = "More"


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its file without `.md`, below docs/."""

    name: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Section:
    """Pages under one heading of the navigation."""

    title: str
    pages: tuple[Page, ...]


def sections(index: str) -> tuple[Section, ...]:
    """The sections of docs/index.md that list pages, in their order."""
    parts = re.split(r"(?m)^## ", index)[1:]
    found = (Section(part.splitlines()[0], tuple(_pages(part))) for part in parts)
    return tuple(section for section in found if section.pages)


def _pages(part: str) -> Iterable[Page]:
    return (Page(each["file"], each["title"], each["about"]) for each in _ENTRY.finditer(part))


def toctrees(index: str, names: Iterable[str]) -> str:
    """The navigation as the generator wants it, with pages that nobody listed at its end."""
    listed = sections(index)
    known = {page.name for section in listed for page in section.pages}
    rest = tuple(Page(name, "", "") for name in sorted(set(names) - known - {"index"}))
    more = (Section(_REST, rest),) if rest else ()
    return "\n".join(_toctree(section) for section in (*listed, *more))


def _toctree(section: Section) -> str:
    lines = [f"{page.title} <{page.name}>" if page.title else page.name for page in section.pages]
    return "\n".join(["```{toctree}", ":hidden:", f":caption: {section.title}", "", *lines, "```", ""])


def llms_text(index: str, address: Callable[[str], str]) -> str:
    """`llms.txt` (llmstxt.org): what the tool is, and where each page lies as Markdown."""
    head, *_ = re.split(r"(?m)^## ", index)
    title, text = head.strip().split("\n", 1)
    summary = " ".join(text.split())
    parts = [
        "\n".join(
            [
                f"## {section.title}",
                "",
                *(f"- [{each.title}]({address(each.name)}): {each.about}" for each in section.pages),
            ]
        )
        for section in sections(index)
    ]
    return "\n\n".join([title, f"> {summary}", *parts]) + "\n"
