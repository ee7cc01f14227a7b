"""What a rebuilt ledger will hold, in sentences, before a person says yes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from teli_iac.identity import utc_text
from teli_iac.rebuilding.doubting import Doubts
from teli_iac.rebuilding.proving import Proof
from teli_iac.rebuilding.versions import Key, Past
from teli_iac.render.words import counted

_FORGOTTEN = (
    "Forgotten are saved plans that were used, people who were released, and campaigns that are gone from"
    " Teli and in no manifest of this history."
)


def told(past: Past, proof: Proof, doubts: Doubts) -> str:
    """Proven first, then what a person decides, then what counts as given and what nothing tells."""
    return "\n".join(
        (
            *_history(past),
            "",
            *_section(
                "Proven by their digests, and recorded with their people:",
                (f"{each.campaign_id}: {_people(each.people_count)}" for each in proof.adopted),
            ),
            *_section(
                "Not proven; each blocks its campaign (`teli-iac adopt ADDRESS` takes it in):",
                (
                    f"{part.campaign_id}: no version of its manifest has this digest"
                    for part in proof.unproven
                ),
            ),
            *_section(
                "Wanted today, and nothing shows whether they were called: blocked until `teli-iac settle"
                " ADDRESS` says --abandon (count as called) or --retry (may be called):",
                (f"{_run(run)}: {_people(count)}" for run, count in doubts.open),
            ),
            *_section(
                "Wanted once, and nothing shows whether they were called: they count as called in this run:",
                (f"{_run(run)}: {_people(count)}" for run, count in doubts.given),
            ),
            *_section(
                "Wanted once, and their people cannot be read any more: nothing is launched into this run:",
                (_run(run) for run in doubts.unknown),
            ),
            _FORGOTTEN,
        )
    )


def _history(past: Past) -> Iterator[str]:
    commits = [version.revision for version in past.versions if version.revision]
    if commits:
        oldest = min(commits, key=lambda revision: revision.at)
        looked = counted(len(commits), "commit")
        yield f"Looked through {looked} of the manifests since {utc_text(oldest.at)}."
    unread = [version.revision for version in past.versions if version.revision and not version.whole]
    if unread:
        names = ", ".join(revision.name[:12] for revision in unread[:5])
        yield f"{len(unread):,} of them could not be read in full, among them {names}."
    if past.lacking:
        yield past.lacking


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = [f"  {line}" for line in lines]
    if found:
        yield from (title, *found, "")


def _run(run: Key) -> str:
    return f"campaign/{run[0]} run {run[1]}"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"
