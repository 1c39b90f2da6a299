"""A consent that was recorded wrong is corrected or taken off: the guard, the agendas and the tasks follow."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.cases import actions as cases
from casework.consents import guard
from casework.consents.actions import ConsentDetails, WritingNeeded
from casework.models import AgendaItem, Case, Consent, Task
from casework.models.consent import Partner, Purpose
from casework.reminders.sweep import sweep
from casework.timeline import corrections
from casework.timeline.corrections import TakenBack
from casework.withdrawals import consents
from tenants.scope import in_municipality
from tests.casework.cases.making import a_case
from tests.casework.consents.making import a_consent, a_newer_version, a_paper, handed_over, taken_back
from tests.casework.meetings.making import a_meeting, an_item
from tests.conftest import NOON
from tests.people import browser_of

TODAY, GIVEN, LAST = date(2026, 11, 23), date(2026, 9, 1), date(2026, 12, 10)
DISCUSS: dict[str, Any] = {"partner": Partner.TEAM, "purpose": Purpose.DISCUSS}


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino)


def corrected(case, consent, *, by, withdrawn_on=None, **others) -> Consent:
    said = {name: getattr(consent, name) for name in ConsentDetails.__dataclass_fields__} | others
    known: dict[str, Any] = {"withdrawn_on": withdrawn_on, "reason": "Luin väärin", "version": consent.version}
    return consents.correct(case=case, consent=consent, details=ConsentDetails(**said), **known, by=by, at=NOON)


def removed(case, consent, *, by) -> Consent:
    return consents.take_back(case=case, consent=consent, reason="Väärä", version=consent.version, by=by, at=NOON)


def asked(case, **ask) -> Consent | None:
    return guard.find(case.client, **{"partner": Partner.KELA, "purpose": Purpose.HAND_OVER, "on": TODAY, **ask})


def test_the_guard_asks_what_the_consent_says_now(case, aino):
    consent = a_consent(case, by=aino)

    consent = corrected(case, consent, partner=Partner.HEALTH_CARE, given_on=date(2026, 10, 1), by=aino)

    assert asked(case) is None
    assert asked(case, partner=Partner.HEALTH_CARE) == consent
    assert asked(case, partner=Partner.HEALTH_CARE, on=GIVEN) is None
    [earlier] = corrections.of_row(consent)
    assert "1.9.2026" in [old.said for old in earlier.olds]
    with pytest.raises(WritingNeeded):
        corrected(case, consent, partner=Partner.EMPLOYER, partner_name="Oy", way=Consent.Way.SPOKEN, by=aino)


def test_a_consent_that_was_never_given_allows_nothing(case, aino, aino_browser):
    consent = a_consent(case, by=aino)

    removed(case, consent, by=aino)

    assert (asked(case), case.client.consents.count()) == (None, 0)
    assert aino_browser.get(reverse("case_basics", args=[case.number])).context["consents"] == []
    with pytest.raises(TakenBack):
        taken_back(case, consent, by=aino)


def test_a_withdrawal_that_was_recorded_wrong_is_corrected_or_never_was(case, aino):
    consent = taken_back(case, a_consent(case, by=aino), by=aino)

    with pytest.raises(consents.WithdrawnBeforeGiven):
        corrected(case, consent, withdrawn_on=GIVEN - timedelta(days=1), by=aino)
    consent = corrected(case, consent, withdrawn_on=date(2026, 11, 2), by=aino)
    assert asked(case, on=date(2026, 11, 3)) is None
    assert asked(case) is None

    assert corrected(case, consent, by=aino) == asked(case)


def test_what_was_handed_over_on_it_keeps_its_ground(case, aino, settings, tmp_path):
    settings.FILES = tmp_path
    consent = a_consent(case, by=aino)
    handed_over(a_paper(case, by=aino), by=aino)

    for wrong in ({"given_on": TODAY}, {"partner": Partner.HEALTH_CARE}, {"valid_until": date(2026, 11, 1)}):
        with pytest.raises(consents.HandedOverOnIt):
            corrected(case, consent, **wrong, by=aino)
    with pytest.raises(consents.HandedOverOnIt):
        removed(case, consent, by=aino)
    assert corrected(case, consent, given_on=date(2026, 10, 1), by=aino).given_on == date(2026, 10, 1)


def test_agendas_look_for_another_consent_and_lose_the_case_without_one(case, aino):
    first, second = (a_consent(case, **DISCUSS, given_on=on, by=aino) for on in (GIVEN, TODAY))
    item = an_item(a_meeting(by=aino), case, by=aino)
    ground, other = (first, second) if item.consent == first else (second, first)

    removed(case, ground, by=aino)
    assert AgendaItem.objects.get().consent == other
    assert not Task.objects.exists()

    corrected(case, other, partner=Partner.KELA, by=aino)
    assert AgendaItem.objects.get().state == AgendaItem.State.WITHDRAWN
    assert case.number in Task.objects.get().title


def test_another_last_day_ends_the_task_about_the_old_one_and_asks_anew(case, aino):
    consent = a_consent(case, valid_until=LAST, by=aino)
    assert sweep(on=TODAY, at=NOON) == 1

    consent = corrected(case, consent, valid_until=LAST + timedelta(days=30), by=aino)
    assert (Task.objects.get().is_dropped, sweep(on=TODAY, at=NOON)) == (True, 0)
    later = LAST + timedelta(days=10)
    assert [sweep(on=later, at=NOON), sweep(on=later, at=NOON)] == [1, 0]

    removed(case, consent, by=aino)
    assert (Task.objects.filter(done_at=None).count(), sweep(on=later, at=NOON)) == (0, 0)


# --- on the pages -------------------------------------------------------------------------------------------------


def page_of(case, consent, name):
    return reverse(name, args=[case.number, consent.pk])


def test_it_is_corrected_and_taken_off_where_it_is_shown(case, aino, aino_browser):
    consent = a_consent(case, by=aino)
    basics, page = reverse("case_basics", args=[case.number]), page_of(case, consent, "consent_correct")
    assert page in aino_browser.get(basics).content.decode()
    form = aino_browser.get(page).context["form"]
    typed = {name: value for name, value in form.initial.items() if value is not None} | {"given_on": "2026-10-01"}
    assert "reason" in aino_browser.post(page, typed).context["form"].errors
    assert aino_browser.post(page, typed | {"reason": "Luin väärin"}).url == basics

    told = aino_browser.get(reverse("case_corrections", args=[case.number])).content.decode()
    assert [words in told for words in ("1.9.2026", "Luin väärin")] == [True, True]
    aino_browser.post(page_of(case, consent, "consent_remove"), {"version": 2, "reason": "Ei annettu"})
    assert aino_browser.get(page).status_code == 404
    for name in ("case_timeline", "case_corrections", "case_basics"):
        assert aino_browser.get(reverse(name, args=[case.number])).status_code == 200


def test_a_signed_paper_that_was_replaced_since_stays_chosen(case, aino, aino_browser, settings, tmp_path):
    settings.FILES = tmp_path
    paper = a_paper(case, "consent", by=aino)
    consent = a_consent(case, document=paper, by=aino)
    a_newer_version(paper, by=aino)

    form = aino_browser.get(page_of(case, consent, "consent_correct")).context["form"]

    assert str(paper.pk) in str(form["document"])


@pytest.mark.parametrize("name", ["consent_correct", "consent_remove"])
def test_it_is_behind_the_door_of_its_case(case, aino, bertta, daavid, cecilia, tuusniemi, name):
    page = page_of(case, a_consent(case, by=aino), name)
    other = page_of(a_case(by=aino), a_consent(case, by=aino), name)
    cases.add_participant(case=case, user=daavid, since=GIVEN, by=aino, at=NOON)

    assert browser_of(daavid).get(page).status_code == 403
    assert "/reason/" in browser_of(bertta).get(page).headers["Location"]
    assert browser_of(aino).get(other).status_code == 404
    with in_municipality(tuusniemi):
        assert browser_of(cecilia).get(page).status_code == 404
