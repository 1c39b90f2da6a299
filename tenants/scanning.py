"""The virus scan of added files by clamd, where one is set up (CLAMD_ADDRESS). What is not known to be clean waits."""

import io
import socket
from dataclasses import dataclass

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

TIMEOUT = 60  # seconds for one answer
PATIENCE = 5  # seconds for taking up the conversation


class ScannerDown(Exception):
    """The scanner cannot be reached: nothing is known of any file."""


class NoVerdict(Exception):
    """The scanner was asked and gave no verdict: nothing is known of this file."""


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
        ScannerDown: it cannot be reached.
        NoVerdict: an error as the answer or none at all, or the file is larger than the scanner takes.
    """
    try:
        answers = _scanner().instream(io.BytesIO(content))
    except (ClamdError, OSError, AttributeError) as fault:  # the library reads a broken answer without looking
        raise (NoVerdict if _is_reachable() else ScannerDown)(type(fault).__name__) from fault
    status, virus = answers.get("stream", ("ERROR", ""))
    if status == "OK":
        return Verdict()
    if status == "FOUND":
        return Verdict(virus or "unnamed")
    raise NoVerdict(status)


def _scanner() -> ClamdNetworkSocket | ClamdUnixSocket:
    where = _address()
    return ClamdUnixSocket(where, timeout=TIMEOUT) if isinstance(where, str) else ClamdNetworkSocket(*where, TIMEOUT)


def _is_reachable() -> bool:
    """Tell whether the scanner listens, whatever it said of a file."""
    where = _address()
    try:
        if isinstance(where, str):
            with socket.socket(socket.AF_UNIX) as probe:
                probe.settimeout(PATIENCE)
                probe.connect(where)
        else:
            socket.create_connection(where, timeout=PATIENCE).close()
    except OSError:
        return False
    return True


def _address() -> str | tuple[str, int]:
    """`host:port`, or the path of a socket."""
    host, separator, port = settings.CLAMD_ADDRESS.rpartition(":")
    return (host, int(port)) if separator and port.isdigit() else settings.CLAMD_ADDRESS
