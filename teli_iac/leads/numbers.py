"""From what somebody typed to E.164, or why it may not be dialled. The only home of `phonenumbers`.

A clean North American number is accepted by one regular expression, which is made of libphonenumber's own
patterns and our rules; whatever that does not prove goes the exact way, which knows why not. A property
test holds the two to the same verdict. The geocoder is never imported: it costs 0.4 s.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, TypeAlias

from teli_iac.leads.fiction import is_fiction
from teli_iac.leads.nanp import AREAS_NEVER_DIALLED, EXCHANGES_JUDGED_IN_FULL, nanp_fault
from teli_iac.leads.refusals import RowFault

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

NumberReader: TypeAlias = "Callable[[str], str | RowFault]"

LONGEST = 40
_NANP = 1
_NANP_DIGITS = 10
NATIONAL_NANP = frozenset({"US", "CA"})
_PUNCTUATION = dict.fromkeys(map(ord, " ().-"))
USUAL = r"[ (]*\+?[ (]*[0-9][0-9 ()-]*(?:[.][0-9]{3,}[0-9 ()-]*)*"
"""As people write numbers; with punctuation elsewhere it may be an amount, a decimal or a negative number."""

NANP_SHAPE = r"\+1[2-9][0-9]{9}"
"""Begins with no digit that libphonenumber might take for a prefix."""

_SPREADSHEET = re.compile(
    r"\A(?:[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+"  # 1.41556E+10
    r"|[+-]?[\d \u00a0\u202f]{7,}[.,](?:0*|\d\d?))\Z"  # 14155550101.0, as a decimal number or an amount
)
_FAULTS_OF_TYPING = (
    (RowFault.NO_NUMBER, re.compile(r"\A\Z")),
    (RowFault.SPREADSHEET, _SPREADSHEET),
    (RowFault.NOT_A_NUMBER, re.compile(rf"\A(?s:.){{{LONGEST + 1}}}")),
    (
        RowFault.EXTENSION,
        re.compile(r"\d[\s,;.)]*(?:ext(?:ensi[oó]n?|n)?|xt?|#|~|доб)[.:=]?\s*\d+#?\Z", re.IGNORECASE),
    ),
    (RowFault.LETTERS, re.compile(r"[^\W\d_]")),
    (
        RowFault.NOT_A_NUMBER,
        re.compile(r"\A(?![ (]*\+?[ (]*\d[\d \u00a0\u202f().\u2010-\u2015-]*\Z)"),
    ),
)
"""In this order: what libphonenumber would skip, cut off or turn into digits is refused before it sees it."""


@lru_cache(maxsize=64)
def number_reader(default_country: str | None, *, allow_test_numbers: bool) -> NumberReader:
    """A function from text to E.164 or a refusal, for one campaign's country and rules.

    With `allow_test_numbers` the numbers kept for fiction pass, 555-01xx in any area code that people have.
    """
    exactly = partial(read_exactly, default_country=default_country, allow_test_numbers=allow_test_numbers)
    return _reader(_clean_nanp(), default_country, exactly)


def read_exactly(text: str, default_country: str | None, *, allow_test_numbers: bool) -> str | RowFault:
    """The same by libphonenumber and every rule, at 20 µs a number."""
    typed = text.strip()
    fault = _fault_of_typing(typed, default_country)
    if fault is not None:
        return fault
    found = _parse(typed, default_country)
    if isinstance(found, RowFault):
        return found
    number, fault = found
    if fault is RowFault.FICTION and allow_test_numbers:
        return number
    return fault or number


def listed_number_reader(default_country: str | None) -> NumberReader:
    """A function from text to E.164 for do-not-call lists: what is no number is refused, no more.

    Whether anybody can be called there makes no difference, since numbers are only compared. A number that
    is too short or too long is refused: it may be all that is left of somebody's.
    """
    exactly = partial(read_listed_exactly, default_country=default_country)
    return _reader(re.compile(NANP_SHAPE), default_country, exactly)


def read_listed_exactly(text: str, default_country: str | None) -> str | RowFault:
    """The same by libphonenumber."""
    import phonenumbers  # noqa: PLC0415  60 ms, paid by commands that read leads

    typed = text.strip()
    fault = _fault_of_typing(typed, default_country)
    if fault is not None:
        return fault
    try:
        parsed = phonenumbers.parse(typed, default_country)
    except phonenumbers.NumberParseException:
        return RowFault.NOT_A_NUMBER
    if phonenumbers.is_possible_number_with_reason(parsed) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return RowFault.NOT_A_NUMBER
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _reader(clean: re.Pattern[str], default_country: str | None, exactly: NumberReader) -> NumberReader:
    """Reads a North American number that is `clean` and usually written by itself, and others exactly."""
    is_clean = clean.fullmatch
    is_usual = re.compile(USUAL).fullmatch
    is_national = default_country in NATIONAL_NANP

    def read(text: str) -> str | RowFault:
        bare = text.translate(_PUNCTUATION) if len(text) <= LONGEST else ""
        if is_national and bare[:1] != "+":
            bare = f"+{bare}" if bare[:1] == "1" else f"+1{bare}"
        return bare if is_clean(bare) and is_usual(text) else exactly(text)

    return read


def suggest_country(code: str) -> str | None:
    """None for a country that has numbers of its own; otherwise what was probably meant, or nothing."""
    from phonenumbers import SUPPORTED_REGIONS  # noqa: PLC0415  60 ms, paid by commands that read leads

    if code in SUPPORTED_REGIONS:
        return None
    if code == "UK":
        return "GB"
    return next(iter(get_close_matches(code, sorted(SUPPORTED_REGIONS), n=1)), "")


def _fault_of_typing(typed: str, default_country: str | None) -> RowFault | None:
    for fault, shape in _FAULTS_OF_TYPING:
        if shape.search(typed):
            return fault
    return RowFault.NO_COUNTRY if "+" not in typed and default_country is None else None


def _parse(typed: str, default_country: str | None) -> tuple[str, RowFault | None] | RowFault:
    """The number in E.164 and why it may not be dialled, if so."""
    import phonenumbers  # noqa: PLC0415  60 ms, paid by commands that read leads

    try:
        parsed = phonenumbers.parse(typed, default_country)
    except phonenumbers.NumberParseException:
        return RowFault.NOT_A_NUMBER
    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    national = str(parsed.national_number)
    if parsed.country_code == _NANP and len(national) == _NANP_DIGITS:
        return number, nanp_fault(national) or _fault_of_assignment(parsed)
    return number, RowFault.FICTION if is_fiction(number) else _fault_of_assignment(parsed)


def _fault_of_assignment(parsed: PhoneNumber) -> RowFault | None:
    import phonenumbers  # noqa: PLC0415  60 ms, paid by commands that read leads

    if not phonenumbers.is_valid_number(parsed):
        return RowFault.UNASSIGNED
    kind = phonenumbers.PhoneNumberType
    refused = {
        kind.TOLL_FREE: RowFault.TOLL_FREE,
        kind.PREMIUM_RATE: RowFault.PREMIUM,
        kind.PERSONAL_NUMBER: RowFault.PERSONAL,
    }
    callable_kinds = {kind.FIXED_LINE, kind.MOBILE, kind.FIXED_LINE_OR_MOBILE, kind.VOIP}
    found = phonenumbers.number_type(parsed)
    is_of_a_country = phonenumbers.region_code_for_number(parsed) != "001"
    if found in callable_kinds and is_of_a_country:
        return None
    return refused.get(found, RowFault.SPECIAL)


@cache
def callable_nanp() -> tuple[str, str]:
    """Two patterns for E.164 numbers of the United States or Canada: assigned as a whole, never called.

    They are written so that engines without look-ahead take them as well.
    """
    from phonenumbers import PhoneMetadata  # noqa: PLC0415  60 ms, paid by commands that read leads

    areas = "|".join(sorted(AREAS_NEVER_DIALLED))
    exchanges = "|".join(sorted(EXCHANGES_JUDGED_IN_FULL))
    regions = [PhoneMetadata.metadata_for_region(region) for region in ("US", "CA")]
    lines = [region.fixed_line for region in regions if region is not None]
    patterns = [line.national_number_pattern for line in lines if line is not None]
    assigned = "|".join(f"(?:{pattern})" for pattern in patterns).replace(r"\d", "[0-9]")
    return rf"\+1(?:{assigned})", rf"\+1(?:{areas}|[0-9]{{3}}(?:{exchanges}))"


@cache
def _clean_nanp() -> re.Pattern[str]:
    """Proves a number of the United States or Canada assigned and beyond all our rules."""
    assigned, never = callable_nanp()
    return re.compile(rf"(?!{never})(?=\+1[0-9]{{10}}\Z)(?:{assigned})")
