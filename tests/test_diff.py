from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac.diff import diff_attributes
from teli_iac.model import FieldChange, JsonValue, Mark

SCALARS = st.none() | st.booleans() | st.integers(-2, 2) | st.floats(-2, 2) | st.text("a_0é", max_size=2)
VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab_'[", max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
FLAT_VALUES = SCALARS | st.lists(VALUES, max_size=3)
ATTRIBUTES = st.dictionaries(st.text("abc_.'[]\"", max_size=4), FLAT_VALUES, max_size=6)


def _apply(changes: tuple[FieldChange, ...], attributes: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    changed = dict(attributes)
    for change in changes:
        assert _repr(change.before) == _repr(changed.pop(change.path, None))
        changed[change.path] = change.after
    return changed


def _repr(value: JsonValue) -> str:
    """A value as a text in which True is not 1, and the order of keys is nothing."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name!r}: {_repr(value[name])}' for name in sorted(value))}}}"
    return f"[{', '.join(map(_repr, value))}]" if isinstance(value, list) else repr(value)


def _present(attributes: Mapping[str, JsonValue]) -> dict[str, str]:
    return {path: _repr(value) for path, value in attributes.items() if value is not None}


@given(ATTRIBUTES, ATTRIBUTES)
def test_the_changes_lead_from_one_side_to_the_other_and_nowhere_else(
    before: dict[str, JsonValue], after: dict[str, JsonValue]
) -> None:
    changes = diff_attributes(before, after, {})
    assert _present(_apply(changes, before)) == _present(after)
    assert len({change.path for change in changes}) == len(changes)
    assert [change.path for change in changes] == sorted(change.path for change in changes)
    assert all(_repr(change.before) != _repr(change.after) for change in changes)


@given(st.dictionaries(st.text("abc_", max_size=4), VALUES, max_size=6))
def test_what_is_equal_has_no_change_in_whatever_order_it_was_written(
    attributes: dict[str, JsonValue],
) -> None:
    turned = dict(reversed(attributes.items()))
    assert diff_attributes(attributes, turned, {}) == ()


def test_a_change_is_told_by_its_path_with_the_line_that_says_so() -> None:
    redial, pool = Mark("campaigns/fall.yaml", 9, 3), Mark("pools.yaml", 4, 3)
    changes = diff_attributes(
        {"redial": {"retry_limit": 3, "call_interval_days": 1}, "number_pool": ["+14155550101"]},
        {
            "redial": {"retry_limit": 5, "call_interval_days": 1},
            "number_pool": ["+14155550102", "+14155550101"],
        },
        {"redial": redial, "number_pool": pool},
    )
    assert changes == (
        FieldChange("number_pool", ["+14155550101"], ["+14155550102", "+14155550101"], pool),
        FieldChange("redial.retry_limit", 3, 5, redial),
    )


def test_the_nearest_origin_counts() -> None:
    near, far = Mark("a.yaml", 2, 1), Mark("a.yaml", 1, 1)
    changes = diff_attributes({}, {"a.b.c": 1, "a.x": 1, "ab": 1}, {"a": far, "a.b": near})
    assert [change.origin for change in changes] == [near, far, None]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (True, 1),
        (False, 0),
        ([True], [1]),
        ([1, [False]], [1, [0]]),
        (1, 1.0),
        ("1", 1),
        ("null", [None]),
        (["a", "b"], ["b", "a"]),
        ([], {}),
        ("", []),
    ],
)
def test_what_merely_compares_equal_is_a_change(before: JsonValue, after: JsonValue) -> None:
    assert len(diff_attributes({"x": before}, {"x": after}, {})) == 1
    assert len(diff_attributes({"x": before, "y": 1}, {"x": after, "y": 1}, {})) == 1


def test_a_tuple_is_a_list_and_null_is_absent() -> None:
    pair: JsonValue = ("a", ("b",))  # type: ignore[assignment]  # what a frozen setting holds
    assert diff_attributes({"x": pair, "y": None}, {"x": ["a", ["b"]]}, {}) == ()
    assert diff_attributes({}, {"x": pair}, {})[0].after == ["a", ["b"]]


def test_names_of_every_kind_are_seen() -> None:
    before: dict[str, JsonValue] = {"__private": 1, "it's": 1, 'a"]["b': 1}
    after: dict[str, JsonValue] = {"__private": 2, "it's": 2, 'a"]["b': 2, "other": 1}
    assert len(diff_attributes(before, after, {})) == 4


def test_sides_with_nothing_in_common_are_told_one_by_one() -> None:
    changes = diff_attributes({"a": 1, "b": 2, "c": 3}, {"x": 1, "y": 2, "z": 3}, {})
    assert [change.path for change in changes] == ["a", "b", "c", "x", "y", "z"]


@pytest.mark.parametrize(
    ("sides", "loaded"),
    [
        ("{'a': 1}, {'a': 1}", False),
        ("{'a': [1]}, {'a': (1,)}", False),
        ("{}, {'a': 1}", False),
        ("{'a': 1}, {}", False),
        ("{}, {}", False),
        ("{'a': 1}, {'a': 2}", True),
    ],
)
def test_deepdiff_is_loaded_only_when_two_sides_differ(sides: str, loaded: bool) -> None:  # noqa: FBT001  named above
    code = (
        "import sys; from teli_iac.diff import diff_attributes;"
        f"diff_attributes({sides}, {{}}); print('deepdiff' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  our own code
    assert told.stdout.strip() == str(loaded)
