"""Nodes from YAML events: no recursion, no aliases, no tags, and never more than the limits allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NoReturn

from teli_iac.manifests import faults
from teli_iac.manifests.characters import forbidden_character, holds_number
from teli_iac.manifests.document import Fault, Node, Span
from teli_iac.manifests.excerpts import END_OF_FILE, holds_people
from teli_iac.manifests.faults import MAX_DEPTH, MAX_FAULTS, MAX_NODES
from teli_iac.manifests.scalars import Unclear, plain_value
from teli_iac.model import JsonValue

if TYPE_CHECKING:
    import yaml

_NOTHING: Final[dict[str | int, Node]] = {}


class GivenUp(Exception):
    """Reading this file stops here; the last fault says why."""


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is still open.

    `key` is that of the next value, None in lists and where the value will be dropped; `people` says that
    the next value may be lead data, `personal` that all of it is.
    """

    items: dict[str, JsonValue] | list[JsonValue]
    line: int
    column: int
    awaits_key: bool
    is_key: bool
    personal: bool
    opens_personal: bool
    children: dict[str | int, Node] = field(default_factory=dict)
    key: str | None = None
    key_line: int = 0
    key_column: int = 0
    people: bool = False

    def drop_next(self, line: int, column: int) -> None:
        """A key came that is none: its value will be dropped, and hidden, since it may be anybody's."""
        self.awaits_key, self.people, self.key_line, self.key_column = False, True, line, column


class Composer:
    """What has been read of one file so far; `take` it event by event."""

    def __init__(self) -> None:
        self.roots: list[Node] = []
        self.faults: list[Fault] = []
        self.faulted: set[tuple[int, int]] = set()
        self.personal: list[Span] = []
        self._open: list[_Frame] = []
        self._nodes = 0
        self._last: Any = None

    @property
    def depth(self) -> int:
        """How many mappings and lists are open."""
        return len(self._open)

    @property
    def end(self) -> tuple[int, int]:
        """Line and column where the last event ended."""
        mark = self._last.end_mark if self._last else None
        return (mark.line + 1, mark.column + 1) if mark else (1, 1)

    def open_personal(self) -> tuple[Span, ...]:
        """The lead data that has begun and not ended, all to the end of the file."""
        for frame in self._open:
            if frame.opens_personal:
                return ((frame.line, frame.column, END_OF_FILE, 1),)
        if self._open and self._open[-1].people:
            return ((self._open[-1].key_line, self._open[-1].key_column, END_OF_FILE, 1),)
        return ()

    def take(self, event: yaml.Event) -> None:
        """Add what the event brings; raises GivenUp when a limit is reached."""
        self._last = event
        # By the name of its class, so that only reading.py needs PyYAML.
        match type(event).__name__:
            case "ScalarEvent":
                self._scalar(event)
            case "MappingStartEvent":
                self._start(event, {})
            case "SequenceStartEvent":
                self._start(event, [])
            case "MappingEndEvent" | "SequenceEndEvent":
                self._end(event)
            case "AliasEvent":
                self._alias(event)
            case "DocumentStartEvent":
                self._start_document(event)

    def _scalar(self, event: Any) -> None:
        line, column = self._count(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, line, column)
        frame = self._open[-1] if self._open else None
        if frame and frame.awaits_key:
            self._key(frame, event, line, column)
            return
        style, value = event.style, event.value
        if not style:
            value = self._typed(value, frame, line, column)
        elif style == '"' and (name := forbidden_character(value)):
            self._fault(faults.escaped_character(name, line, column))
        if frame and frame.people:
            self._note_people(frame, event)
        self._add(value, line, column, _NOTHING)

    def _typed(self, text: str, frame: _Frame | None, line: int, column: int) -> JsonValue:
        value = plain_value(text)
        if not isinstance(value, Unclear):
            return value
        shown = frame.key if frame and not frame.personal else None
        self._fault(faults.unclear_number(shown, line, column))
        return text

    def _key(self, frame: _Frame, event: Any, line: int, column: int) -> None:
        key = event.value if event.style else plain_value(event.value)
        frame.drop_next(line, column)
        if holds_number(event.value):
            self._note_people(frame, event)
        if key == "<<" and not event.style:
            frame.people = False
            self._fault(faults.sharing("Merge keys (`<<`)", line, column))
        elif not isinstance(key, str):
            self._fault(faults.key_not_text(line, column))
        elif event.style == '"' and (name := forbidden_character(key)):
            self._fault(faults.escaped_character(name, line, column))
        elif key in frame.children:
            shown, first = None if frame.personal else key, frame.children[key]
            frame.people = holds_people(key)
            self._fault(faults.key_twice(shown, (first.key_line, first.key_column), line, column))
        else:
            frame.key, frame.people = key, holds_people(key)

    def _start(self, event: Any, items: dict[str, JsonValue] | list[JsonValue]) -> None:
        line, column = self._count(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, line, column)
        if len(self._open) >= MAX_DEPTH:
            self._give_up(faults.too_deep(line, column))
        parent = self._open[-1] if self._open else None
        is_key = parent is not None and parent.awaits_key
        if is_key:
            self._fault(faults.key_not_text(line, column))
        is_mapping = isinstance(items, dict)
        # Nothing but people is a list of mappings, so that a misspelt `leads` is hidden as well.
        people = parent is not None and (parent.people or (is_mapping and isinstance(parent.items, list)))
        inherited = parent is not None and parent.personal
        frame = _Frame(
            items,
            line,
            column,
            awaits_key=is_mapping,
            is_key=is_key,
            personal=inherited or people,
            opens_personal=people and not inherited,
        )
        self._open.append(frame)

    def _end(self, event: Any) -> None:
        frame = self._open.pop()
        if frame.opens_personal:
            end = event.end_mark
            self.personal.append((frame.line, frame.column, end.line + 1, end.column + 1))
        if frame.is_key:
            self._open[-1].drop_next(frame.line, frame.column)
            return
        self._add(frame.items, frame.line, frame.column, frame.children)

    def _alias(self, event: Any) -> None:
        line, column = self._count(event)
        self._fault(faults.sharing("Aliases (`*name`)", line, column))
        frame = self._open[-1] if self._open else None
        if frame and frame.awaits_key:
            frame.drop_next(line, column)
            return
        if frame and frame.people:
            self._note_people(frame, event)
        self._add(None, line, column, _NOTHING)

    def _start_document(self, event: Any) -> None:
        if event.tags:
            self._fault(faults.directive(event.start_mark.line + 1, event.start_mark.column + 1))

    def _add(self, value: JsonValue, line: int, column: int, children: dict[str | int, Node]) -> None:
        if not self._open:
            self.roots.append(Node(value, line, column, 0, 0, children))
            return
        frame = self._open[-1]
        if isinstance(frame.items, list):
            frame.children[len(frame.items)] = Node(value, line, column, 0, 0, children)
            frame.items.append(value)
            return
        if frame.key is not None:
            node = Node(value, line, column, frame.key_line, frame.key_column, children)
            frame.children[frame.key] = node
            frame.items[frame.key] = value
        frame.key, frame.people, frame.awaits_key = None, False, True

    def _count(self, event: Any) -> tuple[int, int]:
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._give_up(faults.too_many_values(line, column))
        return line, column

    def _note_people(self, frame: _Frame, event: Any) -> None:
        if not frame.personal:
            start, end = event.start_mark, event.end_mark
            self.personal.append((start.line + 1, start.column + 1, end.line + 1, end.column + 1))

    def _refuse_properties(self, event: Any, line: int, column: int) -> None:
        if event.anchor is not None:
            self._fault(faults.sharing("Anchors (`&name`)", line, column))
        if event.tag is not None:
            self._fault(faults.tag(line, column))

    def _fault(self, fault: Fault) -> None:
        self.faulted.add((fault.line, fault.column))
        self.faults.append(fault)
        if len(self.faults) >= MAX_FAULTS:
            self._give_up(faults.too_many_problems(fault.line, fault.column))

    def _give_up(self, fault: Fault) -> NoReturn:
        self.faults.append(fault)
        raise GivenUp
