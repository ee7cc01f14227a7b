"""A value made the quick way is in nothing another than its class makes."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields, replace
from typing import Any

import pytest

from teli_iac.decisions.situation import Part, Situation
from teli_iac.model import (
    CallingWindow,
    Campaign,
    CampaignSettings,
    Change,
    Leads,
    LeadsReference,
    ObservedCampaign,
    Recorded,
    RecordedPart,
)
from teli_iac.model.making import maker

SHAPES = (
    CallingWindow,
    Campaign,
    CampaignSettings,
    Change,
    Leads,
    LeadsReference,
    ObservedCampaign,
    Part,
    Recorded,
    RecordedPart,
    Situation,
)


def values(shape: Any) -> dict[str, int]:
    return {each.name: place for place, each in enumerate(fields(shape))}


@pytest.mark.parametrize("shape", SHAPES)
def test_it_is_what_its_class_makes_of_the_same(shape: Any) -> None:
    given = values(shape)
    made, usual = maker(shape)(*given.values()), shape(*given.values())
    assert type(made) is shape
    assert made == usual == maker(shape)(**given)
    assert hash(made) == hash(usual)
    assert replace(made) == copy.copy(made) == pickle.loads(pickle.dumps(made)) == usual  # noqa: S301  our own


@pytest.mark.parametrize("shape", SHAPES)
def test_it_is_as_frozen(shape: Any) -> None:
    made = maker(shape)(*values(shape).values())
    with pytest.raises(FrozenInstanceError):
        setattr(made, fields(shape)[0].name, 1)
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        made.another = 1
    assert not hasattr(made, "__dict__")


@pytest.mark.parametrize("shape", SHAPES)
def test_it_leaves_out_what_its_class_leaves_out(shape: Any) -> None:
    needed = [each for each in values(shape) if each not in _with_default(shape)]
    made, usual = (make(**dict.fromkeys(needed, 1)) for make in (maker(shape), shape))
    assert made == usual
    if needed:
        with pytest.raises(TypeError):
            maker(shape)(**dict.fromkeys(needed[1:], 1))
    with pytest.raises(TypeError):
        maker(shape)(**dict.fromkeys(needed, 1), another=1)


def test_each_gets_a_default_of_its_own() -> None:
    make = maker(Recorded)
    one, other = (make(version=0, key=None) for _ in range(2))  # type: ignore[arg-type]  # nobody looks
    assert isinstance(one.parts, Mapping)
    assert one.parts is not other.parts


def test_what_looks_at_its_fields_when_it_is_made_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Careful:
        count: int

        def __post_init__(self) -> None:
            raise AssertionError("it was looked at")

    with pytest.raises(TypeError, match="by itself"):
        maker(Careful)


def _with_default(shape: Any) -> set[str]:
    return {e.name for e in fields(shape) if e.default is not MISSING or e.default_factory is not MISSING}
