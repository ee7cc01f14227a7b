"""From the parser's events to pages: every key and value with the place where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from teli_iac.manifests.formatting.tree import Collection, Entry, Lines, Node, Page, Scalar
from teli_iac.manifests.reading import events


def take_pages(lines: Lines, *, pure: bool = False) -> tuple[list[Page], list[Scalar]]:
    """The documents of a text that reads without a fault, and all its scalars in the order they stand."""
    taker = _Taker(lines, events(lines.text, pure=pure))
    return [*taker.pages()], taker.scalars


class _Taker:
    """Takes one event after the other. Depth is no concern: reading has counted it before."""

    def __init__(self, lines: Lines, stream: Iterator[Any]) -> None:
        self._lines = lines
        self._stream = stream
        self.scalars: list[Scalar] = []

    def pages(self) -> Iterator[Page]:
        for event in self._stream:
            if type(event).__name__ == "DocumentStartEvent":
                start = self._offset(event.start_mark) if event.explicit else 0
                directive = f"%YAML {'.'.join(map(str, event.version))}" if event.version else ""
                yield Page(self._node(next(self._stream)), start, directive)

    def _node(self, event: Any) -> Node:
        match type(event).__name__:
            case "MappingStartEvent":
                return self._collection(event, is_mapping=True)
            case "SequenceStartEvent":
                return self._collection(event, is_mapping=False)
        return self._scalar(event)

    def _scalar(self, event: Any) -> Scalar:
        start, end = self._offset(event.start_mark), self._offset(event.end_mark)
        scalar = Scalar(self._lines.text[start:end], event.value, event.style or "", start, end)
        self.scalars.append(scalar)
        return scalar

    def _collection(self, event: Any, *, is_mapping: bool) -> Collection:
        made = Collection(
            is_mapping, bool(event.flow_style), self._offset(event.start_mark), event.start_mark.column
        )
        while not type(inner := next(self._stream)).__name__.endswith("EndEvent"):
            made.entries.append(self._entry(made, inner))
        made.end = self._offset(inner.end_mark) if made.flow else _end(made)
        made.spread = not made.flow or "\n" in self._lines.text[made.start : made.end]
        return made

    def _entry(self, parent: Collection, event: Any) -> Entry:
        first = self._node(event)
        if parent.is_mapping:
            if not isinstance(first, Scalar):
                raise AssertionError("reading refuses a key that is no text")
            return Entry(first, self._node(next(self._stream)), first.start)
        return Entry(None, first, first.start if parent.flow else self._dash(parent, first.start))

    def _dash(self, parent: Collection, before: int) -> int:
        """Where the dash of an item stands: in its list's column, on its line or on one above."""
        line = bisect_right(self._lines.starts, before) - 1
        while line >= 0:
            at = self._lines.starts[line] + parent.column
            if at < before and self._lines.text[at] == "-" and self._is_indented(line, parent.column):
                return at
            line -= 1
        raise AssertionError("every item of a list in lines has a dash")

    def _is_indented(self, line: int, column: int) -> bool:
        """Whether only blanks, dashes and marks of keys stand before this column: no text, no comment."""
        start = self._lines.starts[line]
        return not self._lines.text[start : start + column].strip(" -?:\t")

    def _offset(self, mark: Any) -> int:
        return self._lines.offset(mark.line, mark.column)


def _end(collection: Collection) -> int:
    if not collection.entries:
        return collection.start
    return collection.entries[-1].value.end
