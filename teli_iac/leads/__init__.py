"""From a leads file or rows in a manifest to callable people: strict, and silent about who they are.

bytes -> `opening`, `decompressing` -> `lines` -> `sources` (rows) -> `numbers` -> `people`. Structural
faults are problems of the file; rows that may not be called are counted and described, masked.

A long file is judged without being held (`long_lists`), by a column engine where it is installed and has no
doubt (`engine`); its people are read again for whoever needs them (`far`), and one that was clean is
remembered (`remembering`). People may also be asked of a database (`queries`). Whoever stands in a
do-not-call list is left out of all of them (`suppression`).
"""

from teli_iac.leads.loading import load_leads, nobody_known
from teli_iac.leads.queries import Databases
from teli_iac.leads.queries.protocol import Surroundings
from teli_iac.leads.suppression import Lists, refuse_stale, stale_lists
from teli_iac.leads.suppression.applying import still_callable
from teli_iac.leads.ways import Ways, remembering_ways

__all__ = [
    "Databases",
    "Lists",
    "Surroundings",
    "Ways",
    "load_leads",
    "nobody_known",
    "refuse_stale",
    "remembering_ways",
    "stale_lists",
    "still_callable",
]
