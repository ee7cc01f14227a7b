"""One way of writing a manifest: the order of the schema, two spaces, quotes where a reader could err.

What a document says never changes, and no comment is lost; `format_reading` proves both before it returns.
In the order things happen: `taking` (events to a tree with places), `comments` (each to the entry it
stands at), `printing` (the tree to lines; `scalars` and `ordering` below it), `files` (reading, writing).
"""

from __future__ import annotations

from teli_iac.manifests.formatting.files import Formatted, format_files, format_input, write_formatted
from teli_iac.manifests.formatting.text import format_reading, format_text

__all__ = ["Formatted", "format_files", "format_input", "format_reading", "format_text", "write_formatted"]
