"""A request in parts: what it is about, and what it leaves in the log."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.second_teli.faults import Fault
from tests.second_teli.service import Service

_CAMPAIGNS = "/v1/voice/campaigns"
_KINDS = {
    ("GET", ""): "get",
    ("DELETE", ""): "delete",
    **{("POST", order): order for order in ("pause", "resume", "end")},
    **{("GET", report): report for report in ("analytics", "failed-numbers")},
}


@dataclass(frozen=True, slots=True)
class Received:
    """One request. `campaign_id` and `numbers` are a create's, as far as its body was read."""

    method: str
    path: str
    kind: str
    campaign_id: str
    numbers: tuple[str, ...]
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request in parts."""

    method: str
    target: str
    key: str | None
    body: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def kind(self) -> str:
        if self.path == _CAMPAIGNS:
            return {"GET": "list", "POST": "create"}.get(self.method, "")
        below = self.path.removeprefix(_CAMPAIGNS + "/")
        return _KINDS.get((self.method, below.partition("/")[2]), "") if below != self.path else ""

    def done_by(self, service: Service) -> tuple[int, dict[str, Any]]:
        if not self.kind:
            return 404, {"detail": "Not Found"}
        if not self.key:
            return 401, {"error": "API key is required", "success": False}
        query = dict(parse_qsl(urlsplit(self.target).query))
        campaign_id = self.path.removeprefix(_CAMPAIGNS + "/").partition("/")[0]
        return service.answer(self.kind, unquote(campaign_id), query, self.body)

    def received(self, fault: Fault | None) -> Received:
        sent: dict[str, Any] = {}
        with contextlib.suppress(ValueError):
            sent = json.loads(self.body) if self.kind == "create" else {}
        numbers = tuple(lead.get("phone_number", "") for lead in sent.get("leads") or ())
        return Received(self.method, self.path, self.kind, sent.get("campaign_id", ""), numbers, fault)
