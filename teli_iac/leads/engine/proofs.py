"""Which pieces of a list were proven clean, so that the same bytes are not proven again."""

from __future__ import annotations

from teli_iac.leads.opened import name_of


class Proofs:
    """Of one list, read in one way: pieces by the name of their bytes, and how the numbers stand in them.

    An apply reads a list three times: to judge it, to hash its people under the ledger's key and to send
    them. Its bytes are hashed every time, and what was proven of just these bytes holds of them again. Some
    32 bytes for each piece; threads may share it.
    """

    __slots__ = ("_numbers_stand_as_sent",)

    def __init__(self) -> None:
        self._numbers_stand_as_sent: dict[str, bool] = {}

    def name(self, opening: bytes, text: bytes) -> str:
        """The name of a piece below the opening line that says what its cells are."""
        return name_of(opening, b"\n", text)

    def proven(self, name: str) -> bool:
        """Whether this piece was proven altogether."""
        return name in self._numbers_stand_as_sent

    def numbers_stand_as_sent(self, name: str) -> bool:
        """Whether it was, and every number stands there in E.164: then none is judged again."""
        return self._numbers_stand_as_sent.get(name, False)

    def add(self, name: str, *, numbers_stand_as_sent: bool) -> None:
        """Know it from now on."""
        self._numbers_stand_as_sent[name] = numbers_stand_as_sent
