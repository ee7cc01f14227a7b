"""People on a Spark cluster, for lists that outgrow one machine: judged there, and fetched in pieces.

Accept fast, complain well, as `leads.engine` does, but row by row. Expressions of SQL (`expressions`) prove
on the cluster that values may be sent and numbers may be called; whatever they do not prove comes here, is
judged by the exact way, and its verdict goes back (`asking`). Duplicates and the fingerprint are worked out
there (`judging`), as is who stands in a do-not-call list (`listing`), and people come here only when
somebody needs them (`far`). No function in Python runs
there, so that workers need nothing of ours.

The answer of a query is kept on the cluster while the command runs: judged and fetched are the same rows,
and when part of it was lost and asked again, people are proven the same by their fingerprint.
"""

from __future__ import annotations

from importlib.util import find_spec

from teli_iac.leads.queries.faults import not_installed
from teli_iac.leads.queries.protocol import Place, Surroundings
from teli_iac.model import Connection, Leads, LeadsReference


def judge(connection: Connection, reference: LeadsReference, around: Surroundings) -> Leads:
    """See `protocol.Engine`."""
    _require_the_client(connection)
    from teli_iac.leads.queries.spark.judging import judge_there  # noqa: PLC0415  1 s, paid by who asks it

    return judge_there(connection, reference, around)


def place(connection: Connection, around: Surroundings) -> Place:
    """See `protocol.Engine`."""
    _require_the_client(connection)
    from teli_iac.leads.queries.spark.connecting import Cluster  # noqa: PLC0415  the same
    from teli_iac.leads.queries.spark.listing import ClusterPlace  # noqa: PLC0415  the same

    return ClusterPlace(Cluster(connection, around))


def _require_the_client(connection: Connection) -> None:
    if find_spec("pyspark") is None:
        raise not_installed(connection, "pyspark-client", "spark")
