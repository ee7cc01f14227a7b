"""What events come to, and that a person once given is never quietly un-given."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from hypothesis import given

from teli_iac.errors import LedgerDamaged
from teli_iac.ledger import fold
from teli_iac.model import (
    Appeared,
    Deleted,
    Ended,
    Event,
    Finished,
    Governed,
    IntentLapsed,
    IntentSettled,
    IntentVoided,
    Launched,
    Left,
    OnRemove,
    PartState,
    Paused,
    Recorded,
    RecordedPart,
    Released,
    ReleaseIntended,
    Renamed,
    Settlement,
    Status,
    StoredEvent,
    UncontactedRead,
    Vanished,
    Verification,
    VerificationFailed,
    Verified,
    Voiding,
)
from tests.ledger.strategies import histories, stored
from tests.ledger.worlds import KEY, NOON, adopted, campaign_id, intended

FALL = campaign_id("fall")
LAUNCHED = Launched(FALL, looked_up=False)
FAILED = VerificationFailed(FALL, ("contacts_count is 1, sent were 2",))


def _folded(*events: Event) -> Recorded:
    return fold(stored(list(events)), KEY)


def _part(*events: Event) -> RecordedPart:
    return _folded(intended(), *events).parts[FALL]


def test_an_intent_is_an_unverified_open_part_with_all_that_was_sent() -> None:
    at = NOON + timedelta(seconds=3)
    (part,) = fold([StoredEvent(1, at, intended())], KEY).parts.values()

    assert (part.state, part.verification, part.our_status) == (
        PartState.INTENDED,
        Verification.PENDING,
        Status.ACTIVE,
    )
    assert (part.finished, part.gone, part.appeared, part.faults) == (None, False, False, ())
    assert part.intended_at == at
    for name in ("campaign_id", "name", "run", "part", "digest", "settings", "begin", "end", "people"):
        assert getattr(part, name) == getattr(intended(), name)


def test_an_adopted_part_is_launched_and_needs_no_verification() -> None:
    (part,) = _folded(adopted()).parts.values()

    assert (part.state, part.verification, part.begin) == (PartState.LAUNCHED, Verification.PASSED, None)


@pytest.mark.parametrize(
    ("events", "state", "verification"),
    [
        ([LAUNCHED], PartState.LAUNCHED, Verification.PENDING),
        ([IntentVoided(FALL, Voiding.REJECTED, 422)], PartState.VOID, Verification.PENDING),
        ([IntentLapsed(FALL)], PartState.LAPSED, Verification.PENDING),
        ([IntentSettled(FALL, Settlement.ADOPT)], PartState.LAUNCHED, Verification.PASSED),
        ([IntentSettled(FALL, Settlement.ABANDON)], PartState.ABANDONED, Verification.PASSED),
        ([LAUNCHED, Verified(FALL)], PartState.LAUNCHED, Verification.PASSED),
        ([LAUNCHED, FAILED], PartState.LAUNCHED, Verification.FAILED),
        ([LAUNCHED, FAILED, IntentSettled(FALL, Settlement.ADOPT)], PartState.LAUNCHED, Verification.PASSED),
        (
            [LAUNCHED, FAILED, IntentSettled(FALL, Settlement.ABANDON)],
            PartState.ABANDONED,
            Verification.PASSED,
        ),
    ],
)
def test_what_became_of_a_create(events: list[Event], state: PartState, verification: Verification) -> None:
    part = _part(*events)

    assert (part.state, part.verification) == (state, verification)


def test_faults_are_kept_until_somebody_settled_them() -> None:
    assert _part(LAUNCHED, FAILED).faults == FAILED.faults
    assert _part(LAUNCHED, FAILED, IntentSettled(FALL, Settlement.ADOPT)).faults == ()
    assert _part(LAUNCHED, FAILED, Verified(FALL)).faults == ()


def test_what_we_made_of_a_part_is_what_we_last_made_it() -> None:
    assert _part(LAUNCHED, Paused(FALL)).our_status is Status.PAUSED
    assert _part(LAUNCHED, Paused(FALL), Ended(FALL)).our_status is Status.ENDED
    deleted = _part(LAUNCHED, Deleted(FALL))
    assert (deleted.our_status, deleted.gone) == (Status.ENDED, True)


def test_what_others_made_of_a_part_is_no_deed_of_ours() -> None:
    vanished = _part(LAUNCHED, Vanished(FALL))
    assert (vanished.our_status, vanished.gone) == (Status.ACTIVE, True)
    finished = _part(LAUNCHED, Finished(FALL, Status.COMPLETED))
    assert (finished.our_status, finished.finished) == (Status.ACTIVE, Status.COMPLETED)


def test_an_id_that_appears_after_its_intent_was_given_up_is_remembered() -> None:
    part = _part(IntentLapsed(FALL), Appeared(FALL))

    assert (part.state, part.appeared) == (PartState.LAPSED, True)


def test_a_campaign_that_left_and_came_back_has_not_left() -> None:
    gone = _folded(Governed("fall", OnRemove.END), Left("fall"))
    back = _folded(Governed("fall", OnRemove.END), Left("fall"), Governed("fall", OnRemove.RETAIN))

    assert gone.left == {"fall"}
    assert gone.on_remove == {"fall": OnRemove.END}
    assert back.left == frozenset()
    assert back.on_remove == {"fall": OnRemove.RETAIN}


@pytest.mark.parametrize(
    "events",
    [
        [LAUNCHED],
        [intended(), intended()],
        [intended("found"), adopted()],
        [intended(), LAUNCHED, IntentVoided(FALL, Voiding.NOT_SENT, None)],
        [intended(), LAUNCHED, IntentLapsed(FALL)],
        [intended(), IntentSettled(FALL, Settlement.ABANDON), IntentLapsed(FALL)],
    ],
)
def test_a_history_that_cannot_be_is_damage(events: list[Event]) -> None:
    with pytest.raises(LedgerDamaged, match=f"event {len(events)}"):
        _folded(*events)


def test_a_missing_event_is_damage() -> None:
    with pytest.raises(LedgerDamaged, match="event 2 is missing"):
        fold([StoredEvent(1, NOON, intended()), StoredEvent(3, NOON, LAUNCHED)], KEY)


def _given(recorded: Recorded) -> set[str]:
    free = {PartState.VOID, PartState.LAPSED}
    return {part.campaign_id for part in recorded.parts.values() if part.state not in free or part.appeared}


def _prefixes(history: tuple[StoredEvent, ...]) -> list[Recorded]:
    return [fold(history[:length], KEY) for length in range(len(history) + 1)]


@given(histories())
def test_people_once_given_stay_given_unless_their_open_intent_came_to_nothing(
    history: tuple[StoredEvent, ...],
) -> None:
    states = _prefixes(history)

    for (before, after), step in zip(itertools.pairwise(states), history, strict=True):
        released = _given(before) - _given(after)
        if released:
            assert isinstance(step.event, IntentVoided | IntentLapsed)
            assert released == {step.event.campaign_id}
            assert before.parts[step.event.campaign_id].state is PartState.INTENDED


@given(histories())
def test_what_a_part_was_sent_as_never_changes_and_no_part_is_forgotten(
    history: tuple[StoredEvent, ...],
) -> None:
    sent = ("run", "part", "digest", "settings", "begin", "end", "people", "people_count")
    states = _prefixes(history)

    for before, after in itertools.pairwise(states):
        assert before.parts.keys() <= after.parts.keys()
        assert before.on_remove.keys() <= after.on_remove.keys()
        assert after.version == before.version + 1
        for campaign, part in before.parts.items():
            assert [getattr(part, name) for name in sent] == [
                getattr(after.parts[campaign], name) for name in sent
            ]
            assert part.gone <= after.parts[campaign].gone
            assert part.appeared <= after.parts[campaign].appeared


def test_a_renamed_campaign_takes_its_parts_along_and_keeps_their_ids() -> None:
    governed = Governed("fall", OnRemove.RETAIN)
    folded = fold(stored([intended("fall"), governed, Renamed("fall", "autumn")]), KEY)
    part = folded.parts[campaign_id("fall")]
    assert part.name == "autumn"
    assert folded.on_remove["autumn"] is OnRemove.RETAIN


def test_a_release_frees_only_whom_its_last_step_names() -> None:
    begun: list[Event] = [intended("fall"), LAUNCHED, ReleaseIntended(FALL), UncontactedRead(FALL, "first")]
    part = fold(stored(begun), KEY).parts[FALL]
    assert (part.releasing, part.uncontacted, part.released) == (True, "first", None)
    part = fold(stored([*begun, Released(FALL, "both")]), KEY).parts[FALL]
    assert (part.releasing, part.released) == (False, "both")


@pytest.mark.parametrize("step", [UncontactedRead(FALL, "x"), Released(FALL, "x")])
def test_no_step_of_a_release_comes_before_its_intent(step: Event) -> None:
    with pytest.raises(LedgerDamaged):
        fold(stored([intended("fall"), step]), KEY)
