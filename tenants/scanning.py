"""The virus scan of added files by clamd, where one is set up (CLAMD_ADDRESS). What is not known to be clean waits."""

import io
from dataclasses import dataclass

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

TIMEOUT = 60  # seconds for one answer


class ScannerDown(Exception):
    """The scanner did not answer, or not with a verdict: nothing is known of the file."""


@dataclass(frozen=True)
class Verdict:
    """What the scanner says of a file; `virus` is the name it gives to what it found."""

    virus: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.virus


def is_set_up() -> bool:
    """Tell whether files are scanned at all."""
    return bool(settings.CLAMD_ADDRESS)


def scan(content: bytes) -> Verdict:
    """Ask the scanner about a file's content.

    Raises:
        ScannerDown: no answer, an error as the answer, or the file is larger than the scanner takes.
    """
    try:
        answers = _scanner().instream(io.BytesIO(content))
    except (ClamdError, OSError, AttributeError) as fault:  # the library reads a broken answer without looking
        raise ScannerDown(type(fault).__name__) from fault
    status, virus = answers.get("stream", ("ERROR", ""))
    if status == "OK":
        return Verdict()
    if status == "FOUND":
        return Verdict(virus or "unnamed")
    raise ScannerDown(status)


def _scanner() -> ClamdNetworkSocket | ClamdUnixSocket:
    """`host:port`, or the path of a socket."""
    host, separator, port = settings.CLAMD_ADDRESS.rpartition(":")
    if separator and port.isdigit():
        return ClamdNetworkSocket(host, int(port), timeout=TIMEOUT)
    return ClamdUnixSocket(settings.CLAMD_ADDRESS, timeout=TIMEOUT)
