"""Every backend under racers and kill -9, with real threads and real processes."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from teli_iac.errors import (
    LedgerError,
)
from teli_iac.model import Left
from tests.ledger.processes import endless_history, go, race, started
from tests.ledger.sites import SITES, Site
from tests.ledger.worlds import (
    ACCOUNT,
    KEY,
    MINUTE,
    NOON,
    made,
    people,
)


def test_of_threads_that_append_to_one_version_exactly_one_wins(site: Site) -> None:
    lease = made(site.open()).acquire("ann", NOON, MINUTE)
    start = Barrier(6)

    def append(number: int) -> str:
        mine = site.open()
        start.wait()
        try:
            return f"version {mine.append((Left(f'n{number}'),), (), NOON, lease, 0)}"
        except LedgerError as error:
            return error.code

    with ThreadPoolExecutor(6) as pool:
        results = sorted(pool.map(append, range(6)))

    assert results == ["TELI-E130"] * 5 + ["version 1"]


def test_of_processes_that_make_one_ledger_exactly_one_wins(site: Site) -> None:
    results = race("create", site, racers=4)

    assert [result.split()[0] for result in results] == ["TELI-E130"] * 3 + ["created"]
    assert site.open().load(ACCOUNT, KEY).version == 0


def test_of_processes_that_take_the_lease_exactly_one_wins(site: Site) -> None:
    made(site.open())

    results = race("acquire", site, racers=4)

    assert [result.split()[0] for result in results] == ["TELI-E134"] * 3 + ["token"]


def test_killed_while_it_writes_a_ledger_keeps_all_it_acknowledged(scheme: str, tmp_path: Path) -> None:
    expected = endless_history()
    history_so_far: list[object] = []
    for round_number in range(8):
        folder = tmp_path / str(round_number)
        folder.mkdir()
        site = SITES[scheme](folder)
        ledger = made(site.open())
        with started("append-for-ever", site.place, site.folder) as writer:
            go(writer)
            assert writer.stdout is not None
            acknowledged = [int(writer.stdout.readline()) for _ in range(1 + 3 * round_number)][-1]
            writer.kill()
            acknowledged = [acknowledged, *map(int, writer.stdout)][-1]

        # Taking the lease fences off what the killed one had sent and a server has yet to carry out.
        lease = ledger.acquire("next", NOON + MINUTE, MINUTE)
        recorded = ledger.load(ACCOUNT, KEY)

        assert acknowledged <= recorded.version <= acknowledged + 1
        history_so_far += itertools.islice(expected, max(0, recorded.version - len(history_so_far)))
        assert [stored.event for stored in ledger.events()] == history_so_far[: recorded.version]
        assert ledger.people([people().ref]) == {people().ref: people()}
        assert ledger.append((Left("n"),), (), NOON + MINUTE, lease, recorded.version) == recorded.version + 1
