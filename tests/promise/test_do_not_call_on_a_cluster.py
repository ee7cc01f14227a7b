"""Whoever a Spark cluster lists when a create is sent is not in it, though the list never came here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from teli_iac.errors import ExitCode, PlanStale
from teli_iac.model import Sentence
from tests.leads import spark_server
from tests.promise.practice import Practice, Wanted, phone_number
from tests.promise.test_do_not_call import sent
from tests.saved_plans.approving import apply_saved, save
from tests.second_teli import SecondTeli

BEFORE = Wanted((90,))


@dataclass(frozen=True)
class Registry:
    """A cluster that has three people and lists numbers, and the project that asks it for both."""

    practice: Practice
    schema: str

    @property
    def fall(self) -> Wanted:
        query = f"SELECT phone AS phone_number FROM {self.schema}.people"  # noqa: S608  ours
        return Wanted((), settings={"leads": {"query": query, "connection": "crm"}})

    def listed(self, *people: int) -> None:
        """These and no others."""
        self.view("dnc", *map(phone_number, people))

    def view(self, name: str, *numbers: str) -> None:
        rows = " UNION ALL ".join(f"SELECT '{number}' AS phone" for number in numbers)
        spark_server.run(f"CREATE OR REPLACE VIEW {self.schema}.{name} AS {rows}")

    def vanish(self) -> None:
        spark_server.run(f"DROP VIEW {self.schema}.dnc")

    def read_files_instead(self) -> None:
        """The same people and the same list."""
        manifest = json.loads((self.practice.folder / "teli.yaml").read_text())
        manifest["spec"]["suppress"] = [{"file": "dnc.txt"}]
        (self.practice.folder / "teli.yaml").write_text(json.dumps(manifest))
        (self.practice.folder / "dnc.txt").write_text(f"{phone_number(1)}\n{phone_number(50)}\n")
        self.practice.want(fall=Wanted((0, 1, 2)))


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def registry(tmp_path: Path, teli: SecondTeli) -> Registry:
    """On the list is nobody whom the campaign wants."""
    schema = spark_server.schema_of(tmp_path)
    spark_server.run(f"CREATE SCHEMA {schema}")
    lists = [{"query": f"SELECT phone FROM {schema}.dnc", "connection": "crm", "column": "phone"}]  # noqa: S608  ours
    connections = {"crm": {"kind": "spark", "remote": spark_server.address()}}
    practice = Practice(tmp_path / "acme", teli.url, connections=connections, suppress=lists)
    made = Registry(practice, schema)
    made.view("people", *map(phone_number, range(3)))
    made.listed(50)
    practice.want(fall=made.fall)
    return made


def test_people_and_a_list_on_a_cluster_make_the_plan_of_files_with_them(
    registry: Registry, teli: SecondTeli
) -> None:
    registry.listed(1, 50)
    there = registry.practice.plan().plan
    registry.read_files_instead()
    here = registry.practice.plan().plan
    assert there.digest == here.digest
    assert [(change.people, change.suppressed) for change in there.changes] == [(2, 1)]
    assert not teli.creates()


def test_whoever_is_listed_between_plan_and_create_is_not_called(
    registry: Registry, teli: SecondTeli
) -> None:
    planned = registry.practice.plan().plan.changes[0].campaign_id
    applied = registry.practice.apply_after(lambda: registry.listed(50, 0))
    assert applied.sentences == [Sentence.LAUNCHED]
    assert (applied.ending.people, applied.ending.suppressed) == (2, 1)
    assert planned not in teli.creates(), "that id says that three people were given"
    assert sent(teli) == [1, 2]
    assert registry.practice.detailed_exit_code() == ExitCode.DONE


def test_a_list_that_is_gone_at_the_create_launches_nobody(registry: Registry, teli: SecondTeli) -> None:
    applied = registry.practice.apply_after(registry.vanish)
    assert applied.sentences == [Sentence.LIST_FAILED]
    assert applied.ending.exit_code == ExitCode.ERROR
    assert not teli.creates()


def test_an_approved_plan_is_applied_to_fewer_and_never_to_others(
    registry: Registry, teli: SecondTeli
) -> None:
    registry.practice.want(before=BEFORE)
    registry.practice.apply()
    registry.listed(50, 2)
    registry.practice.want(before=BEFORE, fall=registry.fall)
    file = save(registry.practice)
    registry.listed(50)
    with pytest.raises(PlanStale) as stale:
        apply_saved(registry.practice, file)
    assert any("campaign/fall was left out" in each for each in stale.value.differences)
    registry.listed(50, 2, 0)
    applied = apply_saved(registry.practice, file)
    assert (applied.sentences, applied.ending.people) == ([Sentence.LAUNCHED], 1)
    assert sent(teli) == [1, 90]
