"""How long requests waited for their turn: a line in the log for each host that waited, once a minute, else silence."""

import logging
import time
from collections import Counter, defaultdict
from threading import Lock

EVERY = 60.0  # seconds
WORTH_TELLING = 0.1  # seconds that a twentieth of a host's requests waited at least

logger = logging.getLogger(__name__)


class Waits:
    """The waits of this minute by host. It names hosts and counts, and knows nothing of who asked for what."""

    def __init__(self) -> None:
        self._waited: defaultdict[str, list[float]] = defaultdict(list)
        self._refused: Counter[str] = Counter()
        self._since = time.monotonic()
        self._counting = Lock()

    def begun(self, host: str, waited: float) -> None:
        """Note that a request's work begins, after so many seconds."""
        with self._counting:
            self._waited[host].append(waited)
        self._tell_in_time()

    def refused(self, host: str) -> None:
        """Note that there was no place for a request."""
        with self._counting:
            self._refused[host] += 1
        self._tell_in_time()

    def _tell_in_time(self) -> None:
        now = time.monotonic()
        with self._counting:
            if now - self._since < EVERY:
                return
            waited, refused = self._waited, self._refused
            self._waited, self._refused, self._since = defaultdict(list), Counter(), now
        for host in sorted({*waited, *refused}):
            _tell(host, sorted(waited[host]), refused[host])


def _tell(host: str, waited: list[float], refused: int) -> None:
    usual, longest = (waited[len(waited) * 95 // 100], waited[-1]) if waited else (0.0, 0.0)
    if refused or usual >= WORTH_TELLING:
        logger.warning(
            "Fair share: %s waited %.1f s (p95), %.1f s at most, of %d requests in a minute; refused: %d",
            host, usual, longest, len(waited), refused,
        )  # fmt: skip
