"""The Teli API over HTTP: one place sends, plans get a client that cannot write, writes are sent once.

`connect` (client) gives the client for one `ApiOrigin` (origin) and one `ApiKey` (key). A request is
encoded (bodies), sent (sending) and its answer read (replies). Reads are repeated by a pure policy
(retry); a write never is. All threads share one patience with a service that asks for time (patience). What
goes wrong on the wire is sorted at one door (transport_errors) into `NotSent` and `ReplyLost`. httpx is
imported by `opening`, `sending` and `transport_errors` alone, and those only by `connect`: importing this
package is cheap.
"""

from __future__ import annotations

from teli_iac.api.client import ReadingClient, WritingClient, connect
from teli_iac.api.key import ApiKey
from teli_iac.api.origin import ApiOrigin, is_sandbox, parse_origin
from teli_iac.api.time_outs import TimeOuts
from teli_iac.api.waiting import Waiting

__all__ = [
    "ApiKey",
    "ApiOrigin",
    "ReadingClient",
    "TimeOuts",
    "Waiting",
    "WritingClient",
    "connect",
    "is_sandbox",
    "parse_origin",
]
