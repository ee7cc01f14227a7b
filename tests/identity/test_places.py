"""The places that split a list are frozen: another place would be another part, and its id another id."""

from __future__ import annotations

from teli_iac.decisions.changes import launches_of
from teli_iac.identity import places_of
from tests.decisions.notation import USUAL, campaign

SPLITMIX64_BEGUN_AT_0 = (0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC)
"""Its first four numbers, as its published implementations give them."""


def test_the_place_of_number_n_is_the_nth_that_splitmix64_draws() -> None:
    assert tuple(places_of(["+1", "+2", "+3", "+4"])) == SPLITMIX64_BEGUN_AT_0


def test_the_parts_of_a_list_have_the_ids_that_they_had_in_every_release() -> None:
    wanted = campaign("fall", {**USUAL, "people": 7, "most": 3})
    assert [(each.campaign_id, each.people) for each in launches_of("acme", wanted, 1, (0, 0, 0))] == [
        ("acme_fall_r1p1_2k3ener2owdd", 2),
        ("acme_fall_r1p2_sa7ccavmncrp", 2),
        ("acme_fall_r1p3_2f6hiuzmzchi", 3),
    ]
