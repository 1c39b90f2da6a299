"""For pay subsidy the employer applies: no page and no paper says that the client applies, signs or appeals."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.appeals import actions as appeals
from casework.applications import actions as applications
from casework.applications import correcting
from casework.applications.applicants import EmployerAppliesNot, applicant_of
from casework.applications.correcting import ApplicationFacts
from casework.law import benefits as rules
from casework.law.placeholders import reminders
from casework.models import Application
from casework.overview.client_map import road_of
from casework.overview.client_map_presenters import client_map
from casework.timeline import corrections
from tests.casework.applications.making import a_decision, application_at, in_db
from tests.casework.cases.making import a_case
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
PAY_SUBSIDY: dict[str, Any] = {"benefit_code": "PAL", "decider_code": "employment_area"}
SAVO = "Savon Paja Oy"


def pay_subsidy(*, by, employer=SAVO, case=None, **details) -> Application:
    return applications.draft(case=case or a_case(by=by, **details), employer=employer, **PAY_SUBSIDY, by=by, at=NOON)


def facts_of(application: Application, **others) -> ApplicationFacts:
    said = {name: getattr(application, name) for name in ApplicationFacts.__dataclass_fields__}
    return ApplicationFacts(**said | others)


def test_pay_subsidy_alone_is_applied_for_by_the_employer():
    employers = [row.code for row in rules.benefits_on(TODAY) if row.employer_applies]

    assert employers == ["PAL"]


def test_the_application_names_the_employer_as_applicant(kaavi, aino, aino_browser):
    application = pay_subsidy(by=aino)

    page = aino_browser.get(application.get_absolute_url()).text

    assert "Savon Paja Oy, työnantaja" in page
    assert "hakijana työnantaja" in page


def test_the_form_takes_the_employer(kaavi, aino, aino_browser):
    case = a_case(by=aino)

    aino_browser.post(reverse("application_new", args=[case.number]), PAY_SUBSIDY | {"matter": "new", "employer": SAVO})

    assert Application.objects.get().employer == SAVO


def test_an_employer_who_is_not_known_yet_is_said_to_be_unknown(kaavi, aino):
    application = pay_subsidy(by=aino, employer="")

    assert applicant_of(application) == "Työnantaja, jonka nimeä ei ole kirjattu"


def test_where_the_client_applies_no_employer_is_taken(kaavi, aino):
    with pytest.raises(EmployerAppliesNot):
        applications.draft(
            case=a_case(by=aino), benefit_code="SPR", decider_code="kela", employer=SAVO, by=aino, at=NOON
        )

    assert applicant_of(application_at("draft", by=aino)) == ""


def test_the_name_of_the_employer_is_corrected_with_its_history(kaavi, aino):
    application = pay_subsidy(by=aino)
    known = {"reason": "Väärä nimi", "version": application.version, "by": aino, "at": NOON}

    correcting.correct(application=application, facts=facts_of(application, employer="Kuopion Paja Oy"), **known)

    [earlier] = corrections.of_row(application)
    assert SAVO in [old.said for old in earlier.olds]
    assert in_db(application).employer == "Kuopion Paja Oy"


def test_another_benefit_has_no_employer(kaavi, aino):
    application = pay_subsidy(by=aino)
    other = {"benefit_code": "SPR", "decider_code": "kela"}

    correcting.correct(
        application=application,
        facts=facts_of(application, **other),
        reason="Väärä etuus",
        version=application.version,
        by=aino,
        at=NOON,
    )

    assert in_db(application).employer == ""


def test_a_protective_order_hides_which_employer(kaavi, aino, aino_browser):
    application = pay_subsidy(by=aino, protective_order_source="DVV")

    assert applicant_of(application) == "Työnantaja"
    address = reverse("application_correct", args=[application.case.number, application.pk])
    assert SAVO not in aino_browser.get(address).text
    aino_browser.post(address, PAY_SUBSIDY | {"matter": "new", "employer": "", "reason": "x", "version": 1})
    assert in_db(application).employer == SAVO


def test_the_client_s_own_map_says_that_the_employer_applies(kaavi, aino):
    application = pay_subsidy(by=aino)

    said = str(client_map(road_of(application.case, now=NOON), language="en"))

    assert "the employer applies, and has not sent the application yet" in said
    assert "preparing the application together" not in said


def test_an_appeal_is_the_employer_s_and_says_nothing_of_the_client_s_health(kaavi, aino):
    application = pay_subsidy(by=aino)
    filed = applications.file(
        application=application, filed_on=date(2026, 9, 1), version=application.version, by=aino, at=NOON
    )
    decision = a_decision(application=filed, printed_last_day=date(2026, 12, 18), by=aino)

    appeal = appeals.draft(decision=decision, by=aino, at=NOON)

    assert appeal.demand.startswith("Savon Paja Oy pyytää hakijana")
    assert reminders(appeal.grounds) == [appeal.grounds]
