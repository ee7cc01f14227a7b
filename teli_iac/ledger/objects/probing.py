"""Finding out whether a store keeps to the conditions of a write. Many that speak S3 ignore them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from teli_iac.ledger.objects import faults
from teli_iac.ledger.objects.head import HEAD, State, write_state
from teli_iac.ledger.objects.store import Found, Stamp, Store
from teli_iac.ledger.objects.writing import Seen

PROBES = "probes/"
_RACERS = 4
_ATTEMPTS = 3
_TAKEN = "replaces an object that is no longer what was seen"


def probe(store: Store, word: str) -> None:
    """StoreUnfit unless of several who create an object one wins, of several who replace it as well.

    They write at the same time, so that a store which looks first and writes then is found out too. The
    object of this word stays: a ledger needs no right to delete.
    """
    name = f"{PROBES}{word}"
    _race(store, lambda content: store.create(name, content), "makes one object twice")
    made = _shown(store, name)
    _race(store, lambda content: store.replace(name, content, made.stamp), _TAKEN)
    if _shown(store, name).content == made.content:
        raise faults.unwritable(store.address, "it refused a write whose condition held")
    _refuse_taken(store, lambda: store.replace(name, b"too late", made.stamp))


def probe_in_passing(store: Store, before: Seen, written: State) -> None:
    """StoreUnfit unless the store refuses to replace a state that was just replaced.

    It would be replaced by what is there already: a store that does as it should not does no harm.
    """
    _refuse_taken(store, lambda: store.replace(HEAD, write_state(written), before.stamp))


def _race(store: Store, act: Callable[[bytes], Stamp | None], fault: str) -> None:
    """Let several do it; who wins may not be told, when its answer is lost and it is sent again."""

    def won(_: int) -> bool:
        with suppress(faults.Unanswered):
            return act(secrets.token_bytes(16)) is not None
        return False

    with ThreadPoolExecutor(_RACERS) as pool:
        if sum(pool.map(won, range(_RACERS))) > 1:
            raise faults.unfit(store.address, f"it {fault}")


def _shown(store: Store, name: str) -> Found:
    found = store.read(name)
    if found is None:
        raise faults.unwritable(store.address, "what was written is not there")
    return found


def _refuse_taken(store: Store, act: Callable[[], Stamp | None]) -> None:
    said = ""
    for _ in range(_ATTEMPTS):
        try:
            taken = act()
        except faults.Unanswered as error:
            said = error.said
            continue
        if taken is not None:
            raise faults.unfit(store.address, f"it {_TAKEN}")
        return
    raise faults.unwritable(store.address, said)
