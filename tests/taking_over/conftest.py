from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.promise.practice import Practice
from tests.second_teli import SecondTeli

MadeByHand = Callable[..., None]


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    return Practice(tmp_path / "acme", teli.url)


@pytest.fixture
def by_hand(teli: SecondTeli) -> MadeByHand:
    """Make a campaign as somebody without this tool does."""

    def make(campaign_id: str, people: int = 2, **more: str) -> None:
        numbers = [{"phone_number": f"+1415555{150 + number:04d}"} for number in range(people)]
        body = {
            "campaign_id": campaign_id,
            "voice_agent_id": "agent_86f826bf8f59bacd5c10ae948a",
            "agent_outbound_number": "+14155550199",
            "organization_id": "1700000000000x100000000000000001",
            "tenant_id": "acme",
            "leads": numbers,
            **more,
        }
        connection = HTTPConnection(urlsplit(teli.url).netloc, timeout=10)
        connection.request("POST", "/v1/voice/campaigns", json.dumps(body), {"X-API-Key": "sk-test"})
        assert connection.getresponse().status == 200
        connection.close()

    return make
