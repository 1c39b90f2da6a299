"""What can be done to the description of work and functional ability: begin, edit, bring in news, sign, attach."""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.applications import evidence
from casework.cases.actions import locked_open
from casework.descriptions import facts as description_facts
from casework.descriptions import paper as papers
from casework.descriptions.facts import Fact, Known
from casework.descriptions.queries import known_of, texts_of
from casework.documents import actions as documents
from casework.law import workflow
from casework.law.sections import SECTIONS, joined
from casework.models import AbilityDescription, Application, Case, DescriptionSection, Document, Evidence, Illness
from casework.readings import actions as readings
from casework.timeline import writing as timeline
from tenants import files
from tenants.accounts.models import User
from tenants.display import helsinki
from tenants.errors import Refusal
from tenants.files import CheckedFile
from tenants.printing import report_pdf

State = AbilityDescription.State


class AlreadySigned(Refusal):
    user_message = _("This version is signed and no longer changes. Begin a new version.")


class NothingToSign(Refusal):
    user_message = _("There is nothing to sign: every section is empty.")


class NotSigned(Refusal):
    user_message = _("Only a signed description can be attached. Sign it first.")


@transaction.atomic
def begin(*, case: Case, language: str, by: User, at: datetime) -> AbilityDescription:
    """Begin the next version: a copy of the newest signed one, the first from what is known. Twice is well.

    Raises:
        CaseIsClosed
    """
    case = locked_open(case)
    newest: AbilityDescription | None = case.descriptions.order_by("-number").first()
    if newest is not None and newest.is_draft:
        return newest
    description = AbilityDescription(
        case=case, number=newest.number + 1 if newest else 1, language=language, begun_by=by
    )
    if newest is None:
        found = _facts(description, known_of(case))
        texts = {code: "\n".join(lines) for code, lines in description_facts.by_section(found).items()}
        description.brought = json.dumps([fact.key for fact in found])
    else:
        texts, description.brought = texts_of(newest), newest.brought
    description.save()
    _write(description, texts)
    _tell(description, "description.begun", by=by, at=at)
    return description


@transaction.atomic
def edit(
    *,
    description: AbilityDescription,
    language: str,
    texts: Mapping[str, str],
    version: int,
    by: User,
    at: datetime,
) -> AbilityDescription:
    """Save the text of the sections. What was not changed is not written.

    Raises:
        EditedMeanwhile, AlreadySigned, CaseIsClosed
    """
    description = _locked_draft(description, "edit")
    description.check_version(version)
    if texts == texts_of(description) and language == description.language:
        return description
    description.language = language
    description.save_version("language")
    _write(description, texts)
    _tell(description, "description.edited", by=by, at=at)
    return description


@transaction.atomic
def bring_in(*, description: AbilityDescription, by: User, at: datetime) -> int:
    """Put what became known since under the text of its section, which stays as it was typed; answer how many lines.

    Raises:
        AlreadySigned, CaseIsClosed
    """
    description = _locked_draft(description, "bring_in")
    found = news(description, known_of(description.case))
    if not found:
        return 0
    texts = texts_of(description)
    for code, lines in description_facts.by_section(found).items():
        texts[code] = joined(texts.get(code, ""), lines)
    description.brought = json.dumps([*_brought(description), *(fact.key for fact in found)])
    description.save_version("brought")
    _write(description, texts)
    _tell(description, "description.brought_in", by=by, at=at)
    return len(found)


def news(description: AbilityDescription, known: Known) -> list[Fact]:
    """Find the facts that were not written into this version yet, in its language."""
    before = set(_brought(description))
    return [fact for fact in _facts(description, known) if fact.key not in before]


@transaction.atomic
def sign(*, description: AbilityDescription, title: str, version: int, by: User, at: datetime) -> AbilityDescription:
    """Sign a version: it never changes again, and its PDF becomes a document of the case.

    Raises:
        EditedMeanwhile, AlreadySigned, NothingToSign, CaseIsClosed
    """
    description = _locked_draft(description, "sign")
    description.check_version(version)
    texts, today = texts_of(description), helsinki(at)
    if not any(text.strip() for text in texts.values()):
        raise NothingToSign
    paper = papers.signed(description, texts, known_of(description.case), on=today, by=by, title=title)
    description.state, description.signed_at, description.signed_by = State.SIGNED, at, by
    description.signer_title = title
    description.paper = papers.to_json(paper)
    description.document = documents.add(
        case=description.case,
        file=_checked(report_pdf(paper), description),
        kind=Document.Kind.DESCRIPTION,
        title=_title(description),
        dated_on=today,
        by=by,
        at=at,
    )
    description.save_version()
    readings.end_those_of(description, by=by, at=at)
    _tell(description, "description.signed", by=by, at=at)
    return description


@transaction.atomic
def attach(
    *,
    description: AbilityDescription,
    application: Application,
    sent_on: date | None = None,
    illnesses: Sequence[Illness] = (),
    by: User,
    at: datetime,
) -> Evidence:
    """Put the signed paper among the evidence of an application. Twice is well.

    Raises:
        NotSigned, CaseIsClosed, NotOfThisClient, StepNotAllowed, BeforeBirth, InTheFuture
    """
    locked_open(description.case, about=description.pk)
    if description.document is None:
        raise NotSigned
    there = Evidence.objects.filter(application=application, document=description.document).first()
    return there or evidence.attach(
        application=application,
        kind=Evidence.Kind.ABILITY_DESCRIPTION,
        dated_on=description.document.dated_on,
        sent_on=sent_on,
        document=description.document,
        illnesses=illnesses,
        by=by,
        at=at,
    )


def _locked_draft(description: AbilityDescription, step: str) -> AbilityDescription:
    case = locked_open(description.case, about=description.pk)
    found = description.locked()
    found.case = case
    if workflow.transition(workflow.DESCRIPTION, found.state, step) is None:
        raise AlreadySigned
    return found


def _facts(description: AbilityDescription, known: Known) -> list[Fact]:
    with translation.override(description.language):
        return description_facts.facts(known)


def _brought(description: AbilityDescription) -> list[str]:
    keys: list[str] = json.loads(description.brought or "[]")
    return keys


def _write(description: AbilityDescription, texts: Mapping[str, str]) -> None:
    """Save one row a section: those that are there are changed, those with their first text are added."""
    rows = {row.code: row for row in description.sections.all()}
    for section in SECTIONS:
        text = texts.get(section.code, "")
        row = rows.get(section.code) or DescriptionSection(description=description, code=section.code)
        if row.text != text:
            row.text = text
            row.save()


def _checked(pdf: bytes, description: AbilityDescription) -> CheckedFile:
    return files.check_upload(io.BytesIO(pdf), f"{description.case.number}-{description.number}.pdf")


def _title(description: AbilityDescription) -> str:
    """In the language of the paper: it is what a partner sees of it."""
    with translation.override(description.language):
        kind = str(Document.Kind.DESCRIPTION.label)
        return gettext("%(kind)s, version %(number)s") % {"kind": kind, "number": description.number}


def _tell(description: AbilityDescription, kind: str, *, by: User, at: datetime) -> None:
    facts: dict[str, str | int] = {"number": description.number, "language": description.language}
    timeline.add(case=description.case, kind=kind, by=by, at=at, about=description, facts=facts)
