"""The ledger in PostgreSQL when a process dies, or a connection breaks, at any of its commits."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from teli_iac.errors import LedgerError
from teli_iac.ledger import Backend, open_ledger
from teli_iac.model import Left
from tests.ledger.postgresql import server
from tests.ledger.processes import WRITES, assert_all_kept, go, started
from tests.ledger.proxy import between
from tests.ledger.sites import SITES, Site
from tests.ledger.worlds import ACCOUNT, KEY, MINUTE, NOON, intended, made, people


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return SITES["postgresql"](tmp_path)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short one: a socket's path may not be long."""
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        yield Path(name)


def _through(socket: Path, site: Site) -> str:
    return site.place.rpartition("=")[0] + "=" + str(socket).replace("/", "%2F")


def _open(socket: Path, site: Site) -> Backend:
    return open_ledger(_through(socket, site), str(site.folder), ACCOUNT.project)


@pytest.mark.parametrize("number", range(1, WRITES + 1))
@pytest.mark.parametrize("fate", ["killed-before", "killed-after"])
def test_killed_at_any_commit_a_ledger_keeps_all_it_acknowledged(
    site: Site, folder: Path, fate: str, number: int
) -> None:
    with (
        between(server(), folder, number, fate) as socket,
        started("live", _through(socket, site), site.folder) as writer,
    ):
        go(writer)
        said = writer.communicate()[0].split()

    assert "done" not in said
    assert_all_kept(site, said)


@pytest.mark.parametrize("fate", ["lost-before", "lost-after"])
@pytest.mark.parametrize("event", [(intended(),), ()])
def test_an_append_whose_connection_breaks_at_the_commit_is_looked_up_and_made_once(
    site: Site, folder: Path, fate: str, event: tuple[()]
) -> None:
    lease = made(site.open()).acquire("ann", NOON, MINUTE)

    with between(server(), folder, 1, fate) as socket:
        version = _open(socket, site).append(event, (people(),), NOON, lease, 0)

    assert version == len(event)
    assert [stored.event for stored in site.open().events()] == list(event)
    assert site.open().people([people().ref]) == {people().ref: people()}


@pytest.mark.parametrize("fate", ["lost-before", "lost-after"])
def test_a_lease_whose_connection_breaks_at_the_commit_is_not_believed_in(
    site: Site, folder: Path, fate: str
) -> None:
    made(site.open())

    with between(server(), folder, 1, fate) as socket, pytest.raises(LedgerError, match="is not known"):
        _open(socket, site).acquire("ann", NOON, MINUTE)

    after = site.open().acquire("bob", NOON + MINUTE, MINUTE)
    assert site.open().append((Left("fall"),), (), NOON + MINUTE, after, 0) == 1
    assert site.open().load(ACCOUNT, KEY).version == 1
