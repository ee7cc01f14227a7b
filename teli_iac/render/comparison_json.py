"""The comparison of a revision with the working tree, for machines. Of people it knows counts alone."""

from __future__ import annotations

from collections.abc import Sequence

from teli_iac.model import FieldChange, JsonValue, Mark
from teli_iac.model.comparison import (
    CampaignChange,
    Comparison,
    Difference,
    PeopleChange,
    PeopleInTwo,
    SharedChange,
)
from teli_iac.render.json import json_text

FORMAT_VERSION = "1"


def render_comparison_json(comparison: Comparison) -> str:
    """One JSON document with sorted keys; fields are added, never renamed."""
    return json_text(
        {
            "format_version": FORMAT_VERSION,
            "project": comparison.project,
            "base": {"asked": comparison.asked, "revision": comparison.revision},
            "differs": comparison.differs,
            "summary": {
                **{each.value: comparison.count(each) for each in Difference},
                "unchanged": comparison.unchanged,
            },
            "people": {"new": comparison.new_people, "again": comparison.people_again},
            "people_in_two": _in_two(comparison.in_two),
            "project_fields": _fields(comparison.settings),
            "shared": [_shared(each) for each in comparison.shared],
            "campaigns": [_campaign(each) for each in comparison.campaigns],
        }
    )


def _campaign(change: CampaignChange) -> JsonValue:
    return {
        "address": change.address,
        "difference": change.difference.value,
        "consequences": [each.value for each in change.consequences],
        "people": _people(change.people),
        "new": change.new,
        "again": change.again,
        "like": change.like or None,
        "fields": _fields(change.fields),
        "origin": _place(change.origin),
    }


def _shared(change: SharedChange) -> JsonValue:
    return {"address": change.address, "reaches": [*change.reaches], "fields": _fields(change.fields)}


def _in_two(people: PeopleInTwo) -> JsonValue:
    return {
        "before": people.before,
        "after": people.after,
        "introduced": people.introduced,
        "resolved": people.resolved,
        "limit": people.limit,
        "unread_campaigns": people.unread,
        "campaigns": [
            {"address": each.address, "before": each.before, "after": each.after} for each in people.campaigns
        ],
    }


def _people(people: PeopleChange) -> JsonValue:
    return {
        "before": people.before,
        "after": people.after,
        "added": people.added,
        "removed": people.removed,
        "changed": people.changed,
        "known": people.is_known,
        "lists_known": people.are_lists_known,
    }


def _fields(fields: Sequence[FieldChange]) -> list[JsonValue]:
    return [
        {"path": each.path, "before": each.before, "after": each.after, "origin": _place(each.origin)}
        for each in fields
    ]


def _place(mark: Mark | None) -> JsonValue:
    return {"file": mark.file, "line": mark.line, "column": mark.column} if mark else None
