"""Dataclasses that are made by the thousand: every text becomes tokens, hits and readings.

One that is frozen when the program runs takes four times as long to make, because each field
goes through ``object.__setattr__``; here mypy alone sees to it that nobody writes to a field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["fast_dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass as fast_dataclass
else:
    from dataclasses import dataclass

    def fast_dataclass(*, frozen, slots, order=False):
        """«@fast_dataclass(frozen=True, slots=True)» → the same class, hash and all, not frozen."""
        return dataclass(slots=slots, order=order, unsafe_hash=frozen)
