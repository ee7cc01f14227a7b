"""What is checked before anybody is called: agents, numbers, and what the agents say. Pure.

`agents` finds the one agent that a name stands for, `checks` holds campaigns against what Teli shows, and
`placeholders` an agent's words against the people.
"""

from teli_iac.preflight.agents import name_agents
from teli_iac.preflight.checks import as_warnings, check_campaigns

__all__ = ["as_warnings", "check_campaigns", "name_agents"]
