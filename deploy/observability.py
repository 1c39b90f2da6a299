"""Logging, errors and health: every line carries its municipality, nothing carries a client."""

import logging

from django.db import connection


class MunicipalityFilter(logging.Filter):
    """Gives every log line the municipality it belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.municipality = getattr(connection, "schema_name", None) or "-"
        return True
