"""A long list in many small pieces comes to the same plan by the engine and by the reference path."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.data import write_leads
from benchmarks.people import Kind
from teli_iac.leads import load_leads
from teli_iac.leads.ways import Ways
from teli_iac.manifests import lead_references, parse_manifests, read_manifests
from teli_iac.model import Account, Desired, LedgerKey, Observed, Recorded
from teli_iac.plan import Scope, make_plan
from teli_iac.render.json import render_json
from tests.leads.ways import FAR, IN_MEMORY, by_engine, is_proven

KEY = LedgerKey(b"a key for tests, 32 bytes long..")
ACCOUNT = Account("https://voice.example", "o", "benchmark", "benchmark")
NOON = datetime(2030, 12, 1, 12, tzinfo=UTC)
PIECE = 4096


def desired(folder: Path, ways: Ways) -> Desired:
    manifests = read_manifests(["."], folder, None, {})
    leads, problems = load_leads(lead_references(manifests), manifests.folder, ways)
    return parse_manifests(manifests, leads, problems)


def planned(wanted: Desired) -> str:
    """The plan in which nobody was ever called, as the JSON that is compared byte for byte."""
    observed = Observed({}, frozenset(), {}, (), NOON)
    return render_json(make_plan(wanted, Recorded(version=0, key=KEY), observed, Scope(ACCOUNT)), ())


@pytest.mark.parametrize("kind", Kind)
def test_a_long_list_has_one_plan_whichever_path_reads_it(kind: Kind, tmp_path: Path) -> None:
    size = write_leads(tmp_path, 6_000, ACCOUNT.origin, kind).stat().st_size
    assert size > 100 * PIECE
    exactly = desired(tmp_path, IN_MEMORY)
    by_pieces = desired(tmp_path, by_engine(PIECE))
    assert planned(by_pieces) == planned(exactly) == planned(desired(tmp_path, FAR))
    (campaign,) = by_pieces.campaigns.values()
    assert is_proven(campaign.leads) is (kind is Kind.CLEAN)
    assert '"launch"' in planned(exactly)
