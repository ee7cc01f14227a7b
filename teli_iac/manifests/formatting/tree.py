"""A file as a tree that still knows its comments: what lies between reading it and printing it anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(slots=True, repr=False)
class Scalar:
    """A key or value: as written, as meant, its style (`'`, `"`, `|`, `>` or empty), and where it stands."""

    text: str
    value: str
    style: str
    start: int
    end: int


@dataclass(slots=True, repr=False)
class Collection:
    """A mapping or a list. `flow` says that it stands in brackets, `spread` that it will be printed in lines.

    `column` is where its entries begin; `after` are comments below the last one.
    """

    is_mapping: bool
    flow: bool
    start: int
    column: int
    end: int = 0
    spread: bool = True
    entries: list[Entry] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


Node: TypeAlias = Scalar | Collection


@dataclass(slots=True, repr=False)
class Entry:
    """A key with its value, or an item of a list.

    `before` are the comments above it, an empty text standing for a blank line; `trailing` is the comment
    on its line, and `trailing_column` where that stood.
    """

    key: Scalar | None
    value: Node
    start: int
    before: list[str] = field(default_factory=list)
    trailing: str = ""
    trailing_column: int = 0


@dataclass(slots=True, repr=False)
class Page:
    """One document: the comments at its top, its root, the comments at its end."""

    root: Node
    start: int
    directive: str
    head: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)


@dataclass(slots=True, repr=False)
class Lines:
    """A text by lines, for the places in it."""

    text: str
    starts: list[int]

    @classmethod
    def of(cls, text: str) -> Lines:
        """The lines of a text whose line ends are line feeds."""
        starts = [0]
        for piece in text.split("\n")[:-1]:
            starts.append(starts[-1] + len(piece) + 1)
        return cls(text, starts)

    def offset(self, line: int, column: int) -> int:
        """The offset of a place, both counted from 0, as the parser counts."""
        return min(self.starts[line] + column, len(self.text)) if line < len(self.starts) else len(self.text)
