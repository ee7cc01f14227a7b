"""From a leads file or rows in a manifest to callable people: strict, and silent about who they are.

bytes -> `opening`, `decompressing` -> `lines` -> `sources` (rows) -> `numbers` -> `people`. Structural
faults are problems of the file; rows that may not be called are counted and described, masked.
"""

from teli_iac.leads.loading import load_leads

__all__ = ["load_leads"]
