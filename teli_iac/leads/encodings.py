"""How a leads file is encoded: as declared, and never against what its first bytes say."""

from __future__ import annotations

import codecs

from teli_iac.leads.faults import Fault, Unreadable

_CODECS = {
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "iso-8859-1": "iso-8859-1",
    "windows-1252": "cp1252",
}
DEFAULT_ENCODING = "utf-8"
ENCODINGS = tuple(_CODECS)
"""What a manifest may declare; the schema has the same list."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_FORMATS = (
    (b"\x1f\x8b", "gzip-compressed", "Give its name the ending .gz."),
    (b"\x28\xb5\x2f\xfd", "packed by zstd", "Give its name the ending .zst."),
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook", "Save it as CSV."),
    (b"\xd0\xcf\x11\xe0", "an Excel workbook", "Save it as CSV."),
    (b"PAR1\x15", "a Parquet file", "Give its name the ending .parquet."),
)
_LOOKED_AT = 64


def detect(first: bytes, declared: str) -> tuple[str, int]:
    """The codec for a file with these first bytes, and how many of them are its byte order mark."""
    for magic, told, step in _OTHER_FORMATS:
        if first.startswith(magic):
            raise Unreadable(_fault(f"The file is {told}, not text", step))
    codec = _CODECS[declared]
    for mark, marked in _BYTE_ORDER_MARKS:
        if first.startswith(mark):
            if codec == marked or (codec == "utf-16" and marked.startswith("utf-16-")):
                return marked, len(mark)
            raise Unreadable(_fault(f"The file is {marked.upper()}, not {declared.upper()}", _STEP))
    if codec == "utf-16" and first:
        raise Unreadable(
            _fault("The file has no byte order mark", "Declare encoding: utf-16-le or utf-16-be.")
        )
    if not codec.startswith("utf-16") and first[:_LOOKED_AT].count(0) * 3 > len(first[:_LOOKED_AT]):
        raise Unreadable(_fault("The file is UTF-16 or UTF-32 without a byte order mark, or no text", _STEP))
    return codec, 0


_STEP = "Save the file as UTF-8, or declare its `encoding`."


def _fault(message: str, step: str) -> Fault:
    return Fault("TELI-E068", message, 1, 1, step)
