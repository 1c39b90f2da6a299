"""Base forms: the same from a dictionary that was laid ready as from the one that is shipped."""

import pytest

from casework.letters import base_forms
from casework.letters.base_forms import base_form

WORDS = {
    "fi": {"rannekanavaoireyhtymää": "rannekanavaoireyhtymä", "nivelrikon": "nivelrikko", "masentunut": "masentunut"},
    "sv": {"ryggvärken": "ryggvärk", "depressionen": "depression"},
}


@pytest.fixture
def ready(tmp_path, monkeypatch):
    """A folder of dictionaries of the test's own; what was remembered is forgotten."""
    monkeypatch.setattr(base_forms, "LAID_READY", tmp_path)
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    base_form.cache_clear()
    base_forms._lemmatizer.cache_clear()


def found(language: str) -> dict[str, str]:
    return {word: base_form(word, language=language) for word in WORDS[language]}


def test_make_setup_has_laid_them_ready():
    assert {path.stem for path in base_forms.LAID_READY.iterdir()} == set(base_forms.LANGUAGES)
    assert found("fi") == WORDS["fi"]
    assert found("sv") == WORDS["sv"]


def test_without_one_the_shipped_dictionary_says_the_same_and_nothing_is_written(ready):
    assert found("sv") == WORDS["sv"]
    assert list(ready.iterdir()) == []


def test_laying_them_ready_twice_writes_them_once(ready, monkeypatch):
    monkeypatch.setattr(base_forms, "LANGUAGES", ("sv",))

    base_forms.lay_ready()
    written = (ready / "sv.dic").stat().st_mtime_ns
    base_forms.lay_ready()

    assert (ready / "sv.dic").stat().st_mtime_ns == written
    assert found("sv") == WORDS["sv"]
