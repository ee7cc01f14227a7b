"""Whom nobody calls, whatever the leads say: lists of numbers that are left out of the people.

`reading` takes the numbers of one list from its file and `asking` from a database, `listed` holds them,
`lists` keeps those that a command has read and reads them again when they change, `subtracting` leaves people
out, `ages` refuses a list that is too old. All of it leans to one side: who might be listed is not called.
"""

from teli_iac.leads.suppression.ages import refuse_stale, stale_lists
from teli_iac.leads.suppression.lists import Lists

__all__ = ["Lists", "refuse_stale", "stale_lists"]
