"""The API key as a value that never shows itself."""

from __future__ import annotations

from dataclasses import dataclass

from teli_iac.errors import NotConfigured


@dataclass(frozen=True, slots=True, repr=False)
class ApiKey:
    """What is sent as `X-API-Key`: printable ASCII without white space, so that it cannot forge a header.

    Raises NotConfigured otherwise. Its repr and text hide it.
    """

    secret: str

    def __post_init__(self) -> None:
        if not self.secret:
            raise NotConfigured(
                "There is no API key.", "Set TELI_API_KEY to the key of the Project's tenant."
            )
        if not all("!" <= character <= "~" for character in self.secret):
            raise NotConfigured(
                "TELI_API_KEY holds white space, a control character or a letter that is not ASCII.",
                "Set it to the key alone, as Teli shows it: no line end, space or quotation mark around it.",
            )

    def __repr__(self) -> str:
        return "ApiKey(hidden)"
