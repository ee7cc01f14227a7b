"""Our own rules for the North American Numbering Plan: what may not be dialled although it is well formed.

libphonenumber judges whether a number is assigned. It lets fiction, service codes and numbers that nobody
answers in person pass, because for its users they are valid.
"""

from __future__ import annotations

from teli_iac.leads.refusals import RowFault

SERVICE_CODES = frozenset(f"{digit}11" for digit in range(2, 10))
TOLL_FREE_AREAS = frozenset({"800", "822", "833", "844", "855", "866", "877", "888"})
PREMIUM_AREAS = frozenset({"900", "976"})
PREMIUM_EXCHANGE = "976"
_FOLLOW_ME = {"500", *(str(area) for area in range(521, 530)), "533", "544", "566", "577", "588"}
_CANADIAN_SERVICES = {"600", "622", "633", "644", "655", "677", "688"}
_CARRIERS_AND_GOVERNMENT = {"700", "710"}
PERSONAL_AREAS = frozenset(_FOLLOW_ME | _CANADIAN_SERVICES | _CARRIERS_AND_GOVERNMENT)
FICTION_EXCHANGE = "555"
"""Holds the fiction (01xx) and directory assistance (1212); every number of it is judged in full."""

AREAS_NEVER_DIALLED = SERVICE_CODES | TOLL_FREE_AREAS | PREMIUM_AREAS | PERSONAL_AREAS
EXCHANGES_JUDGED_IN_FULL = SERVICE_CODES | {PREMIUM_EXCHANGE, FICTION_EXCHANGE}

_AREA_FAULTS = (
    dict.fromkeys(SERVICE_CODES, RowFault.SERVICE_CODE)
    | dict.fromkeys(TOLL_FREE_AREAS, RowFault.TOLL_FREE)
    | dict.fromkeys(PREMIUM_AREAS, RowFault.PREMIUM)
    | dict.fromkeys(PERSONAL_AREAS, RowFault.PERSONAL)
)


def nanp_fault(national: str) -> RowFault | None:
    """Why these ten digits may not be dialled, or None; what is assigned at all is not asked here."""
    area, exchange, line = national[:3], national[3:6], national[6:]
    if area in _AREA_FAULTS:
        return _AREA_FAULTS[area]
    if exchange in SERVICE_CODES:
        return RowFault.SERVICE_CODE
    if exchange == PREMIUM_EXCHANGE:
        return RowFault.PREMIUM
    if exchange == FICTION_EXCHANGE and line == "1212":
        return RowFault.DIRECTORY
    if exchange == FICTION_EXCHANGE and line.startswith("01") and area[0] not in "01":
        return RowFault.FICTION
    return None
