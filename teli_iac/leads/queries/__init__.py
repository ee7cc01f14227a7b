"""People who live in a database: a query of the manifest, run where they are, once a command.

Two literal dicts say what answers for which kind of connection. A *database* gives rows, which are judged
here like those of a file (`judging`). An *engine* judges where the people live and gives back what came of
it. To add one: write its module, name it in its dict, and give its kind its words (`kinds.connections`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from teli_iac.leads.queries.protocol import Ask, Databases, Engine
from teli_iac.model import ConnectionKind


def _sqlite() -> Ask:
    from teli_iac.leads.queries.sqlite import ask  # noqa: PLC0415  paid by who asks it

    return ask


def _postgresql() -> Ask:
    from teli_iac.leads.queries.postgresql import ask  # noqa: PLC0415  paid by who asks it

    return ask


def _duckdb() -> Ask:
    from teli_iac.leads.queries.duckdb import ask  # noqa: PLC0415  paid by who asks it

    return ask


def _sqlalchemy() -> Ask:
    from teli_iac.leads.queries.sqlalchemy import ask  # noqa: PLC0415  paid by who asks it

    return ask


def _spark() -> Engine:
    from teli_iac.leads.queries import spark  # noqa: PLC0415  paid by who asks it

    return spark


DATABASES: Mapping[ConnectionKind, Callable[[], Ask]] = {
    ConnectionKind.SQLITE: _sqlite,
    ConnectionKind.POSTGRESQL: _postgresql,
    ConnectionKind.DUCKDB: _duckdb,
    ConnectionKind.SQLALCHEMY: _sqlalchemy,
}
"""What gives rows. Each passes tests/leads/test_every_connection.py."""

ENGINES: Mapping[ConnectionKind, Callable[[], Engine]] = {ConnectionKind.SPARK: _spark}
"""What judges people by itself, and holds them against lists, for lists that outgrow this machine."""

__all__ = ["DATABASES", "ENGINES", "Databases"]
