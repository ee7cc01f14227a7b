"""Accept fast, complain well: a schema compiled to tests that may only accept, never complain.

What these tests cannot prove clean goes to jsonschema, which judges and explains; a property test holds
the two to one verdict. A keyword that is not known here accepts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sized
from functools import cache, lru_cache
from typing import Any, TypeAlias

from teli_iac.identity import canonical_json

Accept: TypeAlias = Callable[[Any], bool]

_TYPES: Mapping[str, Accept] = {
    "string": lambda value: type(value) is str,
    "integer": lambda value: type(value) is int,
    "boolean": lambda value: type(value) is bool,
    "array": lambda value: type(value) is list,
    "object": lambda value: type(value) is dict,
}
_SAY_NOTHING = frozenset({"$schema", "title", "description", "examples", "default", "then", "else"})


def compile_schema(schema: Mapping[str, Any]) -> Accept:
    """A test that is true only for values in which the schema finds nothing wrong."""
    tests = tuple(_TESTS.get(word, _nothing)(schema) for word in schema if word not in _SAY_NOTHING)
    if len(tests) == 1:
        return tests[0]

    def accept(value: Any) -> bool:
        for test in tests:  # noqa: SIM110  a generator in all() doubles the time of reading manifests
            if not test(value):
                return False
        return True

    return _remembering(accept) if schema.get("type") == "string" else accept


def _remembering(accept: Accept) -> Accept:
    """The same of texts alone: thousands of campaigns have the same agent, numbers and times."""
    remembered = lru_cache(maxsize=4096)(accept)
    return lambda value: type(value) is str and remembered(value)


@cache
def ecma_pattern(pattern: str) -> re.Pattern[str]:
    """ECMA's `$` is the end of the text; Python's also stands before a final line break."""
    return re.compile(re.sub(r"\$$", r"\\Z", pattern))


def _nothing(_: Mapping[str, Any]) -> Accept:
    return lambda _: False


def _type(schema: Mapping[str, Any]) -> Accept:
    wanted = schema["type"]
    if isinstance(wanted, str):
        return _TYPES[wanted]
    tests = tuple(_TYPES[name] for name in wanted)
    return lambda value: any(test(value) for test in tests)


def _properties(schema: Mapping[str, Any]) -> Accept:
    tests = {key: compile_schema(below) for key, below in schema["properties"].items()}

    def accept(value: Any) -> bool:
        if type(value) is not dict:
            return True
        for key, item in value.items():
            test = tests.get(key)
            if test and not test(item):
                return False
        return True

    return accept


def _additional(schema: Mapping[str, Any]) -> Accept:
    known, below = schema.get("properties", {}).keys(), schema["additionalProperties"]
    if below is False:
        return lambda value: type(value) is not dict or value.keys() <= known
    test = compile_schema(below)
    return lambda value: (
        type(value) is not dict or all(key in known or test(item) for key, item in value.items())
    )


def _required(schema: Mapping[str, Any]) -> Accept:
    keys = frozenset(schema["required"])
    return lambda value: type(value) is not dict or keys <= value.keys()


def _property_names(schema: Mapping[str, Any]) -> Accept:
    test = compile_schema(schema["propertyNames"])
    return lambda value: type(value) is not dict or all(map(test, value))


def _pattern(schema: Mapping[str, Any]) -> Accept:
    search = ecma_pattern(schema["pattern"]).search
    return lambda value: type(value) is not str or search(value) is not None


def _const(schema: Mapping[str, Any]) -> Accept:
    return _one_of((schema["const"],))


def _enum(schema: Mapping[str, Any]) -> Accept:
    return _one_of(tuple(schema["enum"]))


def _one_of(values: tuple[str, ...]) -> Accept:
    return lambda value: type(value) is str and value in values


def _minimum(schema: Mapping[str, Any]) -> Accept:
    least = schema["minimum"]
    return lambda value: type(value) is int and value >= least


def _maximum(schema: Mapping[str, Any]) -> Accept:
    most = schema["maximum"]
    return lambda value: type(value) is int and value <= most


def _length(word: str, kind: type[Sized]) -> Callable[[Mapping[str, Any]], Accept]:
    def test(schema: Mapping[str, Any]) -> Accept:
        limit = schema[word]
        if word.startswith("min"):
            return lambda value: type(value) is not kind or len(value) >= limit
        return lambda value: type(value) is not kind or len(value) <= limit

    return test


def _unique(_: Mapping[str, Any]) -> Accept:
    return lambda value: type(value) is not list or len(set(map(canonical_json, value))) == len(value)


def _items(schema: Mapping[str, Any]) -> Accept:
    test = compile_schema(schema["items"])
    return lambda value: type(value) is not list or all(map(test, value))


def _if(schema: Mapping[str, Any]) -> Accept:
    """Exact only because every `if` of ours asks for a type, which the tests above decide exactly."""
    if schema["if"].keys() != {"type"}:
        return _nothing(schema)
    asked, yes, no = (compile_schema(schema.get(word, {})) for word in ("if", "then", "else"))
    return lambda value: yes(value) if asked(value) else no(value)


_TESTS: Mapping[str, Callable[[Mapping[str, Any]], Accept]] = {
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "required": _required,
    "propertyNames": _property_names,
    "pattern": _pattern,
    "const": _const,
    "enum": _enum,
    "minimum": _minimum,
    "maximum": _maximum,
    "minLength": _length("minLength", str),
    "maxLength": _length("maxLength", str),
    "minItems": _length("minItems", list),
    "maxItems": _length("maxItems", list),
    "uniqueItems": _unique,
    "items": _items,
    "if": _if,
}
