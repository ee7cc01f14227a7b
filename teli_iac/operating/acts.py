"""What whoever is on duty does: halt, release, pause, resume, end."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TypeAlias

from teli_iac.errors import AnswerUnreadable, Declined, LedgerError, NotConfigured
from teli_iac.ledger import hold
from teli_iac.model import Halted, HoldReleased, PersonAct, Recorded, Sighting, Steered
from teli_iac.operate import (
    Chosen,
    Course,
    Person,
    Scope,
    bring,
    choose,
    halt,
    look,
    names_in,
    read_counts,
    refuse_on_hold,
    refuse_unknown,
    write_in_turn,
)
from teli_iac.operating.posts import Post, no_ledger, person, recall, writing_of
from teli_iac.settings import ByHand
from teli_iac.worlds import existing_key, this_holder

Approve: TypeAlias = Callable[[Chosen, Sequence[int | None]], bool]
"""Whether to go on with what was chosen; told how many people of each part would not be called, if known."""

Halting: TypeAlias = Iterator[Sighting | Halted]
Steering: TypeAlias = Generator[Sighting | Steered, None, None]


def halt_campaigns(post: Post, addresses: tuple[str, ...], who: Person) -> Halting:
    """Pause whatever of these addresses calls, all when there are none; hold every apply back."""
    return halt(post.teli, Scope(post.project.name, addresses), who, lambda: writing_of(post, create=True))


def release_hold(post: Post, who: Person) -> str:
    """Lift the hold; what was done, in a sentence. Raises LedgerLocked, LedgerMissing."""
    writing = writing_of(post, create=False)
    if writing is None:
        raise no_ledger(post.project)
    before: list[Recorded] = []

    def told(recorded: Recorded) -> tuple[HoldReleased, ...]:
        before[:] = [recorded]
        return (HoldReleased(who.who, who.why),) if recorded.hold else ()

    write_in_turn(writing, told)
    held = before[0].hold
    if held is None:
        return f"Project {post.project.name} is not on hold; nothing was done."
    return (
        f"Project {post.project.name} is released: apply works again. What the halt paused stays paused"
        " until `teli-iac resume ADDRESS`."
    )


def steer_campaigns(post: Post, by_hand: ByHand, approve: Approve) -> Steering:
    """Pause, resume or end these campaigns, and look until it is so; sightings, and how it ended last.

    Raises OnHold for a resume while a hold stands, UsageError for an address that nothing is known of,
    Declined when `approve` says no, and LedgerLocked when another command writes. A pause waits for nobody:
    it is noted afterwards, and tells when it could not be.
    """
    act, addresses, who = by_hand.act, by_hand.addresses, person(by_hand.why)
    if act is PersonAct.PAUSE:
        chosen = _choose(post, act, addresses, recall(post))
        _get_approval(post, chosen, approve)
        course = Course(act, chosen.campaign_ids)
        yield from bring(post.teli, course, _go_ahead)
        yield _ended(course, chosen, _note(post, course, who))
        return
    if not post.ledger.exists():
        raise no_ledger(post.project)
    if act is PersonAct.END:
        _get_approval(post, _choose(post, act, addresses, recall(post)), approve)
    key, now = existing_key(post.asked), post.asked.waiting.now
    with hold(post.ledger, post.account, key, this_holder(), now) as journal:
        recorded = journal.load()
        if act is PersonAct.RESUME:
            refuse_on_hold(recorded)
        chosen = _choose(post, act, addresses, recorded)
        course = Course(act, chosen.campaign_ids)
        yield from bring(post.teli, course, journal.confirm)
        journal.record(*course.events(recorded, who), at=now())
    yield _ended(course, chosen, "")


def _choose(post: Post, act: PersonAct, addresses: tuple[str, ...], recorded: Recorded | None) -> Chosen:
    seen = look(post.teli)
    if seen.shown is None:
        raise AnswerUnreadable(seen.fault, "Nothing was sent. Run the command again.")
    scope = Scope(post.project.name, addresses, names_in(recorded) if recorded else {})
    known = {scope.address_of(campaign_id) for campaign_id in (*seen.shown, *scope.names)}
    refuse_unknown(addresses, {address for address in known if address})
    now = max(seen.date, post.asked.waiting.now()) if seen.date else post.asked.waiting.now()
    meant = {one: campaign for one, campaign in seen.shown.items() if scope.covers(one)}
    return choose(act, meant, recorded, now)


def _get_approval(post: Post, chosen: Chosen, approve: Approve) -> None:
    """Whoever approves is told how many people would not be called, where Teli can tell."""
    uncalled = [counts.uncalled if counts else None for counts in read_counts(post.teli, chosen.campaign_ids)]
    if not approve(chosen, uncalled):
        raise Declined("Not approved: nothing was done.", "Type `yes`, or pass --auto-approve.")


def _note(post: Post, course: Course, who: Person) -> str:
    """Record what was paused, once nobody else writes; why that could not be, empty when it could."""
    if not course.ordered:
        return ""
    try:
        writing = writing_of(post, create=False)
        if writing is not None:
            write_in_turn(writing, lambda recorded: course.events(recorded, who))
    except (LedgerError, NotConfigured) as error:
        return error.message
    return ""


def _ended(course: Course, chosen: Chosen, why_unrecorded: str) -> Steered:
    return Steered(
        act=course.act,
        done=tuple(sorted(course.ordered - course.missing)),
        before=chosen.before,
        unproven=tuple(sorted(course.missing)),
        left_alone=chosen.left_alone,
        why_unrecorded=why_unrecorded,
        faults=tuple(course.faults),
    )


def _go_ahead() -> None:
    """A pause may be sent at any time."""
