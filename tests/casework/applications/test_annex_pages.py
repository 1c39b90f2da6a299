"""The list of what goes with an application on its pages: what they say, one click, what is not needed, filing."""

from datetime import date

import pytest
from django.urls import reverse

from casework.models import AnnexAnswer, Application, Evidence
from tests.casework.applications.making import an_illness, application_at, evidence_of, not_needed
from tests.casework.cases.making import a_case
from tests.casework.statements.making import a_statement
from tests.conftest import NOON


@pytest.fixture(autouse=True)
def monday_noon(time_is):
    time_is(NOON)


def attach_url(application: Application, key: object) -> str:
    return reverse("application_paper_attach", args=[application.case.number, application.pk, key])


@pytest.mark.parametrize(
    ("benefit", "decider"),
    [
        ("TTO", "kela"),
        ("PAL", "employment_area"),
        ("TAK", "kela"),
        ("OSPR", "kela"),
        ("YT", "kela"),
        ("AP", "unemployment_fund"),
    ],
)
def test_a_benefit_of_which_nothing_is_known_says_that_it_is_not_verified(kaavi, aino, aino_browser, benefit, decider):
    application = application_at("draft", benefit=benefit, decider=decider, by=aino)

    for url in (application.get_absolute_url(), f"{application.get_absolute_url()}file/"):
        assert "kukaan ei ole varmistanut" in aino_browser.get(url).text


def test_the_page_says_of_each_row_how_well_it_is_known_and_which_form_it_is(kaavi, aino, aino_browser):
    application = application_at("draft", benefit="KT", decider="kela", by=aino)
    text = aino_browser.get(application.get_absolute_url()).text.replace("\N{NO-BREAK SPACE}", " ")

    for words in ("KEL 568/2007 14 §", "enintään 6 kuukauden ikäinen", "omake ETK 7113", "Tarvetta ei ole tarkistettu"):
        assert words in text
    assert (
        "Päätöksen tekijän omilta sivuilta: Kela" in text
    )  # where the forms are found, without an address that nobody has read


def test_one_click_attaches_a_statement_of_the_case_and_says_to_name_the_illnesses(kaavi, aino, aino_browser):
    application = application_at("draft", by=aino)
    request = a_statement("received", case=application.case, by=aino)
    page = aino_browser.get(application.get_absolute_url()).text
    assert attach_url(application, request.pk) in page

    answer = aino_browser.post(attach_url(application, request.pk), follow=True)

    assert Evidence.objects.get(application=application).title == request.asked_of
    assert "mitä sairauksia se koskee" in answer.text
    assert attach_url(application, request.pk) not in answer.text


def test_a_second_click_attaches_nothing_more(kaavi, aino, aino_browser):
    application = application_at("draft", by=aino)
    request = a_statement("received", case=application.case, by=aino)

    for _click in range(2):
        aino_browser.post(attach_url(application, request.pk))

    assert Evidence.objects.count() == 1


def test_illnesses_that_are_known_are_not_asked_for(kaavi, aino, aino_browser):
    case = a_case(by=aino)
    known = evidence_of(application_at("draft", case=case, by=aino), an_illness(case, by=aino), by=aino)
    second = application_at("draft", benefit="TKE-K", decider="kela", case=case, by=aino)

    answer = aino_browser.post(attach_url(second, known.pk), follow=True)

    assert "mitä sairauksia se koskee" not in answer.text
    assert second.evidence.get().illnesses.count() == 1


def test_a_paper_of_another_case_is_not_attached(kaavi, aino, aino_browser):
    foreign = a_statement("received", by=aino)
    application = application_at("draft", by=aino)

    aino_browser.post(attach_url(application, foreign.pk))

    assert not Evidence.objects.exists()


def test_the_statement_is_asked_for_with_its_kind_and_its_application(kaavi, aino, aino_browser):
    application = application_at("draft", benefit="VT", decider="kela", by=aino)
    url = f"{reverse('statement_new', args=[application.case.number])}?application={application.pk}&kind=C"
    assert url.replace("&", "&amp;") in aino_browser.get(application.get_absolute_url()).text

    form = aino_browser.get(url).context["form"]

    assert (form["kind"].value(), form["application"].value()) == ("C", str(application.pk))


def test_evidence_says_which_row_it_is_where_its_kind_does_not(kaavi, aino, aino_browser):
    application = application_at("draft", by=aino)
    url = f"{application.get_absolute_url()}evidence/"

    form = aino_browser.get(f"{url}?kind=other&annex=employer").context["form"]
    assert (form["kind"].value(), form["annex"].value()) == ("other", "employer")
    aino_browser.post(url, {"kind": "other", "annex": "employer"})

    assert Evidence.objects.get().annex == "employer"


def test_an_address_gives_no_row_that_is_not_on_the_list(kaavi, aino, aino_browser):
    application = application_at("draft", by=aino)
    url = f"{application.get_absolute_url()}evidence/?kind=other&annex="

    for invented in ("nonsense", "n" * 41):
        assert invented not in dict(aino_browser.get(url + invented).context["form"].fields["annex"].choices)
        aino_browser.post(url + invented, {"kind": "other", "annex": invented})

    assert not Evidence.objects.exists()


def test_what_is_not_needed_is_written_corrected_and_taken_back(kaavi, aino, aino_browser):
    application = application_at("draft", by=aino)
    names = [application.case.number, application.pk]
    aino_browser.post(
        reverse("application_annex_not_needed", args=[*names, "employer"]), {"why": "Ei ole ollut työssä."}
    )
    answer = AnnexAnswer.objects.get()
    assert "Ei ole ollut työssä." in aino_browser.get(application.get_absolute_url()).text

    correct = reverse("application_annex_correct", args=[*names, answer.pk])
    aino_browser.post(correct, {"why": "Työ loppui 2015.", "reason": "Tarkennus", "version": 1})
    remove = reverse("application_annex_remove", args=[*names, answer.pk])
    aino_browser.post(remove, {"reason": "Väärä rivi", "version": 2})

    assert not AnnexAnswer.objects.exists()
    told = aino_browser.get(reverse("case_corrections", args=[application.case.number])).text
    assert [words in told for words in ("Ei ole ollut työssä.", "Tarkennus", "Väärä rivi")] == [True] * 3
    timeline = aino_browser.get(reverse("case_timeline", args=[application.case.number])).text
    assert "Työnantajan kuvaus" in timeline


def test_a_row_that_is_not_on_the_list_has_no_such_page(kaavi, aino, aino_browser):
    application = application_at("draft", by=aino)

    url = reverse("application_annex_not_needed", args=[application.case.number, application.pk, "plan"])

    assert aino_browser.get(url).status_code == 404


def test_an_answer_of_another_application_is_not_found(kaavi, aino, aino_browser):
    application, other = application_at("draft", by=aino), application_at("draft", by=aino)
    answer = not_needed(other, by=aino)

    url = reverse("application_annex_correct", args=[application.case.number, application.pk, answer.pk])

    assert aino_browser.get(url).status_code == 404


def test_filing_shows_the_list_in_short_and_names_what_is_missing(kaavi, aino, aino_browser):
    application = application_at("draft", by=aino)
    url = f"{application.get_absolute_url()}file/"
    assert "B-lausunto: ei vielä" in aino_browser.get(url).text

    answer = aino_browser.post(url, {"filed_on": "2026-11-02", "version": 1})

    assert list(answer.context["form"].errors) == ["statement_follows"]
    assert "B-lausunto" in str(answer.context["form"].errors)
    aino_browser.post(url, {"filed_on": "2026-11-02", "statement_follows": "on", "version": 1})
    assert Application.objects.get().state == "filed"


def test_filing_with_a_statement_that_is_too_old_is_asked_about_once(kaavi, aino, aino_browser):
    application = application_at("draft", by=aino)
    evidence_of(application, dated_on=date(2026, 2, 27), by=aino)
    url = f"{application.get_absolute_url()}file/"
    answer = aino_browser.post(url, {"filed_on": "2026-11-02", "version": 1})
    assert Application.objects.get().state == "draft"

    question = answer.context["form"].in_doubt
    assert question.field == "filed_on"
    aino_browser.post(url, {"filed_on": "2026-11-02", "version": 1, "sure": question.answer})

    assert Application.objects.get().state == "filed"
