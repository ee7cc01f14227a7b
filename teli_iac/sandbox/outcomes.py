"""How simulated calls go: decided by a hash of the number and the attempt, so that every run is the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from teli_iac.sandbox.times import later

_CONNECTED_BELOW = 60
_VOICEMAIL_BELOW = 78
_NO_ANSWER_BELOW = 93


class Outcome(StrEnum):
    """How one call went. Only CONNECTED has a duration."""

    CONNECTED = "connected"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    BUSY = "busy"


class Sentiment(StrEnum):
    """How the person sounded; nobody who was not reached sounds like anything."""

    POSITIVE = "Positive"
    NEUTRAL = "Neutral"
    NEGATIVE = "Negative"
    UNKNOWN = "Unknown"


@dataclass(frozen=True, slots=True)
class RedialRule:
    """How often a call that did not connect is repeated, and after how many days."""

    retry_limit: int
    call_interval_days: int


NO_REDIAL = RedialRule(retry_limit=0, call_interval_days=0)


def call_outcome(phone_number: str, attempt: int) -> Outcome:
    """How attempt `attempt` (from 1) at this number goes: 60 % connect, 18 % meet a voicemail."""
    drawn = _draw("outcome", f"{phone_number}/{attempt}", 100)
    if drawn < _CONNECTED_BELOW:
        return Outcome.CONNECTED
    if drawn < _VOICEMAIL_BELOW:
        return Outcome.VOICEMAIL
    return Outcome.NO_ANSWER if drawn < _NO_ANSWER_BELOW else Outcome.BUSY


def sentiment_of(phone_number: str, outcome: Outcome) -> Sentiment:
    """How a call to this number sounded."""
    if outcome is not Outcome.CONNECTED:
        return Sentiment.UNKNOWN
    return (Sentiment.POSITIVE, Sentiment.NEUTRAL, Sentiment.NEGATIVE)[_draw("sentiment", phone_number, 3)]


def redial_at(outcome: Outcome, attempt: int, called_at: datetime, rule: RedialRule) -> datetime | None:
    """When the number is called again, or None when this was its last call.

    A voicemail is tried again: "failed" is not defined for redials, and failed-numbers counts it as one.
    """
    if outcome is Outcome.CONNECTED or attempt > rule.retry_limit:
        return None
    return later(called_at, timedelta(days=rule.call_interval_days))


def call_id(campaign_id: str, phone_number: str, attempt: int) -> str:
    """A name for one call that says nothing about whom it went to."""
    return f"call_{_digest(campaign_id, f'{phone_number}/{attempt}').hex()[:26]}"


def _draw(purpose: str, text: str, sides: int) -> int:
    return int.from_bytes(_digest(purpose, text)[:8]) % sides


def _digest(purpose: str, text: str) -> bytes:
    return hashlib.blake2b(f"{purpose}\x00{text}".encode(), digest_size=16).digest()
