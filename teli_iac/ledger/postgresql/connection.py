"""Connecting: one transaction, one connection, closed at its end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from teli_iac.ledger.postgresql.address import Address
from teli_iac.ledger.postgresql.faults import CommitUnknown

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.rows import TupleRow

_PATIENCE = "30s"  # how long to wait for another's transaction, which takes milliseconds
_SILENCE = "60s"  # after which the server gives up on a writer that it hears nothing of, and frees its locks


@contextmanager
def write_transaction(address: Address, *locks: str) -> Iterator[Connection[TupleRow]]:
    """All of the body or nothing, durably, under advisory locks of these names; other writers wait.

    The locks end with the transaction, whichever way it ends: whoever holds them next sees its outcome.
    """
    import psycopg  # noqa: PLC0415  imported before: there is an address

    with _connected(address) as connection:
        connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
        connection.execute("SELECT set_config('lock_timeout', %s, true)", (_PATIENCE,))
        connection.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, true)", (_SILENCE,))
        # A server may be told to acknowledge before it has written; not to us.
        connection.execute(
            "SELECT set_config('synchronous_commit', 'on', true)"
            " WHERE current_setting('synchronous_commit') = 'off'"
        )
        for name in locks:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_lock_number(name),))
        yield connection
        try:
            connection.execute("COMMIT")
        except psycopg.OperationalError as error:
            raise CommitUnknown from error


@contextmanager
def read_transaction(address: Address) -> Iterator[Connection[TupleRow]]:
    """One moment of the database; writes nothing."""
    with _connected(address) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield connection


@contextmanager
def trial_transaction(address: Address) -> Iterator[Connection[TupleRow]]:
    """One moment of the database, in which anything may be changed, and of which nothing is kept."""
    with _connected(address) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE")
        connection.execute("SELECT set_config('lock_timeout', %s, true)", (_PATIENCE,))
        yield connection


@contextmanager
def _connected(address: Address) -> Iterator[Connection[TupleRow]]:
    from psycopg import connect  # noqa: PLC0415  imported before: there is an address
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415  the same

    # Prepared statements would outlive the transaction, which a pooler between us and the server forbids.
    connection = connect(make_conninfo(**address.words), autocommit=True, prepare_threshold=None)
    try:
        yield connection
    finally:
        connection.close()  # what was not committed is undone


def _lock_number(name: str) -> int:
    digest = hashlib.blake2b(name.encode(), digest_size=8, person=b"teli-iac lock").digest()
    return int.from_bytes(digest, signed=True)
