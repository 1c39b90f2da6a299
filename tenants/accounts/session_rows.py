"""Where sessions lie (settings.SESSION_ENGINE): Django's rows in the municipality's own schema, the third wall.

Django takes every error of the database for a session that somebody ended meanwhile, and says so to the person.
"""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.core.exceptions import ObjectNotUpdated


class SessionStore(DjangosStore):
    """Only a row that is gone is an ended session; a database that does not answer is what it is."""

    def save(self, must_create: bool = False) -> None:
        try:
            super().save(must_create)
        except UpdateError as error:
            if error.__context__ is None or isinstance(error.__context__, ObjectNotUpdated):
                raise
            raise error.__context__ from None
