"""A plan as one self-contained page, for whoever has to answer for the calls and never used a terminal.

It says who is called, how many, when, from which numbers and why, then shows the windows and the load of
number pools over time, then every decision with its manifest lines. It loads nothing: styles and script are
in it, and its policy allows these two by their hashes and nothing else, so that no text of others can run
or reach the network. Without the script everything is there but the search.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from teli_iac.model import Plan
from teli_iac.render.html.calls import calls_section
from teli_iac.render.html.decisions import decisions_section
from teli_iac.render.html.eye import eye_section
from teli_iac.render.html.markup import tag, text
from teli_iac.render.html.pools import pools_section
from teli_iac.render.html.script import SCRIPT
from teli_iac.render.html.style import STYLE
from teli_iac.render.html.timeline import timeline_section
from teli_iac.render.html.verdict import verdict_section
from teli_iac.render.html.windows import axis_of, rows_of
from teli_iac.render.protocol import Refused
from teli_iac.render.words import instant


def render_html(plan: Plan, refusals: Sequence[Refused]) -> str:
    """The plan as one HTML page; equal plans give equal bytes."""
    rows = rows_of(plan)
    axis = axis_of(rows, plan.now)
    main = "".join(
        (
            verdict_section(plan, refusals),
            eye_section(plan, refusals),
            calls_section(plan),
            timeline_section(rows, axis),
            pools_section(rows, axis),
            decisions_section(plan),
        )
    )
    body = f"{_skip()}{_header(plan)}{tag('main', main, id='plan')}{_footer(plan)}<script>{SCRIPT}</script>"
    return f'<!doctype html>\n<html lang="en">\n{_head(plan)}<body>\n{body}\n</body>\n</html>\n'


def _head(plan: Plan) -> str:
    policy = (
        f"default-src 'none'; style-src '{_hash(STYLE)}'; script-src '{_hash(SCRIPT)}';"
        " base-uri 'none'; form-action 'none'"
    )
    return (
        '<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>Plan of {text(plan.account.project)}: who will be called</title>\n"
        f"<style>{STYLE}</style>\n</head>\n"
    )


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _skip() -> str:
    return '<a class="skip" href="#decisions">Skip to the decisions</a>\n'


def _header(plan: Plan) -> str:
    account = plan.account
    whose = f"{account.origin}, organization {account.organization_id}, tenant {account.tenant_id}"
    only = ""
    if plan.targets:
        named = ", ".join(plan.targets[:20])
        only = tag("p", f"Only {text(named)}: everything else is left out of this plan.", cls="note")
    return tag(
        "header",
        f'<p class="kicker">Plan of calling campaigns</p>{tag("h1", text(account.project))}'
        f"{tag('p', text(whose), cls='quiet')}"
        f"{tag('p', f'As of {text(instant(plan.now))}. All times are UTC.', cls='quiet')}{only}",
    )


def _footer(plan: Plan) -> str:
    return tag(
        "footer",
        f"<p>Digest: <code>{text(plan.digest)}</code>. It names these decisions: who approves it"
        " approves them and no others.</p>"
        "<p>Made by <code>teli-iac plan --format html</code>. No person's number or name is in this page;"
        " the numbers in it are those that calls come from.</p>",
    )
