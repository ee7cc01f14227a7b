"""Campaigns as code for the Teli voice API: manifests become live campaigns, and nobody is dialled twice.

The five-minute tour: follow one lead from the CSV to the POST body.

1.  You type `teli-iac apply`. `cli/applying.py` reads the flags and calls `workflow.apply`; `workflow/`
    tells the story of every command, a chapter for each family of them.
2.  `worlds.open_worlds` opens the three worlds. The *desired* one comes first: `manifests/` finds the YAML
    files, reads them strictly, judges them by `schemas/` and keeps the place of every value.
3.  `leads/` reads the CSV that a campaign names. One row becomes a `Lead`: `leads/sources/` cuts it into
    fields and takes only mapped columns and declared variables, `leads/numbers.py` makes its number E.164 or
    refuses it, and `leads/people.py` refuses a number that came before.
4.  `identity.py` adds the lead to the fingerprint of its campaign, and from that and the settings makes the
    digest in the campaign's id. It is frozen: another digest would call everybody again.
5.  `ledger/` opens the *recorded* world: the events of all earlier applies, folded into parts. People are
    in it as keyed hashes. The ledger is held while we work, so that two applies never act at once.
6.  `observe.py` asks the API for the *observed* world, and proves the answer complete or says why not.
7.  `plan.py` puts the three together, without any I/O: one `decisions/` function for each row of the decision
    table, of which the first that matches decides. Here nobody was given yet, so row 21 says LAUNCH, and
    the `Change` carries a `Launch` with the lead in it. `guards.py` counts what might be too much.
8.  `proposal.get_approval` has the plan shown (`render/`) and asks; only `yes` goes on.
9.  `apply/` walks the plan. `kinds/launching.launch` is the promise in code: steps that *yield* what they
    want. Look the id up: it must be absent. Record the intent, durably. Send one POST. On any doubt, look
    the id up again, and never send it twice.
10. `kinds/wire.py` knows what the POST holds: `LaunchBody` encodes settings and leads piece by piece, and
    `api/` sends it through one client. That was the lead's journey; it is written down nowhere else.
11. `apply/verifying.py` holds the list against what was sent, and ends what differs before its first call.

`model/` has the nouns that travel between these steps, `errors.py` what can go wrong, typed by what a
person can do about it. `sandbox/` is a whole Teli that calls nobody: `base_url: sandbox:` runs it within
the same process, which is how the demo and many tests work.
"""
