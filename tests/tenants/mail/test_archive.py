"""The mail server's record as a witness."""

import os

import pytest

from tenants.mail import archive
from tenants.mail.archive import MaildirArchive

FIRST, SECOND = "<1@suunta.example>", "<2@suunta.example>"
MAIL = b"Subject: x\r\nMessage-ID: <1@suunta.example>\r\n\r\nMessage-ID: <2@suunta.example>\r\n"


@pytest.fixture
def maildir(tmp_path):
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.mark.parametrize("folder", ["new", "cur"])
def test_a_mail_that_arrived_is_found_by_its_message_id_read_or_unread(maildir, folder):
    (maildir / folder / "1").write_bytes(MAIL)

    assert MaildirArchive(maildir).holding([FIRST]) == {FIRST}


def test_a_message_id_in_the_text_of_a_mail_is_none(maildir):
    (maildir / "new" / "1").write_bytes(MAIL)

    assert MaildirArchive(maildir).holding([FIRST, SECOND]) == {FIRST}


def test_a_mail_that_was_still_being_written_did_not_arrive(maildir):
    (maildir / "tmp" / "1").write_bytes(MAIL)

    assert MaildirArchive(maildir).holding([FIRST]) == set()


@pytest.mark.parametrize("year", [1971, 2099])
def test_a_mail_is_found_whatever_the_clock_of_the_mail_server_said(maildir, year):
    (maildir / "new" / "1").write_bytes(MAIL)
    arrived = (year - 1970) * 365 * 86_400
    os.utime(maildir / "new" / "1", (arrived, arrived))

    assert MaildirArchive(maildir).holding([FIRST]) == {FIRST}


def test_the_newest_mails_are_read_first_and_none_after_the_last_one_asked_for(maildir):
    (maildir / "new" / "1").write_bytes(MAIL)
    (maildir / "new" / "older").mkdir()  # to open it would raise
    os.utime(maildir / "new" / "older", (0, 0))

    assert MaildirArchive(maildir).holding([FIRST]) == {FIRST}
    with pytest.raises(IsADirectoryError):
        MaildirArchive(maildir).holding([SECOND])


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_that_is_no_maildir_is_no_record(tmp_path, settings, name):
    (tmp_path / "empty").mkdir()
    settings.MAIL_ARCHIVE = tmp_path / name

    assert archive.configured() is None
