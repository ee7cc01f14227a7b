"""Rows that are not called: why, in one sentence each, and never a whole number."""

from __future__ import annotations

from collections import Counter
from enum import Enum

from teli_iac.leads.faults import Fault, Unreadable
from teli_iac.model import JsonValue, Mark, RefusedRow, RefusedRows

_DESCRIBED = 10
_ENOUGH = 10_000
_MOST_OF_TEN = 9
_DIGITS_OF_A_NUMBER = 7


class RowFault(Enum):
    """Why a row is not called; the value is its code."""

    NO_NUMBER = "TELI-E080"
    NOT_TEXT = "TELI-E081"
    NO_COUNTRY = "TELI-E082"
    SPREADSHEET = "TELI-E083"
    EXTENSION = "TELI-E084"
    LETTERS = "TELI-E085"
    NOT_A_NUMBER = "TELI-E086"
    UNASSIGNED = "TELI-E087"
    FICTION = "TELI-E088"
    SERVICE_CODE = "TELI-E089"
    DIRECTORY = "TELI-E090"
    TOLL_FREE = "TELI-E091"
    PREMIUM = "TELI-E092"
    PERSONAL = "TELI-E093"
    SPECIAL = "TELI-E094"
    REPEATED = "TELI-E095"


_SENTENCES = {
    RowFault.NO_NUMBER: "The row has no phone number",
    RowFault.NOT_TEXT: "The phone number is not a text",
    RowFault.NO_COUNTRY: "{number} has no `+` and the manifest no default_country",
    RowFault.SPREADSHEET: "{number}: a spreadsheet changed this column into decimal or scientific numbers",
    RowFault.EXTENSION: "{number} has an extension, which cannot be dialled",
    RowFault.LETTERS: "{number} has letters among its digits",
    RowFault.NOT_A_NUMBER: "{number} cannot be read as one phone number",
    RowFault.UNASSIGNED: "{number} is no number that the numbering plan of its country assigns",
    RowFault.FICTION: "{number} is a number reserved for fiction",
    RowFault.SERVICE_CODE: "{number} has a service code (such as 411 or 911) as its area code or exchange",
    RowFault.DIRECTORY: "{number} is directory assistance (555-1212)",
    RowFault.TOLL_FREE: "{number} is a toll-free number",
    RowFault.PREMIUM: "{number} is a premium-rate number",
    RowFault.PERSONAL: "{number} is a personal or non-geographic number that follows its owner anywhere",
    RowFault.SPECIAL: "{number} is a shared-cost, company-wide, pager, voicemail or satellite number",
    RowFault.REPEATED: "{number} is the number of line {first} again",
}


def masked(text: str) -> str:
    """A number as it may be shown: `+1…41`, its last two digits at most."""
    digits = [character for character in text if character.isdecimal()]
    if len(digits) < _DIGITS_OF_A_NUMBER:
        return "…"
    sign = "+" if text.lstrip(" (").startswith("+") else ""
    country = "1" if sign and digits[0] == "1" else ""
    return f"{sign}{country}…{''.join(digits[-2:])}"


def sentence_of(fault: RowFault, number: JsonValue, first: int | None = None) -> str:
    """Why a row is refused, its number masked."""
    shown = masked(number) if isinstance(number, str) else "…"
    return _SENTENCES[fault].format(number=shown, first=first)


class Refusals:
    """The refused rows of one campaign: all counted by kind, the first ten described."""

    def __init__(self) -> None:
        self._by_kind: Counter[str] = Counter()
        self._described: list[RefusedRow] = []

    @property
    def full(self) -> bool:
        """Whether enough is described, so that nobody needs to work out where the next one stands."""
        return len(self._described) == _DESCRIBED

    def count(self, fault: RowFault, rows: int = 1) -> None:
        """So many more rows of this kind."""
        self._by_kind[fault.value] += rows

    def stop_if_hopeless(self, people: int, line: int) -> None:
        """Raises Unreadable where nine of ten rows and ten thousand of them are refused: that is no list."""
        refused = self._by_kind.total()
        if refused < _ENOUGH or refused < people * _MOST_OF_TEN:
            return
        kinds = ", ".join(f"{count:,} x {code}" for code, count in sorted(self._by_kind.items()))
        described = (Fault(row.code, row.sentence, row.mark.line, row.mark.column) for row in self._described)
        told = f"Of {people + refused:,} rows {people:,} can be called, and no more are read: {kinds}"
        raise Unreadable(*described, Fault("TELI-E070", told, line))

    def describe(self, fault: RowFault, mark: Mark, number: JsonValue, first: int | None = None) -> None:
        """Tell of a counted row: where it stands, and its number masked."""
        self._described.append(RefusedRow(mark, fault.value, sentence_of(fault, number, first)))

    def finished(self) -> RefusedRows:
        """What was refused, with the kinds in the order of their codes."""
        return RefusedRows(dict(sorted(self._by_kind.items())), tuple(self._described))
