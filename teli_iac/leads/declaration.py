"""What is wrong with how a manifest says to read its leads, before any file is opened."""

from __future__ import annotations

from collections.abc import Iterator

from teli_iac.leads.characters import forbidden_in_value
from teli_iac.leads.decompressing import zstd_module
from teli_iac.leads.encodings import ENCODINGS
from teli_iac.leads.engine import is_installed
from teli_iac.leads.faults import Fault, Unreadable
from teli_iac.leads.formats import Format, format_of
from teli_iac.leads.numbers import suggest_country
from teli_iac.leads.selection import faults_of_names, select
from teli_iac.leads.ways import Ways
from teli_iac.model import LeadsReference

DELIMITERS = (",", ";", "\t", "|")


def faults_of_declaration(reference: LeadsReference, ways: Ways) -> Iterator[Fault]:
    """Names that cannot be sent, a country without numbers, a dialect that is not read."""
    yield from faults_of_names((wanted.name for wanted in select(reference)), None, 1)
    if any(map(forbidden_in_value, reference.columns.values())):
        yield Fault("TELI-E096", "The name of a column has a control character or one that cannot be seen")
    if reference.default_country is not None:
        yield from faults_of_country(reference.default_country)
    if reference.encoding is not None and reference.encoding not in ENCODINGS:
        yield Fault(
            "TELI-E098", "The encoding is none that is read", next_step=f"Use one of: {', '.join(ENCODINGS)}."
        )
    if reference.delimiter is not None and reference.delimiter not in DELIMITERS:
        yield Fault("TELI-E098", "The delimiter is not a comma, a semicolon, a tab or a vertical bar")
    if reference.file is not None:
        yield from _faults_of_format(reference.file, reference, ways)


def faults_of_country(country: str) -> Iterator[Fault]:
    """Two letters that no country with telephone numbers has."""
    meant = suggest_country(country)
    if meant is not None:
        hint = f'Did you mean "{meant}"?' if meant else ""
        yield Fault("TELI-E097", f'The default_country "{country}" has no telephone numbers', next_step=hint)


def _faults_of_format(file: str, reference: LeadsReference, ways: Ways) -> Iterator[Fault]:
    try:
        format_ = format_of(file)
    except Unreadable as unreadable:
        yield from unreadable.faults
        return
    if reference.delimiter is not None and format_.ending != ".csv":
        yield Fault("TELI-E098", "Only a .csv file has a delimiter", next_step="Leave `delimiter` out.")
    if reference.encoding is not None and format_.needs_engine:
        yield Fault(
            "TELI-E098", "A Parquet file says itself how it is encoded", next_step="Leave `encoding` out."
        )
    yield from faults_of_extras(format_, ways)


def faults_of_extras(format_: Format, ways: Ways) -> Iterator[Fault]:
    """What the format needs and this installation lacks."""
    if format_.needs_engine and not (ways.extras and is_installed()):
        yield Fault("TELI-E065", "Parquet files are read by an engine that is not installed")
    if format_.needs_zstd and not (ways.extras and zstd_module()):
        yield Fault("TELI-E065", "Files packed by zstd are unpacked by a library that is not installed")
