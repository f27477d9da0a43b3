"""One thread for numpy while a model runs: more threads make these small products slower."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from typing import Any


def one_thread() -> AbstractContextManager[Any]:
    """Inside, BLAS has one thread; outside, the user's own number again.

    Without threadpoolctl nothing is changed: set ``OMP_NUM_THREADS=1`` then.
    """
    controller = _controller()
    return nullcontext() if controller is None else controller.limit(limits=1)


@lru_cache(maxsize=1)
def _controller() -> Any:
    try:
        from threadpoolctl import ThreadpoolController
    except ImportError:
        return None
    return ThreadpoolController()
