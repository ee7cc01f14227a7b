"""Whoever is refused a plan for rows that may not be called is told where each of them is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from teli_iac.model import GuardName, Leads, Mark, Query, RefusedRows
from teli_iac.render.verdict import where_uncallable
from tests.render import changes as a
from tests.render.plans import plan

TWO = RefusedRows({"TELI-E072": 2}, ())
QUERY = Query("SELECT phone FROM people", "crm", Mark("fall.yaml", 9, 5))
IN_A_FILE = a.leads(refused=TWO)
OF_A_QUERY = replace(a.leads("fall.yaml", TWO), query=QUERY)
PLAIN = "To see each row: `teli-iac validate`"
ONLINE = f"{PLAIN}, with `--online` for people of a query"


@pytest.mark.parametrize(
    ("leads", "counted", "told"),
    [
        (IN_A_FILE, 2, f"They stand in leads/fall.csv. {PLAIN}"),
        (OF_A_QUERY, 2, f"They stand in fall.yaml. {ONLINE}"),
        (replace(OF_A_QUERY, query=None), 2, f"They stand in fall.yaml. {ONLINE}"),
        (IN_A_FILE, 3, f"They stand in leads/fall.csv. {ONLINE}"),
    ],
    ids=["in a file", "of a query", "in a manifest or of a query", "some of a campaign that is kept"],
)
def test_validate_is_named_with_what_it_needs_to_show_them_all(leads: Leads, counted: int, told: str) -> None:
    made = plan(a.launch(whom=leads))
    counts = {**made.guard_counts, GuardName.INVALID_LEADS: counted}
    assert where_uncallable(replace(made, guard_counts=counts)) == told
