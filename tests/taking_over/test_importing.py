"""`import`: campaigns made elsewhere become manifests by which nobody can ever be called."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac import workflow
from teli_iac.errors import ExitCode, ImportRefused, InvalidManifests
from teli_iac.identity import parse_campaign_id
from teli_iac.kinds.importing import can_be_described, manifest_of, name_for
from teli_iac.model import Action, GuardName, Imported, ObservedCampaign, Reason, Status
from tests.manifests.folders import PROJECT, parse, read, write
from tests.promise.practice import Practice, Wanted, options
from tests.second_teli import SecondTeli
from tests.taking_over.conftest import MadeByHand

FOLDER = "campaigns/imported"


def _import(practice: Practice, *ids: str) -> tuple[str, ...]:
    described, _ = workflow.import_made_elsewhere(practice.asked(), ids or None, FOLDER)
    return tuple(each.file for each in described)


def _notes(practice: Practice) -> list[Imported]:
    told = workflow.list_events(practice.asked(), None)
    return [each.event for each in told if isinstance(each.event, Imported)]


def test_after_an_import_there_is_nothing_to_do_and_nothing_was_sent_but_reads(
    practice: Practice, teli: SecondTeli, by_hand: MadeByHand
) -> None:
    by_hand("vc 1", 3)
    by_hand("autumn", 2, campaign_begin_time="2026-12-01T14:00:00.089462")
    assert _import(practice) == ("campaigns/imported/autumn.yaml", "campaigns/imported/vc-1.yaml")
    plan = practice.plan()
    assert [(c.address, c.action, c.reason) for c in plan.plan.changes] == [
        ("campaign/autumn", Action.KEEP, Reason.IMPORTED),
        ("campaign/vc-1", Action.KEEP, Reason.IMPORTED),
    ]
    assert (plan.exit_code(detailed=True), plan.plan.governed, plan.plan.unmanaged) == (ExitCode.DONE, (), 0)
    assert {seen.method for seen in teli.log[2:]} == {"GET"}


def test_the_ledger_knows_what_was_imported_and_names_nobody(practice: Practice, by_hand: MadeByHand) -> None:
    by_hand("vc 1", 3)
    _import(practice, "vc 1")
    (note,) = _notes(practice)
    assert (note.campaign_id, note.name, note.run, note.people_count) == ("vc 1", "vc-1", 1, 3)
    (kept,) = workflow.show_ledger(practice.asked(), "campaign/vc-1").campaigns
    assert (kept.parts, kept.imports) == ((), (note,))


def test_an_import_says_only_what_teli_shows(practice: Practice, by_hand: MadeByHand) -> None:
    by_hand("vc 1", campaign_begin_time="2026-12-01T14:00:00Z", campaign_end_time="2026-12-02T01:00:00Z")
    _import(practice, "vc 1")
    lines = (practice.folder / FOLDER / "vc-1.yaml").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "apiVersion: teli-iac/v1",
        "kind: Campaign",
        "metadata:",
        '  name: "vc-1"',
        '  campaign_id: "vc 1"',
        "spec:",
        '  voice_agent_id: "agent_86f826bf8f59bacd5c10ae948a"',
        '  campaign_begin_time: "2026-12-01T14:00:00Z"',
        '  campaign_end_time: "2026-12-02T01:00:00Z"',
        "  leads: unknown",
    ]


def test_nothing_is_overwritten_and_nothing_half_done(practice: Practice, by_hand: MadeByHand) -> None:
    by_hand("a")
    by_hand("b")
    there = practice.folder / FOLDER / "b.yaml"
    there.parent.mkdir(parents=True)
    there.write_text("# mine\n")
    with pytest.raises(ImportRefused, match="already"):
        _import(practice)
    assert [path.name for path in there.parent.iterdir()] == ["b.yaml"]
    assert (there.read_text(), _notes(practice)) == ("# mine\n", [])


@pytest.mark.parametrize(
    ("folder", "why"), [("../elsewhere", "outside of the project"), (".hidden", "not among the project")]
)
def test_manifests_are_written_only_where_a_plan_reads_them(
    practice: Practice, by_hand: MadeByHand, folder: str, why: str
) -> None:
    by_hand("vc 1")
    with pytest.raises(ImportRefused, match=why):
        workflow.import_made_elsewhere(practice.asked(), None, folder)
    assert list(practice.folder.parent.rglob("vc-1.yaml")) == []


@pytest.mark.parametrize("campaign_id", ["vc 2", "beta_fall_r1p1_abcdefghijkl"])
def test_what_cannot_be_imported_is_refused_by_name(
    practice: Practice, by_hand: MadeByHand, campaign_id: str
) -> None:
    by_hand("beta_fall_r1p1_abcdefghijkl")
    with pytest.raises(ImportRefused, match=campaign_id):
        _import(practice, campaign_id)


def test_all_leaves_the_campaigns_of_other_projects_to_them(practice: Practice, by_hand: MadeByHand) -> None:
    by_hand("beta_fall_r1p1_abcdefghijkl")
    described, left_out = workflow.import_made_elsewhere(practice.asked(), None, FOLDER)
    assert (described, len(left_out)) == ((), 1)
    assert "the project beta" in left_out[0]


def test_what_is_imported_is_no_longer_listed(practice: Practice, by_hand: MadeByHand) -> None:
    by_hand("vc 1")
    by_hand("vc 2")
    _import(practice, "vc 1")
    listed = workflow.list_made_elsewhere(practice.asked())
    assert [each.campaign_id for each in listed.campaigns] == ["vc 2"]
    assert practice.plan().plan.unmanaged == 1


def test_an_import_whose_manifest_was_lost_gets_its_name_back(
    practice: Practice, by_hand: MadeByHand
) -> None:
    by_hand("vc 1")
    (file,) = _import(practice, "vc 1")
    renamed = (practice.folder / file).read_text().replace('"vc-1"', '"spring"')
    (practice.folder / file).write_text(renamed)
    practice.apply()
    (practice.folder / file).unlink()
    assert _import(practice, "vc 1") == ("campaigns/imported/spring.yaml",)


def test_a_manifest_written_by_hand_is_noted_by_the_next_apply(
    practice: Practice, teli: SecondTeli, by_hand: MadeByHand
) -> None:
    by_hand("vc 1")
    manifest = manifest_of(ObservedCampaign("vc 1", Status.ACTIVE, "active", None, None, None, None), "old")
    (practice.folder / "old.yaml").write_text(manifest)
    assert practice.apply().ending.exit_code == ExitCode.DONE
    assert [note.name for note in _notes(practice)] == ["old"]
    assert practice.plan().plan.governed == ()
    assert len(teli.creates()) == 1


def test_destroy_leaves_what_was_made_elsewhere(
    practice: Practice, teli: SecondTeli, by_hand: MadeByHand
) -> None:
    by_hand("vc 1")
    practice.want(fall=Wanted((0,)))
    practice.apply()
    _import(practice, "vc 1")
    practice.destroy(options(allow={GuardName.LIVE_DELETES: 1}))
    assert [seen.path for seen in teli.log_of("delete")] == [f"/v1/voice/campaigns/{teli.creates()[1]}"]
    assert not [seen for seen in teli.log if "vc%201" in seen.path and seen.method != "GET"]


def test_taking_the_id_out_of_an_import_calls_nobody(
    practice: Practice, teli: SecondTeli, by_hand: MadeByHand
) -> None:
    by_hand("vc 1", 3)
    (file,) = _import(practice, "vc 1")
    (practice.folder / file).unlink()
    practice.want(vc_1=Wanted((50, 51, 52, 53)))
    (change,) = practice.plan().plan.changes
    assert (change.action, change.reason) == (Action.BLOCKED, Reason.PEOPLE_UNKNOWN)
    assert practice.apply().ending.exit_code == ExitCode.REFUSED
    assert teli.creates() == ["vc 1"]


def test_leads_that_are_unknown_never_stand_in_a_campaign_of_ours(tmp_path: Path) -> None:
    manifest = manifest_of(ObservedCampaign("vc 1", Status.ACTIVE, "active", "a", None, None, None), "old")
    own = manifest.replace('  campaign_id: "vc 1"\n', "")
    with pytest.raises(InvalidManifests) as refused:
        parse(read(write(tmp_path, {"teli.yaml": PROJECT, "old.yaml": own})))
    assert [problem.code for problem in refused.value.problems] == ["TELI-E036", "TELI-E057"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('  agent_outbound_number: "+14155550199"', "TELI-E056"),
        ("  run: 2", "TELI-E056"),
        ("  desired_status: paused", "TELI-E056"),
        ("  on_remove: delete", "TELI-E056"),
    ],
)
def test_a_manifest_of_an_import_cannot_ask_for_anything(tmp_path: Path, line: str, code: str) -> None:
    manifest = manifest_of(ObservedCampaign("vc 1", Status.ACTIVE, "active", "a", None, None, None), "old")
    with pytest.raises(InvalidManifests) as refused:
        parse(read(write(tmp_path, {"teli.yaml": PROJECT, "old.yaml": f"{manifest}{line}\n"})))
    assert [problem.code for problem in refused.value.problems] == [code]


def test_one_id_is_described_once_and_never_one_of_ours(tmp_path: Path) -> None:
    def manifest(campaign_id: str, name: str) -> str:
        return manifest_of(ObservedCampaign(campaign_id, Status.ACTIVE, "", None, None, None, None), name)

    ours = manifest("acme_fall_r1p1_abcdefghijkl", "c")
    files = {"teli.yaml": PROJECT, "a.yaml": manifest("vc 1", "a"), "b.yaml": manifest("vc 1", "b")}
    with pytest.raises(InvalidManifests) as refused:
        parse(read(write(tmp_path, {**files, "c.yaml": ours})))
    assert [problem.code for problem in refused.value.problems] == ["TELI-E058", "TELI-E059"]


@given(st.lists(st.text(min_size=1, max_size=60), unique=True, max_size=5))
def test_every_id_gets_a_name_of_its_own_that_a_campaign_may_have(ids: list[str]) -> None:
    names: list[str] = []
    for campaign_id in ids:
        names.append(name_for(campaign_id, names))
    assert len(set(names)) == len(ids)
    assert all(parse_campaign_id(f"acme_{name}_r1p1_abcdefghijkl") for name in names)


@pytest.mark.parametrize(
    ("campaign_id", "taken", "name"),
    [
        ("vc 1", (), "vc-1"),
        ("Fall RENEWALS!", (), "fall-renewals"),
        ("vc 1", ("vc-1",), "vc-1-2"),
        ("x" * 60, ("x" * 40,), "x" * 38 + "-2"),
    ],
)
def test_names_are_as_near_to_the_id_as_may_be(campaign_id: str, taken: tuple[str, ...], name: str) -> None:
    assert name_for(campaign_id, taken) == name


def test_a_name_tells_nothing_of_a_number_in_the_id() -> None:
    assert "5555" not in name_for("call +1 (415) 555-0120", ())


def test_an_id_that_no_manifest_can_hold_is_left_out() -> None:
    assert [can_be_described(each) for each in ("vc 1", " vc", "a\nb", "x" * 201)] == [
        True,
        False,
        False,
        False,
    ]


def test_times_that_are_out_of_order_are_left_out(tmp_path: Path) -> None:
    begin, end = datetime(2026, 12, 20, tzinfo=UTC), datetime(2026, 12, 10, tzinfo=UTC)
    shown = ObservedCampaign("vc 1", Status.ACTIVE, "active", "bad agent!", 3, begin, end)
    desired = parse(read(write(tmp_path, {"teli.yaml": PROJECT, "a.yaml": manifest_of(shown, "a")})))
    found = desired.imports["a"]
    assert (found.begin, found.end, found.voice_agent_id, found.people_count) == (None, None, None, None)
