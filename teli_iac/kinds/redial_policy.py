"""The `RedialPolicy` kind: how failed calls are tried again, shared by the campaigns that name it."""

from __future__ import annotations

from typing import TypedDict

from teli_iac.model import Redial

KIND = "RedialPolicy"
SCHEMA = "redial_policy"


class RedialPolicySpec(TypedDict):
    """The spec as schemas/redial_policy.json lets it pass; a campaign may hold it inline."""

    retry_limit: int
    call_interval_days: int


def parse_redial_policy(spec: RedialPolicySpec) -> Redial:
    """The redial settings as a part is declared with them."""
    return Redial(spec["retry_limit"], spec["call_interval_days"])
