"""What a database answered, kept until it is judged: a long answer in columns, where there is the engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from teli_iac.leads.engine import Doubtful, is_installed
from teli_iac.leads.engine.proofs import Proofs
from teli_iac.leads.engine.reading import wanted_of
from teli_iac.leads.ways import Ways
from teli_iac.model import Fingerprint, LeadsReference
from teli_iac.model.people import PeopleInPieces

if TYPE_CHECKING:
    from teli_iac.leads.engine.answers import Kept

Rows = Sequence[Sequence[object]]
_LONG_ROWS = 5000
"""From so many rows in a batch on, the engine is worth its start."""


class Answered:
    """All rows of an answer, in the order they came, and in columns as far as they are texts."""

    def __init__(self, batches: Iterator[Rows], names: Sequence[str], ways: Ways) -> None:
        self._pieces = [*self._keep(batches, names, ways)]

    def batches(self) -> Iterator[Rows]:
        """The rows as objects."""
        for piece in self._pieces:
            yield piece if isinstance(piece, list) else _rows_again(piece)

    def prove(self, reference: LeadsReference) -> tuple[PeopleInPieces, Fingerprint] | None:
        """Everybody in columns, where nothing is to be doubted."""
        kept = [piece for piece in self._pieces if not isinstance(piece, list)]
        if not kept or len(kept) < len(self._pieces):
            return None
        from teli_iac.leads.engine.answers import prove  # noqa: PLC0415  0.1 s, paid by who has long lists

        try:
            return prove(kept, wanted_of(reference, Proofs()))
        except Doubtful:
            return None

    def _keep(
        self, batches: Iterator[Rows], names: Sequence[str], ways: Ways
    ) -> Iterator[list[Sequence[object]] | Kept]:
        in_columns = None
        for batch in batches:
            if in_columns is None:
                in_columns = ways.extras and len(batch) >= _LONG_ROWS and is_installed()
            kept = _in_columns(batch, names) if in_columns else None
            yield [*batch] if kept is None else kept


def _in_columns(batch: Rows, names: Sequence[str]) -> Kept | None:
    from teli_iac.leads.engine.answers import keep  # noqa: PLC0415  as above

    return keep(batch, names)


def _rows_again(kept: Kept) -> Rows:
    from teli_iac.leads.engine.answers import rows_again  # noqa: PLC0415  as above

    return rows_again(kept)
