"""A person who asks an embedded Teli, over WSGI, by no code of the client's."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlencode

from teli_iac.sandbox import Store, application

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
CAMPAIGNS = "/v1/voice/campaigns"
OWNED = {"organization_id": "acme", "tenant_id": "tenant", "user_id": "user"}


@dataclass(frozen=True)
class Told:
    """An answer: its status, its headers in lower case, and its JSON object."""

    status: int
    headers: dict[str, str]
    document: dict[str, Any]

    @property
    def date(self) -> datetime:
        return parsedate_to_datetime(self.headers["date"])


@dataclass(frozen=True)
class Asker:
    """Sends requests to one application."""

    application: WSGIApplication
    key: str = "any key"

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        query: Mapping[str, str] | None = None,
        *,
        chunked: bool = False,
    ) -> Told:
        heard: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> Any:
            heard.append((status, headers))

        length = {"HTTP_TRANSFER_ENCODING": "chunked"} if chunked else {"CONTENT_LENGTH": str(len(body))}
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote_to_bytes(path).decode("latin1"),
            "QUERY_STRING": urlencode(query or {}),
            "HTTP_X_API_KEY": self.key,
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            **length,
        }
        text = b"".join(self.application(environ, start_response))
        status, headers = heard[0]
        return Told(int(status[:3]), {name.lower(): value for name, value in headers}, json.loads(text))

    def create(self, campaign_id: str, *numbers: str, **fields: object) -> Told:
        return self.ask("POST", CAMPAIGNS, creating(campaign_id, *numbers, **fields))

    def read(self, campaign_id: str) -> Told:
        return self.ask("GET", f"{CAMPAIGNS}/{campaign_id}")

    def order(self, campaign_id: str, order: str) -> Told:
        return self.ask("POST", f"{CAMPAIGNS}/{campaign_id}/{order}")

    def delete(self, campaign_id: str) -> Told:
        return self.ask("DELETE", f"{CAMPAIGNS}/{campaign_id}")

    def failed(self, campaign_id: str, **query: str) -> list[Any]:
        told = self.ask("GET", f"{CAMPAIGNS}/{campaign_id}/failed-numbers", query=query)
        numbers: list[Any] = told.document["failed_numbers"]
        return numbers

    def analytics(self, campaign_id: str) -> dict[str, Any]:
        return self.ask("GET", f"{CAMPAIGNS}/{campaign_id}/analytics").document

    def listed(self, **query: str) -> list[dict[str, Any]]:
        asked = {"organization_id": "acme", "tenant_id": "tenant", "is_admin": "true"} | query
        campaigns: list[dict[str, Any]] = self.ask("GET", CAMPAIGNS, query=asked).document["campaigns"]
        return campaigns


def creating(campaign_id: str, *numbers: str, **fields: object) -> bytes:
    """The body of a create; `fields` are added, or left out when None."""
    document = {
        "leads": [{"phone_number": number} for number in numbers],
        "voice_agent_id": "agent_1",
        "agent_outbound_number": "+14155550199",
        "campaign_id": campaign_id,
        **OWNED,
        **fields,
    }
    return json.dumps({name: value for name, value in document.items() if value is not None}).encode()


def open_teli(path: Path | None = None) -> tuple[Store, Asker]:
    """An embedded Teli whose clock stands at NOON until it is moved, and somebody to ask it."""
    store = Store(path, wall_clock=lambda: NOON)
    return store, Asker(application(store))
