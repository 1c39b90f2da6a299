"""The real parts a journey passes through: broker, workers and mail server."""

from tests.tasks.conftest import broker, mail_server, workers

__all__ = ["broker", "mail_server", "workers"]
