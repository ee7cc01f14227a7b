"""A text formatted, and the proof that it says what it said before."""

from __future__ import annotations

import re
from collections import Counter

from teli_iac.identity import canonical_json
from teli_iac.manifests.document import Reading
from teli_iac.manifests.formatting.comments import attach_comments, find_comments, only_comments
from teli_iac.manifests.formatting.printing import print_pages
from teli_iac.manifests.formatting.taking import take_pages
from teli_iac.manifests.formatting.tree import Lines
from teli_iac.manifests.reading import read_yaml

_LINE_END = re.compile(r"\r\n|\r|\n")


def format_reading(reading: Reading) -> str:
    """The text of a reading without faults in its one form. The line ends stay as the first one is."""
    first = _LINE_END.search(reading.text)
    plain = _LINE_END.sub("\n", reading.text)
    made = format_text(plain)
    _prove(reading, plain, made)
    return made.replace("\n", first[0]) if first else made


def format_text(text: str, *, pure: bool = False) -> str:
    """The same for a text whose lines end with a line feed and which is known to read without a fault."""
    lines = Lines.of(text)
    pages, scalars = take_pages(lines, pure=pure)
    attach_comments(lines, pages, scalars)
    return print_pages(pages, () if pages else only_comments(lines))


def _prove(reading: Reading, before: str, after: str) -> None:
    """Whatever this module gets wrong, no file is written that says something else."""
    again = read_yaml(after.encode())
    if again.faults or _said(again) != _said(reading):
        raise AssertionError("formatting would change what a manifest says")
    if _comments(after) != _comments(before):
        raise AssertionError("formatting would lose a comment")


def _said(reading: Reading) -> list[str]:
    return [canonical_json(root.value) for root in reading.roots if root.value is not None]


def _comments(text: str) -> Counter[str]:
    lines = Lines.of(text)
    _, scalars = take_pages(lines)
    return Counter(each.text for each in find_comments(lines, scalars))
