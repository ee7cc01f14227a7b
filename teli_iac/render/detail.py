"""How much of a plan is told: every change in full, a line for each, or what there is of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from teli_iac.model import Change

_IN_FULL = 25
_BY_NAME = 500
_OF_A_KIND = 10
_T = TypeVar("_T")


class Detail(StrEnum):
    """What `--detail` chooses. What is blocked is always told in full, where it is named."""

    SUMMARY = "summary"
    CHANGES = "changes"
    FULL = "full"


def fitting(changes: Sequence[Change]) -> Detail:
    """What is told when nothing was chosen: in full what a person reads to the end, else ever less."""
    if len(changes) <= _IN_FULL:
        return Detail.FULL
    return Detail.CHANGES if len(changes) <= _BY_NAME else Detail.SUMMARY


def shown_of(kind: Sequence[_T], detail: Detail) -> Sequence[_T]:
    """Those of one kind that are shown one by one."""
    return kind[:_OF_A_KIND] if detail is Detail.SUMMARY else kind
