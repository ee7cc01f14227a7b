"""Nodes from YAML events: no recursion, no aliases, no tags, and never more than the limits allow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NoReturn

from teli_iac.manifests.characters import forbidden_character
from teli_iac.manifests.document import Fault, Node, Span
from teli_iac.manifests.excerpts import END_OF_FILE, holds_people
from teli_iac.manifests.scalars import Unclear, plain_value
from teli_iac.model import JsonValue

if TYPE_CHECKING:
    import yaml

MAX_DEPTH = 40
MAX_NODES = 400_000
MAX_FAULTS = 1000

_NOTHING: Final[dict[str | int, Node]] = {}
_SHOWN_KEY = 60
_SIMPLIFY = "Split or simplify the file."


class GivenUp(Exception):
    """Reading this file stops here; the last fault says why."""


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is still open. `key` is None while a mapping waits for its next key."""

    items: dict[str, JsonValue] | list[JsonValue]
    line: int
    column: int
    is_key: bool
    personal: bool
    opens_personal: bool
    children: dict[str | int, Node] = field(default_factory=dict)
    key: str | None = None
    key_line: int = 0
    key_column: int = 0
    dropped: bool = False

    @property
    def waits_for_key(self) -> bool:
        """Whether the next value of this mapping is a key."""
        return self.key is None and not self.dropped and isinstance(self.items, dict)


class Composer:
    """What has been read of one file so far; `take` it event by event."""

    def __init__(self) -> None:
        self.roots: list[Node] = []
        self.faults: list[Fault] = []
        self.faulted: set[tuple[int, int]] = set()
        self.personal: list[Span] = []
        self._open: list[_Frame] = []
        self._nodes = 0
        self.line = self.column = 1  # where the last event ended
        self._takers: dict[str, Callable[[Any], None]] = {
            "ScalarEvent": self._scalar,
            "MappingStartEvent": self._start_mapping,
            "SequenceStartEvent": self._start_sequence,
            "MappingEndEvent": self._end,
            "SequenceEndEvent": self._end,
            "AliasEvent": self._alias,
            "DocumentStartEvent": self._start_document,
        }

    @property
    def depth(self) -> int:
        """How many mappings and lists are open."""
        return len(self._open)

    def open_personal(self) -> tuple[Span, ...]:
        """The lead data that has begun and not ended, all to the end of the file."""
        for frame in self._open:
            if frame.opens_personal:
                return ((frame.line, frame.column, END_OF_FILE, 1),)
        if self._open and _starts_people(self._open[-1]):
            return ((self._open[-1].key_line, self._open[-1].key_column, END_OF_FILE, 1),)
        return ()

    def take(self, event: yaml.Event) -> None:
        """Add what the event brings; raises GivenUp when a limit is reached."""
        taker = self._takers.get(type(event).__name__)
        if taker:
            taker(event)
            end: Any = event.end_mark  # never None for what a parser made
            self.line, self.column = end.line + 1, end.column + 1

    def _scalar(self, event: Any) -> None:
        line, column = self._count(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, line, column)
        frame = self._open[-1] if self._open else None
        if frame and frame.waits_for_key:
            self._key(frame, event, line, column)
            return
        value = event.value if event.style else self._typed(event.value, frame, line, column)
        if event.style == '"' and (name := forbidden_character(event.value)):
            self._refuse_character(name, line, column)
        self._note_people(frame, event)
        self._add(value, line, column, _NOTHING)

    def _note_people(self, frame: _Frame | None, event: Any) -> None:
        if frame and not frame.personal and _starts_people(frame):
            start, end = event.start_mark, event.end_mark
            self.personal.append((start.line + 1, start.column + 1, end.line + 1, end.column + 1))

    def _typed(self, text: str, frame: _Frame | None, line: int, column: int) -> JsonValue:
        value = plain_value(text)
        if not isinstance(value, Unclear):
            return value
        named = f'The value of "{frame.key}"' if frame and frame.key and not frame.personal else "This value"
        self._fault(
            "TELI-E030",
            f"{named} looks like a number, but is not written as one",
            'Quote it ("…") where text is meant; a number is written in plain decimals, such as 5 or 0.5.',
            line,
            column,
        )
        return text

    def _key(self, frame: _Frame, event: Any, line: int, column: int) -> None:
        frame.key_line, frame.key_column = line, column
        key = event.value if event.style else plain_value(event.value)
        if key == "<<" and not event.style:
            frame.dropped = True
            self._refuse_sharing("merge keys (`<<`)", line, column)
        elif not isinstance(key, str):
            frame.dropped = True
            self._refuse_key(line, column)
        elif event.style == '"' and (name := forbidden_character(key)):
            frame.dropped = True
            self._refuse_character(name, line, column)
        elif key in frame.children:
            frame.dropped = True
            self._refuse_duplicate(frame, key, line, column)
        else:
            frame.key = key

    def _start_mapping(self, event: Any) -> None:
        self._start(event, {})

    def _start_sequence(self, event: Any) -> None:
        self._start(event, [])

    def _start(self, event: Any, items: dict[str, JsonValue] | list[JsonValue]) -> None:
        line, column = self._count(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, line, column)
        if len(self._open) >= MAX_DEPTH:
            self._give_up(too_deep(line, column))
        parent = self._open[-1] if self._open else None
        is_key = parent is not None and parent.waits_for_key
        if is_key:
            self._refuse_key(line, column)
        inherited = parent is not None and parent.personal
        # Nothing but people is a list of mappings, so that a misspelt `leads` is hidden as well.
        people = parent is not None and (_starts_people(parent) or _is_row(parent, items))
        self._open.append(_Frame(items, line, column, is_key, inherited or people, people and not inherited))

    def _end(self, event: Any) -> None:
        frame = self._open.pop()
        if frame.opens_personal:
            end = event.end_mark
            self.personal.append((frame.line, frame.column, end.line + 1, end.column + 1))
        if frame.is_key:
            parent = self._open[-1]
            parent.dropped, parent.key_line, parent.key_column = True, frame.line, frame.column
            return
        self._add(frame.items, frame.line, frame.column, frame.children)

    def _alias(self, event: Any) -> None:
        line, column = self._count(event)
        self._refuse_sharing("aliases (`*name`)", line, column)
        frame = self._open[-1] if self._open else None
        if frame and frame.waits_for_key:
            frame.dropped = True
            return
        self._note_people(frame, event)
        self._add(None, line, column, _NOTHING)

    def _start_document(self, event: Any) -> None:
        if event.tags:
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            self._fault(
                "TELI-E027", "Directives other than %YAML are not read", "Remove the %TAG line.", line, column
            )

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
        frame.key, frame.dropped = None, False

    def _count(self, event: Any) -> tuple[int, int]:
        mark = event.start_mark
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._give_up(
                Fault(
                    "TELI-E024",
                    f"More than {MAX_NODES:,} values in one file",
                    _SIMPLIFY,
                    self.line,
                    self.column,
                )
            )
        return mark.line + 1, mark.column + 1

    def _refuse_properties(self, event: Any, line: int, column: int) -> None:
        if event.anchor is not None:
            self._refuse_sharing("anchors (`&name`)", line, column)
        if event.tag is not None:
            self._fault(
                "TELI-E026",
                "Tags (`!…`) are not read",
                "Remove the tag; quote the value if it is text.",
                line,
                column,
            )

    def _refuse_sharing(self, what: str, line: int, column: int) -> None:
        self._fault(
            "TELI-E025",
            f"{what[0].upper()}{what[1:]} are not read",
            "Write the value out; what several campaigns share belongs into a NumberPool or RedialPolicy.",
            line,
            column,
        )

    def _refuse_key(self, line: int, column: int) -> None:
        self._fault("TELI-E029", "This key is not text", 'Quote the key ("…") or correct it.', line, column)

    def _refuse_character(self, name: str, line: int, column: int) -> None:
        self._fault(
            "TELI-E021",
            f"The character {name} may not stand in a manifest, escaped or not",
            "Remove the escape; it hides or reorders what a reader sees.",
            line,
            column,
        )

    def _refuse_duplicate(self, frame: _Frame, key: str, line: int, column: int) -> None:
        first = frame.children[key]
        named = "A key" if frame.personal else f'The key "{key[:_SHOWN_KEY]}"'
        self._fault(
            "TELI-E028",
            f"{named} is given twice; the first is at {first.key_line}:{first.key_column}",
            "Keep one of the two.",
            line,
            column,
        )

    def _fault(self, code: str, message: str, next_step: str, line: int, column: int) -> None:
        self.faulted.add((line, column))
        self.faults.append(Fault(code, message, next_step, line, column))
        if len(self.faults) >= MAX_FAULTS:
            self._give_up(
                Fault(
                    "TELI-E031",
                    f"{MAX_FAULTS:,} problems in this file; the rest was not read",
                    _SIMPLIFY,
                    line,
                    column,
                )
            )

    def _give_up(self, fault: Fault) -> NoReturn:
        self.faults.append(fault)
        raise GivenUp


def too_deep(line: int, column: int) -> Fault:
    """The complaint about nesting, wherever it is noticed."""
    return Fault("TELI-E023", f"Nested deeper than {MAX_DEPTH} levels", _SIMPLIFY, line, column)


def _starts_people(frame: _Frame) -> bool:
    return frame.key is not None and holds_people(frame.key)


def _is_row(parent: _Frame, items: dict[str, JsonValue] | list[JsonValue]) -> bool:
    return isinstance(parent.items, list) and isinstance(items, dict)
