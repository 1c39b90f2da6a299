"""The mail server's record as a witness."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from tenants.mail import archive
from tenants.mail.archive import MaildirArchive

NOW = datetime.now(UTC)
pytestmark = pytest.mark.usefixtures("real_clock")  # files have the time of the machine

MAIL = b"Subject: x\r\nMessage-ID: <1@suunta.example>\r\n\r\nMessage-ID: <2@suunta.example>\r\n"


@pytest.fixture
def maildir(tmp_path):
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.mark.parametrize("folder", ["new", "cur"])
def test_a_mail_that_arrived_is_found_by_its_message_id_read_or_unread(maildir, folder):
    (maildir / folder / "1").write_bytes(MAIL)

    assert MaildirArchive(maildir, since=NOW).has("<1@suunta.example>")


def test_a_message_id_in_the_text_of_a_mail_is_none(maildir):
    (maildir / "new" / "1").write_bytes(MAIL)

    assert not MaildirArchive(maildir, since=NOW).has("<2@suunta.example>")


def test_a_mail_that_was_still_being_written_did_not_arrive(maildir):
    (maildir / "tmp" / "1").write_bytes(MAIL)

    assert not MaildirArchive(maildir, since=NOW).has("<1@suunta.example>")


@pytest.mark.parametrize(("minutes", "is_found"), [(59, True), (61, False)])
def test_the_record_is_read_from_an_hour_before_the_mail_was_written(maildir, minutes, is_found):
    (maildir / "new" / "1").write_bytes(MAIL)
    arrived = (NOW - timedelta(minutes=minutes)).timestamp()
    os.utime(maildir / "new" / "1", (arrived, arrived))

    assert MaildirArchive(maildir, since=NOW).has("<1@suunta.example>") is is_found


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_that_is_no_maildir_is_no_record(tmp_path, settings, name):
    (tmp_path / "empty").mkdir()
    settings.MAIL_ARCHIVE = tmp_path / name

    assert archive.configured(since=NOW) is None
