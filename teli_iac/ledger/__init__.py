"""The recorded world: what we did, kept so that nobody is called twice.

Events are only ever added (`events`, `chain`), and fold into `Recorded` (`fold`). A backend keeps them
(`protocol`, `local`); `hold` gives one process at a time the hand that writes (`journal`). People are in
it as keyed hashes only (`keys`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from teli_iac.errors import NotConfigured
from teli_iac.ledger.binding import bind
from teli_iac.ledger.events import decode_event, encode_event, kind_of
from teli_iac.ledger.exporting import read_export, write_export
from teli_iac.ledger.fold import fold
from teli_iac.ledger.folder import appearing
from teli_iac.ledger.git import GitLedger
from teli_iac.ledger.journal import Journal, hold
from teli_iac.ledger.keys import ledger_key
from teli_iac.ledger.local import LocalLedger
from teli_iac.ledger.objects import ObjectsLedger
from teli_iac.ledger.places import file_folder, spoken_place
from teli_iac.ledger.postgresql import PostgresqlLedger
from teli_iac.ledger.protocol import Backend, Lease, Whole
from teli_iac.ledger.remembering import memory_of
from teli_iac.ledger.rules import refuse_moved
from teli_iac.ledger.whole import read_whole, refuse_unsound
from teli_iac.model import Account, LedgerKey, Recorded

Open: TypeAlias = Callable[[str, Path, str], Backend]
"""Makes a backend of the place, the Project's folder and the Project's name; reads and makes nothing."""

BACKENDS: dict[str, Open] = {
    "local": lambda _place, folder, _project: LocalLedger(folder),
    "file": lambda place, _folder, _project: LocalLedger(file_folder(place)),
    "git": GitLedger,
    "postgresql": PostgresqlLedger,
    "s3": ObjectsLedger,
    "gs": ObjectsLedger,
    "az": ObjectsLedger,
}
"""Where a ledger can lie, by the beginning of its place. Each passes test_every_ledger.py."""


def load_as_remembered(
    ledger: Backend, account: Account, key: LedgerKey, caches: Path, release: str
) -> Recorded:
    """As `ledger.load`, for who writes nothing: where a ledger lies in a file, its folding is remembered."""
    if not isinstance(ledger, LocalLedger):
        return ledger.load(account, key)
    return ledger.load(account, key, memory_of(caches, key, release, bind(account, key)))


def open_ledger(place: str, folder: str, project: str) -> Backend:
    """The ledger at `place` of the project of this name in `folder`; nothing is read or made yet.

    NotConfigured for a place that is none.
    """
    scheme = re.split(r"[:?]", place, maxsplit=1)[0]
    if scheme in BACKENDS and (scheme != "local" or place == "local"):
        return BACKENDS[scheme](place, Path(folder), project)
    raise NotConfigured(
        "The Project's `ledger` is no place this release knows.",
        "Write `local`, `file:///folder`, `git`, `postgresql://host/database`, `s3://bucket/prefix`,"
        " `gs://bucket/prefix` or `az://container/prefix`.",
    )


__all__ = [
    "BACKENDS",
    "Backend",
    "Journal",
    "Lease",
    "LocalLedger",
    "Whole",
    "appearing",
    "bind",
    "decode_event",
    "encode_event",
    "fold",
    "hold",
    "kind_of",
    "ledger_key",
    "load_as_remembered",
    "open_ledger",
    "read_export",
    "read_whole",
    "refuse_moved",
    "refuse_unsound",
    "spoken_place",
    "write_export",
]
