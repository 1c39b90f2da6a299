"""The letter that asks for a statement: the question, by when, the consent it rests on, and where the answer goes."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.cases import estate
from casework.cases.estate import LINE
from casework.cases.papers import author
from casework.cases.queries import has_died
from casework.cases.representing import offered, on_behalf, only_sure, reached
from casework.cases.signers import choices_of
from casework.consents import guard
from casework.law import languages
from casework.law.placeholders import reminders
from casework.law.representing import Matter
from casework.models import Case, Client, Consent, Representation, StatementRequest
from casework.models.consent import Partner, Purpose
from casework.statements import actions as statements
from casework.timeline import corrections
from casework.timeline import writing as timeline
from casework.timeline.corrections import Why
from tenants.accounts.models import User
from tenants.display import day, in_sentence
from tenants.printing import Fact, Report, Section, missing_letters

LANGUAGES: dict[str, str] = {"fi": "Suomi", "sv": "Svenska"}  # a receiver is written to in Finnish or Swedish


@transaction.atomic
def write(
    *, request: StatementRequest, purpose: str, return_to: str, version: int, by: User, at: datetime
) -> StatementRequest:
    """Save the question and where the statement is to be sent; what stood there before stays in the history.

    Raises:
        EditedMeanwhile, CaseIsClosed
    """
    request = statements.locked(request)
    request.check_version(version)
    why = Why(reason="", by=by, at=at, case=request.case, kind="")
    corrections.fill_in(request, {"purpose": purpose, "return_to": return_to}, why)
    facts = {"kind": request.kind}
    timeline.add(case=request.case, kind="statement.letter_written", by=by, at=at, about=request, facts=facts)
    return request


def language_of(client: Client, asked: str = "") -> str:
    """The language that was asked for, else the client's when a receiver is written to in it, else Finnish."""
    return next((one for one in (asked, client.language) if one in LANGUAGES), "fi")


def consent_of(client: Client, *, on: date) -> Consent | None:
    """The client's consent on which health care may answer: to hand papers over, or to talk about the matter."""
    for purpose in (Purpose.HAND_OVER, Purpose.DISCUSS):
        found = guard.find(client, partner=Partner.HEALTH_CARE, purpose=purpose, on=on)
        if found is not None:
            return found
    return None


def paper(request: StatementRequest, *, language: str, on: date, signer: Representation | None = None) -> Report:
    """Lay out the letter. Under a protective order it names no municipality and says that this is on purpose.

    `signer`: the representative who gives the consent for the client, where there is none yet.
    """
    client = request.case.client
    with translation.override(language):
        return Report(
            language=language,
            title=_("Request for a statement: %(kind)s") % {"kind": request.get_kind_display()},
            author=author(is_protected=client.is_protected),
            on=on,
            note=_protective_note() if client.is_protected else "",
            facts=[*_facts(request), *_for_the_client(request.case, signer)],
            sections=[_question(request, language), _ground(request.case, signer, on=on), _answer(request)],
            signature=[request.case.coordinator.name, _("Work-ability coordinator"), day(on)],
            footer=_("Case %(number)s. Secret (621/1999 24 §).") % {"number": request.case.number},
        )


def panel(request: StatementRequest, *, on: date) -> dict[str, Any]:
    """What the page of a request shows of its letter."""
    own = language_of(request.case.client)
    signers = offered(request.case, matter=Matter.CONSENT, on=on)
    return {
        "consent": consent_of(request.case.client, on=on),
        "reminders": reminders(request.purpose),
        "letter_languages": {code: LANGUAGES[code] for code in sorted(LANGUAGES, key=lambda code: code != own)},
        "client_has_died": has_died(request.case),
        "signer": only_sure(signers),
        "signers": choices_of(request.case, signers),
        "not_printed": missing_letters(paper(request, language=own, on=on)),
    }


def file_name(request: StatementRequest, ending: str, *, on: date) -> str:
    """A file name of case number and day: no name, no diagnosis."""
    what = pgettext("file name", "statement-request")
    return f"{request.case.number}-{what}-{on.isoformat()}.{ending}"


def _protective_note() -> str:
    """Who hands protected data on must say that they are protected (661/2009 38 §)."""
    return _("The client has a protective order. Address, phone and home municipality are left out on purpose.")


def _facts(request: StatementRequest) -> list[Fact]:
    client = request.case.client
    found = [
        (_("To"), request.asked_of),
        (_("Client"), client.name),
        (_("Personal identity code"), client.identity_code)
        if client.identity_code
        else (_("Born"), day(client.born_on)),
        (_("Needed by"), day(request.due_on)),
    ]
    application = request.application
    if application is not None and not application.is_removed:
        name = f"{capfirst(application.benefit.name)}, {application.decider.name}"
        found.append((_("For which application"), name))
    return [(label, value) for label, value in found if value]


def _question(request: StatementRequest, language: str) -> Section:
    spoken = languages.in_another(request.purpose, language)
    return Section(heading=_("What it must say"), paragraphs=[request.purpose], language=spoken)


def _for_the_client(case: Case, signer: Representation | None) -> list[Fact]:
    """Who answers for the client: their representative, or the estate of one who has died."""
    if has_died(case):
        return estate.facts_of(case)
    return reached(signer) if signer else []


def _ground(case: Case, signer: Representation | None, *, on: date) -> Section:
    """What the request rests on: the client's consent, or what the estate asks for."""
    if not has_died(case):
        return _consent(case.client, signer, on=on)
    asked = _("The client has died. The estate asks for this statement; whether it may have it, the unit decides.")
    signed = _("Date and signature for the estate: %(line)s") % {"line": LINE}
    return Section(heading=_("The estate"), paragraphs=[asked, signed])


def _consent(client: Client, signer: Representation | None, *, on: date) -> Section:
    """What the request rests on. Where there is no consent yet, the client gives it by signing the letter."""
    heading = _("The client's consent")
    consent = consent_of(client, on=on)
    if consent is None:
        asked = _("I agree that this statement is given to the work-ability coordinator who asks for it.")
        signed = _("Date and the client's signature: %(line)s") % {"line": LINE}
        return Section(heading=heading, paragraphs=[asked, signed, *([on_behalf(signer, client)] if signer else [])])
    values = {"purpose": consent.get_purpose_display(), "day": day(consent.given_on)}
    text = _("The client has allowed this on %(day)s: %(partner)s – %(purpose)s (%(way)s).")
    values |= {"partner": consent.get_partner_display(), "way": in_sentence(consent.get_way_display())}
    ends = [_("It holds until %(day)s.") % {"day": day(consent.valid_until)}] if consent.valid_until else []
    return Section(heading=heading, paragraphs=[text % values, *ends])


def _answer(request: StatementRequest) -> Section:
    secret = _("What the statement says is secret: send it by post or by secure mail, not by ordinary e-mail.")
    return Section(heading=_("Where to send it"), paragraphs=[request.return_to or "", secret])
