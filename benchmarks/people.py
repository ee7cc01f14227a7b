"""People to measure with, the same every time: invented, their numbers assembled, and seen by loopback only.

Lists come in three kinds: clean ones, as a program writes them; untidy ones, in which everybody may be
called although numbers are written in many ways, cells are quoted, and some come twice; and dirty ones, in
which besides a hundredth of the rows cannot be called.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import islice, product

_SEED = 20301202
_AREAS = ("212", "305", "312", "404", "415", "503", "602", "617", "702", "713")
_NOT_FOR_PEOPLE = {555, *range(211, 900, 100)}
_EXCHANGES = tuple(str(each) for each in range(220, 900) if each not in _NOT_FOR_PEOPLE)
_HEADER = "phone_number,first_name,last_name,email,plan,renewal_date,city,notes\n"
_PERSONS = 20_011
_FIRST = ("Ada", "Grace", "Edsger", "Barbara", "Alan", "Radia", "Zoë", "José", "Mary Ann", "Li", "Søren")
_LAST = ("Lovelace", "Hopper", "Dijkstra", "Liskov", "Turing", "Perlman", "O'Neil", "García", "Ng")
_PLANS = ("gold", "silver", "basic", "family plus")
_CITIES = ("San Francisco", "New York", "Miami", "St. Louis", "Chicago", "Las Vegas", "Portland")
_NOTES = ("", "asked for a call back", "moved in spring", "prefers mornings", "not sent")
_UNTIDY_NOTES = ('"likes ""quotes"", and commas"', '"two\nlines"', "  spaces around  ", '""')
_WAYS = ("+1{0}{1}{2}", "({0}) {1}-{2}", "{0}-{1}-{2}", "{0}.{1}.{2}", "1 {0} {1} {2}", " +1 {0} {1} {2}")
_NOT_CALLABLE = ("", "n/a", "12345", "+1 800 555 0100", "1.41556E+10", "+1415555", "call her husband")
_TWICE = 0.02
_DIRTY = 0.01


class Kind(Enum):
    """How a list was kept."""

    CLEAN = auto()
    UNTIDY = auto()
    DIRTY = auto()


def phone_numbers() -> Iterator[str]:
    """Numbers that may be dialled, 67 million of them, each once."""
    for line, area, exchange in product(range(10_000), _AREAS, _EXCHANGES):
        yield f"+1{area}{exchange}{line:04}"


def rows(count: int, kind: Kind = Kind.CLEAN) -> Iterator[str]:
    """The header, and lines of CSV for so many people; the same ones whenever it is asked for."""
    lots = random.Random(_SEED)  # noqa: S311  the same people every time
    yield _HEADER
    numbers = islice(phone_numbers(), count)
    if kind is Kind.CLEAN:
        yield from _clean(numbers, [_person(lots, _NOTES) for _ in range(_PERSONS)])
    else:
        persons = [_person(lots, _NOTES + _UNTIDY_NOTES) for _ in range(_PERSONS)]
        yield from _untidy(numbers, persons, lots, dirty=_DIRTY if kind is Kind.DIRTY else 0)


def _person(lots: random.Random, notes: Sequence[str]) -> str:
    """All cells but the first."""
    first, last = lots.choice(_FIRST), lots.choice(_LAST)
    email = f"person{lots.randrange(10**6):06}@example.com"
    date = f"2030-{lots.randrange(1, 13):02}-{lots.randrange(1, 29):02}"
    cells = (first, last, email, lots.choice(_PLANS), date, lots.choice(_CITIES), lots.choice(notes))
    return ",".join(cells) + "\n"


def _clean(numbers: Iterator[str], persons: Sequence[str]) -> Iterator[str]:
    """Written without drawing lots, since ten million lots take longer than what is measured."""
    for start in iter(lambda: [*islice(numbers, len(persons))], []):
        yield "".join([f"{number},{person}" for number, person in zip(start, persons, strict=False)])


def _untidy(
    numbers: Iterator[str], persons: Sequence[str], lots: random.Random, *, dirty: float
) -> Iterator[str]:
    last = ""
    for number in numbers:
        lot = lots.random()
        same = last and lot < _TWICE
        written = last if same else lots.choice(_WAYS).format(number[2:5], number[5:8], number[8:])
        if lot > 1 - dirty:
            written = lots.choice(_NOT_CALLABLE)
        else:
            last = written
        yield f"{written},{lots.choice(persons)}"
