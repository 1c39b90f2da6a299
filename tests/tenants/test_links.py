"""Addresses inside documents: ordinary links pass, what acts or fetches by itself does not."""

import pytest

from tenants.links import is_link, is_within, stays_here

LINKS = [
    "https://www.kela.fi",
    "HTTP://kela.fi",
    "mailto:aino@kaavi.example",
    "tel:+358401234567",
    " https://www.kela.fi ",
]
HERE = [
    "file:///C:\\Users\\aino\\Normal.dotm",
    "file:///Users/aino/a.dotx",
    "file://localhost/Users/aino/a.dotx",
    "file:a.docx",
]
WITHIN = ["", "#otsikko", "media/1.png", "../media/1.png", "/word/document.xml", "Liite 1.docx", "C:\\a.docx", "NULL"]
ELSEWHERE = [
    "ms-msdt:/id x", "MS-MSDT:/id", "java\nscript:alert(1)", "\u200bjavascript:alert(1)", "search-ms:x", "vbscript:x",
    "\\\\evil.example\\x", "//evil.example/x", "\\/evil.example/x", "%5C%5Cevil.example\\x", "file://evil.example/x",
    "file:////evil.example/x", "file:///\\\\evil.example\\x", "file:\\\\evil.example\\x", "file:///%5c%5cevil.example", "ftp://a.example",
    "mhtml:https://evil.example", "data:text/html,x", "vnd.sun.star.script:a", "ms-word:ofe|u|https://evil.example",
]  # fmt: skip


@pytest.mark.parametrize("target", LINKS)
def test_an_ordinary_link_may_be_followed_but_is_not_fetched(target):
    assert is_link(target)
    assert not stays_here(target)


@pytest.mark.parametrize("target", HERE)
def test_a_file_on_the_readers_own_disk_stays_here(target):
    assert is_link(target)
    assert stays_here(target)
    assert not is_within(target)


@pytest.mark.parametrize("target", WITHIN)
def test_a_part_or_a_place_is_within(target):
    assert is_within(target)
    assert stays_here(target)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_everything_else_is_neither(target):
    assert not is_link(target)
    assert not stays_here(target)
    assert not is_within(target)
