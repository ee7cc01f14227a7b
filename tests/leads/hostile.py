"""The hostile lead files: those that are files, and those that only a program can lay out."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

from teli_iac.errors import InvalidManifests
from teli_iac.leads import load_leads
from teli_iac.leads.ways import USUAL_WAYS, Ways
from teli_iac.manifests import lead_references, parse_manifests, read_manifests

CASES = Path(__file__).parent.parent / "cases" / "hostile_leads"
_MANIFEST = """apiVersion: teli-iac/v1
kind: Project
metadata: {{name: acme}}
spec: {{base_url: "{base_url}"}}
---
apiVersion: teli-iac/v1
kind: Campaign
metadata: {{name: fall-renewals}}
spec:
  voice_agent_id: agent_86f826bf8f59bacd5c10ae948a
  agent_outbound_number: "+15175550141"
  leads: {leads}
"""
_ROW = b"+14155550101,Ada\n"
_HEADER = b"phone_number,first_name\n"


def _link_out(folder: Path) -> None:
    outside = folder.parent / "outside.csv"
    outside.write_bytes(_HEADER + _ROW)
    (folder / "a_link_that_leads_out.csv").symlink_to(outside)


def _link_to_itself(folder: Path) -> None:
    (folder / "a_link_to_itself.csv").symlink_to("a_link_to_itself.csv")


def _folder(folder: Path) -> None:
    (folder / "a_folder_named_as_a_file.csv").mkdir()


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "a_pipe_that_nobody_writes_to.csv")


def _almost_named(folder: Path) -> None:
    (folder / "a_file_that_is_nearly_there.csv").write_bytes(_HEADER + _ROW)


def _bomb(folder: Path) -> None:
    line = b"+14155550101," + b"a" * 50_000 + b"\n"
    (folder / "a_bomb.csv.gz").write_bytes(gzip.compress(_HEADER + line * 2000))


def _archive_of(content: bytes, name: str, folder: Path) -> None:
    (folder / name).write_bytes(gzip.compress(_HEADER + _ROW + content))


def _blank_archive(folder: Path) -> None:
    _archive_of(b"\n" * 15_000_000, "an_archive_of_blank_lines.csv.gz", folder)


def _uncallable_archive(folder: Path) -> None:
    _archive_of(b"1,\n" * 5_000_000, "an_archive_of_rows_without_a_number.csv.gz", folder)


def _repeating_archive(folder: Path) -> None:
    _archive_of(_ROW * 120_000, "an_archive_of_one_person.csv.gz", folder)


def _many_members(folder: Path) -> None:
    pieces = [_HEADER + b"+14155550101,", *[b"a"] * 60_000, b"\x02\n"]
    archives = {piece: gzip.compress(piece) for piece in set(pieces)}
    content = b"".join(archives[piece] for piece in pieces)
    (folder / "a_line_in_60000_archives.csv.gz").write_bytes(content)


def _line_without_end(folder: Path) -> None:
    (folder / "a_line_that_never_ends.csv").write_bytes(_HEADER + b"a" * (3 * 1024 * 1024))


def _long_cell(folder: Path) -> None:
    (folder / "a_cell_as_long_as_a_book.csv").write_bytes(_HEADER + b"+14155550101," + b"a" * 100_000)


def _open_quote(folder: Path) -> None:
    rows = b'+14155550101,"Ada ""Countess""\n' + b"+14155550102,Grace\n" * 100_000
    (folder / "a_quote_that_swallows_the_file.csv").write_bytes(_HEADER + rows)


def _wide_header(folder: Path) -> None:
    names = b",".join(b"%d" % number for number in range(150_000))
    (folder / "a_header_of_150000_columns.csv").write_bytes(names + b"\n")


def _endless_twins(folder: Path) -> None:
    (folder / "a_header_that_repeats_itself.csv").write_bytes(b",".join([b"Ada"] * 200_000) + b"\n")


def _deep(folder: Path) -> None:
    line = b'{"phone_number": "+14155550101", "email": ' + b"[" * 100_000
    (folder / "brackets_100000_deep.jsonl").write_bytes(line)


def _escapes(folder: Path) -> None:
    line = b'{"a": [' + b"[]," * 33 + b'0], "last_name": "' + b"\\u200f" * 150_000 + b'"}'
    (folder / "a_text_of_nothing_but_escapes.jsonl").write_bytes(line)


def _all_ragged(folder: Path) -> None:
    (folder / "a_thousand_and_more_ragged_rows.csv").write_bytes(_HEADER + b"+14155550101\n" * 50_000)


def _all_forbidden(folder: Path) -> None:
    (folder / "nothing_but_control_characters.csv").write_bytes(_HEADER + b"\x01" * 500_000 + b"\n")


def _all_uncallable(folder: Path) -> None:
    rows = b"".join(b"+1415,Ada\n(800) 555-01%02d,Grace\n" % number for number in range(20))
    (folder / "forty_rows_that_cannot_be_called.csv").write_bytes(_HEADER + rows)


BUILT: dict[str, Callable[[Path], None]] = {
    "a_link_that_leads_out.csv": _link_out,
    "a_link_to_itself.csv": _link_to_itself,
    "a_folder_named_as_a_file.csv": _folder,
    "a_pipe_that_nobody_writes_to.csv": _pipe,
    "a_file_that_is_nearly_ther.csv": _almost_named,
    "a_bomb.csv.gz": _bomb,
    "an_archive_of_blank_lines.csv.gz": _blank_archive,
    "an_archive_of_rows_without_a_number.csv.gz": _uncallable_archive,
    "an_archive_of_one_person.csv.gz": _repeating_archive,
    "a_line_in_60000_archives.csv.gz": _many_members,
    "a_line_that_never_ends.csv": _line_without_end,
    "a_cell_as_long_as_a_book.csv": _long_cell,
    "a_quote_that_swallows_the_file.csv": _open_quote,
    "a_header_of_150000_columns.csv": _wide_header,
    "a_header_that_repeats_itself.csv": _endless_twins,
    "brackets_100000_deep.jsonl": _deep,
    "a_text_of_nothing_but_escapes.jsonl": _escapes,
    "a_thousand_and_more_ragged_rows.csv": _all_ragged,
    "nothing_but_control_characters.csv": _all_forbidden,
    "forty_rows_that_cannot_be_called.csv": _all_uncallable,
}
"""What a file cannot be in a repository, or would fill it with, by the name of its leads file."""


def names() -> list[str]:
    """Every case, named by its leads file, whether a file or built."""
    asides = {".expected", ".options"}
    files = {path.name for path in CASES.iterdir() if path.suffix not in asides and path.name[0] != "."}
    alone = {path.name.removesuffix(".options") for path in CASES.glob("*.options")}
    return sorted(files | alone | set(BUILT))


def expected(name: str) -> str:
    """What a person is to be told of this case."""
    return (CASES / f"{name}.expected").read_text(encoding="utf-8")


def complaint(name: str, folder: Path, ways: Ways = USUAL_WAYS) -> str:
    """What a person is told of this case: every problem with its next step, then the rows not called."""
    lay_out(name, folder)
    manifests = read_manifests(["."], folder, None, {})
    leads, problems = load_leads(lead_references(manifests), str(folder), ways)
    try:
        desired = parse_manifests(manifests, leads, problems)
    except InvalidManifests as error:
        return "".join(f"{problem}\n  {problem.next_step}\n" for problem in error.problems)
    refused = desired.campaigns["fall-renewals"].leads.refused
    kinds = ", ".join(f"{count} x {code}" for code, count in refused.by_kind.items())
    return "".join(f"{row}\n" for row in refused.described) + f"{refused.count} not callable: {kinds}\n"


def lay_out(name: str, folder: Path) -> None:
    """A project of one campaign with these leads, which says of them what the case's options say."""
    told = CASES / f"{name}.options"
    options = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    if name in BUILT:
        BUILT[name](folder)
    elif (CASES / name).exists():
        (folder / name).write_bytes((CASES / name).read_bytes())
    manifest = _MANIFEST.format(
        base_url=options.get("base_url", "sandbox:"),
        leads=json.dumps({"file": name, **options.get("leads", {})}),
    )
    (folder / "teli.yaml").write_text(manifest, encoding="utf-8")
