"""The description of abilities: begun from facts with their source, edited, renewed, signed for ever, attached."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation

from casework.applications.evidence import NotOfThisClient
from casework.assessments import actions as assessments
from casework.cases import actions as cases
from casework.clients import illnesses
from casework.clients.illnesses import IllnessDetails
from casework.descriptions import actions as descriptions
from casework.descriptions import paper as papers
from casework.descriptions.presenters import missing
from casework.descriptions.queries import known_of
from casework.law.domains import DOMAINS
from casework.law.errors import CaseIsClosed
from casework.law.sections import SECTIONS, joined, of_area, of_domain
from casework.models import AbilityDescription, Document, Evidence, MappingEntry
from casework.situation import mapping
from tenants import files
from tenants.rough_days import RoughDay
from tenants.versions import EditedMeanwhile
from tests.casework.applications.making import an_illness, application_at
from tests.casework.cases.making import a_case
from tests.casework.descriptions.making import a_description, a_fact, signed, texts_in_db, what_is_known, written
from tests.conftest import NOON

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def case(kaavi, aino):
    return a_case(by=aino)


def test_every_domain_feeds_a_section_and_every_area_but_income():
    assert [domain.code for domain in DOMAINS if not of_domain(domain.code)] == []
    assert [area for area in MappingEntry.Area.values if not of_area(area)] == ["income"]


def test_sections_name_only_areas_and_domains_there_are():
    assert {area for section in SECTIONS for area in section.areas} <= set(MappingEntry.Area.values)
    assert {code for section in SECTIONS for code in section.domains} <= {domain.code for domain in DOMAINS}
    assert len({section.code for section in SECTIONS}) == len(SECTIONS)


@pytest.mark.parametrize(
    ("text", "lines", "result"),
    [
        ("", ["a", "b"], "a\nb"),
        ("typed ", ["a"], "typed\na"),
        ("typed ", [], "typed "),
        ("", [], ""),
        (" ", ["a"], "a"),
    ],
)
def test_new_lines_stand_under_what_was_typed(text, lines, result):
    assert joined(text, lines) == result


def test_it_begins_with_dated_facts_and_their_source(case, aino):
    what_is_known(case, by=aino)

    texts = texts_in_db(a_description(case=case, by=aino))

    assert texts["health"] == "Ear infections every winter. (The client, 14.9.2026)"
    assert texts["work"] == "Builder in three firms. (1994–2015, The client, 14.9.2026)"
    assert texts["body"] == (
        "Moving and physical load: 1 of 4 (poorly). Lifts five kilos. (Physiotherapist's check, Liisa Fysio, 5.10.2026)"
    )
    assert texts["limits"] == "Sciatica: Sits half an hour at most. (M54.4, since 2015, the client's list of illnesses)"
    assert texts["conclusion"].startswith("Part-time sitting work, with pauses. (Physiotherapist's check")


def test_it_is_begun_in_the_language_of_the_paper(case, aino):
    what_is_known(case, by=aino)

    texts = texts_in_db(a_description(case=case, by=aino, language="fi"))

    assert "Physiotherapist's check" not in texts["body"]


def test_income_is_not_needed_to_describe_ability(case, aino):
    a_fact(case, "income", "Unemployment allowance.", by=aino)

    assert not any(texts_in_db(a_description(case=case, by=aino)).values())


def test_under_a_protective_order_no_place_is_brought_in(kaavi, aino):
    case = a_case(by=aino, protective_order_source="The client showed the decision")
    a_fact(case, "housing", "Lives by the harbour.", by=aino)
    a_fact(case, "health", "Sleeps badly.", source="health_care", source_note="Kaavi health centre", by=aino)
    what_is_known(case, by=aino)

    texts = "\n".join(texts_in_db(a_description(case=case, by=aino)).values())

    assert "Sleeps badly. (Health care, 14.9.2026)" in texts
    for canary in ("harbour", "Kaavi", "Liisa Fysio"):
        assert canary not in texts


def test_beginning_twice_is_one_draft(case, aino):
    assert a_description(case=case, by=aino).pk == a_description(case=case, by=aino).pk
    assert case.events.filter(kind="description.begun").count() == 1


def test_what_is_typed_is_kept_and_tells_the_timeline(case, aino):
    description = written(a_description(case=case, by=aino), by=aino, health="Back pain since 2015.")

    assert texts_in_db(description)["health"] == "Back pain since 2015."
    assert case.events.get(kind="description.edited").facts == {"number": 1, "language": "en"}


def test_saving_without_a_change_is_no_change(case, aino):
    description = written(a_description(case=case, by=aino), by=aino, health="Back pain.")

    again = written(description, by=aino)

    assert again.version == description.version
    assert case.events.filter(kind="description.edited").count() == 1


def test_the_second_of_two_editors_is_told(case, aino):
    mine = a_description(case=case, by=aino)
    theirs = AbilityDescription.objects.get(pk=mine.pk)
    written(mine, by=aino, health="First")

    with pytest.raises(EditedMeanwhile):
        written(theirs, by=aino, health="Second")

    assert texts_in_db(mine)["health"] == "First"


def test_news_come_under_what_was_typed(case, aino):
    what_is_known(case, by=aino)
    description = written(a_description(case=case, by=aino), by=aino, health="In my own words.")
    a_fact(case, "health", "New pain in the shoulder.", by=aino)

    assert descriptions.bring_in(description=description, by=aino, at=NOON) == 1
    assert descriptions.bring_in(description=description, by=aino, at=NOON) == 0

    assert texts_in_db(description)["health"] == "In my own words.\nNew pain in the shoulder. (The client, 14.9.2026)"
    assert case.events.filter(kind="description.brought_in").count() == 1


def test_what_was_taken_out_of_the_text_does_not_come_back(case, aino):
    what_is_known(case, by=aino)
    description = written(a_description(case=case, by=aino), by=aino, health="")

    assert descriptions.bring_in(description=description, by=aino, at=NOON) == 0


def test_corrected_facts_and_changed_effects_are_news(case, aino):
    entry = a_fact(case, "work", "Builder.", by=aino)
    illness = an_illness(case, "Sciatica", effect="Cannot lift.", by=aino)
    description = a_description(case=case, by=aino)
    details = mapping._details_of(entry)
    mapping.correct(case=case, entry=entry, details=replace(details, text="Painter."), version=1, by=aino, at=NOON)
    changed = IllnessDetails(name="Sciatica", effect="Cannot sit.")
    illnesses.change(case=case, illness=illness, details=changed, version=1, by=aino, at=NOON)

    assert descriptions.bring_in(description=description, by=aino, at=NOON) == 2

    assert "Painter." in texts_in_db(description)["work"]
    assert "Cannot sit." in texts_in_db(description)["limits"]


def test_only_the_newest_score_of_a_domain_counts(case, aino):
    what_is_known(case, by=aino)
    later = assessments.AssessmentDetails(
        kind="interview", assessed_on=date(2026, 11, 2), scores={"moving": assessments.Scored(score=2)}
    )
    assessments.write(case=case, details=later, by=aino, at=NOON)

    assert "Moving and physical load: 2 of 4" in texts_in_db(a_description(case=case, by=aino))["body"]


def test_signing_keeps_the_pdf_among_the_documents(case, aino):
    description = a_description("signed", case=case, by=aino, health="Back pain.")

    found = AbilityDescription.objects.get(pk=description.pk)
    assert (found.is_signed, found.signed_by, found.signed_at) == (True, aino, NOON)
    assert found.document
    assert (found.document.kind, found.document.dated_on) == (Document.Kind.DESCRIPTION, TODAY)
    assert found.document.title == "Description of work and functional ability, version 1"
    assert files.read(found.document.file_id).startswith(b"%PDF")
    assert case.events.filter(kind="description.signed").exists()


def test_a_signed_version_refuses_every_change(case, aino):
    description = a_description("signed", case=case, by=aino, health="Back pain.")
    a_fact(case, "health", "News.", by=aino)

    for change in (
        lambda: written(description, by=aino, health="Something else."),
        lambda: descriptions.bring_in(description=description, by=aino, at=NOON),
        lambda: signed(description, by=aino),
    ):
        with pytest.raises(descriptions.AlreadySigned):
            change()
    assert texts_in_db(description)["health"] == "Back pain."
    assert Document.objects.count() == 1


def test_a_signed_paper_says_for_ever_what_it_said(case, aino):
    illness = an_illness(case, "Sciatica", effect="Cannot lift.", by=aino)
    description = a_description("signed", case=case, by=aino)
    illnesses.take_back(case=case, illness=illness, reason="Väärä asiakas", version=1, by=aino, at=NOON)

    paper = papers.from_json(AbilityDescription.objects.get(pk=description.pk).paper)

    assert "Sciatica" in papers.to_json(paper)


def test_an_empty_description_is_not_signed(case, aino):
    description = a_description(case=case, by=aino)

    with pytest.raises(descriptions.NothingToSign):
        signed(description, by=aino)

    assert not Document.objects.exists()


def test_who_signs_what_somebody_just_changed_is_told(case, aino):
    description = a_description(case=case, by=aino)
    written(description, by=aino, health="Changed.")

    with pytest.raises(EditedMeanwhile):
        descriptions.sign(description=description, title="x", version=1, by=aino, at=NOON)


def test_a_new_version_copies_the_signed_one_which_stays(case, aino):
    what_is_known(case, by=aino)
    first = a_description("signed", case=case, by=aino, health="Back pain.")
    a_fact(case, "health", "News.", by=aino)

    second = a_description(case=case, by=aino)
    written(second, by=aino, health="Better.")

    assert (second.number, second.is_draft) == (2, True)
    assert texts_in_db(first)["health"] == "Back pain."
    assert texts_in_db(second)["work"] == texts_in_db(first)["work"]
    assert descriptions.bring_in(description=second, by=aino, at=NOON) == 1


def test_one_signed_paper_goes_with_several_applications(case, aino):
    description = a_description("signed", case=case, by=aino, health="Back pain.")
    illness = an_illness(case, by=aino)
    draft, filed = application_at("draft", case=case, by=aino), application_at("filed", case=case, by=aino)

    for application in (draft, filed, filed):
        descriptions.attach(description=description, application=application, illnesses=[illness], by=aino, at=NOON)

    found = Evidence.objects.filter(document=description.document)
    assert {piece.application_id for piece in found} == {draft.pk, filed.pk}
    assert found.count() == 2
    assert {(piece.kind, piece.dated_on) for piece in found} == {("description", RoughDay(TODAY))}


def test_a_draft_is_no_evidence_and_a_signed_one_is_not_somebody_elses(case, aino):
    application, other = application_at("draft", case=case, by=aino), application_at("draft", by=aino)
    draft = a_description(case=case, by=aino, health="Back pain.")

    with pytest.raises(descriptions.NotSigned):
        descriptions.attach(description=draft, application=application, by=aino, at=NOON)
    with pytest.raises(NotOfThisClient):
        descriptions.attach(description=signed(draft, by=aino), application=other, by=aino, at=NOON)


def test_nothing_changes_in_a_closed_case(case, aino):
    description = a_description(case=case, by=aino, health="Back pain.")
    cases.close(case=case, outcome="moved", closed_on=TODAY, version=1, by=aino, at=NOON)

    for step in (
        lambda: descriptions.begin(case=case, language="fi", by=aino, at=NOON),
        lambda: written(description, by=aino, health="x"),
        lambda: descriptions.bring_in(description=description, by=aino, at=NOON),
        lambda: signed(description, by=aino),
    ):
        with pytest.raises(CaseIsClosed):
            step()


@translation.override("en")
def test_what_is_missing_is_listed(case, aino):
    named = missing(case, {}, known_of(case), today=TODAY)
    for words in ("No assessment", "No illness", "“Health and illnesses” is empty", "“What limits working” is empty"):
        assert any(words in line for line in named)

    what_is_known(case, by=aino)
    an_illness(case, "Depression", by=aino)
    texts = {section.code: "x" for section in SECTIONS}

    assert missing(case, texts, known_of(case), today=TODAY) == [
        "1 illness has no effect on the ability to work written down."
    ]
    assert "more than a year old" in missing(case, texts, known_of(case), today=TODAY + timedelta(days=400))[0]
