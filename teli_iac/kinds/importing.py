"""A campaign made elsewhere as a manifest: what Teli shows of it, and nothing invented."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection

from teli_iac.identity import utc_text
from teli_iac.model import ObservedCampaign

_LONGEST_NAME = 40
_ID = re.compile(r"\S(?:.{0,198}\S)?")
_AGENT = re.compile(r"[A-Za-z0-9._-]{1,128}")
_MAYBE_A_NUMBER = re.compile(r"(?:\d[ ().-]{0,3}){7}")
_HEAD = """\
# Made elsewhere and imported: nothing is ever sent for it, and nobody can be called by it.
# Teli does not show its caller ids, its redial rules and its people.
apiVersion: teli-iac/v1
kind: Campaign
"""


def can_be_described(campaign_id: str) -> bool:
    """Whether a manifest can hold the id: at most 200 characters, on one line, no space at its ends."""
    return _ID.fullmatch(campaign_id) is not None


def name_for(campaign_id: str, taken: Collection[str]) -> str:
    """A name that nobody has yet, as near to the id as a name may be.

    An id that may hold a telephone number gives a name that tells nothing of it.
    """
    plain = re.sub(r"[^a-z0-9]+", "-", campaign_id.casefold().encode("ascii", "replace").decode()).strip("-")
    if not plain or _MAYBE_A_NUMBER.search(campaign_id):
        plain = "imported-" + hashlib.blake2b(campaign_id.encode(), digest_size=4).hexdigest()
    name = plain[:_LONGEST_NAME].strip("-")
    number = 2
    while name in taken:
        ending = f"-{number}"
        name = plain[: _LONGEST_NAME - len(ending)].strip("-") + ending
        number += 1
    return name


def manifest_of(campaign: ObservedCampaign, name: str) -> str:
    """The manifest of a campaign that `can_be_described`; what Teli does not show is not in it."""
    spec = {}
    if campaign.voice_agent_id and _AGENT.fullmatch(campaign.voice_agent_id):
        spec["voice_agent_id"] = campaign.voice_agent_id
    in_order = campaign.begin is None or campaign.end is None or campaign.begin < campaign.end
    # Teli may have given it an end before its begin (teli-api.md §1.1); a manifest cannot say that.
    if campaign.begin and in_order:
        spec["campaign_begin_time"] = utc_text(campaign.begin)
    if campaign.end and in_order:
        spec["campaign_end_time"] = utc_text(campaign.end)
    lines = [f"  {key}: {_quoted(value)}\n" for key, value in spec.items()]
    metadata = f"metadata:\n  name: {_quoted(name)}\n  campaign_id: {_quoted(campaign.campaign_id)}\n"
    return f"{_HEAD}{metadata}spec:\n{''.join(lines)}  leads: unknown\n"


def _quoted(text: str) -> str:
    """A JSON string is a double-quoted scalar of YAML, whatever is in it."""
    return json.dumps(text, ensure_ascii=False)
