"""Base forms of words, looked up in dictionaries that `make setup` lays ready: nivelrikon is nivelrikko. Pure.

As they are shipped, a dictionary takes 1.7 seconds to decode, which is longer than all the rest of reading a letter; as
a trie on the disk it is there at once. Where none was laid ready, the shipped one is decoded.
"""

import sys
from functools import cache
from pathlib import Path

import simplemma
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries.dictionary_factory import DictionaryFactory
from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory
from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieDictionaryFactory

LANGUAGES = ("fi", "sv")
LAID_READY = Path(sys.prefix) / "share" / "base_forms" / simplemma.__version__


@cache
def base_form(word: str, *, language: str) -> str:
    """Answer the form that a dictionary has a word under, in small letters."""
    return _lemmatizer(language).lemmatize(word, language).lower()


def lay_ready() -> None:
    """Write the dictionaries that are not there yet; it takes some ten seconds and 0.7 GB of memory, once."""
    for language in LANGUAGES:
        _tries().get_dictionary(language)


@cache
def _lemmatizer(language: str) -> simplemma.Lemmatizer:
    is_ready = (LAID_READY / f"{language}.dic").exists()
    factory: DictionaryFactory = _tries() if is_ready else StreamDictionaryFactory()
    return simplemma.Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=factory))


def _tries() -> TrieDictionaryFactory:
    return TrieDictionaryFactory(disk_cache_dir=str(LAID_READY))


if __name__ == "__main__":
    lay_ready()
