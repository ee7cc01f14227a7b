"""What the sandbox wrote down: every call and every request, for people and for auditing tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from teli_iac.errors import SandboxUnusable
from teli_iac.sandbox.clock import present
from teli_iac.sandbox.outcomes import Outcome
from teli_iac.sandbox.store import Store, open_store
from teli_iac.sandbox.times import read_time, wire_time

_READS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True, repr=False)
class DialLogEntry:
    """One simulated call. `attempt` counts from 1 for each contact. The repr masks the number."""

    phone_number: str
    campaign_id: str
    at: datetime
    outcome: Outcome
    attempt: int

    def __repr__(self) -> str:
        return f"DialLogEntry(…{self.phone_number[-2:]}, {self.campaign_id}, attempt {self.attempt})"


@dataclass(frozen=True, slots=True)
class RequestLogEntry:
    """One request: its method and path, without query, headers or body."""

    method: str
    path: str
    at: datetime


def dial_log(store: Path | Store) -> tuple[DialLogEntry, ...]:
    """Every call ever placed, in the order of dialling; deleting a campaign leaves its calls here."""
    with open_store(store).reading() as connection:
        rows = connection.execute(
            "SELECT phone_number, campaign_id, at, outcome, attempt FROM dial_log ORDER BY id"
        ).fetchall()
    return tuple(DialLogEntry(n, c, read_time(at), Outcome(outcome), a) for n, c, at, outcome, a in rows)


def request_log(store: Path | Store) -> tuple[RequestLogEntry, ...]:
    """Every request that was received, apart from reads before the first write made the store's file."""
    with open_store(store).reading() as connection:
        rows = connection.execute("SELECT method, path, at FROM request_log ORDER BY id").fetchall()
    return tuple(RequestLogEntry(method, path, read_time(at)) for method, path, at in rows)


def log_request(store: Store, method: str, path: str) -> None:
    """Write a request down. A read neither makes the file nor fails because it cannot be written."""
    if method in _READS and not store.exists():
        return
    try:
        with store.writing() as connection:
            at = wire_time(present(connection, store))
            connection.execute(
                "INSERT INTO request_log (method, path, at) VALUES (?, ?, ?)", (method, path, at)
            )
    except SandboxUnusable:
        if method not in _READS:
            raise
