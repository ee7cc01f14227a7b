"""The people of a query judged on the cluster: the same people, refusals and fingerprint as the exact way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pyspark.sql import functions as sql
from pyspark.sql.window import Window

from teli_iac.leads.faults import Faults, Unreadable
from teli_iac.leads.numbers import NATIONAL_NANP, NumberReader, number_reader
from teli_iac.leads.queries.answers import rows_of
from teli_iac.leads.queries.faults import no_row
from teli_iac.leads.queries.judging import judge_rows
from teli_iac.leads.queries.protocol import Surroundings
from teli_iac.leads.queries.spark.asking import refuse_unclean, with_verdicts
from teli_iac.leads.queries.spark.connecting import Cluster
from teli_iac.leads.queries.spark.expressions import fingerprint_of, limbs, proven_number, row_text
from teli_iac.leads.queries.spark.far import ClusterPeople, sum_of
from teli_iac.leads.queries.spark.fields import Field, fields_of, key_of
from teli_iac.leads.queries.spark.names import CLEAN, FAULT, NUMBER, ROW, TYPED
from teli_iac.leads.queries.spark.rows import as_json, is_open, looked_at, partition_of, place_of, starts_of
from teli_iac.leads.refusals import Refusals, RowFault
from teli_iac.leads.selection import select
from teli_iac.model import Connection, Fingerprint, Leads, LeadsReference, Mark

_DESCRIBED = 10
_PLACE = "place"
_FIRST = "first"


def judge_there(connection: Connection, reference: LeadsReference, around: Surroundings) -> Leads:
    """Everybody who may be called; see `protocol.Judge`."""
    cluster = Cluster(connection, around)
    with cluster.answering():
        answer = cluster.put(reference.query.text if reference.query else "")
        fields = fields_of(answer.schema, select(reference))
        keyed = answer.toDF(*map(key_of, range(len(answer.columns))))
        if all(field.is_provable for field in fields):
            return _judged(cluster, keyed, fields, reference)
        return _exactly(keyed, fields, reference)


def _exactly(keyed: Any, fields: Sequence[Field], reference: LeadsReference) -> Leads:
    """By the exact way, here, where Java writes a value otherwise: decimal fractions, lists and objects."""
    faults = Faults()
    rows = keyed.select([sql.col(field.key) for field in fields]).toLocalIterator()
    batches = ([[as_json(value) for value in row]] for row in rows)
    present = {field.name for field in fields}
    wanted = [each for each in select(reference) if each.name in present]
    leads = judge_rows(rows_of(batches, wanted, faults), reference)
    if faults:
        raise Unreadable(*faults)
    return leads


def _judged(cluster: Cluster, keyed: Any, fields: Sequence[Field], reference: LeadsReference) -> Leads:
    is_national = reference.default_country in NATIONAL_NANP
    rows = cluster.kept(looked_at(keyed, fields, partial(proven_number, is_national=is_national)))
    seen = _count(rows, fields)
    if seen.unclean:
        refuse_unclean(rows, fields, seen.starts)
    if seen.doubtful:
        rows = with_verdicts(cluster, rows, rows.where(is_open()), _reader(reference))
    callable_ = rows.where(sql.col(NUMBER).isNotNull())
    others = _others(cluster, callable_, fields)
    repeated = others.count() if others is not None else 0
    people = callable_.join(others.select(ROW), ROW, "left_anti") if others is not None else callable_
    fingerprint = sum_of(people, fields) if seen.doubtful or repeated else seen.fingerprint
    refusals = _refusals(rows, others, repeated, fingerprint.count, seen.starts)
    return Leads(ClusterPeople(cluster, people, fields, fingerprint), fingerprint, refusals.finished(), "")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What came of looking at every row once; `fingerprint` is of those whose number is proven."""

    starts: Mapping[int, int]
    unclean: int
    doubtful: int
    fingerprint: Fingerprint


def _count(rows: Any, fields: Sequence[Field]) -> _Seen:
    """Raises Unreadable when there is no row."""
    parts = (
        rows.groupBy(partition_of())
        .agg(
            sql.count("*"),
            sql.count_if(~sql.col(CLEAN)),
            sql.count_if(is_open()),
            sql.count(NUMBER),
            *limbs(row_text(sql.col(NUMBER), fields[1:])),
        )
        .collect()
    )
    if not parts:
        raise no_row()
    partitions, sizes, unclean, open_, proven, *sums = zip(*parts, strict=True)
    starts = starts_of(dict(zip(partitions, sizes, strict=True)))
    total = fingerprint_of(sum(proven), [sum(each or 0 for each in limb) for limb in sums])
    return _Seen(starts, sum(unclean), sum(open_), total)


def _reader(reference: LeadsReference) -> NumberReader:
    return number_reader(reference.default_country, allow_test_numbers=reference.allow_test_numbers)


def _others(cluster: Cluster, callable_: Any, fields: Sequence[Field]) -> Any:
    """Of several rows with one number all but the one whose text sorts first; None when there are none."""
    several = cluster.kept(callable_.groupBy(NUMBER).count().where(sql.col("count") > 1).select(NUMBER))
    if several.isEmpty():
        return None
    in_order = Window.partitionBy(NUMBER).orderBy(row_text(sql.col(NUMBER), fields[1:]), ROW)
    ranked = callable_.join(several, NUMBER, "left_semi").withColumns(
        {_PLACE: sql.row_number().over(in_order), _FIRST: sql.first(ROW).over(in_order)}
    )
    return cluster.kept(ranked.where(sql.col(_PLACE) > 1).select(ROW, NUMBER, _PLACE, _FIRST))


def _refusals(rows: Any, others: Any, repeated: int, people: int, starts: Mapping[int, int]) -> Refusals:
    """Counted on the cluster; only those that are described come here."""
    refusals = Refusals()
    refused = rows.where(sql.col(FAULT).isNotNull())
    counts = refused.groupBy(FAULT).count().collect()
    for fault, count in counts:
        refusals.count(RowFault(fault), count)
    if counts:
        for row, fault, typed in refused.select(ROW, FAULT, TYPED).orderBy(ROW).limit(_DESCRIBED).collect():
            refusals.describe(RowFault(fault), Mark("", place_of(row, starts), 1), typed)
        refusals.stop_if_hopeless(people + repeated, 0)
    if repeated:
        refusals.count(RowFault.REPEATED, repeated)
        for row, number, _, first in others.orderBy(NUMBER, _PLACE).limit(_DESCRIBED).collect():
            if not refusals.full:
                mark = Mark("", place_of(row, starts), 1)
                refusals.describe(RowFault.REPEATED, mark, number, place_of(first, starts))
    return refusals
