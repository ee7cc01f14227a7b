"""Loads leads as `plan` does, from plain bytes, and writes down who is called and what a person is told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from teli_iac.errors import Problem
from teli_iac.leads import load_leads
from teli_iac.model import InlineRow, JsonValue, Leads, LeadsReference, Mark

MANIFEST = Mark("campaign.yaml", 5, 10)
NOTHING_DECLARED: Mapping[str, Any] = {
    "campaign": "fall-renewals",
    "file": None,
    "inline": (),
    "columns": {},
    "variables": (),
    "default_country": None,
    "delimiter": None,
    "encoding": None,
    "allow_test_numbers": True,
    "mark": MANIFEST,
}


def declared(**options: Any) -> LeadsReference:
    """What a manifest says of its leads: what is given here, and nothing else."""
    return LeadsReference(**{**NOTHING_DECLARED, **options})


def load(folder: Path, **options: Any) -> tuple[Leads | None, tuple[Problem, ...]]:
    """The people of one campaign, or None, and every problem."""
    leads, problems = load_leads([declared(**options)], str(folder))
    return leads.get("fall-renewals"), problems


def people(folder: Path, content: str | bytes, *, name: str = "leads.csv", **options: Any) -> Leads:
    """The people of a file that is in order."""
    found, problems = load(folder, file=write(folder, content, name), **options)
    assert found is not None, problems
    assert not problems
    return found


def told(folder: Path, content: str | bytes, *, name: str = "leads.csv", **options: Any) -> list[str]:
    """`file:line:column: CODE sentence` of all that is wrong with a file or its rows."""
    found, problems = load(folder, file=write(folder, content, name), **options)
    rows = found.refused.described if found is not None else ()
    return [*map(str, problems), *map(str, rows)]


def write(folder: Path, content: str | bytes, name: str) -> str:
    """Put a file below the folder; gives its name back."""
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return name


def inline(*rows: Mapping[str, JsonValue]) -> tuple[InlineRow, ...]:
    """Rows as they stand in a manifest, one a line from line 6, each key ten columns behind the last."""
    return tuple(
        InlineRow(
            values=values,
            marks={key: Mark(MANIFEST.file, line, 7 + 10 * at) for at, key in enumerate(values)},
            mark=Mark(MANIFEST.file, line, 5),
        )
        for line, values in enumerate(rows, 6)
    )


def sent(leads: Leads) -> list[dict[str, JsonValue]]:
    """All that leaves the machine of each person."""
    return [{"phone_number": lead.phone_number, **dict(lead.fields)} for lead in leads]
