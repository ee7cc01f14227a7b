"""Act on the live world, plan or no plan: halt, pause, resume and end, each until it is seen to be so.

`scope` says which campaigns are meant, `orders` what is sent and what shows that it is done, `looking`
asks and sends many at once. `halting` is the red button and `steering` the single acts; `holding` tells the
ledger, if need be by taking the lease from another command.
"""

from __future__ import annotations

from teli_iac.operate.choosing import Chosen, choose, refuse_unknown
from teli_iac.operate.counting import read_counts
from teli_iac.operate.halting import Person, halt
from teli_iac.operate.holding import Writing, refuse_on_hold, write_by_force, write_in_turn
from teli_iac.operate.looking import Look, Teli, at_once, look, look_up
from teli_iac.operate.orders import NOT_CALLING, ORDERS
from teli_iac.operate.scope import Scope, names_in
from teli_iac.operate.steering import Course, bring

__all__ = [
    "NOT_CALLING",
    "ORDERS",
    "Chosen",
    "Course",
    "Look",
    "Person",
    "Scope",
    "Teli",
    "Writing",
    "at_once",
    "bring",
    "choose",
    "halt",
    "look",
    "look_up",
    "names_in",
    "read_counts",
    "refuse_on_hold",
    "refuse_unknown",
    "write_by_force",
    "write_in_turn",
]
