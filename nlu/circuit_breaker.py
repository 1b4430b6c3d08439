"""Stop asking a service that just failed, and try it again a little later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic


@dataclass(slots=True)
class CircuitBreaker:
    """Open after `failures` failures in a row; after `pause` seconds let one call through as a probe.

    The clock is injected so that tests need not wait.
    """

    failures: int = 3
    pause: float = 5.0
    clock: Callable[[], float] = monotonic
    _failed: int = field(default=0, init=False)
    _opened_at: float | None = field(default=None, init=False)

    @property
    def is_open(self) -> bool:
        """Return whether calls are held back at present."""
        return self._opened_at is not None and self.clock() - self._opened_at < self.pause

    def allow(self) -> bool:
        """Return whether to call now; of the calls after the pause only the first may go, until it has reported."""
        if self._opened_at is None:
            return True
        if self.is_open:
            return False
        self._opened_at = self.clock()
        return True

    def succeeded(self) -> None:
        """Close the circuit: the service answers."""
        self._failed = 0
        self._opened_at = None

    def failed(self) -> None:
        """Count a failure; at the limit, or when the probe failed, hold calls back from now on."""
        self._failed += 1
        if self._failed >= self.failures:
            self._opened_at = self.clock()
