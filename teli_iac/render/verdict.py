"""A whole plan in a few sentences: how many of what, whom it calls, which guards refuse it.

The sentences hold texts of others as they are: each sink makes them safe for itself.
"""

from __future__ import annotations

from collections import Counter

from teli_iac.catalogue.guards import GUARDS
from teli_iac.model import Action, Change, GuardName, Plan
from teli_iac.render.protocol import Refused
from teli_iac.render.words import counted, enumerated, people

_FILES_SHOWN = 5
_MANIFESTS = (".yaml", ".yml", "<stdin>")
"""How the name of what may declare a query ends."""


def decisions(plan: Plan) -> str:
    """The plan in verbs: `Plan: 2 to launch, 1 to delete, 1 blocked.`."""
    acts = Counter(change.action for change in plan.changes)
    verbs = [f"{acts[verb]:,} to {verb}" for verb in Action if verb not in {Action.KEEP, Action.BLOCKED}]
    counts = [words for words in verbs if not words.startswith("0 ")]
    if plan.blocked:
        counts.append(f"{len(plan.blocked):,} blocked")
    return f"Plan: {', '.join(counts)}." if counts else "Nothing to do."


def impact(plan: Plan) -> str:
    """The plan in people and calls: who is called for the first time, who again, for whom calling stops."""
    stopping = sum(change.people - change.moving for change in plan.acting if _stops(change))
    stops = f" Calling stops for up to {people(stopping)}." if stopping else ""
    moving = sum(change.moving for change in plan.acting)
    stops += f" Up to {people(moving)} not called yet move to a new part." if moving else ""
    stops += left_out(plan.suppressed)
    if not plan.new_people and not plan.people_again:
        return f"nobody else is called.{stops}" if moving else f"nobody is called.{stops}"
    first = f"{people(plan.new_people)} {'is' if plan.new_people == 1 else 'are'} called for the first time"
    most = f"at most {counted(plan.worst_case_calls, 'call')}"
    return f"{first}, {plan.people_again:,} again; {most}.{stops}"


def left_out(suppressed: int) -> str:
    """How many people no campaign calls, although its leads have them; nothing when there are none."""
    are = "is" if suppressed == 1 else "are"
    return f" {people(suppressed)} {are} left out, on a do-not-call list." if suppressed else ""


def _stops(change: Change) -> bool:
    if change.action is Action.END:
        return True
    return change.action in {Action.DELETE, Action.REPLACE, Action.PAUSE} and change.live


def refusal(refused: Refused) -> str:
    """What a guard counted, the limit in force, and what that number means."""
    title = GUARDS[refused.guard].title
    return f"{refused.guard} counts {refused.count:,}, limit {refused.limit:,}: {title}."


def where_uncallable(plan: Plan) -> str:
    """In which files of those that launch, and what lists them all, since unchanged campaigns count too.

    Rows of a query are there only when it is run. Of a campaign that is not launched nobody knows here where
    its people come from, nor of a saved plan whose people stand in a manifest.
    """
    refused = [change.launch.leads for change in plan.changes if change.launch]
    refused = [leads for leads in refused if leads.refused.count]
    files = sorted({leads.source for leads in refused})
    more = [f"{len(files) - _FILES_SHOWN} more"] if len(files) > _FILES_SHOWN else []
    stand = f"They stand in {enumerated((*files[:_FILES_SHOWN], *more))}. " if files else ""
    counted_here = sum(leads.refused.count for leads in refused)
    all_in_files = counted_here == plan.guard_counts[GuardName.INVALID_LEADS] and all(map(_is_file, files))
    online = "" if all_in_files else ", with `--online` for people of a query"
    return f"{stand}To see each row: `teli-iac validate`{online}"


def _is_file(source: str) -> bool:
    """Whether people stand in a file of their own, and in no manifest that may have asked a database."""
    return not source.lower().endswith(_MANIFESTS)
