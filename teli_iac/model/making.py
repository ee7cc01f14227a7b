"""Frozen values made by the thousand, in a quarter of the time that each of them takes by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, field, fields, make_dataclass
from typing import Any, ParamSpec, TypeVar, cast

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def maker(shape: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """A function that makes what `shape`, a frozen and slotted dataclass, would make of the same arguments.

    A frozen dataclass sets each field by a call. Here the value is filled while it is of a class with the
    same slots that is not frozen yet, which nobody sees, and then is of the `shape`.
    """
    frozen = cast("type[Any]", shape)
    if hasattr(frozen, "__post_init__"):
        raise TypeError("what looks at its fields when it is made is made by itself")
    loose: Any = make_dataclass(
        frozen.__name__, [_alike(each) for each in fields(frozen)], repr=False, eq=False, slots=True
    )

    def make(*given: _Given.args, **named: _Given.kwargs) -> _Made:
        value = loose(*given, **named)
        value.__class__ = frozen
        return value  # type: ignore[no-any-return]  # it is one now

    return make


def _alike(each: Field[Any]) -> tuple[str, Any, Any]:
    """A field of the same name that is left out in the same way."""
    if each.default_factory is not MISSING:
        return each.name, Any, field(default_factory=each.default_factory)
    return each.name, Any, field() if each.default is MISSING else field(default=each.default)
