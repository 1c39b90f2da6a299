"""The Work ability tab: the picture of how abilities moved, assessments of professionals, results of instruments."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from casework.assessments import queries
from casework.cases import actions as cases
from casework.law.domains import DOMAINS
from casework.models import Assessment, Case, InstrumentResult
from tenants.accounts.languages import LANGUAGE_COOKIE
from tenants.scope import in_municipality
from tests.casework.assessments.making import a_result, an_assessment
from tests.casework.assessments.test_actions import a_document
from tests.casework.cases.making import a_case
from tests.conftest import NOON
from tests.people import browser_of

TODAY = date(2026, 11, 23)
SPRING, AUTUMN = date(2026, 6, 5), date(2026, 11, 20)
BUDGET = 15  # queries, however much is assessed
CHECK = {"kind": "physiotherapist", "assessed_on": "2026-11-20", "score_moving": "1", "note_moving": "Cannot lift."}
RESULT = {"instrument": "own_estimate", "taken_on": "2026-11-20", "result": "4"}
NEW = ("case_ability", "assessment_new", "instrument_results", "instrument_result_new")
OF_ASSESSMENTS = ("assessment", "assessment_edit", "assessment_remove")
OF_RESULTS = ("instrument_result_edit", "instrument_result_remove")


@pytest.fixture
def case(kaavi, aino) -> Case:
    return a_case(by=aino)


@pytest.fixture
def desk(aino_browser):
    aino_browser.cookies[LANGUAGE_COOKIE] = "en"
    return aino_browser


@pytest.fixture
def physio(case, aino, daavid):
    """Daavid at his desk; he is in the team of the case."""
    cases.add_participant(case=case, user=daavid, since=TODAY, by=aino, at=NOON)
    return browser_of(daavid)


def address(name: str, case: Case, *more) -> str:
    return reverse(name, args=[case.number, *more])


def test_the_tab_shows_the_newest_score_in_words_its_change_and_the_picture(case, aino, desk):
    an_assessment(case, by=aino, assessed_on=SPRING, scores={"moving": 1})
    an_assessment(case, by=aino, assessed_on=AUTUMN, scores={"moving": 3})

    page = desk.get(address("case_ability", case)).content.decode()

    for words in (
        "Moving and physical load",
        "Mostly",
        "up from 1, 5.6.2026",
        "<polyline",
        "5.6.2026: 1, 20.11.2026: 3",
    ):
        assert words in page


def test_each_picture_has_a_name_of_its_own(case, aino, desk):
    an_assessment(case, by=aino, scores=dict.fromkeys([domain.code for domain in DOMAINS], 2))

    page = desk.get(address("case_ability", case)).content.decode()

    names = re.findall(r'role="img" aria-labelledby="(\S+) (\S+)"', page)
    assert len(names) == len(DOMAINS)
    assert all(page.count(f'id="{one}"') == 1 for pair in names for one in pair)


def test_without_assessments_it_says_where_to_begin(case, desk):
    page = desk.get(address("case_ability", case)).content.decode()

    assert "Begin with your own interview" in page
    assert address("assessment_new", case) in page


def test_a_much_assessed_case_asks_few_questions(case, aino, desk, django_assert_max_num_queries):
    for number in range(20):
        an_assessment(
            case, by=aino, assessed_on=SPRING + timedelta(number), scores={"moving": 1, "mood": 2, "sleep": 3}
        )
        a_result(case, by=aino, taken_on=SPRING + timedelta(number), document=a_document(case, by=aino))
    found = an_assessment(case, by=aino, scores=dict.fromkeys([domain.code for domain in DOMAINS], 2))

    for name, more in (("case_ability", []), ("instrument_results", []), ("assessment", [found.pk])):
        with django_assert_max_num_queries(BUDGET):
            assert desk.get(address(name, case, *more)).status_code == 200
    with django_assert_max_num_queries(BUDGET):
        assert desk.get(address("assessment_edit", case, found.pk)).status_code == 200


def test_the_newest_results_are_on_the_tab_and_the_others_one_link_away(case, aino, desk):
    for number in range(7):
        a_result(case, by=aino, result=f"Result {number}", taken_on=SPRING + timedelta(number))

    tab = desk.get(address("case_ability", case)).content.decode()
    everything = desk.get(address("instrument_results", case)).content.decode()

    assert "Result 6" in tab
    assert "Result 1" not in tab
    assert address("instrument_results", case) in tab
    assert "Result 1" in everything


def test_an_assessment_is_written_and_read(case, desk):
    answer = desk.post(address("assessment_new", case), CHECK | {"summary": "Light work only."})

    found = Assessment.objects.get()
    assert answer.headers["Location"] == address("assessment", case, found.pk)
    page = desk.get(answer.headers["Location"]).content.decode()
    for words in ("Light work only.", "Poorly", "Cannot lift.", "20.11.2026"):
        assert words in page


def test_what_is_not_assessed_gets_no_score(case, desk):
    desk.post(address("assessment_new", case), CHECK | {"score_mood": ""})

    assert list(queries.latest_scores(case)) == ["moving"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"score_moving": "5"}, "score_moving"),
        ({"score_mood": "", "note_mood": "Low."}, "score_mood"),
        ({"assessed_on": "2099-01-01"}, "assessed_on"),
        ({"assessed_on": "1950-01-01"}, "assessed_on"),
        ({"kind": "astrologer"}, "kind"),
        ({"document": "00000000-0000-4000-8000-000000000000"}, "document"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_the_notes_stay(case, desk, typed, field):
    page = desk.post(address("assessment_new", case), CHECK | typed)

    assert list(page.context["form"].errors) == [field]
    assert "Cannot lift." in page.content.decode()
    assert not Assessment.objects.exists()


def test_an_assessment_of_nothing_is_refused(case, desk):
    typed = {"kind": "interview", "assessed_on": "2026-11-20"}

    assert desk.post(address("assessment_new", case), typed).context["form"].non_field_errors()


def test_only_papers_of_the_case_can_be_chosen(case, aino, desk):
    own, foreign = a_document(case, by=aino), a_document(a_case(by=aino), by=aino)

    fields = desk.get(address("assessment_new", case)).context["form"].fields

    assert list(fields["document"].queryset) == [own]
    page = desk.post(address("assessment_new", case), CHECK | {"document": str(foreign.pk)})
    assert list(page.context["form"].errors) == ["document"]


def test_the_radio_buttons_have_names_and_the_question_describes_them(case, desk):
    page = desk.get(address("assessment_new", case)).content.decode()

    for domain in DOMAINS:
        assert page.count(f'name="score_{domain.code}"') == 6
        assert f'aria-describedby="id_score_{domain.code}_helptext"' in page


def test_an_edit_begins_from_what_was_written_and_the_second_editor_is_told(case, aino, desk):
    found = an_assessment(case, by=aino, scores={"moving": 1})
    url = address("assessment_edit", case, found.pk)
    form = desk.get(url).context["form"]
    assert (form["score_moving"].value(), form["note_moving"].value()) == ("1", "Note of moving.")

    desk.post(url, CHECK | {"score_moving": "2", "version": "1"})
    page = desk.post(url, CHECK | {"score_moving": "3", "version": "1"})

    assert page.context["form"].non_field_errors()
    assert page.context["form"]["score_moving"].value() == "3"
    assert queries.latest_scores(case)["moving"].score == 2
    desk.post(url, CHECK | {"score_moving": "3", "version": "2"})
    assert queries.latest_scores(case)["moving"].score == 3


def test_an_assessment_is_taken_off_with_a_reason_and_its_words_stay_in_the_history(case, aino, desk):
    found = an_assessment(case, by=aino, summary="Kävelee sata metriä.")
    url = address("assessment_edit", case, found.pk)
    desk.post(url, CHECK | {"version": "1"})
    page = desk.get(address("assessment", case, found.pk)).content.decode()
    assert "Kävelee sata metriä." in page
    remove = address("assessment_remove", case, found.pk)
    assert "reason" in desk.post(remove, {"version": 2}).context["form"].errors

    desk.post(remove, {"version": 2, "reason": "Väärä asiakas"})

    told = desk.get(address("case_corrections", case)).content.decode()
    kept = ("Kävelee sata metriä.", "Väärä asiakas", "check, 20.11.2026")
    assert [words in told for words in kept] == [True] * 3
    assert desk.get(address("assessment", case, found.pk)).status_code == 404
    assert "Taken back later." in desk.get(address("case_timeline", case)).content.decode()


def test_a_professional_of_the_team_writes_and_edits_an_own_assessment(case, daavid, physio):
    physio.post(address("assessment_new", case), CHECK)
    found = Assessment.objects.get()
    assert found.written_by == daavid

    physio.post(address("assessment_edit", case, found.pk), CHECK | {"score_moving": "4", "version": "1"})
    assert queries.latest_scores(case)["moving"].score == 4
    physio.post(address("assessment_remove", case, found.pk), {"version": 2, "reason": "Väärä asiakas"})
    assert not queries.assessments_of(case).exists()


def test_a_professional_reads_what_others_wrote_and_changes_nothing_of_it(case, aino, physio):
    found, result = an_assessment(case, by=aino), a_result(case, by=aino)

    page = physio.get(address("assessment", case, found.pk)).content.decode()
    assert address("assessment_edit", case, found.pk) not in page
    assert (
        address("instrument_result_edit", case, result.pk)
        not in physio.get(address("case_ability", case)).content.decode()
    )
    for name, thing in [(name, found) for name in OF_ASSESSMENTS[1:]] + [(name, result) for name in OF_RESULTS]:
        assert physio.get(address(name, case, thing.pk)).status_code == 403
        assert physio.post(address(name, case, thing.pk), CHECK).status_code == 403
    assert queries.assessments_of(case).exists()


def test_the_coordinator_corrects_what_a_professional_wrote(case, daavid, physio, desk):
    physio.post(address("assessment_new", case), CHECK)
    found = Assessment.objects.get()

    desk.post(address("assessment_edit", case, found.pk), CHECK | {"score_moving": "2", "version": "1"})

    assert queries.latest_scores(case)["moving"].score == 2
    assert Assessment.objects.get().written_by == daavid


def test_who_is_not_in_the_team_assesses_nothing(case, daavid):
    desk = browser_of(daavid)

    assert [desk.get(address(name, case)).status_code for name in NEW] == [404] * len(NEW)


def test_a_result_is_written_changed_and_taken_off(case, desk):
    desk.post(address("instrument_result_new", case), RESULT)
    found = InstrumentResult.objects.get()
    desk.post(address("instrument_result_edit", case, found.pk), RESULT | {"result": "6", "version": "1"})

    tab = desk.get(address("case_ability", case)).content.decode()
    assert "Own estimate of coping" in tab
    assert "own question" in tab  # its terms
    url = address("instrument_result_remove", case, found.pk)
    assert "<b>Result:</b> 6" in desk.get(url).content.decode()
    assert "reason" in desk.post(url, {"version": 2}).context["form"].errors
    desk.post(url, {"version": 2, "reason": "Wrong client"})
    assert not queries.results_of(case).exists()
    told = desk.get(address("case_corrections", case)).content.decode()
    assert [words in told for words in ("Own estimate of coping", ", 20.11.2026<", "Wrong client")] == [True] * 3


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"result": "11"}, "result"),
        ({"result": ""}, "result"),
        ({"instrument": "other"}, "edition"),
        ({"instrument": "iq"}, "instrument"),
        ({"taken_on": "2099-01-01"}, "taken_on"),
    ],
)
def test_a_result_that_cannot_be_is_refused_at_its_field(case, desk, typed, field):
    page = desk.post(address("instrument_result_new", case), RESULT | typed)

    assert list(page.context["form"].errors) == [field]
    assert not InstrumentResult.objects.exists()


def test_the_form_of_results_tells_each_instruments_terms(case, desk):
    page = desk.get(address("instrument_result_new", case)).content.decode()

    for words in ("WHODAS 2.0", "permission of WHO", "usually 7–49", "TOIMIA"):
        assert words in page


def test_the_outsider_finds_nothing(case, aino, cecilia, tuusniemi):
    found, result = an_assessment(case, by=aino), a_result(case, by=aino)
    urls = [address(name, case) for name in NEW]
    urls += [address(name, case, found.pk) for name in OF_ASSESSMENTS]
    urls += [address(name, case, result.pk) for name in OF_RESULTS]

    with in_municipality(tuusniemi):
        desk = browser_of(cecilia)
        assert [desk.get(url).status_code for url in urls] == [404] * len(urls)


def test_what_is_of_another_case_is_not_found_under_this_one(case, aino, desk):
    other = a_case(by=aino)
    found, result = an_assessment(other, by=aino), a_result(other, by=aino)

    for name, thing in [(name, found) for name in OF_ASSESSMENTS] + [(name, result) for name in OF_RESULTS]:
        assert desk.get(address(name, case, thing.pk)).status_code == 404


def test_a_closed_case_is_read_and_not_assessed(case, aino, desk):
    found = an_assessment(case, by=aino)
    cases.close(case=case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    assert address("assessment_new", case) not in desk.get(address("case_ability", case)).content.decode()
    assert (
        address("assessment_edit", case, found.pk)
        not in desk.get(address("assessment", case, found.pk)).content.decode()
    )
    assert desk.post(address("assessment_new", case), CHECK).context["form"].non_field_errors()
    typed = {"version": 1, "reason": "Väärä asiakas"}
    assert desk.post(address("assessment_remove", case, found.pk), typed).context["form"].non_field_errors()
    assert queries.assessments_of(case).exists()


def test_the_timeline_names_the_kind_and_leads_to_the_assessment(case, aino, desk):
    found = an_assessment(case, by=aino, assessed_on=AUTUMN)
    a_result(case, by=aino)

    page = desk.get(address("case_timeline", case) + "?show=ability").content.decode()

    for words in ("check, 20.11.2026", "Abilitator", address("assessment", case, found.pk)):
        assert words in page
