"""Plans that show every side of a renderer, by the name of their golden file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from teli_iac.guards import DEFAULT_LIMITS, Refusal
from teli_iac.model import (
    Account,
    Action,
    CallingWindow,
    Change,
    GuardName,
    Plan,
    Reason,
    RefusedRows,
    Turn,
)
from tests.render import changes as a

ACCOUNT = Account("https://api.teli.ai", "1762896364768x389173798861431550", "acme", "acme")
DIGEST = "5b0c6f2d9e7a41388c21f04be6d3a97c"


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan and the guards that refuse it."""

    plan: Plan
    refusals: tuple[Refusal, ...] = ()


def plan(*changes: Change) -> Plan:
    counts = dict.fromkeys(GuardName, 0)
    return Plan(
        account=ACCOUNT,
        digest=DIGEST,
        changes=tuple(sorted(changes, key=lambda change: change.address)),
        unmanaged=0,
        gaps=(),
        guard_counts=counts,
        limits=DEFAULT_LIMITS,
        now=a.NOW,
    )


def launch() -> Shown:
    return Shown(plan(a.launch()))


def launch_now() -> Shown:
    declared = a.settings(pool=(), redial=None, begin=None, end=None)
    return Shown(plan(a.launch("hello", 1, declared=declared, whom=a.leads("campaigns/hello.yaml"))))


def launch_late() -> Shown:
    pool = tuple(f"+1415555{number:04}" for number in range(101, 199))
    refused = RefusedRows({"TELI-E072": 2, "TELI-E071": 1}, ())
    declared = a.settings(pool=pool, begin=a.NOW.replace(day=1))
    return Shown(plan(a.launch("q4-outreach", 12_000, declared=declared, whom=a.leads(refused=refused))))


def in_parts() -> Shown:
    """A launch that a limit splits into more parts than a reader wants to see."""
    whole = a.launch(people=1750)
    first = whole.launch
    assert first
    ids = [a.campaign_id("fall-renewals", part=part) for part in range(1, 8)]
    parts = [replace(first, campaign_id=each, part=part, people=250) for part, each in enumerate(ids, 1)]
    return Shown(plan(replace(whole, launch=parts[0], further=tuple(parts[1:]), split=first.leads)))


def rerun() -> Shown:
    refusal = Refusal(GuardName.PEOPLE_AGAIN, 200, 0)
    return Shown(plan(a.launch(again=200, run=2, part=2)), (refusal,))


def delete_live() -> Shown:
    refusal = Refusal(GuardName.LIVE_DELETES, 1, 0)
    return Shown(plan(a.delete(), a.delete("old-survey", live=False)), (refusal,))


def end_only() -> Shown:
    return Shown(plan(a.delete(remove=False), a.late_arrival()))


def nothing_to_do() -> Shown:
    kept = [a.keep("alpha"), a.keep("beta"), a.keep("gamma", Reason.FULFILLED)]
    return Shown(replace(plan(*kept), unmanaged=3))


def empty() -> Shown:
    return Shown(plan())


def unchanged_but_told() -> Shown:
    return Shown(
        plan(
            a.keep("alpha"),
            a.keep("beta", Reason.LAPSED, uncalled=40),
            a.keep("delta", Reason.PAUSED_ELSEWHERE),
            a.drifted("epsilon"),
            a.keep("zeta", Reason.TAKES_EFFECT_NEXT_RUN),
        )
    )


def blocked_unknown() -> Shown:
    return Shown(plan(a.blocked(Reason.UNKNOWN_OUTCOME, Action.LAUNCH)))


def blocked_edit() -> Shown:
    return Shown(plan(a.blocked(Reason.SETTINGS_CHANGED, Action.REPLACE, 120, fields=a.EDITED)))


def blocked_more() -> Shown:
    faults = ("Teli counts 119 contacts; 120 were sent",)
    return Shown(
        plan(
            a.blocked(Reason.VERIFICATION_FAILED, name="a", faults=faults),
            a.blocked(Reason.PEOPLE_ADDED, Action.EXTEND, 5, name="b"),
            a.blocked(Reason.LOOKS_RENAMED, Action.LAUNCH, 248, name="c"),
            a.blocked(Reason.IMPORTED, name="d"),
            a.blocked(Reason.STATUS_WANTED, Action.PAUSE, name="e"),
            a.blocked(Reason.LEDGER_LOST, name="f"),
            a.blocked(Reason.ENDED_ELSEWHERE, Action.EXTEND, 1, name="g"),
            a.blocked(Reason.EARLIER_RUN_LIVE, Action.LAUNCH, 1, name="h"),
        )
    )


def mixed() -> Shown:
    kept = [a.keep("alpha"), a.keep("beta", Reason.FULFILLED), a.keep("gamma", Reason.LAPSED, uncalled=40)]
    acting = [
        a.launch(),
        a.launch("welcome-calls", 1_200, declared=a.settings(pool=(), redial=None)),
        a.delete(),
        a.blocked(Reason.SETTINGS_CHANGED, Action.REPLACE, 120, fields=a.EDITED),
        a.drifted("epsilon"),
    ]
    refusals = (Refusal(GuardName.LIVE_DELETES, 1, 0), Refusal(GuardName.DUPLICATE_PEOPLE, 17, 0))
    return Shown(replace(plan(*kept, *acting), unmanaged=3), refusals)


def picture() -> Shown:
    """The plan of the picture in the README."""
    kept = [
        a.keep("alumni-survey"),
        a.keep("june-recall", Reason.FULFILLED),
        a.keep("may-recall", Reason.FULFILLED),
    ]
    acting = [a.launch(), a.delete(), a.blocked(Reason.PEOPLE_ADDED, Action.EXTEND, 12)]
    refusals = (Refusal(GuardName.LIVE_DELETES, 1, 0),)
    return Shown(replace(plan(*kept, *acting), unmanaged=2), refusals)


def incomplete_list() -> Shown:
    gaps = ("the list says it has 12 campaigns and holds 11", "two readings of the list differ")
    hindered = a.blocked(Reason.LIST_INCOMPLETE, Action.LAUNCH, 248)
    return Shown(replace(plan(hindered), gaps=gaps))


def targeted() -> Shown:
    targets = ("campaign/fall-renewals", "campaign/spring-recall")
    return Shown(replace(plan(a.launch()), targets=targets))


def long_names() -> Shown:
    name = "a-campaign-whose-name-has-forty-letters1"
    return Shown(plan(a.launch(name), a.launch("b"), a.blocked(Reason.LEDGER_LOST, name=f"{name[:-1]}2")))


def every_guard() -> Shown:
    refusals = tuple(Refusal(guard, 6001, limit) for guard, limit in DEFAULT_LIMITS.items())
    return Shown(plan(a.launch(people=6001)), refusals)


HOSTILE = (
    "x\x1b[31m\r\n+ campaign/forged  launch\u202e\u200b \ud800 ::error::boo ##[error]boo"
    "\x9b2J\u2028e\u0301\u0301\u0301"
)


def hostile_names() -> Shown:
    return Shown(with_text(HOSTILE))


def with_text(text: str) -> Plan:
    """A plan in which a text of others stands wherever such a text can stand."""
    launched = replace(a.launch(), address=f"campaign/{text}", campaign_id=text)
    order = launched.launch
    assert order is not None
    declared = replace(
        order.settings, voice_agent_id=text, agent_outbound_number=text, number_pool=(text, text)
    )
    whom = a.leads(source=text)
    fields = tuple(replace(f, path=text, before=text, after=[text, {text: text}]) for f in a.EDITED)
    marked = tuple(replace(f, origin=replace(f.origin, file=text)) if f.origin else f for f in fields)
    refused = a.blocked(Reason.SETTINGS_CHANGED, Action.REPLACE, 1, fields=marked, faults=(text,))
    kept = replace(a.keep("k", Reason.LAPSED, 2), address=f"campaign/{text}", drift=marked, faults=(text,))
    window = CallingWindow(text, Turn.OPENS, a.BEGIN, a.END, declared, 1, text)
    changes = (
        replace(
            launched,
            windows=(window,),
            launch=replace(order, settings=declared, leads=whom, campaign_id=text),
        ),
        replace(refused, address=f"campaign/{text}", campaign_id=text),
        replace(kept, not_observable=(text,), verify=(text,)),
        replace(a.delete(), removals=tuple(replace(r, campaign_id=text) for r in a.delete().removals)),
    )
    account = Account(f"https://{text}", text, text, text)
    return replace(plan(), account=account, digest=text, changes=changes, gaps=(text,), targets=(text, text))


def many(number: int = 5_000) -> Shown:
    """As many campaigns as a large project has, every action among them."""
    made = [
        *(a.launch(f"launch-{each:05}", 20) for each in range(number // 2)),
        *(a.keep(f"keep-{each:05}") for each in range(number // 4)),
        *(a.delete(f"delete-{each:05}", 10, live=each % 2 == 0) for each in range(number // 8)),
        *(
            a.blocked(Reason.SETTINGS_CHANGED, Action.REPLACE, 5, name=f"blocked-{each:05}", fields=a.EDITED)
            for each in range(number // 8)
        ),
    ]
    return Shown(plan(*made), (Refusal(GuardName.LIVE_DELETES, number // 16, 0),))


def windows() -> Shown:
    """Campaigns that begin, go on, stop and share pools: what a page draws."""
    day, hour = timedelta(days=1), timedelta(hours=1)
    east, west = ("+14155550101", "+14155550102"), ("+14155550102", "+14155550103", "+14155550104")

    def open_window(name: str, begin: datetime | None, length: timedelta, pool: str) -> Change:
        numbers = east if pool == "us-east" else west
        end = begin + length if begin else None
        declared = a.settings(numbers, begin=begin, end=end)
        made = a.launch(name, 240, declared=declared)
        window = CallingWindow(made.campaign_id, Turn.OPENS, begin, end, declared, 240, pool)
        return replace(made, windows=(window,))

    def live(change: Change, turn: Turn, pool: str | None = None) -> Change:
        declared = a.settings(east, begin=a.NOW - 2 * day, end=a.NOW + 5 * day)
        window = CallingWindow(change.campaign_id, turn, declared.begin, declared.end, declared, 120, pool)
        return replace(change, windows=(window,))

    return Shown(
        replace(
            plan(
                open_window("fall-renewals", a.BEGIN, 11 * hour, "us-east"),
                open_window("winter-checkup", a.BEGIN + 5 * hour, 3 * day, "us-east"),
                open_window("welcome-calls", None, day, "us-west"),
                open_window("vip-reminders", a.BEGIN + day, 6 * hour, "us-west"),
                live(a.keep("alumni-survey"), Turn.GOES_ON, "us-east"),
                live(a.delete("spring-recall"), Turn.CLOSES),
                live(a.keep("held-survey", Reason.PAUSED_ELSEWHERE), Turn.PAUSED),
                a.blocked(Reason.SETTINGS_CHANGED, Action.REPLACE, 120, fields=a.EDITED),
                a.keep("june-recall", Reason.FULFILLED),
                a.keep("gamma", Reason.LAPSED, uncalled=40),
                a.drifted("epsilon"),
            ),
            unmanaged=2,
        ),
        (Refusal(GuardName.LIVE_DELETES, 1, 0),),
    )


PLANS: dict[str, Callable[[], Shown]] = {
    made.__name__: made
    for made in (
        launch,
        launch_now,
        launch_late,
        in_parts,
        rerun,
        delete_live,
        end_only,
        nothing_to_do,
        empty,
        unchanged_but_told,
        blocked_unknown,
        blocked_edit,
        blocked_more,
        mixed,
        picture,
        incomplete_list,
        targeted,
        long_names,
        every_guard,
        hostile_names,
    )
}
