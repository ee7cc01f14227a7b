"""Anything that SQLAlchemy has a dialect for: Snowflake, BigQuery, Redshift, Trino and others.

What such a database lets a query do is for its user's rights to say: there is no read-only transaction that
all of them know. Nothing is committed; where the dialect has a read-only one, it is used.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from teli_iac.leads.faults import Unreadable
from teli_iac.leads.queries.faults import no_list, not_installed, refused, took_too_long, unreachable
from teli_iac.leads.queries.protocol import Answer, Surroundings
from teli_iac.leads.queries.secrets import in_clear_to_none, secret
from teli_iac.model import Connection

if TYPE_CHECKING:
    from sqlalchemy import URL, CursorResult
    from sqlalchemy.exc import SQLAlchemyError

_ROWS_AT_ONCE = 5000
_OWN_KINDS = frozenset({"sqlite", "duckdb"})
"""Files: a connection of their own kind keeps to those of the project."""

_POSTGRESQL = "postgresql"
_LIBPQ = frozenset({"psycopg", "psycopg2"})
_CANCELLED = "57014"
_READING = {"no_parameters": True, "stream_results": True, "max_row_buffer": _ROWS_AT_ONCE}
"""The text is sent as it is, and rows come as they are taken."""


@contextmanager
def ask(connection: Connection, text: str, around: Surroundings) -> Iterator[Answer]:
    """The answer of one transaction that is undone; see `protocol.Ask`."""
    url = _address(connection, around)
    from sqlalchemy import create_engine  # noqa: PLC0415  imported before: there is an address
    from sqlalchemy.pool import NullPool  # noqa: PLC0415  the same

    with _explained(connection, is_connected=False):
        engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=_careful(url))
        database = engine.connect().execution_options(**_READING, **_read_only(url))
    with closing(database), _explained(connection, is_connected=True):
        if url.get_backend_name() == _POSTGRESQL:
            limit = int(connection.timeout.total_seconds() * 1000)
            database.exec_driver_sql(
                f"SET LOCAL statement_timeout = {limit}", execution_options={"stream_results": False}
            )
        with closing(database.exec_driver_sql(text)) as result:
            if not result.returns_rows:
                raise no_list("The query gives no columns")
            yield Answer(tuple(result.keys()), _batches(connection, result))


def _batches(connection: Connection, result: CursorResult[Any]) -> Iterator[Sequence[Sequence[object]]]:
    with _explained(connection, is_connected=True):
        while rows := result.fetchmany(_ROWS_AT_ONCE):
            yield rows


def _address(connection: Connection, around: Surroundings) -> URL:
    try:
        from sqlalchemy import make_url  # noqa: PLC0415  an extra, and slow to import: paid for by who uses it
        from sqlalchemy.exc import ArgumentError  # noqa: PLC0415  the same
    except ImportError:
        raise not_installed(connection, "SQLAlchemy", "sqlalchemy") from None
    whole = secret(connection, "url_from", around)
    try:
        url = make_url(whole or connection.settings["url"])
    except (ArgumentError, ValueError):
        raise unreachable(connection, "its address cannot be read") from None  # the cause quotes it
    if url.get_backend_name() in _OWN_KINDS:
        kind = url.get_backend_name()
        raise unreachable(connection, f"{kind} has a kind of its own", f"Declare it with kind: {kind}.")
    password = secret(connection, "password_from", around)
    return url if password is None else url.set(password=password)


def _careful(url: URL) -> Mapping[str, object]:
    """As `postgresql` does: no password but that of the connection is sent, and to none who asks in clear."""
    if url.get_driver_name() not in _LIBPQ:
        return {}
    words = {word: str(value) for word, value in url.query.items()}
    words |= {"host": url.host} if url.host else {}
    nowhere = os.path.join(os.devnull, "none")  # noqa: PTH118  no path of ours
    return {
        "passfile": nowhere,
        "password": url.password or "",
        "connect_timeout": 20,
        **in_clear_to_none(words),
    }


def _read_only(url: URL) -> Mapping[str, object]:
    if url.get_backend_name() != _POSTGRESQL:
        return {}
    return {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}


@contextmanager
def _explained(connection: Connection, *, is_connected: bool) -> Iterator[None]:
    from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError  # noqa: PLC0415  imported before

    try:
        yield
    except NoSuchModuleError:
        step = "Install the package that brings the dialect, beside teli-iac."
        raise unreachable(connection, "no installed package knows the dialect of its address", step) from None
    except SQLAlchemyError as error:
        raise _explain(connection, error, is_connected=is_connected) from None  # the cause may quote somebody
    except ImportError:
        raise unreachable(connection, "the driver of its dialect is not installed") from None


def _explain(connection: Connection, error: SQLAlchemyError, *, is_connected: bool) -> Unreadable:
    origin = getattr(error, "orig", None) or error
    state = getattr(origin, "sqlstate", None)
    said = " ".join(filter(None, (state, type(origin).__name__)))
    if state == _CANCELLED:
        return took_too_long(connection)
    if not is_connected or getattr(error, "connection_invalidated", False):
        return unreachable(connection, f"its driver says {said}")
    return refused(connection, f"its driver says {said}")
