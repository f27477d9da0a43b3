"""The gate in front of a run: which articles are worth reading at all."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol


class AnyGate(Protocol):
    """What decides; ``digest`` names the words it was built from."""

    @property
    def digest(self) -> str: ...

    def passes(self, text: str | bytes) -> bool: ...


class OpenGate:
    """Everything passes: ``--no-gate``."""

    digest = "open"

    def passes(self, text: str | bytes) -> bool:
        return True


class GateError(ValueError):
    """The gate cannot be loaded; the message says what to install."""


def choose_gate(domain: Sequence[str], *, closed: bool) -> AnyGate:
    """The gate of the words of aid, with the user's own; or the open one.

    Raises:
        GateError: what the gate stands on is not installed.
    """
    if not closed:
        return OpenGate()
    try:
        gate = import_module("extractor.run.gate")
    except ImportError as error:
        message = f"no gate: {error}; install extractor[run], or say --no-gate"
        raise GateError(message) from error
    chosen: AnyGate = gate.load_gate(domain)
    return chosen
