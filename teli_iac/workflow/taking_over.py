"""Taking over: campaigns that no apply of ours has made or finished, brought into the ledger by a person."""

from __future__ import annotations

from collections.abc import Sequence

from teli_iac.adopting import adopt_campaign
from teli_iac.importing import (
    Described,
    Importable,
    import_campaigns,
    list_importable,
    refuse_part_of_project,
)
from teli_iac.model import Settlement
from teli_iac.settings import Invocation
from teli_iac.settling import settle_parts
from teli_iac.worlds import hold_ledger, open_worlds, recall


def settle(asked: Invocation, address: str, settlement: Settlement) -> str:
    """Record a person's decision about a campaign; what was decided, in sentences."""
    with open_worlds(asked, connections=1) as worlds, hold_ledger(worlds) as (journal, _):
        return settle_parts(address, settlement, worlds, journal)


def adopt(asked: Invocation, address: str) -> tuple[str, ...]:
    """Take into the ledger what it lacks of a campaign that Teli shows; what was done, in sentences."""
    with open_worlds(asked, connections=1) as worlds, hold_ledger(worlds) as (journal, key):
        return adopt_campaign(address, worlds, journal, key)


def list_made_elsewhere(asked: Invocation) -> Importable:
    """Campaigns on Teli that no manifest and no project describes; writes nothing."""
    with open_worlds(asked, connections=1) as worlds:
        refuse_part_of_project(worlds)
        return list_importable(worlds, recall(worlds))


def import_made_elsewhere(
    asked: Invocation, campaign_ids: Sequence[str] | None, folder: str
) -> tuple[tuple[Described, ...], tuple[str, ...]]:
    """Write manifests for campaigns made elsewhere, for all when no ids are given, and record them."""
    with open_worlds(asked, connections=1) as worlds, hold_ledger(worlds) as (journal, _):
        refuse_part_of_project(worlds)
        return import_campaigns(worlds, journal, campaign_ids, folder)
