"""A plan for the widget of a GitLab merge request: how many campaigns begin, change and leave.

GitLab reads three numbers and nothing else (`artifacts: reports: terraform`). What is blocked changes
nothing and is in none of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from teli_iac.model import Plan
from teli_iac.render.json import json_text
from teli_iac.render.protocol import Refused


def render_gitlab(plan: Plan, _: Sequence[Refused]) -> str:
    """`{"create": …, "update": …, "delete": …}`; people added to a run are a create, for calls begin."""
    counts = plan.summary
    return json_text(
        {
            "create": counts["launch"] + counts["extend"],
            "update": counts["replace"] + counts["update"],
            "delete": counts["delete"],
        },
        indent=None,
    )
