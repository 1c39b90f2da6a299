"""A service entry is corrected or taken back at any time: what is right counts, the first text stays."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.cases import actions as cases
from casework.law.errors import InTheFuture
from casework.models import Case, Correction, ServiceEntry
from casework.services import actions as service_entries
from casework.services import usage
from casework.services.queries import minutes_logged
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from tenants.audit.models import AccessEntry
from tenants.scope import in_municipality
from tenants.versions import EditedMeanwhile
from tests.asking import asked
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

DAY = date(2026, 11, 20)


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino, opened_on=date(2026, 10, 1))


@pytest.fixture
def entry(case, aino) -> ServiceEntry:
    typed: dict[str, Any] = {"on": DAY, "product": "client_meeting", "minutes": 600, "is_billable": True}
    return service_entries.log(case=case, what="Käynti toimistolla.", **typed, by=aino, at=NOON)


def right(**others):
    typed = {"on": DAY, "product": "client_meeting", "minutes": 60, "what": "Käynti.", "is_billable": True}
    return typed | {"reason": "Nolla liikaa", "version": 1} | others


def test_a_corrected_entry_counts_as_what_is_right_and_what_was_logged_stays(case, entry, aino):
    service_entries.correct(entry=entry, **right(), by=aino, at=NOON)

    [row] = usage.services(first_on=DAY, last_on=DAY)
    assert (row.minutes, minutes_logged(case)["billed"]) == (60, 60)
    [earlier] = corrections.of_row(entry)
    assert [(str(old.label), old.said) for old in earlier.olds] == [
        ("Aika minuutteina", "600"),
        ("Mitä tehtiin", "Käynti toimistolla."),
    ]
    assert (earlier.correction.reason, earlier.correction.by, earlier.correction.at) == ("Nolla liikaa", aino, NOON)
    assert case.events.get(kind="service.corrected").facts == {"product": "client_meeting", "minutes": 60}
    assert AccessEntry.objects.filter(action="service.corrected", subject=case.number, actor=aino.pk).exists()


def test_what_was_there_lies_sealed(case, entry, aino):
    service_entries.correct(entry=entry, **right(), by=aino, at=NOON)

    kept: Any = Correction.objects.values_list("before", "reason")
    [(before, reason)] = kept
    assert b"toimistolla" not in before.content
    assert b"Nolla" not in reason.content


def test_nothing_is_written_when_nothing_changed(case, entry, aino):
    same = {name: getattr(entry, name) for name in ServiceEntry.CORRECTED}
    service_entries.correct(entry=entry, **same, reason="?", version=1, by=aino, at=NOON)

    entry.refresh_from_db()
    assert (entry.version, Correction.objects.count()) == (1, 0)


def test_an_entry_taken_back_is_counted_nowhere_and_its_words_stay_in_the_history(case, entry, aino):
    service_entries.take_back(entry=entry, reason="Väärä asiakas", version=1, by=aino, at=NOON)

    assert not case.service_entries.exists()
    assert usage.services(first_on=DAY, last_on=DAY) == []
    assert minutes_logged(case) == {"all": 0, "billed": 0}
    kept = ServiceEntry.everything.get()
    assert (kept.what, kept.removed_by, kept.removed_at, kept.removed_reason) == (
        "Käynti toimistolla.",
        aino,
        NOON,
        "Väärä asiakas",
    )
    [earlier] = corrections.described(corrections.of_case(case))
    assert {str(old.label): old.said for old in earlier.olds}["Palvelu"]
    assert case.events.filter(kind="service.removed").exists()


def test_a_taken_back_entry_is_neither_corrected_nor_taken_back_again(case, entry, aino):
    service_entries.take_back(entry=entry, reason="x", version=1, by=aino, at=NOON)

    with pytest.raises(TakenBack):
        service_entries.correct(entry=entry, **right(version=2), by=aino, at=NOON)
    with pytest.raises(TakenBack):
        service_entries.take_back(entry=entry, reason="x", version=2, by=aino, at=NOON)


def test_nobody_corrects_over_what_they_have_not_seen(case, entry, aino):
    service_entries.correct(entry=entry, **right(minutes=90), by=aino, at=NOON)

    with pytest.raises(EditedMeanwhile):
        service_entries.correct(entry=entry, **right(minutes=30), by=aino, at=NOON)
    with pytest.raises(EditedMeanwhile):
        service_entries.take_back(entry=entry, reason="x", version=1, by=aino, at=NOON)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"on": date(2026, 9, 30)}, service_entries.BeforeTheCase),
        ({"on": date(2027, 1, 1)}, InTheFuture),
        ({"minutes": 0}, service_entries.NotADaysWork),
    ],
)
def test_a_correction_is_checked_as_what_is_logged(case, entry, aino, wrong, refusal):
    with asked(refusal):
        service_entries.correct(entry=entry, **right(**wrong), by=aino, at=NOON)


def test_an_entry_of_a_closed_case_is_corrected_too(case, entry, aino):
    cases.close(case=case, outcome="work", closed_on=DAY, version=case.version, by=aino, at=NOON)

    assert service_entries.correct(entry=entry, **right(), by=aino, at=NOON).minutes == 60


# --- on the pages -------------------------------------------------------------------------------------------------


def page_of(case, entry, name):
    return reverse(name, args=[case.number, entry.pk])


def test_it_is_corrected_where_it_is_shown_and_the_old_text_stands_under_corrected(case, entry, aino, aino_browser):
    services = reverse("case_services", args=[case.number])
    assert page_of(case, entry, "service_entry_correct") in aino_browser.get(services).content.decode()

    known = aino_browser.get(page_of(case, entry, "service_entry_correct")).context["form"].initial
    assert (known["minutes"], known["version"]) == (600, 1)
    typed: dict[str, Any] = {
        "on": "2026-11-20",
        "product": "client_meeting",
        "minutes": "60",
        "what": "Käynti.",
        "is_billable": "on",
    }
    unexplained = aino_browser.post(page_of(case, entry, "service_entry_correct"), typed | {"version": 1})
    assert "reason" in unexplained.context["form"].errors
    typed |= {"version": 1, "reason": "Nolla liikaa"}
    assert aino_browser.post(page_of(case, entry, "service_entry_correct"), typed).url == services

    told = aino_browser.get(reverse("case_corrections", args=[case.number])).content.decode()
    assert "Käynti toimistolla." in told
    assert "Nolla liikaa" in told
    assert "Asiakastapaaminen, 20.11.2026" in told
    timeline = aino_browser.get(reverse("case_timeline", args=[case.number])).content.decode()
    assert timeline.count("Korjattu myöhemmin.") == 1


def test_it_is_taken_back_with_a_reason(case, entry, aino, aino_browser):
    page = page_of(case, entry, "service_entry_remove")
    assert "Käynti toimistolla." in aino_browser.get(page).content.decode()
    assert "reason" in aino_browser.post(page, {"version": 1}).context["form"].errors
    aino_browser.post(page, {"version": 1, "reason": "Väärä asiakas"})

    assert not case.service_entries.exists()
    timeline = aino_browser.get(reverse("case_timeline", args=[case.number])).content.decode()
    assert "Poistettu myöhemmin." in timeline
    assert "Käynti toimistolla." not in timeline
    assert aino_browser.get(page).status_code == 404


@pytest.mark.parametrize("name", ["service_entry_correct", "service_entry_remove"])
def test_who_may_not_log_does_not_correct_and_a_colleague_is_asked_why(case, entry, aino, bertta, daavid, name):
    page = page_of(case, entry, name)

    cases.add_participant(case=case, user=daavid, since=DAY, by=aino, at=NOON)
    assert browser_of(daavid).get(page).status_code == 403
    assert "/reason/" in browser_of(bertta).get(page).headers["Location"]
    other = a_case(by=aino, opened_on=date(2026, 10, 1))
    assert browser_of(aino).get(reverse(name, args=[other.number, entry.pk])).status_code == 404


def test_the_outsider_finds_nothing(case, entry, cecilia, tuusniemi):
    with in_municipality(tuusniemi):
        browser = browser_of(cecilia)
        assert browser.get(page_of(case, entry, "service_entry_correct")).status_code == 404
        assert browser.get(reverse("case_corrections", args=[case.number])).status_code == 404
