"""Campaign ids: put together and taken apart without loss, and nobody else's taken for ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac.identity import PartReference, parse_campaign_id

NAMES = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", fullmatch=True)
NUMBERS = st.integers(1, 999_999_999)
DIGESTS = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=12, max_size=12)
OURS = "acme_fall-renewals_r1p1_crof7ahw76rf"


@given(st.builds(PartReference, NAMES, NAMES, NUMBERS, NUMBERS, DIGESTS))
def test_an_id_taken_apart_and_put_together_is_the_same(reference: PartReference) -> None:
    assert parse_campaign_id(reference.campaign_id) == reference


def test_an_id_says_whose_it_is() -> None:
    assert parse_campaign_id(OURS) == PartReference("acme", "fall-renewals", 1, 1, "crof7ahw76rf")


@given(st.text())
def test_no_text_breaks_the_reading_and_what_reads_as_ours_is_written_the_same(text: str) -> None:
    reference = parse_campaign_id(text)
    assert reference is None or reference.campaign_id == text


@pytest.mark.parametrize(
    "campaign_id",
    [
        "",
        "fall-renewals",
        "1762896364768x389173798861431550",
        "acme_fall-renewals_r1p1",
        "acme_fall-renewals_r1_crof7ahw76rf",
        "acme_fall-renewals_p1r1_crof7ahw76rf",
        "acme_fall-renewals_r0p1_crof7ahw76rf",
        "acme_fall-renewals_r1p0_crof7ahw76rf",
        "acme_fall-renewals_r01p1_crof7ahw76rf",
        "acme_fall-renewals_r-1p1_crof7ahw76rf",
        "acme_fall-renewals_r1p1000000000_crof7ahw76rf",
        "acme_fall-renewals_r1p1_crof7ahw76r",
        "acme_fall-renewals_r1p1_crof7ahw76rff",
        "acme_fall-renewals_r1p1_crof7ahw76r1",
        "acme_fall-renewals_r1p1_CROF7AHW76RF",
        "Acme_fall-renewals_r1p1_crof7ahw76rf",
        "acme_fall_renewals_r1p1_crof7ahw76rf",
        "acme_-renewals_r1p1_crof7ahw76rf",
        "acme_renewals-_r1p1_crof7ahw76rf",
        "_renewals_r1p1_crof7ahw76rf",
        f"acme_{'a' * 41}_r1p1_crof7ahw76rf",
        "acme_fall-renewals_r1p1_crof7ahw76rf\n",
        " acme_fall-renewals_r1p1_crof7ahw76rf",
        "acme_fall-renewals_r1p1_crof7ahw76rf_copy",
        "acme_fall-renewals_r\u0661p1_crof7ahw76rf",
        "\uff41cme_fall-renewals_r1p1_crof7ahw76rf",
    ],
)
def test_what_is_almost_one_of_our_ids_is_not_ours(campaign_id: str) -> None:
    assert parse_campaign_id(campaign_id) is None
