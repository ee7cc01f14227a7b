"""The columns of an answer that somebody wants, and what a cluster can prove of their types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyspark.sql import types

from teli_iac.leads.faults import Fault, Unreadable
from teli_iac.leads.queries.faults import no_list
from teli_iac.leads.selection import Selection, Wanted
from teli_iac.leads.sources.columns import missing_columns
from teli_iac.leads.sources.values import STEP_TO_TEXT, told_of_type

_TEXT = (types.StringType, types.VarcharType, types.CharType)
_AS_WRITTEN_BY_PYTHON = (
    types.BooleanType,
    types.ByteType,
    types.ShortType,
    types.IntegerType,
    types.LongType,
)
_OTHERWISE_WRITTEN = (types.FloatType, types.DoubleType)


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is what it is sent by, `column` how the answer calls it, `key` how frames of ours do.

    Names of an answer may hold any sign and come twice; keys do not.
    """

    name: str
    column: str
    key: str
    kind: types.DataType

    @property
    def is_text(self) -> bool:
        """Whether its values are sent as they are."""
        return isinstance(self.kind, _TEXT)

    @property
    def is_provable(self) -> bool:
        """Whether a cluster writes its values down as canonical JSON has them."""
        return self.is_text or isinstance(self.kind, _AS_WRITTEN_BY_PYTHON)


def key_of(place: int) -> str:
    """How frames of ours call the column at this place."""
    return f"value_{place}"


def fields_of(schema: types.StructType, selection: Selection) -> Sequence[Field]:
    """The number, then all else that is sent and is there; raises Unreadable with all that is wrong."""
    columns = schema.names
    wanted = {each.column for each in selection}
    twice = sorted({column for column in columns if column in wanted and columns.count(column) > 1})
    if twice:
        raise no_list(f'The query gives two columns "{twice[0]}"')
    missing = [each.column for each in selection if each.required and each.column not in columns]
    if missing:
        faults = missing_columns(missing, columns, 0)
        raise Unreadable(*(Fault(fault.code, fault.message, next_step=fault.next_step) for fault in faults))
    fields = [_field(each, schema) for each in selection if each.column in columns]
    strange = [field.column for field in fields if not _is_of_json(field.kind)]
    if strange:
        raise Unreadable(
            *(Fault("TELI-E079", told_of_type(column), next_step=STEP_TO_TEXT) for column in strange)
        )
    return fields


def _field(wanted: Wanted, schema: types.StructType) -> Field:
    place = schema.names.index(wanted.column)
    return Field(wanted.name, wanted.column, key_of(place), schema.fields[place].dataType)


def _is_of_json(kind: types.DataType) -> bool:
    if isinstance(kind, types.NullType):
        return True
    if isinstance(kind, types.ArrayType):
        return _is_of_json(kind.elementType)
    if isinstance(kind, types.StructType):
        return all(_is_of_json(each.dataType) for each in kind.fields)
    return isinstance(kind, (*_TEXT, *_AS_WRITTEN_BY_PYTHON, *_OTHERWISE_WRITTEN))
