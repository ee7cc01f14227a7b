"""Which of the campaigns on Teli are meant: ours, of the addresses that were named, and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from teli_iac.identity import parse_campaign_id
from teli_iac.model import Recorded


@dataclass(frozen=True, slots=True)
class Scope:
    """A project's campaigns, all of them when `addresses` is empty.

    `names` tells the name a campaign has now by its id, for an id keeps the name it was launched with.
    """

    project: str
    addresses: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def covers(self, campaign_id: str) -> bool:
        """Whether this campaign is meant; an id that is not this project's never is."""
        address = self.address_of(campaign_id)
        return address is not None and (not self.addresses or address in self.addresses)

    def address_of(self, campaign_id: str) -> str | None:
        """The address of a campaign of this project, None for all others."""
        reference = parse_campaign_id(campaign_id)
        if reference is None or reference.project != self.project:
            return None
        return f"campaign/{self.names.get(campaign_id, reference.name)}"


def names_in(recorded: Recorded) -> Mapping[str, str]:
    """The names that campaigns have now, by id."""
    return {campaign_id: part.name for campaign_id, part in recorded.parts.items()}
