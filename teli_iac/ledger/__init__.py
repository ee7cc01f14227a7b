"""The recorded world: what we did, kept so that nobody is called twice.

Events are only ever added (`events`, `chain`), and fold into `Recorded` (`fold`). A backend keeps them
(`protocol`, `local`); `hold` gives one process at a time the hand that writes (`journal`). People are in
it as keyed hashes only (`keys`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from teli_iac.errors import NotConfigured, NotYet
from teli_iac.ledger.events import decode_event, encode_event
from teli_iac.ledger.fold import fold
from teli_iac.ledger.journal import Journal, hold
from teli_iac.ledger.keys import ledger_key
from teli_iac.ledger.local import LocalLedger
from teli_iac.ledger.protocol import Backend, Lease

BACKENDS: dict[str, Callable[[Path], Backend]] = {"local": LocalLedger}
"""Where a ledger can lie. Each is made from the Project's folder and passes test_every_ledger.py."""

_LATER = ("git", "file://", "postgresql://", "s3://", "gs://", "az://")


def open_ledger(place: str, folder: str) -> Backend:
    """The ledger at `place` of the project in `folder`; nothing is read or made yet.

    NotYet for a place of the contract that this release does not have, NotConfigured for any other.
    """
    backend = BACKENDS.get(place)
    if backend is not None:
        return backend(Path(folder))
    for later in _LATER:  # only its beginning is named: an address may carry a password
        if place == later or ("://" in later and place.startswith(later)):
            raise NotYet(
                f"A ledger at {later} comes with a later release.",
                "Set `ledger: local` in the Project, or leave it out.",
            )
    raise NotConfigured(
        "The Project's `ledger` is no place this release knows.",
        f"Set it to {' or '.join(BACKENDS)}, or leave it out.",
    )


__all__ = [
    "BACKENDS",
    "Backend",
    "Journal",
    "Lease",
    "LocalLedger",
    "decode_event",
    "encode_event",
    "fold",
    "hold",
    "ledger_key",
    "open_ledger",
]
