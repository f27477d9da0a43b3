"""What was found out about a word, kept: news has few words, many times."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Memory(dict[str, T]):
    """«memory["мыңнан"]» → what ``find`` says of it, asked once; when it is full, each time."""

    def __init__(self, find: Callable[[str], T], most: int) -> None:
        super().__init__()
        self._find, self._most = find, most

    def __missing__(self, word: str) -> T:
        found = self._find(word)
        if len(self) < self._most:
            self[word] = found
        return found
