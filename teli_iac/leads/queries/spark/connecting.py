"""A session on a cluster: opened for one list, and let go with all that it keeps there.

The one door to Spark Connect, and the door for its errors: what a cluster says quotes values, and values
are people, so its loggers are silenced and only its codes and places in the query are told.
"""

from __future__ import annotations

import logging
import re
import warnings
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Timer
from typing import Any
from weakref import WeakKeyDictionary

from grpc import RpcError
from pyspark.errors import PySparkException
from pyspark.sql.connect.client import DefaultChannelBuilder
from pyspark.sql.connect.client.retries import DefaultPolicy
from pyspark.sql.connect.session import SparkSession

from teli_iac.leads.faults import Unreadable
from teli_iac.leads.queries.faults import refused, took_too_long, unreachable
from teli_iac.leads.queries.protocol import Surroundings
from teli_iac.leads.queries.secrets import secret
from teli_iac.model import Connection

_TOKEN = DefaultChannelBuilder.PARAM_TOKEN
_FORM = "Write sc://host:port, or sc://host:port/;use_ssl=true."
_MAY_STAND_IN_A_MANIFEST = re.compile(r"use_ssl|user_id|x-[a-z0-9-]{1,100}")
_LOGGERS_THAT_QUOTE = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")
_ATTEMPTS = 4
"""Of what broke off on the way, within seconds; the library's own fifteen take ten minutes."""

_WRAPPED = "SELECT * FROM (\n"
_PLACE = re.compile(r"\(line (\d+), pos (\d+)\)")
_WHY_NOT = {
    "UNAVAILABLE": "nobody answers at its address",
    "UNAUTHENTICATED": "it refuses the token",
    "PERMISSION_DENIED": "it refuses the token",
    "DEADLINE_EXCEEDED": "nobody answers in time",
    "UNIMPLEMENTED": "what answers at its address is no Spark Connect",
}


class Cluster:
    """One session. What was computed there is kept until nobody holds this, or the process ends.

    `lists` are the frames of what was sent there, for as long as it is held here.
    """

    def __init__(self, connection: Connection, around: Surroundings) -> None:
        self.name = connection.name
        self._connection = connection
        self.session = _opened(connection, around)
        self.lists: WeakKeyDictionary[object, Any] = WeakKeyDictionary()
        weakref.finalize(self, _let_go, self.session)
        with self.answering():
            self.session.client.set_retry_policies([])  # who does not answer at all is told at once
            _ = self.session.version
            self.session.client.set_retry_policies([DefaultPolicy(max_retries=_ATTEMPTS)])

    def put(self, query: str) -> Any:  # a DataFrame of the library
        """The answer to a query that can only read: it stands where no other statement may stand."""
        return self.session.sql(f"{_WRAPPED}{query}\n)")

    def kept(self, frame: Any) -> Any:
        """The same rows, worked out now and kept there: whatever is made of them is made of these very rows.

        `persist` would promise less. It is looked for by the shape of a query, and one that joins rows with
        themselves was seen to find it for one side and to ask the database anew for the other.
        """
        # The library takes them for the active session's, which is the first that anybody opened.
        SparkSession._active_session.session = self.session  # noqa: SLF001  there is no other way to say it
        return frame.localCheckpoint()

    def sent(self, table: Any) -> Any:  # from one of the library's to another
        """What is known here as rows there. Otherwise whatever mentions them would send them along again."""
        return self.kept(self.session.createDataFrame(table))

    @contextmanager
    def answering(self) -> Iterator[None]:
        """While the cluster works for us. Raises Unreadable, also when it takes longer than it may."""
        is_late = Event()
        late = Timer(self._connection.timeout.total_seconds(), self._interrupt, (is_late,))
        late.daemon = True
        late.start()
        try:
            with warnings.catch_warnings(), _explained(self._connection, is_late):
                warnings.filterwarnings("ignore", message=r"\[RETRIES_EXCEEDED\]")
                yield
        finally:
            late.cancel()

    def _interrupt(self, is_late: Event) -> None:
        is_late.set()  # first: what is interrupted may fail before this returns
        self.session.interruptAll()

    def __repr__(self) -> str:
        return f"Cluster({self.name})"


def _let_go(session: Any) -> None:
    """With all that is kept there; a cluster that no longer answers is not waited for."""
    session.client.set_retry_policies([])
    session.stop()


def _opened(connection: Connection, around: Surroundings) -> Any:
    for name in _LOGGERS_THAT_QUOTE:
        logging.getLogger(name).disabled = True
    whole = secret(connection, "remote_from", around)
    try:
        builder = DefaultChannelBuilder(whole or _address(connection))
    except (PySparkException, ValueError):
        raise _no_address(connection) from None  # the cause quotes the address
    # Only what the connection names is sent: not the token that the environment may hold for others.
    token = secret(connection, "token_from", around) or builder.getDefault(_TOKEN, None)
    builder.set(_TOKEN, token)
    builder.set(DefaultChannelBuilder.PARAM_USER_AGENT, "teli-iac")
    return SparkSession.builder.channelBuilder(builder).create()


def _address(connection: Connection) -> str:
    """`remote` as it is declared; raises Unreadable for words that may not stand there."""
    remote = connection.settings["remote"]
    _, *words = remote.split(";")
    for word in words:
        if not _MAY_STAND_IN_A_MANIFEST.fullmatch(word.partition("=")[0]):
            raise unreachable(connection, "its address has a word that may not stand in a manifest", _FORM)
    return remote


def _no_address(connection: Connection) -> Unreadable:
    return unreachable(connection, "its address cannot be read", _FORM)


@contextmanager
def _explained(connection: Connection, is_late: Event) -> Iterator[None]:
    try:
        yield
    except (PySparkException, RpcError) as error:
        if is_late.is_set():
            raise took_too_long(connection) from None
        raise _explain(connection, error) from None  # the cause quotes the query, and values


def _explain(connection: Connection, error: Any) -> Unreadable:
    status = _status(error)
    if status in _WHY_NOT:
        return unreachable(connection, _WHY_NOT[status])
    condition = getattr(error, "getCondition", lambda: None)() or status
    return refused(connection, f"{condition}{_place(str(error))}", _STEPS.get(condition, ""))


_STEPS: Mapping[str, str] = {
    "PARSE_SYNTAX_ERROR": "Ask by one SELECT.",
    "TABLE_OR_VIEW_NOT_FOUND": "Name a table that the connection's user may read.",
}


def _status(error: Any) -> str:
    """The status of the call, whichever of two classes carries it."""
    told = error.getGrpcStatusCode() if hasattr(error, "getGrpcStatusCode") else None
    told = told or (error.code() if hasattr(error, "code") else None)
    return str(getattr(told, "name", "UNKNOWN"))


def _place(told: str) -> str:
    found = _PLACE.search(told)
    if found is None:
        return ""
    line, column = int(found[1]) - _WRAPPED.count("\n"), int(found[2]) + 1
    return f", at line {line}, column {column} of the query" if line > 0 else ""
