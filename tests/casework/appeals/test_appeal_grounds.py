"""The first text of an appeal: it claims what somebody has found and what was sent, and nothing else."""

from django.urls import reverse

from casework.appeals import actions as appeals
from casework.appeals.appeal_grounds import first_draft
from casework.decisions import coverage
from casework.law.placeholders import reminders
from casework.models import Appeal, Case, CoverageCheck
from casework.models.coverage import Answer
from tenants.rough_days import parse
from tests.casework.applications.making import (
    FILED,
    a_decision,
    an_illness,
    appeal_at,
    application_at,
    evidence_of,
    findings,
    in_db,
)
from tests.casework.cases.making import a_case
from tests.conftest import NOON


def test_the_grounds_name_the_illnesses_that_were_passed_over_and_no_others(kaavi, aino):
    case = a_case(by=aino)
    back = an_illness(case, "Selkäkipu", icd10="M54.5", effect="Cannot lift.", by=aino)
    an_illness(case, "Masennus", icd10="F33.1", effect="Cannot concentrate.", since=parse("2/2024"), by=aino)
    sugar = an_illness(case, "Diabetes", by=aino)
    application = application_at("filed", case=case, by=aino)
    evidence_of(application, sugar, kind="C", sent_on=FILED, by=aino)
    decision = a_decision(application=in_db(application), by=aino)
    check = CoverageCheck.objects.get()
    coverage.fill(check=check, findings=findings(check, considered=[back]), version=1, by=aino, at=NOON)

    appeal = appeals.draft(decision=decision, by=aino, at=NOON)

    assert "Selkäkipu" not in appeal.grounds
    assert appeal.grounds.count("Päätöksessä ei mainita sitä.") == 2
    assert "Masennus (F33.1)" in appeal.grounds
    assert "helmikuusta 2024" in appeal.grounds
    assert "Cannot concentrate." in appeal.grounds
    diabetes = next(line for line in appeal.grounds.splitlines() if "Diabetes" in line)
    assert "20.8.2026" in diabetes
    assert "16.11.2026" in appeal.demand


def test_the_grounds_say_only_what_somebody_found_and_what_was_sent(kaavi, aino):
    case = a_case(by=aino)
    back, mind, sugar = (an_illness(case, name, by=aino) for name in ("Selkäkipu", "Masennus", "Diabetes"))
    decision = a_decision(application=application_at("filed", case=case, by=aino), by=aino)
    found = {
        back.pk: coverage.Finding(answer=Answer.MENTIONED),
        mind.pk: coverage.Finding(answer=Answer.NOT_MENTIONED),
        sugar.pk: coverage.Finding(),
    }
    findings = coverage.Findings(illnesses=found)
    coverage.fill(check=CoverageCheck.objects.get(), findings=findings, version=1, by=aino, at=NOON)

    grounds = appeals.draft(decision=decision, by=aino, at=NOON).grounds

    [of_back] = [line for line in grounds.splitlines() if "Selkäkipu" in line]
    [of_mind] = [line for line in grounds.splitlines() if "Masennus" in line]
    assert "Päätöksessä mainitaan se, mutta ei arvioida, miten se vaikuttaa työkykyyni." in of_back
    assert "Päätöksessä ei mainita sitä." in of_mind
    assert "Diabetes" not in grounds  # nobody has looked
    nothing = (
        "[Täällä ei ole merkintää siitä, että siitä olisi lähetetty selvitystä. Tarkista, mitä päätöksen tekijällä on, "
        "liitä selvitys tai poista tämä.]"
    )
    assert reminders(grounds) == [nothing] * 2
    assert "liitteenä" not in grounds


def test_one_illness_is_not_spoken_of_as_many_and_nothing_is_claimed_of_them_together(kaavi, aino):
    endings = []
    for number in (1, 2):
        case = a_case(by=aino)
        for name in ("Selkäkipu", "Masennus")[:number]:
            an_illness(case, name, by=aino)
        decision = a_decision(application=application_at("filed", case=case, by=aino), by=aino)
        check = CoverageCheck.objects.get(decision=decision)
        coverage.fill(check=check, findings=findings(check), version=1, by=aino, at=NOON)
        endings.append(appeals.draft(decision=decision, by=aino, at=NOON).grounds.splitlines()[-1])

    assert endings == [
        "Sen vaikutus työkykyyni on arvioitava.",
        "Kaikkien sairauksieni vaikutus työkykyyni on arvioitava kokonaisuutena.",
    ]


def test_where_nobody_has_found_a_gap_the_draft_claims_nothing(kaavi, aino):
    case = a_case(by=aino)
    an_illness(case, "Selkäkipu", by=aino)
    decision = a_decision(application=application_at("filed", case=case, by=aino), by=aino)

    grounds = appeals.draft(decision=decision, by=aino, at=NOON).grounds

    assert grounds == "[Kirjoita tähän, miksi päätöstä pitää muuttaa.]"


def test_what_stands_in_brackets_is_named_on_each_page_until_it_is_done(kaavi, aino, aino_browser, time_is):
    time_is(NOON)
    appeal = appeal_at("draft", by=aino)
    number = appeal.decision.application.case.number
    pages = [reverse(name, args=[number, appeal.pk]) for name in ("appeal", "appeal_file", "appeal_edit")]
    assert all("Teksti on kesken." in aino_browser.get(page).text for page in pages)

    appeals.edit(appeal=appeal, demand="Myönnettävä.", grounds="Masennus [F33.1", version=1, by=aino, at=NOON)

    assert not any("Teksti on kesken." in aino_browser.get(page).text for page in pages)


def test_for_who_has_died_the_estate_asks_and_nobody_speaks_as_the_dead(kaavi, aino):
    case = a_case(by=aino)
    back, mind = (an_illness(case, name, by=aino) for name in ("Selkäkipu", "Masennus"))
    decision = a_decision(application=application_at("filed", case=case, by=aino), by=aino)
    found = {
        back.pk: coverage.Finding(answer=Answer.MENTIONED),
        mind.pk: coverage.Finding(answer=Answer.NOT_MENTIONED),
    }
    check = CoverageCheck.objects.get()
    coverage.fill(check=check, findings=coverage.Findings(illnesses=found), version=1, by=aino, at=NOON)
    appeal = appeal_at("draft", decision=decision, by=aino)
    Case.objects.update(outcome="died", closed_on=NOON.date())

    demand, grounds = first_draft(in_db(appeal))

    assert demand.startswith("Kuolinpesä hakee muutosta päätökseen, joka on annettu 16.11.2026.")
    assert "hakija Matti Meikäläinen" in demand
    assert "Kuolinpesä pyytää, että kaikkien sairauksien vaikutus hakijan työkykyyn" in grounds
    for own in ("minulle", "työkykyäni", "työkykyyni", "sairauksieni"):
        assert own not in demand + grounds


def test_at_the_court_the_estate_goes_on_in_its_own_words(kaavi, aino):
    board = appeal_at("decided", by=aino)
    Case.objects.update(outcome="died", closed_on=NOON.date())

    demand, _grounds = first_draft(Appeal.objects.get(against=board))

    assert demand.startswith("Kuolinpesä hakee muutosta ratkaisuun, joka on annettu ")
