"""What the engine takes from a list, and how it judges a number."""

from __future__ import annotations

from dataclasses import dataclass, field

from teli_iac.leads.engine.proofs import Proofs
from teli_iac.leads.numbers import NATIONAL_NANP, NumberReader, number_reader
from teli_iac.leads.selection import Selection, select
from teli_iac.model import LeadsReference


@dataclass(frozen=True, slots=True)
class Wanted:
    """As the manifest declares it; `is_national` is whether a number without `+` is a North American one.

    `proofs` is what was proven when the same list was read in the same way before.
    """

    selection: Selection
    delimiter: str
    read_number: NumberReader
    is_national: bool
    proofs: Proofs = field(default_factory=Proofs, compare=False)


def wanted_of(reference: LeadsReference, proofs: Proofs) -> Wanted:
    """What this campaign wants of its list."""
    country = reference.default_country
    return Wanted(
        select(reference),
        reference.delimiter or ",",
        number_reader(country, allow_test_numbers=reference.allow_test_numbers),
        country in NATIONAL_NANP,
        proofs,
    )
