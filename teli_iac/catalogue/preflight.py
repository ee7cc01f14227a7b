"""TELI-E200 to TELI-E229: what is found out about agents, numbers and the environment before a launch."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry

PROBLEMS: dict[str, Entry] = {
    "TELI-E200": Entry(
        "No such agent",
        "Teli's list of agents has none with this voice_agent_id, so nobody would speak.",
        "Write the `voice_agent_id` as Teli shows it; it is neither the `agent_id` nor the `unique_id`.",
    ),
    "TELI-E201": Entry(
        "Not a voice agent",
        "The agent is there, but it is made for messages and cannot call.",
        "Name a voice agent.",
    ),
    "TELI-E202": Entry(
        "Caller id not ours",
        "The caller id is not among the voice numbers that Teli lists for this account.",
        "Write a number that Teli lists, of type voice; or get this one in Teli.",
    ),
    "TELI-E203": Entry(
        "Number of a pool not ours",
        "A number of the pool is not among the voice numbers that Teli lists for this account.",
        "Take it out of the pool, or get it in Teli.",
    ),
    "TELI-E204": Entry(
        "Placeholder without a value",
        "The agent's words have a placeholder that the leads do not fill for everybody. Those people would"
        " hear the placeholder, or nothing.",
        "Send the column under this name (`variables`, or `columns` to rename it), fill it for everybody, or"
        " change the agent's words. A value that Teli itself puts in needs no column.",
    ),
    "TELI-E205": Entry(
        "Words of an agent not shown",
        "Teli's list shows neither prompt nor first sentence of the agent, so its placeholders are unknown.",
        "Look at the agent in Teli and compare its placeholders with the columns.",
    ),
    "TELI-E206": Entry(
        "Not told by Teli",
        "Teli did not answer what a check needs, so that check was not made. That is no sign that"
        " all is well.",
        "Try again later, or look in Teli.",
    ),
    "TELI-E207": Entry(
        "No voice agent of this name",
        "A campaign names its agent by `agent: {name: …}`, and Teli lists no voice agent that is called so.",
        "Write the name as Teli shows it, or the agent's voice_agent_id.",
    ),
    "TELI-E208": Entry(
        "Several voice agents of this name",
        "A campaign names its agent by `agent: {name: …}`, and more than one voice agent is called so.",
        "Write voice_agent_id instead, or give the agents names of their own in Teli.",
    ),
    "TELI-E209": Entry(
        "Not ready to call",
        "Agents or numbers of what would be launched are not as they must be. Its people would count as"
        " called without having been reached, so nothing was done.",
        "Mend what was found. If Teli's lists are wrong about it, pass --no-preflight.",
    ),
    "TELI-E220": Entry(
        "Manifests not in order",
        "The manifests cannot be read or have problems, so nothing can be planned.",
        "Run `teli-iac validate`: it tells every problem and its place.",
    ),
    "TELI-E221": Entry(
        "Teli cannot be asked",
        "A setting is missing, or Teli did not answer as documented.",
        "Check base_url, TELI_API_KEY, and the network with its proxies.",
    ),
    "TELI-E222": Entry(
        "No ledger",
        "There is no memory of who was called, so nobody can be launched.",
        "If nothing was ever applied: `teli-iac ledger init`. Else restore the ledger.",
    ),
    "TELI-E223": Entry(
        "Ledger cannot be used",
        "The ledger is there and cannot be read: its key, its account or its place is wrong, or it"
        " is damaged.",
        "Do what the message says.",
    ),
    "TELI-E224": Entry(
        "Ledger not safe",
        "The place of the ledger let two writers in, or took a write that did not fit. Two applies at once"
        " could call the same people.",
        "Use another place for the ledger; docs/ledger.md names those that are tested.",
    ),
    "TELI-E225": Entry(
        "Ledger in use",
        "Another command holds the ledger's lease, so its writes were not tried.",
        "Wait until it is done. A dead one's lease ends by itself, or by `teli-iac ledger unlock`.",
    ),
    "TELI-E226": Entry(
        "Package missing",
        "The place of the ledger needs a package that comes as an extra.",
        "Install it: pip install 'teli-iac[postgresql]'",
    ),
    "TELI-E227": Entry(
        "Teli not asked",
        "A check needs manifests that are in order, so it was not made.",
        "Mend the manifests first.",
    ),
    "TELI-E228": Entry(
        "Key refused",
        "Teli refused the key for this organization and tenant.",
        "Check TELI_API_KEY and that it belongs to the Project's tenant.",
    ),
    "TELI-E229": Entry(
        "Clocks apart",
        "This machine's clock and Teli's are more than two minutes apart; creates are refused then.",
        "Let the machine set its clock by a time server.",
    ),
}
