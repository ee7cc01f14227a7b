"""Values of the model as JSON and back, told by the types of their fields alone.

A new field of a `Plan` or `Change` is saved without a word here. What equals its field's default is left
out, so that a change which does nothing takes a line. Leads are never written: of people a saved plan
knows counts, and a `Launch` that was read back has nobody to call. A shape reads exactly what it writes;
anything else is a ValueError without the value in it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from teli_iac.identity import canonical_json, utc_text
from teli_iac.model import Fingerprint, JsonValue, Leads, RefusedRows

_HALF = re.compile("[\ud800-\udfff]")
_TICK = timedelta(microseconds=1)
_TAG = "is"
"""Names the class where a field may hold one of several."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A pair of inverse functions. `Any`, because shapes span types that mypy cannot relate."""

    write: Callable[[Any], JsonValue]
    read: Callable[[JsonValue], Any]


def canonical_text(value: JsonValue) -> str:
    """Canonical JSON that is text, though an answer of the API may hold half a surrogate."""
    text = canonical_json(value)
    return text if text.isascii() else _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


@cache
def shape_of(kind: Any) -> Shape:
    """The shape of a type: a dataclass, a word, a number, an instant, or tuples and mappings of those."""
    if not isinstance(kind, type) or get_origin(kind):
        return _generic(kind)
    if kind in _SPECIAL:
        return _SPECIAL[kind]
    if issubclass(kind, StrEnum):
        return Shape(str, kind)
    return _record(kind) if dataclasses.is_dataclass(kind) else _exactly(kind)


def _generic(kind: Any) -> Shape:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _several(shape_of(arguments[0]))
    if origin in {UnionType, Union}:
        return _one_of(arguments)
    if origin is Mapping:
        return _mapping(shape_of(arguments[0]), shape_of(arguments[1]))
    raise TypeError(f"no shape for {kind}")


def _exactly(kind: type) -> Shape:
    def same(value: JsonValue) -> JsonValue:
        if type(value) is not kind:
            raise ValueError(f"not of type {kind.__name__}")
        return value

    return Shape(same, same)


def _read_instant(value: JsonValue) -> datetime:
    if not isinstance(value, str) or not value.endswith("Z"):
        raise ValueError("not an instant in UTC")
    instant = datetime.fromisoformat(value)
    if utc_text(instant) != value:
        raise ValueError("not an instant as it is written here")
    return instant


def _several(shape: Shape) -> Shape:
    return Shape(
        lambda items: [shape.write(item) for item in items],
        lambda value: tuple(shape.read(item) for item in _checked(value, list)),
    )


def _mapping(key: Shape, value: Shape) -> Shape:
    return Shape(
        lambda mapping: {str(key.write(name)): value.write(each) for name, each in mapping.items()},
        lambda document: {
            key.read(name): value.read(each) for name, each in _checked(document, dict).items()
        },
    )


def _one_of(kinds: tuple[Any, ...]) -> Shape:
    named = [kind for kind in kinds if kind is not NoneType]
    shape = shape_of(named[0]) if len(named) == 1 else _tagged(named)
    if len(named) == len(kinds):
        return shape
    return Shape(
        lambda value: None if value is None else shape.write(value),
        lambda value: None if value is None else shape.read(value),
    )


def _shape_of_value(value: object) -> Shape:
    kind: Any = type(value)
    return shape_of(kind)


def _tagged(kinds: list[Any]) -> Shape:
    by_name = {kind.__name__: kind for kind in kinds}

    def write(value: Any) -> JsonValue:
        return {_TAG: type(value).__name__, **_checked(_shape_of_value(value).write(value), dict)}

    def read(value: JsonValue) -> Any:
        document = dict(_checked(value, dict))
        kind = by_name.get(str(document.pop(_TAG, None)))
        if kind is None:
            raise ValueError("not one of the kinds that stand here")
        return shape_of(kind).read(document)

    return Shape(write, read)


def _record(kind: type) -> Shape:
    shapes = {each.name: _field_shape(kind, each) for each in dataclasses.fields(kind)}
    defaults = {each.name: _default(each) for each in dataclasses.fields(kind)}

    def write(value: Any) -> JsonValue:
        held = {name: getattr(value, name) for name in shapes}
        return {name: shapes[name].write(each) for name, each in held.items() if each != defaults[name]}

    needed = {name for name, default in defaults.items() if default is dataclasses.MISSING}

    def read(value: JsonValue) -> Any:
        document = _checked(value, dict)
        if not needed <= document.keys() <= shapes.keys():
            raise ValueError(f"not the fields of {kind.__name__}")
        return kind(**{name: shapes[name].read(each) for name, each in document.items()})

    return Shape(write, read)


def _field_shape(kind: type, each: dataclasses.Field[Any]) -> Shape:
    if each.type == "JsonValue":
        return Shape(lambda value: value, lambda value: value)
    return shape_of(get_type_hints(kind)[each.name])


def _default(each: dataclasses.Field[Any]) -> Any:
    if each.default_factory is not dataclasses.MISSING:
        return each.default_factory()
    return each.default


def _checked(value: JsonValue, kind: type) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"not of type {kind.__name__}")  # noqa: TRY004  what is wrong is the text, not the program
    return value


def _write_leads(leads: Leads) -> JsonValue:
    return {"source": leads.source, "refused": {**leads.refused.by_kind}}


def _read_leads(value: JsonValue) -> Leads:
    document = _checked(value, dict)
    if document.keys() != {"source", "refused"}:
        raise ValueError("not the fields of leads")
    refused = _mapping(shape_of(str), shape_of(int)).read(document["refused"])
    source = shape_of(str).read(document["source"])
    return Leads((), Fingerprint(0, 0), RefusedRows(refused, ()), source)


_SPECIAL: dict[type, Shape] = {
    Leads: Shape(_write_leads, _read_leads),
    datetime: Shape(utc_text, _read_instant),
    timedelta: Shape(lambda span: span // _TICK, lambda value: _exactly(int).read(value) * _TICK),
}
