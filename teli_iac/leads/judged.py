"""People written in a manifest that was judged before: how many they are is known, who they are is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from teli_iac.errors import LeadsChanged
from teli_iac.model import Fingerprint, Lead, Leads
from teli_iac.model.people import Piece
from teli_iac.people import in_pieces


@dataclass(frozen=True, slots=True, repr=False)
class JudgedPeople:
    """As many as `fingerprint` says; `read` judges their rows anew for whoever needs them."""

    fingerprint: Fingerprint
    read: Callable[[], Leads]

    def __len__(self) -> int:
        return self.fingerprint.count

    def __iter__(self) -> Iterator[Lead]:
        for piece in self.pieces():
            yield from piece.rows()

    def pieces(self) -> Iterator[Piece]:
        """All of them. Raises LeadsChanged where they are not whom the memory told of."""
        leads = self.read()
        if leads.fingerprint != self.fingerprint or leads.refused.count:
            raise LeadsChanged(
                f"{leads.source} does not have the people whom this machine remembers of it.",
                "Delete the folder teli-iac/manifests in the user's cache folder, and run the command again.",
            )
        yield from in_pieces(leads.rows)
