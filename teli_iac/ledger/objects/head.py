"""The one object that is ever replaced, format version 1, as a value and back (docs/ledger.md).

head.json                   {"format": 1, "binding": {…}, "version": 300, "link": "…", "lease": {…},
                             "full": ["<link>"], "events": ["257 … …", …], "writes": ["…", …]}
events/00000000-<link>.log  256 lines: sequence, time, link, event; the name has the link of the last
people/<name>               one people set

Everything that must change together is in the head, so that replacing it is the whole of a write: the last
events are in it until there are 256 of them, which then get an object of their own that never changes. A
link hashes all before it, so that no two histories ever share a name, and none is in another's way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from teli_iac.ledger import texts
from teli_iac.ledger.binding import Binding
from teli_iac.ledger.chain import Head, Row, end_of, first_head
from teli_iac.ledger.protocol import Lease
from teli_iac.ledger.rules import refuse_later_format, torn

FORMAT = 1
HEAD, EVENTS, PEOPLE = "head.json", "events/", "people/"
LINES = 256
"""Events per object: few enough that the head stays small, many enough that reading asks little."""

_REMEMBERED = 32
"""How many writes the head names, for those who wait to see whether theirs is among them."""

_FIELDS: Mapping[str, type] = {
    "format": int,
    "binding": dict,
    "version": int,
    "link": str,
    "lease": dict,
    "full": list,
    "events": list,
    "writes": list,
}


@dataclass(frozen=True, slots=True)
class State:
    """All of a ledger but what never changes again: events that have their own object, and people."""

    binding: Binding
    head: Head
    lease: Lease
    full: tuple[str, ...]
    rows: tuple[Row, ...]
    writes: tuple[str, ...]

    @property
    def write(self) -> str:
        """The write that made this state."""
        return self.writes[-1]

    @property
    def objects(self) -> list[str]:
        """The names of the objects that hold the events before `rows`."""
        return [_object_of(number, link) for number, link in enumerate(self.full)]


def first_state(binding: Binding, lease: Lease, write: str) -> State:
    """An empty ledger."""
    return State(binding, first_head(binding), lease, (), (), (write,))


def next_state(before: State, write: str, lease: Lease) -> State:
    """The state after a write of this name."""
    return replace(before, lease=lease, writes=(*before.writes, write)[-_REMEMBERED:])


def with_rows(before: State, rows: Sequence[Row]) -> State:
    """The state with more events."""
    return replace(before, head=end_of(rows, before.head), rows=(*before.rows, *rows))


def without_full(state: State) -> tuple[State, Mapping[str, bytes]]:
    """The state without the events that shall have objects of their own, and these objects."""
    pieces = [state.rows[start : start + LINES] for start in range(0, len(state.rows), LINES)]
    full = [piece for piece in pieces if len(piece) == LINES]
    links = tuple(piece[-1].link.hex() for piece in full)
    smaller = replace(state, full=(*state.full, *links), rows=state.rows[len(full) * LINES :])
    names = smaller.objects[len(state.full) :]
    return smaller, {name: texts.write_rows(piece) for name, piece in zip(names, full, strict=True)}


def _object_of(number: int, link: str) -> str:
    return f"{EVENTS}{number:08}-{link}.log"


def write_state(state: State) -> bytes:
    """The head's content."""
    return texts.write_document(
        {
            "format": FORMAT,
            "binding": texts.write_binding(state.binding),
            "version": state.head.version,
            "link": state.head.link.hex(),
            "lease": texts.write_lease(state.lease),
            "full": list(state.full),
            "events": [texts.write_row(row) for row in state.rows],
            "writes": list(state.writes),
        }
    )


def read_state(content: bytes) -> State:
    """The state that the head holds; LedgerDamaged for a format that this release does not know."""
    found = texts.read_document(HEAD, content, _FIELDS)
    refuse_later_format(found["format"], FORMAT)
    if found["format"] != FORMAT:
        raise torn(f"its format {found['format']} was never released")
    texts.refuse_other_fields(f"the lease in {HEAD}", found["lease"], texts.LEASE_FIELDS)
    rows = tuple(texts.read_row(HEAD, str(line)) for line in found["events"])
    if found["version"] != len(found["full"]) * LINES + len(rows) or not found["writes"]:
        raise torn(f"{HEAD} does not go with its events")
    return State(
        texts.read_binding(HEAD, found["binding"]),
        Head(found["version"], texts.read_link(HEAD, found["link"])),
        texts.read_lease(found["lease"]),
        tuple(texts.read_link(HEAD, str(link)).hex() for link in found["full"]),
        rows,
        tuple(map(str, found["writes"])),
    )
