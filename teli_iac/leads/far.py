"""A long list stays in its file: read once to be judged, it is read again for who needs its people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from teli_iac.errors import LeadsChanged
from teli_iac.leads.ahead import ahead
from teli_iac.leads.engine import Doubtful, is_installed
from teli_iac.leads.engine.proofs import Proofs
from teli_iac.leads.exact import read_rows
from teli_iac.leads.faults import Faults, Unreadable
from teli_iac.leads.formats import Format, format_of
from teli_iac.leads.numbers import NumberReader, number_reader
from teli_iac.leads.opened import Opened, opened_below
from teli_iac.leads.people import judge
from teli_iac.leads.refusals import Refusals
from teli_iac.leads.ways import Ways
from teli_iac.model import Lead, LeadsReference
from teli_iac.model.people import Piece
from teli_iac.people import RowsPiece

if TYPE_CHECKING:
    from teli_iac.leads.engine.columns import Columns

_LEADS_IN_A_PIECE = 5000


@dataclass(frozen=True, slots=True, repr=False)
class FarPeople:
    """The callable people of a long file, which has to hold the very bytes that were judged: `content`.

    `is_proven` is whether the engine found nothing to doubt. `repeated` are numbers that stand there more
    than once. `proofs` is what earlier readings have proven of its pieces.
    """

    reference: LeadsReference
    folder: str
    ways: Ways
    content: str
    count: int
    is_proven: bool
    repeated: frozenset[str] = frozenset()
    proofs: Proofs = field(default_factory=Proofs, compare=False)

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Lead]:
        for piece in self.pieces():
            yield from piece.rows()

    def pieces(self) -> Iterator[Piece]:
        """All of them, as they were judged. Raises LeadsChanged, at the latest before it ends."""
        file = self.reference.file or ""
        try:
            with opened_below(self.folder, file) as opened:
                yield from self._read(opened, format_of(file))
                is_the_same = opened.content == self.content
        except (Unreadable, Doubtful):
            is_the_same = False
        if not is_the_same:
            raise changed(file)

    def _read(self, opened: Opened, format_: Format) -> Iterator[Piece]:
        if self.is_proven and is_installed():
            return ahead(proven_pieces(opened, format_, self.reference, self.ways, self.proofs))
        rows = read_rows(opened, format_, self.reference, Faults())
        people = judge(rows, reader_of(self.reference), Refusals(), self.reference.file or "", self.repeated)
        return rows_in_pieces(people)


def proven_pieces(
    opened: Opened, format_: Format, reference: LeadsReference, ways: Ways, proofs: Proofs
) -> Iterator[Columns]:
    """The people in columns, by the engine; raises Doubtful, or Unreadable for what cannot be unpacked."""
    from teli_iac.leads.engine.formats import read_columns  # noqa: PLC0415  0.1 s, paid by who has long lists

    return read_columns(opened, format_, reference, ways.piece_bytes, proofs)


def rows_in_pieces(people: Iterator[Lead]) -> Iterator[Piece]:
    """People who come one by one."""
    while leads := tuple(islice(people, _LEADS_IN_A_PIECE)):
        yield RowsPiece(leads)


def changed(file: str) -> LeadsChanged:
    """What is raised where the bytes are not those that were judged."""
    return LeadsChanged(
        f"{file} is no longer what it was when this command began.",
        "Let whatever writes it finish, and run the command again.",
    )


def reader_of(reference: LeadsReference) -> NumberReader:
    """How this list's numbers are judged."""
    return number_reader(reference.default_country, allow_test_numbers=reference.allow_test_numbers)
