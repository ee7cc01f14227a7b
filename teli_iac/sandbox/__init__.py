"""The embedded Teli: a service that answers as the real one is described, and calls nobody.

It follows the public record of the API. Where the record is silent it is the worst service that fits, so
that whoever is right here is right everywhere:

- A second create of an id overwrites the campaign, adds its contacts and dials them all again, whatever
  became of the first.
- A campaign that is deleted while active vanishes at once, and the calls queued for it still go out. Ended,
  paused or completed before, it takes them along.
- Pause, resume and end are always answered with 200, and a completed campaign can be paused. Only `ended` is
  for good.
- Times are naive and in UTC; `created_at` is empty; a list without `is_admin` shows one user's campaigns.
- Any key is accepted, and agents and numbers that do not exist may be named.

Nothing is dialled by itself: `dial` places the calls that are due by the sandbox's own clock, and moving the
clock places those that come due on the way.
"""

from __future__ import annotations

from teli_iac.sandbox.application import application
from teli_iac.sandbox.clock import dial, move_clock, now
from teli_iac.sandbox.dialling import DialReport
from teli_iac.sandbox.logs import DialLogEntry, RequestLogEntry, dial_log, request_log
from teli_iac.sandbox.outcomes import Outcome
from teli_iac.sandbox.serving import serve
from teli_iac.sandbox.store import Store, reset

__all__ = [
    "DialLogEntry",
    "DialReport",
    "Outcome",
    "RequestLogEntry",
    "Store",
    "application",
    "dial",
    "dial_log",
    "move_clock",
    "now",
    "request_log",
    "reset",
    "serve",
]
