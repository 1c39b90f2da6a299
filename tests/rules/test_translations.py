"""Finnish and Swedish are complete: every string of code and templates has a translation that fits its places."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("tenants", "casework", "billing")
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory) -> Path:
    """A copy of the sources in which the catalogues were brought up to date."""
    if shutil.which("xgettext") is None:
        pytest.skip("xgettext is not installed (Debian's gettext)")
    copy: Path = tmp_path_factory.mktemp("sources")
    for app in APPS:
        shutil.copytree(ROOT / app, copy / app)
        words = ["makemessages", "-l", "fi", "-l", "sv", "--no-obsolete", "-v", "0"]
        command = [sys.executable, "-P", "-m", "django", *words]
        bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, cwd=copy / app, env=bare, check=True, timeout=120)
    return copy


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("app", APPS)
def test_every_string_is_translated(extracted, app, language):
    catalogue = polib.pofile(str(extracted / app / "locale" / language / "LC_MESSAGES" / "django.po"))
    missing = [entry.msgid for entry in [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]]

    assert missing == []


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("app", APPS)
def test_every_translation_keeps_the_places_of_its_string(app, language):
    catalogue = polib.pofile(str(ROOT / app / "locale" / language / "LC_MESSAGES" / "django.po"))
    broken = [
        entry.msgid
        for entry in catalogue.translated_entries()
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text and set(PLACES.findall(text)) != set(PLACES.findall(entry.msgid)) and not entry.msgid_plural
    ]

    assert len(catalogue) > 0
    assert broken == []
