from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teli_iac.errors import InvalidManifests, Problem
from teli_iac.manifests import lead_references, parse_manifests
from teli_iac.model import Campaign, Mark, Redial
from tests.effort import examples
from tests.manifests.folders import CAMPAIGN, PROJECT, SHARED, parse, plain_campaign, read, refusals, write

FOLDER_KEPT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(30))


def only_campaign(folder: Path, campaign: str, shared: str = SHARED) -> Campaign:
    write(folder, {"teli.yaml": PROJECT, "fall.yaml": campaign, "shared.yaml": shared})
    return parse(read(folder)).campaigns["fall-renewals"]


def test_a_campaign_is_wanted_with_what_its_manifests_say(tmp_path: Path) -> None:
    campaign = only_campaign(tmp_path, CAMPAIGN)
    assert campaign.settings.number_pool == ("+14155550101", "+14155550102")
    assert campaign.settings.redial == Redial(3, 1)
    assert campaign.settings.begin == datetime(2026, 12, 1, 14, tzinfo=UTC)
    assert campaign.settings.end is None
    assert campaign.labels == {"team": "growth"}
    assert (campaign.run, campaign.desired_status, campaign.on_remove) == (1, "active", "delete")
    assert (campaign.pool_name, campaign.redial_name) == ("us-east", "gentle")


def test_a_setting_comes_from_the_line_that_declares_it(tmp_path: Path) -> None:
    origins = only_campaign(tmp_path, CAMPAIGN).origins
    assert origins["voice_agent_id"] == Mark("fall.yaml", 5, 19)
    assert origins["number_pool"] == Mark("shared.yaml", 4, 17)
    assert origins["redial.retry_limit"] == Mark("shared.yaml", 9, 21)
    assert origins["leads"] == Mark("fall.yaml", 10, 10)
    assert "campaign_end_time" not in origins


def test_inline_forms_mean_the_same_as_shared_ones(tmp_path: Path) -> None:
    inline = CAMPAIGN.replace("us-east", '["+14155550101", "+14155550102"]')
    inline = inline.replace("gentle", "{call_interval_days: 1, retry_limit: 3}")
    assert only_campaign(tmp_path, inline).settings == only_campaign(tmp_path, CAMPAIGN).settings
    assert only_campaign(tmp_path, inline).origins["redial.retry_limit"] == Mark("fall.yaml", 8, 48)


def test_the_name_before_a_rename_is_kept(tmp_path: Path) -> None:
    text = CAMPAIGN.replace("{name: fall-renewals,", "{name: fall-renewals, renamed_from: autumn,")
    assert only_campaign(tmp_path, text).renamed_from == "autumn"


def test_a_pool_that_nobody_names_is_fine(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "shared.yaml": SHARED, "one.yaml": plain_campaign("one")})
    assert refusals(read(tmp_path)) == []


def test_a_reference_into_a_file_that_cannot_be_read_is_not_called_lost(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "fall.yaml": CAMPAIGN, "shared.yaml": "[1"})
    assert [refusal[:12] for refusal in refusals(read(tmp_path))] == ["shared.yaml:"]


def test_a_name_declared_in_two_files_is_named_in_both(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "a.yaml": plain_campaign("one"), "b.yaml": plain_campaign("one")})
    assert refusals(read(tmp_path)) == [
        'b.yaml:3:18: TELI-E048 The Campaign "one" is declared twice; the first is at a.yaml:3:18'
    ]


def test_two_kinds_may_share_a_name(tmp_path: Path) -> None:
    shared = SHARED.replace("us-east", "fall-renewals").replace("gentle", "fall-renewals")
    text = CAMPAIGN.replace("us-east", "fall-renewals").replace("gentle", "fall-renewals")
    assert only_campaign(tmp_path, text, shared).pool_name == "fall-renewals"


def test_all_problems_of_all_files_come_together_in_order(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "teli.yaml": PROJECT.replace('"sandbox:"', "http://api.teli.ai"),
            "a.yaml": CAMPAIGN.replace("voice_agent_id", "agent_id"),
            "b.yaml": "kind: [\n",
        },
    )
    manifests = read(tmp_path)
    leads = Problem("TELI-E060", "There is no such leads file", Mark("a.yaml", 10, 10), "Check it.")
    with pytest.raises(InvalidManifests) as raised:
        parse_manifests(manifests, {}, (leads,))
    assert [str(problem)[:22].split(" ")[0:2] for problem in raised.value.problems] == [
        ["a.yaml:4:1:", "TELI-E036"],
        ["a.yaml:5:3:", "TELI-E035"],
        ["a.yaml:10:10:", "TELI-E06"],
        ["b.yaml:2:1:", "TELI-E022"],
        ["teli.yaml:4:18:", "TELI-E"],
    ]


def test_leads_are_looked_for_even_when_something_else_is_wrong(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "a.yaml": CAMPAIGN.replace("redial: gentle", "run: 0")})
    (reference,) = lead_references(read(tmp_path))
    assert reference.campaign == "fall-renewals"


def test_inline_leads_keep_their_places_and_hide_in_their_repr(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "a.yaml": plain_campaign("one")})
    (reference,) = lead_references(read(tmp_path))
    (row,) = reference.inline
    assert row.values == {"phone_number": "+14155550199", "first_name": "Ada"}
    assert row.marks["first_name"] == Mark("a.yaml", 8, 42)
    assert "Ada" not in repr(reference)


def test_the_options_of_a_leads_file_are_passed_on(tmp_path: Path) -> None:
    options = (
        "{file: leads/fall.csv, columns: {phone_number: Phone}, variables: [plan], default_country: US,"
        ' delimiter: ";", encoding: windows-1252}'
    )
    text = plain_campaign("one").replace('[{phone_number: "+14155550199", first_name: Ada}]', options)
    write(tmp_path, {"teli.yaml": PROJECT, "a.yaml": text})
    (reference,) = lead_references(read(tmp_path))
    assert (reference.file, reference.inline, reference.columns) == (
        "leads/fall.csv",
        (),
        {"phone_number": "Phone"},
    )
    assert (reference.variables, reference.default_country) == (("plan",), "US")
    assert (reference.delimiter, reference.encoding) == (";", "windows-1252")


@FOLDER_KEPT
@given(random=st.randoms(), files=st.integers(1, 3))
def test_neither_the_order_of_documents_nor_their_files_matter(
    tmp_path: Path, random: Random, files: int
) -> None:
    documents = [PROJECT, *SHARED.split("---\n"), CAMPAIGN, plain_campaign("one"), plain_campaign("two")]
    random.shuffle(documents)
    write(tmp_path, {f"{number}.yaml": "---\n".join(documents[number::files]) for number in range(files)})
    for stale in range(files, 3):
        (tmp_path / f"{stale}.yaml").unlink(missing_ok=True)
    desired = parse(read(tmp_path))
    fall = desired.campaigns["fall-renewals"]
    assert list(desired.campaigns) == ["fall-renewals", "one", "two"]
    assert fall.settings.number_pool == ("+14155550101", "+14155550102")
    assert desired.project.launch_grace == timedelta(minutes=10)


@FOLDER_KEPT
@given(random=st.randoms())
def test_the_order_of_keys_does_not_matter(tmp_path: Path, random: Random) -> None:
    lines = CAMPAIGN.splitlines(keepends=True)
    inside = lines[4:]
    random.shuffle(inside)
    campaign = only_campaign(tmp_path, "".join([*lines[:4], *inside]))
    assert campaign.settings == only_campaign(tmp_path, CAMPAIGN).settings
