"""What was proven of a piece is not proven again, and holds of nothing but the very same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from teli_iac.errors import LeadsChanged
from teli_iac.leads import load_leads
from teli_iac.leads.engine import Doubtful
from teli_iac.leads.engine.delimited import read_delimited_columns
from teli_iac.leads.engine.proofs import Proofs
from teli_iac.leads.engine.reading import Wanted, wanted_of
from teli_iac.model import Lead, Leads
from tests.leads.reading import declared, sent, write
from tests.leads.ways import IN_MEMORY, by_engine, is_proven

PIECE = 512
HEADER = "phone_number,first_name,plan\n"
ROWS = [f"+1415555{100 + number:04}, person {number:03},gold\n" for number in range(100)]


def read(content: str, wanted: Wanted) -> list[Lead]:
    """As the engine reads it, in pieces of a few rows."""
    text = content.encode()
    blocks = (text[start : start + PIECE] for start in range(0, len(text), PIECE))
    pieces = read_delimited_columns(blocks, wanted, PIECE)
    return [lead for piece in pieces for lead in piece.rows()]


def loaded(folder: Path, content: str) -> Leads:
    reference = declared(file=write(folder, content, "leads.csv"), variables=("plan",), default_country="US")
    leads, _ = load_leads([reference], str(folder), by_engine(PIECE))
    assert is_proven(leads["fall-renewals"])
    return leads["fall-renewals"]


@pytest.mark.parametrize(
    "content",
    [
        HEADER + "".join(ROWS),
        (HEADER + "".join(ROWS)).replace("\n", "\r\n"),
        HEADER + "".join(ROWS).replace("+1", "").replace("gold", '"gold, or ""silver"""'),
        "\ufeff" + HEADER + "".join(ROWS).replace("gold", "Zoë\\"),
    ],
)
def test_however_often_a_list_is_read_its_people_are_those_of_the_exact_way(
    content: str, tmp_path: Path
) -> None:
    leads = loaded(tmp_path, content)
    reference = declared(file="leads.csv", variables=("plan",), default_country="US")
    exactly, _ = load_leads([reference], str(tmp_path), IN_MEMORY)
    for _ in range(3):
        assert sent(leads) == sent(exactly["fall-renewals"])


def test_a_known_piece_below_another_header_is_proven_anew() -> None:
    wanted = wanted_of(declared(file="leads.csv", variables=("plan",)), Proofs())
    read(HEADER + "".join(ROWS), wanted)
    with pytest.raises(Doubtful):
        read("first_name,phone_number,plan\n" + "".join(ROWS), wanted)
    with pytest.raises(Doubtful):
        read("phone_number,first_name,plan,city\n" + "".join(ROWS), wanted)


@pytest.mark.parametrize("dirt", ["\x01", "\n", "\u200f", ",", "\r", '"', "+1415"])
def test_a_piece_that_is_not_the_known_one_in_every_byte_is_proven_anew(dirt: str) -> None:
    wanted = wanted_of(declared(file="leads.csv", variables=("plan",)), Proofs())
    read(HEADER + "".join(ROWS), wanted)
    rows = [*ROWS[:50], dirt + ROWS[50], *ROWS[51:]]
    with pytest.raises(Doubtful):
        read(HEADER + "".join(rows), wanted)


@pytest.mark.parametrize("at", [0, 7_000, 14_000, 20_999])
def test_a_list_of_which_one_row_has_changed_is_refused(at: int, tmp_path: Path) -> None:
    rows = [
        f"+1415{200 + number // 10_000}{number % 10_000:04},{number:05},gold\n" for number in range(21_000)
    ]
    leads = loaded(tmp_path, HEADER + "".join(rows))
    assert len([*leads]) == len(rows)
    others = ([*rows[:at], rows[at].replace("gold", "Gold"), *rows[at + 1 :]], [*rows[at:], *rows[:at]][::-1])
    for other in others:
        write(tmp_path, HEADER + "".join(other), "leads.csv")
        with pytest.raises(LeadsChanged):
            _ = [*leads]
