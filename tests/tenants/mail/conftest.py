"""The mail server of these tests."""

from tests.mail_server import mail_server as mail_server
