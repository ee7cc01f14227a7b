"""What the list shows of a part against what was sent: told quickly, and told in full, it is one answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from teli_iac.diff import diff_attributes
from teli_iac.kinds.attributes import is_shown_as_sent, sent_attributes, shown_attributes
from teli_iac.ledger.fold import begin_part
from teli_iac.model import Adopted, CampaignSettings, ObservedCampaign, Status
from tests.decisions.notation import NOON

SETTINGS = CampaignSettings("agent_one", "+14155550101", (), None, None, None)
TIMES: st.SearchStrategy[datetime | None] = st.sampled_from(
    [None, NOON, *(NOON + timedelta(seconds=seconds) for seconds in (0.4, 1, 1.6, 60))]
)


@given(
    sent=st.tuples(TIMES, TIMES, st.integers(0, 2)),
    shown=st.tuples(
        st.sampled_from([None, "", "agent_one", "agent_two"]), TIMES, TIMES, st.none() | st.integers(0, 2)
    ),
)
def test_a_part_is_shown_as_sent_exactly_when_no_field_differs(
    sent: tuple[datetime | None, datetime | None, int],
    shown: tuple[str | None, datetime | None, datetime | None, int | None],
) -> None:
    begin, end, people = sent
    adopted = Adopted(
        "acme_fall_r1p1_aaaaaaaaaaaa", "fall", 1, 1, "a" * 12, SETTINGS, begin, end, "ref", people
    )
    part = begin_part(adopted, NOON)
    agent, shown_begin, shown_end, contacts = shown
    campaign = ObservedCampaign(
        part.campaign_id, Status.ACTIVE, "active", agent, contacts, shown_begin, shown_end
    )
    told = diff_attributes(sent_attributes(part), shown_attributes(campaign, part), {})
    assert is_shown_as_sent(campaign, part) == (told == ())
    assert all(change.before is not None for change in told), "what was sent is unknown, and no difference"
