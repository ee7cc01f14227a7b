"""Two sets of attributes become the field changes between them. The only home of deepdiff. Pure.

Attributes are compared by their canonical JSON, so that `true` is not 1, a tuple is a list and the order
of keys is nothing. Nested mappings are told by path (`redial.retry_limit`); a list is one attribute and
shown whole; null is the same as absent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from teli_iac.model import FieldChange, JsonValue, Mark


def diff_attributes(
    before: Mapping[str, JsonValue], after: Mapping[str, JsonValue], origins: Mapping[str, Mark]
) -> tuple[FieldChange, ...]:
    """What has to change for `before` to become `after`, sorted by path.

    An origin is that of the path, or of the nearest mapping around it. An addition has `before` None, a
    removal `after` None.
    """
    old, new = dict(_flatten(before)), dict(_flatten(after))
    return tuple(
        FieldChange(path, old.get(path), new.get(path), _origin(path, origins))
        for path in sorted(_changed_paths(old, new))
    )


def _changed_paths(old: Mapping[str, JsonValue], new: Mapping[str, JsonValue]) -> set[str]:
    if not (old and new):  # all that is new is an addition, as for every launch: no value has to be looked at
        return {*old, *new}
    return _differing_keys(_texts(old), _texts(new))


def _differing_keys(old: Mapping[str, str], new: Mapping[str, str]) -> set[str]:
    if old == new:
        return set()
    from deepdiff import DeepDiff  # noqa: PLC0415  a quarter of a second, paid for only where both sides differ

    # Given values, deepdiff takes [true] for [1]; given texts it cannot. Its defaults would also pass over
    # names that begin with two underscores, and show two mappings with few names in common as one change.
    difference = DeepDiff(old, new, view="tree", ignore_private_variables=False, threshold_to_diff_deeper=0)
    return {item.path(output_format="list")[0] for group in difference.values() for item in group}


def _flatten(attributes: Mapping[str, JsonValue], below: str = "") -> Iterator[tuple[str, JsonValue]]:
    for name, value in attributes.items():
        if isinstance(value, str):  # nearly all are, and to ask this first takes a third of the time
            yield below + name, value
        elif isinstance(value, Mapping) and value:
            yield from _flatten(value, f"{below}{name}.")
        elif value is not None:
            yield below + name, _canonical(value)


def _canonical(value: JsonValue) -> JsonValue:
    match value:
        case Mapping():
            return {name: _canonical(value[name]) for name in sorted(value)}
        case str():
            return value
        case Sequence():  # a tuple too, whatever the type says: a settings value may hold one
            return [_canonical(item) for item in value]
    return value


def _texts(attributes: Mapping[str, JsonValue]) -> dict[str, str]:
    return {path: json.dumps(value, allow_nan=False) for path, value in attributes.items()}


def _origin(path: str, origins: Mapping[str, Mark]) -> Mark | None:
    while (origin := origins.get(path)) is None and "." in path:
        path = path.rpartition(".")[0]
    return origin
