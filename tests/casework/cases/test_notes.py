"""A note is corrected and taken back where it is shown; what it said first stays in its history."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.cases import actions as cases
from casework.cases import notes
from casework.law.errors import InTheFuture
from casework.models import Case, Correction, Note
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tenants.versions import EditedMeanwhile
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

DAY = date(2026, 11, 20)
FIRST = "Puhelu: Matti kertoi leikkauksesta."
RIGHT = "Puhelu: Matti kertoi lääkärikäynnistä."


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino, opened_on=date(2026, 10, 1))


@pytest.fixture
def note(case, aino) -> Note:
    return notes.write(case=case, kind="call", text=FIRST, on=DAY, by=aino, at=NOON)


def page_of(case, note, name="note") -> str:
    return reverse(name, args=[case.number, note.pk])


def timeline_of(browser, case):
    return browser.get(reverse("case_timeline", args=[case.number])).content.decode()


def test_a_corrected_note_says_what_is_right_and_what_it_said_first_stays(case, note, aino):
    notes.correct(note=note, kind="call", text=RIGHT, on=DAY, reason="Kuulin väärin", version=1, by=aino, at=NOON)

    note.refresh_from_db()
    assert (note.text, note.version) == (RIGHT, 2)
    [earlier] = corrections.of_row(note)
    assert ([old.said for old in earlier.olds], earlier.correction.reason) == ([FIRST], "Kuulin väärin")
    assert case.events.filter(kind="note.corrected", about_id=note.pk).exists()
    assert AccessEntry.objects.filter(action="note.corrected", subject=case.number, actor=aino.pk).exists()
    kept: Any = Correction.objects.values_list("before")
    [(before,)] = kept
    assert b"leikkauksesta" not in before.content


def test_a_note_of_a_closed_case_is_corrected_too(case, note, aino):
    cases.close(case=case, outcome="work", closed_on=DAY, version=case.version, by=aino, at=NOON)

    notes.correct(note=note, kind="call", text=RIGHT, on=DAY, reason="Kuulin väärin", version=1, by=aino, at=NOON)
    notes.take_back(note=note, reason="Ei kuulu tänne", version=2, by=aino, at=NOON)

    assert not case.notes.exists()


def test_refusals(case, note, aino):
    with pytest.raises(InTheFuture):
        notes.correct(note=note, kind="call", text=RIGHT, on=date(2027, 1, 1), reason="x", version=1, by=aino, at=NOON)
    with pytest.raises(EditedMeanwhile):
        notes.take_back(note=note, reason="x", version=2, by=aino, at=NOON)
    notes.take_back(note=note, reason="x", version=1, by=aino, at=NOON)
    with pytest.raises(TakenBack):
        notes.correct(note=note, kind="call", text=RIGHT, on=DAY, reason="x", version=2, by=aino, at=NOON)


def test_a_contact_that_was_taken_back_was_none(case, note, aino):
    """What follows is derived: the silence of a case counts from the contacts that stand."""
    assert note in Note.objects.filter(kind__in=Note.CONTACTS)
    notes.take_back(note=note, reason="Väärä asiakas", version=1, by=aino, at=NOON)

    assert not Note.objects.filter(kind__in=Note.CONTACTS).exists()
    assert Note.everything.get().removed_reason == "Väärä asiakas"


def test_it_is_corrected_where_it_is_shown(case, note, aino, aino_browser):
    assert page_of(case, note) in timeline_of(aino_browser, case)
    assert page_of(case, note, "note_correct") in aino_browser.get(page_of(case, note)).content.decode()
    typed = {"kind": "call", "on": "2026-11-20", "text": RIGHT, "version": 1}
    assert "reason" in aino_browser.post(page_of(case, note, "note_correct"), typed).context["form"].errors
    aino_browser.post(page_of(case, note, "note_correct"), typed | {"reason": "Kuulin väärin"})

    shown = aino_browser.get(page_of(case, note)).content.decode()
    assert [words in shown for words in (RIGHT, FIRST, "Kuulin väärin")] == [True, True, True]
    told = timeline_of(aino_browser, case)
    assert (FIRST in told, RIGHT in told, told.count("Korjattu myöhemmin.")) == (False, True, 1)


def test_it_is_taken_back_with_a_reason_and_its_words_stand_in_the_history_only(case, note, aino, aino_browser):
    page = page_of(case, note, "note_remove")
    assert FIRST in aino_browser.get(page).content.decode()
    aino_browser.post(page, {"version": 1, "reason": "Väärä asiakas"})

    assert FIRST not in timeline_of(aino_browser, case)
    assert FIRST in aino_browser.get(page_of(case, note)).content.decode()
    assert FIRST in aino_browser.get(reverse("case_corrections", args=[case.number])).content.decode()
    assert aino_browser.get(page).status_code == 404


@pytest.mark.parametrize("name", ["note", "note_correct", "note_remove"])
def test_a_note_is_behind_the_door_of_its_case(case, note, aino, bertta, daavid, name):
    page = page_of(case, note, name)

    assert browser_of(daavid).get(page).status_code == (404 if name == "note" else 403)
    assert "/reason/" in browser_of(bertta).get(page).headers["Location"]
    other = a_case(by=aino, opened_on=date(2026, 10, 1))
    assert browser_of(aino).get(page_of(other, note, name)).status_code == 404


def test_the_outsider_finds_nothing(case, note, cecilia, tuusniemi):
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(page_of(case, note)).status_code == 404
