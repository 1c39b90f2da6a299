"""A clamd for tests: speaks its INSTREAM protocol over a real socket, and finds the EICAR test file."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.tenants.uploads import EICAR


class _Conversation(socketserver.StreamRequestHandler):
    server: "Scanner"

    def handle(self) -> None:
        command = self.rfile.readline()
        if not command:  # somebody asked only whether it listens
            return
        assert command == b"nINSTREAM\n"
        content = b""
        while chunk := self._chunk():
            content += chunk
            if len(content) > self.server.takes:  # as clamd does beyond its StreamMaxLength: an answer in mid-sentence
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\n")
                return
        self.server.scanned.append(content)
        is_hated = self.server.answer and self.server.hates in content
        self.wfile.write(self.server.answer if is_hated else _verdict(content))

    def _chunk(self) -> bytes:
        (length,) = struct.unpack("!L", self.rfile.read(4))
        return self.rfile.read(length)


def _verdict(content: bytes) -> bytes:
    return b"stream: Eicar-Signature FOUND\n" if EICAR in content else b"stream: OK\n"


class Scanner(socketserver.ThreadingTCPServer):
    """Set `answer` to make it say something else, of what it `hates` only; `scanned` holds what it was given.

    It hangs up on a file that is longer than it `takes`.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answer = b""
        self.hates = b""
        self.takes = 100_000_000
        self.scanned: list[bytes] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


@contextmanager
def listening_scanner() -> Iterator[Scanner]:
    with Scanner() as scanner:
        threading.Thread(target=scanner.serve_forever, daemon=True).start()
        yield scanner
        scanner.shutdown()
