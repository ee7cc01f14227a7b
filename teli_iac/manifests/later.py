"""What a remembered file says beyond what is remembered of it: read when somebody asks, and not before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from teli_iac.manifests.document import Node
from teli_iac.manifests.reading import read_yaml
from teli_iac.model import InlineRow


class Exactly:
    """The documents of a file, read when the first of them is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def roots(self) -> tuple[Node, ...]:
        """As `read_yaml` finds them."""
        return read_yaml(self._data).roots


class Below(Mapping[str | int, Node]):
    """What is below one root of a file: of a campaign that is kept, nobody asks for it."""

    __slots__ = ("_exactly", "_number")

    def __init__(self, exactly: Exactly, number: int) -> None:
        self._exactly = exactly
        self._number = number

    @property
    def _children(self) -> Mapping[str | int, Node]:
        return self._exactly.roots[self._number].children

    def __getitem__(self, key: str | int) -> Node:
        return self._children[key]

    def __iter__(self) -> Iterator[str | int]:
        return iter(self._children)

    def __len__(self) -> int:
        return len(self._children)


class RowsLater(Sequence[InlineRow]):
    """Rows of people that are worked out when somebody asks for one."""

    def __init__(self, work_out: Callable[[], tuple[InlineRow, ...]]) -> None:
        self._work_out = work_out

    @cached_property
    def _rows(self) -> tuple[InlineRow, ...]:
        return self._work_out()

    @overload
    def __getitem__(self, place: int) -> InlineRow: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[InlineRow]: ...
    def __getitem__(self, place: int | slice) -> InlineRow | Sequence[InlineRow]:
        return self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return "RowsLater()"
