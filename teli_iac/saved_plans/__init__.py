"""Plans that are saved, reviewed and applied later: exactly what was approved, once, or nothing.

`binding` names everything a plan was made from, `document` is the file, `comparing` says what differs by
the time it is applied. Pure: files, keys and clocks are the business of floors above.
"""

from teli_iac.saved_plans.binding import Basis, Bound, bind
from teli_iac.saved_plans.comparing import compare_accounts, compare_worlds
from teli_iac.saved_plans.document import Sealed, as_saved, is_saved_plan, read_document, write_document
from teli_iac.saved_plans.saved import VALID_FOR, SavedPlan, refused_when_approved

__all__ = [
    "VALID_FOR",
    "Basis",
    "Bound",
    "SavedPlan",
    "Sealed",
    "as_saved",
    "bind",
    "compare_accounts",
    "compare_worlds",
    "is_saved_plan",
    "read_document",
    "refused_when_approved",
    "write_document",
]
