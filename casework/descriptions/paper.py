"""The description of work and functional ability as it is printed: one content, as PDF and as DOCX.

What was signed is kept as JSON, so that both of a signed version say for ever what they said on that day.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from casework.cases.papers import author
from casework.clients.contact import contact
from casework.descriptions.facts import Known
from casework.law import domains, languages
from casework.law.sections import SECTIONS
from casework.models import AbilityDescription, Client
from tenants.accounts.models import User
from tenants.display import day
from tenants.printing import Fact, Report, Section, Table


def draft(description: AbilityDescription, texts: Mapping[str, str], known: Known, *, on: date) -> Report:
    """Lay out a version that is not signed; every page says so."""
    with translation.override(description.language):
        return _report(description, texts, known, on=on, subtitle=_("DRAFT – not signed"))


def signed(
    description: AbilityDescription, texts: Mapping[str, str], known: Known, *, on: date, by: User, title: str
) -> Report:
    """Lay out a version as it is signed."""
    with translation.override(description.language):
        signature = [by.name, *([title] if title else []), day(on)]
        return _report(description, texts, known, on=on, signature=signature)


def to_json(paper: Report) -> str:
    """Write a paper down."""
    return json.dumps({**asdict(paper), "on": paper.on.isoformat()}, ensure_ascii=False)


def from_json(text: str) -> Report:
    """Read a paper that `to_json` wrote."""
    content = json.loads(text)
    sections = [_section(**section) for section in content.pop("sections")]
    return Report(**content | {"on": date.fromisoformat(content["on"]), "sections": sections})


def _section(*, table: dict[str, Any] | None, **parts: Any) -> Section:
    return Section(**parts, table=Table(**table) if table else None)


def _report(
    description: AbilityDescription,
    texts: Mapping[str, str],
    known: Known,
    *,
    on: date,
    subtitle: str = "",
    signature: Sequence[str] = (),
) -> Report:
    case = description.case
    version = _("Case %(number)s, version %(version)s") % {"number": case.number, "version": description.number}
    return Report(
        language=description.language,
        title=_("Description of work and functional ability"),
        author=author(is_protected=known.is_protected),
        on=on,
        subtitle=subtitle,
        note=_protective_note() if known.is_protected else "",
        facts=[*_client_facts(case.client), *_coordinator_facts(case.coordinator, known)],
        sections=[*_text_sections(description, texts, known), *_assessment_sections(known)],
        signature=signature,
        footer=f"{subtitle} · {version}" if subtitle else version,
    )


def _protective_note() -> str:
    """Who hands protected data on must say that they are protected (661/2009 38 §)."""
    return _("The client has a protective order. Address, phone and home municipality are left out on purpose.")


def _client_facts(client: Client) -> list[Fact]:
    identity = (_("Personal identity code"), client.identity_code)
    found = [(_("Client"), client.name), identity if client.identity_code else (_("Born"), day(client.born_on))]
    reached = contact(client)
    address = ", ".join(part for part in (reached.street, reached.postal_place) if part)
    found += [(_("Address"), address), (_("Phone"), reached.phone)]
    return [(label, value) for label, value in found if value]


def _coordinator_facts(coordinator: User, known: Known) -> list[Fact]:
    email = "" if known.is_protected else coordinator.email  # its domain names the municipality
    return [(_("Coordinator"), ", ".join(part for part in (coordinator.name, email) if part))]


def _text_sections(description: AbilityDescription, texts: Mapping[str, str], known: Known) -> list[Section]:
    """What was typed; words in another language than the paper say so to who hears them read aloud."""
    found = []
    for section in SECTIONS:
        text = texts.get(section.code, "").strip()
        table = _illnesses(known) if section.code == "health" else None
        if text or table:
            spoken = languages.in_another(text, description.language)
            words = [text] if text else []
            found.append(Section(heading=str(section.title), paragraphs=words, table=table, language=spoken))
    return found


def _illnesses(known: Known) -> Table | None:
    rows = [
        [illness.name, illness.icd10 or "–", day(illness.since) if illness.since else "–"]
        for illness in known.illnesses
    ]
    return Table(columns=[_("Illness or injury"), _("ICD-10"), _("Began on")], rows=rows) if rows else None


def _assessment_sections(known: Known) -> list[Section]:
    found = [(_("How able in each area"), _scores(known)), (_("Assessments this rests on"), _assessments(known))]
    return [Section(heading=heading, table=table) for heading, table in found if table]


def _scores(known: Known) -> Table | None:
    rows = [
        [
            str(domains.domain(score.domain).name),
            f"{score.score} – {domains.level(score.score).name}",
            f"{score.assessment.get_kind_display()}, {day(score.assessment.assessed_on)}",
        ]
        for score in known.scores
    ]
    return Table(columns=[_("Area"), _("How well (0–4)"), _("Assessed")], rows=rows) if rows else None


def _assessments(known: Known) -> Table | None:
    """Who assessed tells where the client is met, so it is left out under a protective order."""
    columns = [_("Day"), _("Assessment"), _("By")][: 2 if known.is_protected else 3]
    rows = [
        [day(found.assessed_on), str(found.get_kind_display()), found.assessor or "–"][: len(columns)]
        for found in known.assessments
    ]
    return Table(columns=columns, rows=rows) if rows else None
