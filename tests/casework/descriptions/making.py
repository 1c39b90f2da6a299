"""Makes what a description is written from, and descriptions, through the real actions only."""

from datetime import date, datetime, timedelta
from typing import Any

from casework.assessments import actions as assessments
from casework.assessments.actions import AssessmentDetails, Scored
from casework.clients import illnesses
from casework.clients.illnesses import IllnessDetails
from casework.descriptions import actions as descriptions
from casework.law.sections import SECTIONS
from casework.models import AbilityDescription, Case, MappingEntry
from casework.situation import mapping
from casework.situation.mapping import EntryDetails
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.rough_days import parse
from tests.conftest import NOON

LEARNED = date(2026, 9, 14)


def a_fact(case: Case, area: str, text: str, *, by: User, at: datetime = NOON, **others: Any) -> MappingEntry:
    """Write a fact of the mapping, told by the client on 14.9.2026."""
    details: dict[str, Any] = {"area": area, "text": text, "learned_on": LEARNED, "source": "client"} | others
    return mapping.add(case=case, details=EntryDetails(**details), by=by, at=at)


def what_is_known(case: Case, *, by: User, at: datetime = NOON) -> None:
    """A fact for each kind of source: the mapping, a physiotherapist's check, an illness with its effect."""
    a_fact(case, "childhood", "Ear infections every winter.", by=by, at=at)
    a_fact(case, "work", "Builder in three firms.", period="1994-2015", by=by, at=at)
    a_fact(case, "hopes", "Light work near home.", by=by, at=at)
    check = AssessmentDetails(
        kind="physiotherapist",
        assessed_on=date(2026, 10, 5),
        assessor="Liisa Fysio",
        recommendation="Part-time sitting work, with pauses.",
        scores={"moving": Scored(score=1, note="Lifts five kilos."), "mood": Scored(score=3)},
    )
    assessments.write(case=case, details=check, by=by, at=at)
    back = IllnessDetails(name="Sciatica", icd10="M54.4", since=parse("2015"), effect="Sits half an hour at most.")
    illnesses.add(case=case, details=back, by=by, at=at)


def a_description(
    state: str = "draft", *, case: Case, by: User, language: str = "en", at: datetime = NOON, **texts: str
) -> AbilityDescription:
    """Begin a description and write texts (`health="…"`) into it; a signed one is Aino's, as a coordinator."""
    description = descriptions.begin(case=case, language=language, by=by, at=at)
    if texts:
        description = written(description, by=by, at=at, **texts)
    return signed(description, by=by, at=at) if state == "signed" else description


def written(description: AbilityDescription, *, by: User, at: datetime = NOON, **texts: str) -> AbilityDescription:
    """Save texts of some sections; the others stay."""
    known = {section.code: "" for section in SECTIONS} | texts_in_db(description)
    typed: dict[str, Any] = {"language": description.language, "version": description.version, "texts": known | texts}
    return descriptions.edit(description=description, **typed, by=by, at=at)


def signed(description: AbilityDescription, *, by: User, at: datetime = NOON) -> AbilityDescription:
    """Sign a description that has at least one section."""
    version = AbilityDescription.objects.get(pk=description.pk).version
    return descriptions.sign(description=description, title="Work-ability coordinator", version=version, by=by, at=at)


def texts_in_db(description: AbilityDescription) -> dict[str, str]:
    """The text of each section as another request reads it."""
    return {section.code: section.text for section in AbilityDescription.objects.get(pk=description.pk).sections.all()}


def furnish(case: Case, *, by: User, at: datetime) -> dict[str, object]:
    """Fill the pages of descriptions: a second version after a signed one; answers the arguments of addresses."""
    day = helsinki(at) - timedelta(days=30)
    a_fact(case, "work", "Rakennusmiehenä kolmessa yrityksessä.", learned_on=day, by=by, at=at)
    a_description("signed", case=case, by=by, language="fi", at=at, health="Selkäkipu rajoittaa liikkumista.")
    description = a_description(case=case, by=by, language="fi", at=at)
    a_fact(case, "hopes", "Kevyt osa-aikainen työ lähellä kotia.", learned_on=day, by=by, at=at)
    return {"description_id": description.pk}
