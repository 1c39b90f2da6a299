"""`manage.py new_master_key`: a key in the form the settings read, and what to do with it; nothing uses it yet."""

import io
import json
import stat

import pytest
from django.core.management import CommandError, call_command

from tenants.keys import master


@pytest.fixture(autouse=True)
def no_keys_yet(settings, tmp_path):
    settings.MASTER_KEYS_FILE = tmp_path / "master-keys.json"


def new(**options):
    out, err = io.StringIO(), io.StringIO()
    call_command("new_master_key", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_the_first_is_printed_as_the_settings_read_it_and_nothing_is_written(tmp_path):
    printed, told = new()

    (tmp_path / "by-hand.json").write_text(printed)
    assert len(master.load(tmp_path / "by-hand.json")) == 1
    assert "SUUNTA_MASTER_KEYS_FILE" in told
    assert "keep a copy apart from the database" in told
    assert [file.name for file in tmp_path.iterdir()] == ["by-hand.json"]


def test_a_file_is_for_its_owner_only_and_the_key_is_not_printed(tmp_path):
    file = tmp_path / "new.json"
    printed, told = new(to=file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    (secret,) = json.loads(file.read_text()).values()
    assert secret not in printed + told


def test_another_stands_in_front_of_those_there_are(settings, tmp_path):
    new(to=settings.MASTER_KEYS_FILE)
    first = dict(master.load(settings.MASTER_KEYS_FILE))

    printed, told = new(to=tmp_path / "new.json")

    both = list(master.load(tmp_path / "new.json").items())
    assert len(both) == 2
    assert both[1:] == list(first.items())
    assert "with the older keys behind the new one" in printed
    assert "rotate_keys" in told
    assert "The old keys stay in the file" in told


def test_a_file_that_is_there_stays_as_it_is(tmp_path):
    file = tmp_path / "new.json"
    file.write_text("mine")

    with pytest.raises(CommandError, match=r"is there already and stays as it is: name another\.$"):
        new(to=file)
    assert file.read_text() == "mine"


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match=r"cannot be written: No such file or directory\.$"):
        new(to=tmp_path / "nowhere" / "new.json")


def test_keys_that_cannot_be_read_are_told_before_a_file_without_them_is_written(settings, tmp_path):
    settings.MASTER_KEYS_FILE.write_text("{}")

    with pytest.raises(CommandError, match="No key was made"):
        new(to=tmp_path / "new.json")
    assert not (tmp_path / "new.json").exists()
