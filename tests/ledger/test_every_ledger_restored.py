"""A ledger that is made with a past in it, on every backend, and its way from each backend to each."""

from __future__ import annotations

import subprocess
from itertools import product
from pathlib import Path

import pytest

from teli_iac.errors import LedgerError
from teli_iac.ledger import BACKENDS, read_export, read_whole, write_export
from teli_iac.model import Left
from tests.ledger.processes import go, race, started
from tests.ledger.sites import SITES, Site
from tests.ledger.worlds import ACCOUNT, KEY, MINUTE, NOON, history, made, people, written


def _written(site: Site) -> list[str]:
    return [*write_export(read_whole(site.open(), ACCOUNT, KEY))]


@pytest.mark.parametrize(("before", "after"), [*product(sorted(BACKENDS), repeat=2)])
def test_a_ledger_is_the_same_in_whichever_backend_it_arrives(
    before: str, after: str, tmp_path: Path
) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    old, new = SITES[before](tmp_path / "before"), SITES[after](tmp_path / "after")
    written(made(old.open()), history())
    lines = _written(old)

    new.open().restore(read_export((line.encode() for line in lines), ACCOUNT, KEY), NOON + MINUTE)

    arrived = new.open()
    assert arrived.load(ACCOUNT, KEY) == old.open().load(ACCOUNT, KEY)
    assert tuple(arrived.events()) == tuple(old.open().events())
    assert arrived.people([people().ref]) == {people().ref: people()}
    assert _written(new) == lines
    lease = arrived.acquire("ann", NOON + MINUTE, MINUTE)
    assert arrived.append((Left("n"),), (), NOON + MINUTE, lease, len(history())) == len(history()) + 1


def test_nothing_is_restored_over_a_ledger(site: Site) -> None:
    written(made(site.open()), history()[:1])
    whole = read_whole(site.open(), ACCOUNT, KEY)

    with pytest.raises(LedgerError, match="already is a ledger"):
        site.open().restore(whole, NOON)

    assert site.open().load(ACCOUNT, KEY).version == 1


def test_of_processes_that_restore_one_ledger_exactly_one_wins(site: Site) -> None:
    results = race("restore", site, racers=3)

    assert [result.split()[0] for result in results] == ["TELI-E130"] * 2 + ["restored"]
    assert site.open().load(ACCOUNT, KEY).version == 300


@pytest.mark.parametrize("patience", [0, 0.03, 0.1])
def test_killed_while_it_restores_there_is_all_of_it_or_nothing(site: Site, patience: float) -> None:
    with started("restore", site.place, site.folder) as restoring:
        go(restoring)
        try:
            restoring.wait(patience)
        except subprocess.TimeoutExpired:
            pass
        finally:
            restoring.kill()

    survivor = site.open()

    assert not survivor.exists() or survivor.load(ACCOUNT, KEY).version == 300
