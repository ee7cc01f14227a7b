"""Which files are opened, what of them leaves the machine, and archives that are undone in pieces."""

from __future__ import annotations

import gzip
import zlib
from functools import partial
from pathlib import Path

import pytest

from teli_iac.leads import load_leads
from teli_iac.leads.decompressing import decompress
from teli_iac.leads.faults import Unreadable
from tests.leads.reading import declared, load, people, sent, told, write
from tests.strangers import common_folder, without_rights

compress = partial(gzip.compress, mtime=0)
HEADER = "phone_number,first_name\n"
ADA = {"phone_number": "+14155550101", "first_name": "Ada"}
ROWS = f"{HEADER}+14155550101,Ada\n"


@pytest.mark.parametrize("name", ["leads.csv", "LEADS.CSV", "a b.c.csv", "leads.csv.gz", "x.GZ.Csv.Gz"])
def test_the_ending_of_a_name_says_how_a_file_is_read(tmp_path: Path, name: str) -> None:
    content = compress(ROWS.encode()) if name.lower().endswith(".gz") else ROWS
    assert sent(people(tmp_path, content, name=name)) == [ADA]


def test_lines_of_json_may_be_compressed_too(tmp_path: Path) -> None:
    content = compress(b'{"phone_number": "+14155550101", "first_name": "Ada"}\n')
    assert sent(people(tmp_path, content, name="leads.jsonl.gz")) == [ADA]


def test_an_archive_may_have_several_members_even_empty_ones(tmp_path: Path) -> None:
    pieces = [HEADER.encode(), b"", b"+14155550101,", b"", b"Ada\n", b""]
    content = b"".join(map(compress, pieces))
    assert sent(people(tmp_path, content, name="leads.csv.gz")) == [ADA]


def test_a_mark_of_the_encoding_counts_even_when_it_comes_in_pieces(tmp_path: Path) -> None:
    content = b"".join(compress(bytes([byte])) for byte in ROWS.encode("utf-16"))
    assert sent(people(tmp_path, content, name="leads.csv.gz", encoding="utf-16")) == [ADA]


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", compress(b"a")[:-1], compress(b"a") + b"\x1f"])
def test_an_archive_without_its_end_is_refused(tmp_path: Path, content: bytes) -> None:
    assert told(tmp_path, content, name="leads.csv.gz") == [
        "campaign.yaml:5:10: TELI-E066 The gzip file is cut off: its end is missing"
    ]


@pytest.mark.parametrize("content", [b"no archive", compress(ROWS.encode()) + b"behind", b"\0" * 20])
def test_what_is_no_archive_is_not_read_as_far_as_it_goes(tmp_path: Path, content: bytes) -> None:
    found, problems = load(tmp_path, file=write(tmp_path, content, "leads.csv.gz"))
    assert found is None
    assert [problem.code for problem in problems] == ["TELI-E066"]


def test_a_bomb_is_refused_after_a_fraction_of_what_it_would_become() -> None:
    packer = zlib.compressobj(9, wbits=31)
    zeros = bytes(1024 * 1024)
    bomb = b"".join(packer.compress(zeros) for _ in range(64)) + packer.flush()
    content: list[bytes] = []
    with pytest.raises(Unreadable) as refused:
        content.extend(decompress(iter([bomb])))
    assert [fault.code for fault in refused.value.faults] == ["TELI-E067"]
    assert sum(map(len, content)) <= 17 * 1024 * 1024


def test_a_small_archive_may_grow_as_lists_with_one_value_do(tmp_path: Path) -> None:
    rows = "".join(f"+14155550{number},{'a' * 5000}\n" for number in range(100, 200))
    found = people(tmp_path, compress(f"{HEADER}{rows}".encode()), name="leads.csv.gz")
    assert len(found) == 100


@pytest.mark.parametrize(
    "file", ["leads/../leads.csv", "../leads.csv", "leads/..", "/leads.csv", "//leads.csv"]
)
def test_a_path_that_goes_up_or_begins_at_the_root_is_refused_even_if_it_would_come_back(
    tmp_path: Path, file: str
) -> None:
    write(tmp_path, ROWS, "leads.csv")
    (tmp_path / "leads").mkdir()
    _, problems = load(tmp_path, file=file if file.endswith(".csv") else f"{file}/leads.csv")
    assert [problem.code for problem in problems] == ["TELI-E061"]


def test_an_absolute_path_into_the_project_is_refused_too(tmp_path: Path) -> None:
    write(tmp_path, ROWS, "leads.csv")
    _, problems = load(tmp_path, file=str(tmp_path / "leads.csv"))
    assert [problem.code for problem in problems] == ["TELI-E061"]


def test_a_link_is_followed_inside_the_project(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "real").mkdir(parents=True)
    write(project / "real", ROWS, "leads.csv")
    (project / "folder").symlink_to("real")
    (project / "link.csv").symlink_to("folder/leads.csv")
    (tmp_path / "itself").symlink_to("project")
    for folder, file in (
        (project, "link.csv"),
        (project, "folder/leads.csv"),
        (tmp_path / "itself", "link.csv"),
    ):
        found, problems = load(folder, file=file)
        assert not problems
        assert found is not None
        assert sent(found) == [ADA]


@pytest.mark.parametrize("file", ["out/leads.csv", "out/no-such.csv", "gone.csv", "out/../leads.csv"])
def test_no_link_leads_out_and_nothing_is_told_of_what_is_there(tmp_path: Path, file: str) -> None:
    outside, project = tmp_path / "outside", tmp_path / "project"
    outside.mkdir()
    project.mkdir()
    write(outside, ROWS, "leads.csv")
    write(outside, ROWS, "no-such1.csv")
    (project / "out").symlink_to(outside)
    (project / "gone.csv").symlink_to(outside / "nowhere.csv")
    found, problems = load(project, file=file)
    assert found is None
    assert [problem.code for problem in problems] == ["TELI-E061"]
    assert "no-such1" not in problems[0].next_step


def test_a_name_with_a_nul_is_a_problem_like_any_other(tmp_path: Path) -> None:
    _, problems = load(tmp_path, file="le\0ads.csv")
    assert [problem.code for problem in problems] == ["TELI-E063"]


def test_a_path_through_a_file_is_a_problem_like_any_other(tmp_path: Path) -> None:
    write(tmp_path, ROWS, "leads.csv")
    _, problems = load(tmp_path, file="leads.csv/leads.csv")
    assert [problem.code for problem in problems] == ["TELI-E063"]


def test_only_the_number_the_mapped_columns_and_the_declared_variables_leave_the_machine(
    tmp_path: Path,
) -> None:
    content = (
        "Phone,First Name,last_name,email,plan,diagnosis,first_name\n"
        "+14155550101,Ada,Lovelace,a@example.com,gold,secret,hidden\n"
    )
    columns = {"phone_number": "Phone", "first_name": "First Name", "tier": "plan"}
    found = people(tmp_path, content, columns=columns, variables=("plan",))
    assert sent(found) == [
        {
            "phone_number": "+14155550101",
            "email": "a@example.com",
            "first_name": "Ada",
            "last_name": "Lovelace",
            "plan": "gold",
            "tier": "gold",
        }
    ]
    assert "diagnosis" not in str(sent(found))


@pytest.mark.parametrize("name", ["leads.csv", "leads.jsonl"])
def test_of_the_same_row_a_file_of_either_kind_sends_the_same(tmp_path: Path, name: str) -> None:
    rows = {
        "leads.csv": "phone_number,secret,plan\n+14155550101,x,gold\n",
        "leads.jsonl": '{"phone_number": "+14155550101", "secret": "x", "plan": "gold"}\n',
    }
    found = people(tmp_path, rows[name], name=name, variables=("plan",))
    assert sent(found) == [{"phone_number": "+14155550101", "plan": "gold"}]


def test_neither_people_nor_their_details_are_in_any_repr(tmp_path: Path) -> None:
    found = people(tmp_path, f"{HEADER}+14155550101,Ada\n+1415,Grace\n")
    shown = repr(found) + repr(found.rows) + repr(found.refused)
    assert not [each for each in ("Ada", "Grace", "415", "0101") if each in shown]


def test_campaigns_that_read_a_file_in_the_same_way_get_the_same_people(tmp_path: Path) -> None:
    write(tmp_path, ROWS, "leads.csv")
    references = [
        declared(campaign="a", file="leads.csv"),
        declared(campaign="b", file="./leads.csv"),
        declared(campaign="c", file="leads.csv", columns={"last_name": "first_name"}),
    ]
    leads, problems = load_leads(references, str(tmp_path))
    assert not problems
    assert leads["a"] is leads["b"]
    assert [sent(leads[name]) for name in "abc"] == [[ADA], [ADA], [{**ADA, "last_name": "Ada"}]]


def test_a_bad_file_is_told_once_however_many_campaigns_read_it(tmp_path: Path) -> None:
    write(tmp_path, f"{HEADER}+14155550101\n", "leads.csv")
    write(tmp_path, ROWS, "good.csv")
    references = [
        declared(campaign="a", file="leads.csv"),
        declared(campaign="b", file="leads.csv", default_country="US"),
        declared(campaign="c", file="good.csv"),
    ]
    leads, problems = load_leads(references, str(tmp_path))
    assert list(leads) == ["c"]
    assert [str(problem) for problem in problems] == [
        "leads.csv:2:1: TELI-E072 The row has 1 cell where the header has 2"
    ]


def test_a_file_that_may_not_be_read_is_a_problem_like_any_other() -> None:
    with common_folder() as folder:
        (folder / write(folder, ROWS, "leads.csv")).chmod(0)
        with without_rights():
            _, problems = load(folder, file="leads.csv")
    assert [problem.code for problem in problems] == ["TELI-E063"]


@pytest.mark.parametrize("blank", ["\n" * 100_001, (" " * 999 + "\n") * 101])
def test_more_blank_lines_than_any_export_leaves_are_not_read(tmp_path: Path, blank: str) -> None:
    assert told(tmp_path, f"{ROWS}{blank}") == [
        "leads.csv:3:1: TELI-E076 More than 100,000 lines or spaces are blank"
    ]
    assert sent(people(tmp_path, f"{ROWS}{blank[:99_000]}\n")) == [ADA]


def test_a_list_of_which_more_than_a_tenth_can_be_called_is_read_to_its_end(tmp_path: Path) -> None:
    rows = "".join(
        f"+1{area}55501{line:02},Ada\n" + "1,Ada\n" * 8 for area in range(201, 216) for line in range(100)
    )
    found, problems = load(tmp_path, file=write(tmp_path, HEADER + rows, "leads.csv"))
    assert not problems
    assert found is not None
    assert found.refused.count > 10_000
