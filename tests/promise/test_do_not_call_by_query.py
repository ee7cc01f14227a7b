"""Whoever a database lists when a create is sent is not in it, whatever the plan said."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from teli_iac.errors import ExitCode, InvalidManifests, PlanStale
from teli_iac.model import ConnectionKind, Sentence
from tests.ledger import postgresql
from tests.promise.practice import Practice, Wanted, phone_number
from tests.promise.test_do_not_call import FALL, sent
from tests.saved_plans.approving import apply_saved, save
from tests.second_teli import SecondTeli

BEFORE = Wanted((90,))


@dataclass(frozen=True)
class Registry:
    """A database that lists numbers, and the project that asks it."""

    practice: Practice
    execute: Callable[[str], object]
    vanish: Callable[[], object]

    def listed(self, *people: int) -> None:
        """These and no others."""
        self.execute("DELETE FROM dnc")
        for person in people:
            self.execute(f"INSERT INTO dnc VALUES ('{phone_number(person)}')")  # noqa: S608  ours


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture(params=[ConnectionKind.SQLITE, ConnectionKind.POSTGRESQL], ids=str)
def registry(request: pytest.FixtureRequest, tmp_path: Path, teli: SecondTeli) -> Registry:
    """On the list is nobody whom the campaign wants."""
    make = _sqlite if request.param is ConnectionKind.SQLITE else _postgresql
    made = make(tmp_path / "acme", teli)
    made.execute("CREATE TABLE dnc (phone text)")
    made.listed(50)
    made.practice.want(fall=FALL)
    return made


def _practice(folder: Path, teli: SecondTeli, connection: dict[str, str]) -> Practice:
    suppress = [{"query": "SELECT phone FROM dnc", "connection": "crm", "column": "phone"}]
    return Practice(folder, teli.url, connections={"crm": connection}, suppress=suppress)


def _sqlite(folder: Path, teli: SecondTeli) -> Registry:
    practice = _practice(folder, teli, {"kind": "sqlite", "file": "crm.db"})
    file = folder / "crm.db"

    def execute(statement: str) -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as database:
            database.execute(statement)

    return Registry(practice, execute, file.unlink)


def _postgresql(folder: Path, teli: SecondTeli) -> Registry:
    place = postgresql.fresh_place(postgresql.server())

    def execute(statement: str) -> None:
        with postgresql.connected(place) as database:
            database.execute(statement.encode())

    practice = _practice(folder, teli, {"kind": "postgresql", "url": place})
    return Registry(practice, execute, lambda: execute("DROP TABLE dnc"))


def test_a_list_by_file_and_by_query_makes_the_same_plan(registry: Registry, teli: SecondTeli) -> None:
    registry.listed(1, 50)
    by_query = registry.practice.plan().plan
    teli_yaml = registry.practice.folder / "teli.yaml"
    manifest = json.loads(teli_yaml.read_text())
    manifest["spec"]["suppress"] = [{"file": "dnc.txt"}]
    teli_yaml.write_text(json.dumps(manifest))
    (registry.practice.folder / "dnc.txt").write_text(f"{phone_number(1)}\n")
    by_file = registry.practice.plan().plan
    assert by_query.digest == by_file.digest
    assert [(change.people, change.suppressed) for change in by_query.changes] == [(2, 1)]
    assert not teli.creates()


def test_whoever_is_listed_between_plan_and_create_is_not_called(
    registry: Registry, teli: SecondTeli
) -> None:
    planned = registry.practice.plan().plan.changes[0].campaign_id
    applied = registry.practice.apply_after(lambda: registry.listed(50, 0))
    assert applied.sentences == [Sentence.LAUNCHED]
    assert (applied.ending.people, applied.ending.suppressed) == (2, 1)
    assert applied.ending.exit_code == ExitCode.DONE
    assert planned not in teli.creates(), "that id says that three people were given"
    assert sent(teli) == [1, 2]
    assert registry.practice.detailed_exit_code() == ExitCode.DONE


def test_when_everybody_is_listed_meanwhile_nothing_is_sent(registry: Registry, teli: SecondTeli) -> None:
    applied = registry.practice.apply_after(lambda: registry.listed(0, 1, 2))
    assert applied.sentences == [Sentence.NOBODY_LEFT]
    assert not teli.creates()


def test_a_database_that_is_gone_at_the_create_launches_nobody(registry: Registry, teli: SecondTeli) -> None:
    applied = registry.practice.apply_after(registry.vanish)
    assert applied.sentences == [Sentence.LIST_FAILED]
    assert applied.ending.exit_code == ExitCode.ERROR
    assert not teli.creates()
    with pytest.raises(InvalidManifests):
        registry.practice.plan()


@pytest.mark.parametrize("number", ["+1415555010", "no number", ""])
def test_a_list_that_breaks_meanwhile_launches_nobody_and_quotes_nobody(
    number: str, registry: Registry, teli: SecondTeli
) -> None:
    applied = registry.practice.apply_after(lambda: registry.execute(f"INSERT INTO dnc VALUES ('{number}')"))  # noqa: S608  ours
    assert applied.sentences == [Sentence.LIST_FAILED]
    assert "415555" not in repr(applied)
    assert not teli.creates()


def test_an_approved_plan_is_applied_to_fewer_when_the_list_has_grown(
    registry: Registry, teli: SecondTeli
) -> None:
    _begin(registry)
    file = save(registry.practice)
    registry.listed(50, 2, 0)
    applied = apply_saved(registry.practice, file)
    assert (applied.sentences, applied.ending.people) == ([Sentence.LAUNCHED], 1)
    assert sent(teli) == [1, 90]


def test_an_approved_plan_is_refused_when_somebody_came_off_the_list(
    registry: Registry, teli: SecondTeli
) -> None:
    _begin(registry)
    before = teli.creates()
    file = save(registry.practice)
    registry.listed(50)
    with pytest.raises(PlanStale) as stale:
        apply_saved(registry.practice, file)
    assert stale.value.exit_code == ExitCode.STALE
    assert any("campaign/fall was left out" in each for each in stale.value.differences)
    assert teli.creates() == before


def _begin(registry: Registry) -> None:
    """Let there be a ledger, and one of three people on the list."""
    registry.practice.want(before=BEFORE)
    registry.practice.apply()
    registry.listed(50, 2)
    registry.practice.want(before=BEFORE, fall=FALL)
