import pytest

from teli_iac.catalogue.guards import GUARDS
from teli_iac.catalogue.reasons import REASONS
from teli_iac.model import Action, GuardName, Reason
from teli_iac.render import render_text
from tests.render.changes import blocked, keep
from tests.render.plans import plan


def test_every_reason_and_every_guard_is_explained() -> None:
    assert list(REASONS) == list(Reason)
    assert list(GUARDS) == list(GuardName)


@pytest.mark.parametrize("reason", Reason)
def test_a_blocked_change_says_why_and_what_to_do_next(reason: Reason) -> None:
    text = render_text(plan(blocked(reason, Action.LAUNCH, 3, name="x")), (), colour=False, width=80)
    words = " ".join(text.split())
    assert f"blocked: {REASONS[reason].title}" in words
    assert f"next {REASONS[reason].next_step.replace('ADDRESS', 'campaign/x')}" in words


@pytest.mark.parametrize("reason", Reason)
def test_an_unchanged_campaign_is_counted_under_its_reason(reason: Reason) -> None:
    text = render_text(plan(keep("x", reason)), (), colour=False, width=200)
    assert f"Unchanged: 1 campaign (1 {REASONS[reason].title})." in text


def test_entries_are_sentences_and_titles_are_not() -> None:
    for entry in (*REASONS.values(), *GUARDS.values()):
        assert entry.meaning.endswith(".")
        assert entry.next_step.endswith(".")
        assert not entry.title.endswith(".")
