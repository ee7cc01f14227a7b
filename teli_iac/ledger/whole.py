"""A ledger in one piece: every event and every people set they name, checked."""

from __future__ import annotations

from collections.abc import Sequence

from teli_iac.ledger.binding import bind
from teli_iac.ledger.events import people_named
from teli_iac.ledger.fold import fold
from teli_iac.ledger.protocol import Backend, Whole
from teli_iac.ledger.rules import people_set, torn
from teli_iac.model import Account, Adopted, LaunchIntended, LedgerKey, StoredEvent


def read_whole(backend: Backend, account: Account, key: LedgerKey) -> Whole:
    """All of it. LedgerMissing, LedgerForeign, or LedgerDamaged naming the first place that is wrong."""
    backend.load(account, key)
    events = tuple(backend.events())
    named = backend.people(sorted(people_named(each.event for each in events)))
    whole = Whole(bind(account, key), events, tuple(named[ref] for ref in sorted(named)))
    refuse_unsound(whole, key)
    return whole


def refuse_unsound(whole: Whole, key: LedgerKey) -> None:
    """LedgerDamaged unless the events tell a possible history of just these people, as many as they say."""
    fold(whole.events, key)
    sets = {each.ref: people_set(each.ref, each.records) for each in whole.people}
    named = people_named(each.event for each in whole.events)
    for ref in sorted(named ^ sets.keys()):
        raise torn(f"the people set {ref} is {'missing' if ref in named else 'named by no event'}")
    _refuse_miscounted(whole.events, {ref: len(each) for ref, each in sets.items()})


def _refuse_miscounted(events: Sequence[StoredEvent], sizes: dict[str, int]) -> None:
    for stored in events:
        event = stored.event
        if isinstance(event, LaunchIntended | Adopted) and sizes[event.people] != event.people_count:
            said, held = event.people_count, sizes[event.people]
            raise torn(f"event {stored.sequence} speaks of {said} people, and its set holds {held}")
