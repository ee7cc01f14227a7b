"""The story of each command, in the order things happen; a chapter for each family of commands.

`planning` looks ahead, `applying` makes a plan true, `duty` looks at the live world and acts on it,
`taking_over` has a person decide about what no apply finished, `keeping` keeps the ledger.

Three worlds meet: desired (manifests), recorded (ledger), observed (API). A plan is a pure function of
the three; an apply makes it true and remembers that it did.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from teli_iac.diagnosing import diagnose
    from teli_iac.operate import Chosen
    from teli_iac.operating import Approve
    from teli_iac.proposal import PlanResult
    from teli_iac.workflow.applying import ApprovePlan, Steps, Stopping, apply, apply_saved, destroy
    from teli_iac.workflow.duty import drift, halt, look_at_calls, release, steer, watch
    from teli_iac.workflow.keeping import (
        check_ledger,
        create_ledger,
        export_ledger,
        import_ledger,
        list_events,
        rebuild_ledger,
        show_ledger,
        unlock_ledger,
    )
    from teli_iac.workflow.planning import (
        compare,
        find_project,
        plan,
        read_plan,
        save_plan,
        validate,
        validate_online,
    )
    from teli_iac.workflow.taking_over import adopt, import_made_elsewhere, list_made_elsewhere, settle

_HOMES = {
    "teli_iac.diagnosing": ("diagnose",),
    "teli_iac.operate": ("Chosen",),
    "teli_iac.operating": ("Approve",),
    "teli_iac.proposal": ("PlanResult",),
    "teli_iac.workflow.applying": ("ApprovePlan", "Steps", "Stopping", "apply", "apply_saved", "destroy"),
    "teli_iac.workflow.duty": ("drift", "halt", "look_at_calls", "release", "steer", "watch"),
    "teli_iac.workflow.keeping": (
        "check_ledger",
        "create_ledger",
        "export_ledger",
        "import_ledger",
        "list_events",
        "rebuild_ledger",
        "show_ledger",
        "unlock_ledger",
    ),
    "teli_iac.workflow.planning": (
        "compare",
        "find_project",
        "plan",
        "read_plan",
        "save_plan",
        "validate",
        "validate_online",
    ),
    "teli_iac.workflow.taking_over": ("adopt", "import_made_elsewhere", "list_made_elsewhere", "settle"),
}
"""Which chapter tells of what: it is opened by who asks for it, for a plan needs not the others."""

_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


__all__ = [
    "Approve",
    "ApprovePlan",
    "Chosen",
    "PlanResult",
    "Steps",
    "Stopping",
    "adopt",
    "apply",
    "apply_saved",
    "check_ledger",
    "compare",
    "create_ledger",
    "destroy",
    "diagnose",
    "drift",
    "export_ledger",
    "find_project",
    "halt",
    "import_ledger",
    "import_made_elsewhere",
    "list_events",
    "list_made_elsewhere",
    "look_at_calls",
    "plan",
    "read_plan",
    "rebuild_ledger",
    "release",
    "save_plan",
    "settle",
    "show_ledger",
    "steer",
    "unlock_ledger",
    "validate",
    "validate_online",
    "watch",
]
