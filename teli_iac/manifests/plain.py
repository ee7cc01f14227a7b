"""The plain style that nearly every manifest is written in, read line by line in a third of the time.

Accept fast, complain well: whatever this way of reading accepts it reads as the exact way does, place by
place, which a property test holds it to. Of anything else it has a doubt, and leaves all of the file to the
exact way: it knows block mappings, lists, and values that stand on one line and mean the same to everybody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, Final

from teli_iac.manifests.characters import holds_number
from teli_iac.manifests.document import Node, Reading, Span
from teli_iac.manifests.excerpts import holds_people
from teli_iac.manifests.faults import MAX_DEPTH, MAX_NODES
from teli_iac.manifests.scalars import Unclear, plain_value
from teli_iac.model import JsonValue

_QUOTED = r""""([^"\\\n]*+)"|'([^'\n]*+)'"""
_KEY = r"([A-Za-z_][A-Za-z0-9_./-]{0,99})"
_LINE = re.compile(
    rf"""
      (---)(?:\n|\Z)
    | ([ ]*+)
      (-[ ]++)?
      (?:{_KEY}:(?:[ ]++|(?=\n|\Z)))?
      (?: {_QUOTED}
        | ([A-Za-z0-9_/][A-Za-z0-9_./@+=,()-]*+(?:[ :](?=[A-Za-z0-9_/(])[A-Za-z0-9_./@+=,()-]++)*+)
        | (\{{[^{{}}\n]*+\}} | \[[^\[\]\n]*+\])
      )?
      (?:[ ]++(?:\#[^\n]*+)?|(?<![^ \n])\#[^\n]*+)?
      (?:\n|\Z)
    | ([^\n])
    """,
    re.VERBOSE,
)
_SEPARATOR, _SPACES, _KEYS, _PLAIN, _FLOW, _QUOTES = 1, 2, 4, 7, 8, (5, 6)
"""Groups of a line, of which the last that was found tells what the line brings."""

_LEAST_CHARACTERS = 2
"""That a value takes, its list or mapping counted as one."""

_FLOW_VALUE = rf"(?:{_QUOTED}|([A-Za-z0-9_/][A-Za-z0-9_./-]*+))(?:,[ ](?!\Z)|\Z)"
_FLOW_ITEM = re.compile(_FLOW_VALUE)
_FLOW_PAIR = re.compile(rf"{_KEY}:[ ]{_FLOW_VALUE}")
_NOTHING: Final[dict[str | int, Node]] = {}
_node = partial(tuple.__new__, Node)
"""A Node of the tuple given, in half the time: there are several to a line."""


class _Doubtful(Exception):
    """The exact way has to read this file."""


@dataclass(slots=True)
class _Block:
    """A mapping or list that is still open; the names are those of the exact way (`composing`).

    `key` is that of a value which the lines below have to bring; it stands at `key_line` and `key_column`.
    """

    above: _Block | None
    depth: int
    indent: int
    items: Any
    is_list: bool
    line: int
    column: int
    people: bool
    """Whether what is open here is lead data, though nothing around it is."""

    personal: bool
    children: dict[str | int, Node] = field(default_factory=dict)
    key: str | None = None
    key_line: int = 0
    key_column: int = 0


def read_plain(text: str) -> Reading | None:
    """The text taken apart as the exact way does it, or None where there is a doubt."""
    if "\t" in text or "\r" in text or len(text) > MAX_NODES * _LEAST_CHARACTERS:
        return None
    lines = _Lines()
    try:
        for number, found in enumerate(_LINE.finditer(text), 1):
            lines.take(number, found)
        lines.end(text)
    except _Doubtful:
        return None
    return Reading(text, tuple(lines.roots), (), frozenset(), tuple(lines.personal), broken=False)


class _Lines:
    """What has been read so far; `take` it line by line, then `end` it."""

    def __init__(self) -> None:
        self.roots: list[Node] = []
        self.personal: list[Span] = []
        self._block: _Block | None = None
        self._awaits_root = False

    def take(self, line: int, found: re.Match[str]) -> None:
        """Add what one line brings."""
        spaces, dash, key = found.group(2, 3, 4)
        if not key and not dash:
            self._take_nothing(line, found)
            return
        indent = len(spaces)
        block = self._block
        if block and block.indent >= indent and (block.is_list or block.indent > indent):
            block = self._close_deeper(block, line, indent, is_item=dash is not None)
        if dash:
            block = self._list(block, line, indent)
            indent += len(dash)
            block = self._open(block, indent, {}, line) if key else block
        elif block is None or block.key is not None or block.is_list or block.indent != indent:
            block = self._mapping(block, line, indent)
        if key:
            _await(block, key, line, indent + 1)
        self._take_value(block, line, found)

    def _take_value(self, block: _Block, line: int, found: re.Match[str]) -> None:
        place = found.lastindex or 0
        column, text = found.start(place) - found.start() + 1, found[place]
        if place == _PLAIN:
            self._add(block, _plain(text), line, column, len(text))
        elif place in _QUOTES:
            self._add(block, text, line, column - 1, len(text) + 2)
        elif place == _FLOW:
            self._add_flow(block, text, line, column)
        elif place != _KEYS:
            raise _Doubtful  # an item of nothing, or one that goes on below

    def end(self, text: str) -> None:
        """Close what is open where the text ends: for libyaml that is at the beginning of a line."""
        last = text.count("\n") + 1
        self._close_document(last if text.endswith("\n") or not text else last + 1)

    def _take_nothing(self, line: int, found: re.Match[str]) -> None:
        if found.lastindex == _SEPARATOR:
            self._close_document(line)
            self._awaits_root = True
        elif found.lastindex != _SPACES:
            raise _Doubtful

    def _close_document(self, line: int) -> None:
        if self._awaits_root:  # a document of nothing is null
            raise _Doubtful
        while self._block:
            self._block = self._close(self._block, line, 1)

    def _close_deeper(self, innermost: _Block, line: int, indent: int, *, is_item: bool) -> _Block | None:
        """Close what this line is not part of; a list may stand as far left as the key above it."""
        block: _Block | None = innermost
        while block and (block.indent > indent or (block.is_list and block.indent == indent and not is_item)):
            block = self._close(block, line, indent + 1)
        self._block = block
        return block

    def _close(self, block: _Block, line: int, column: int) -> _Block | None:
        if block.key is not None:  # a key without a value
            raise _Doubtful
        if block.people:
            self.personal.append((block.line, block.column, line, column))
        return block.above

    def _list(self, block: _Block | None, line: int, indent: int) -> _Block:
        """The list that an item at this indent belongs to: the one that is open, or one that begins here."""
        if block and block.is_list and block.indent == indent:
            return block
        if block is None or block.key is None:
            raise _Doubtful
        return self._open(block, indent, [], line)

    def _mapping(self, block: _Block | None, line: int, indent: int) -> _Block:
        """The mapping that begins with a key at this indent: a document, or the value of the key above."""
        if indent if block is None else block.key is None or indent <= block.indent:
            raise _Doubtful
        self._awaits_root = False
        return self._open(block, indent, {}, line)

    def _open(self, above: _Block | None, indent: int, items: Any, line: int) -> _Block:
        column = indent + 1
        if above is None:
            block = _Block(
                None, 1, indent, items, is_list=False, line=line, column=column, people=False, personal=False
            )
            self.roots.append(_node((items, line, column, 0, 0, block.children)))
        else:
            block = _below(above, indent, items, line, column)
            _put(above, items, line, column, block.children)
        self._block = block
        return block

    def _add(self, block: _Block, value: JsonValue, line: int, column: int, length: int) -> None:
        """Put a value where it belongs, and note it when it may be somebody's."""
        if not block.personal and block.key is not None and holds_people(block.key):
            self.personal.append((line, column, line, column + length))
        _put(block, value, line, column, _NOTHING)

    def _add_flow(self, block: _Block, flow: str, line: int, column: int) -> None:
        """`{team: growth}` and `["+1…"]`: one level of values within a line."""
        is_list = flow[0] == "["
        items: Any = [] if is_list else {}
        within = _below(block, block.indent, items, line, column)
        pattern, text, at = _FLOW_ITEM if is_list else _FLOW_PAIR, flow[1:-1], 0
        while at < len(text):
            found = pattern.match(text, at)
            if found is None:
                raise _Doubtful
            self._add_within(within, line, column + 1, found)
            at = found.end()
        if within.people:
            self.personal.append((line, column, line, column + len(flow)))
        _put(block, items, line, column, within.children)

    def _add_within(self, within: _Block, line: int, column: int, found: re.Match[str]) -> None:
        if not within.is_list:
            _await(within, found[1], line, column + found.start(1))
        place = found.lastindex or 0
        start, text = column + found.start(place), found[place]
        if place == found.re.groups:
            self._add(within, _plain(text), line, start, len(text))
        else:
            self._add(within, text, line, start - 1, len(text) + 2)


def _await(block: _Block, key: str, line: int, column: int) -> None:
    if key in block.children or _is_doubtful(key):
        raise _Doubtful
    block.key, block.key_line, block.key_column = key, line, column


def _put(block: _Block, value: JsonValue, line: int, column: int, children: dict[str | int, Node]) -> None:
    key, items = block.key, block.items
    if key is None:
        block.children[len(items)] = _node((value, line, column, 0, 0, children))
        items.append(value)
        return
    block.children[key] = _node((value, line, column, block.key_line, block.key_column, children))
    items[key] = value
    block.key = None


def _below(above: _Block, indent: int, items: Any, line: int, column: int) -> _Block:
    """A mapping or list within another one."""
    if above.depth >= MAX_DEPTH:
        raise _Doubtful
    is_list = type(items) is list
    # Nothing but people is a list of mappings; below what is personal nothing more has to be noted.
    people = not above.personal and (not is_list if above.key is None else holds_people(above.key))
    personal = people or above.personal
    return _Block(above, above.depth + 1, indent, items, is_list, line, column, people, personal)


@lru_cache(maxsize=1024)
def _is_doubtful(key: str) -> bool:
    """Whether it is no text, or may be somebody's number."""
    return not isinstance(plain_value(key), str) or holds_number(key)


def _plain(text: str) -> JsonValue:
    value = plain_value(text)
    if isinstance(value, Unclear):
        raise _Doubtful
    return value
