"""Write a file of an issued invoice, exactly as it was issued, to a place of one's choice: whole or not at all."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from billing import queries
from billing.models import InvoiceFile
from tenants.scope import in_console

READABLE = 0o644


class Command(BaseCommand):
    help = "Writes the PDF or the e-invoice of an issued invoice to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="for example 2026-00001")
        parser.add_argument("--format", required=True, help="pdf or ubl")
        parser.add_argument("--output", required=True, metavar="FILE", type=Path)
        parser.add_argument("--force", action="store_true", help="overwrite a file that is there")

    def handle(self, *, number: str, format: str, output: Path, force: bool, **options: Any) -> None:
        if format not in InvoiceFile.Format:
            raise CommandError(f"There is no format {format}: choose pdf or ubl.")
        with in_console():
            found = queries.file_of(number, format)
        if found is None:
            raise CommandError(f"No invoice {number} has been issued.")
        content = bytes(found.content)
        if hashlib.sha256(content).hexdigest() != found.sha256:
            raise CommandError(f"The stored {format} of {number} is damaged: its checksum differs.")
        try:
            write_whole(output, content, overwrite=force)
        except FileExistsError:
            raise CommandError(f"{output} is there already; overwrite it with --force.") from None
        except OSError as error:
            raise CommandError(f"{output} could not be written: {error.strerror}.") from None
        self.stdout.write(f"{number} is in {output}")


def write_whole(output: Path, content: bytes, *, overwrite: bool) -> None:
    """Write beside the place and then move there, so that nobody ever sees half a file.

    Raises:
        FileExistsError: the file is there and may not be overwritten.
        OSError: the folder is missing or cannot be written, or the disk is full.
    """
    descriptor, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            os.fchmod(descriptor, READABLE)
        if overwrite:
            Path(name).replace(output)
        else:
            os.link(name, output)  # unlike a rename, refuses a name that is taken
    finally:
        Path(name).unlink(missing_ok=True)
