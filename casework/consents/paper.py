"""Consents and a power of attorney on one paper, to be printed, ticked by the client and signed. Nothing is ticked."""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.cases.papers import author
from casework.cases.representing import on_behalf, reached
from casework.models import Case, Representation
from casework.models.consent import Partner, Purpose
from tenants.display import day
from tenants.printing import Fact, Report, Section, Table

LANGUAGES: dict[str, str] = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
BOX, LINE, DAY_LINE = "☐", "_" * 36, "_" * 14
WIDTHS = (25, 11, 11, 11, 20, 12)  # of the table; the paper is to be one page


def language_of(case: Case, asked: str) -> str:
    """The language that was asked for, else the client's own when there is a paper in it, else Finnish."""
    return next((one for one in (asked, case.client.language) if one in LANGUAGES), "fi")


def paper(case: Case, *, language: str, on: date, signer: Representation | None = None) -> Report:
    """Lay out the paper for the client to sign, or for the representative who signs for them.

    Under a protective order it names no municipality and no address of the coordinator.
    """
    with translation.override(language):
        return Report(
            language=language,
            title=_("Consents and power of attorney"),
            author=author(is_protected=case.client.is_protected),
            on=on,
            note=_note(),
            facts=[*_facts(case), *(reached(signer) if signer else [])],
            sections=[_ticks(), _each_alone(case), _power(case)],
            signature=_signature(case, signer),
            footer=_("Case %(number)s") % {"number": case.number},
        )


def file_name(case: Case, *, on: date) -> str:
    """A file name of case number and day: no name."""
    what = pgettext("file name", "consents")
    return f"{case.number}-{what}-{on.isoformat()}.pdf"


def _note() -> str:
    return _(
        "Tick only what you want to allow. The service itself does not rest on your consent: you get it also when you "
        "tick nothing, and saying no to any of these costs you nothing."
    )


def _facts(case: Case) -> list[Fact]:
    return [(_("Name"), case.client.name), (_("Date of birth"), day(case.client.born_on))]


def _ticks() -> Section:
    """A row for each partner, a box for each purpose; who exactly and until when are written into the empty cells."""
    columns = [_("With whom"), *(str(purpose.label) for purpose in Purpose), _("Who exactly"), _("Until")]
    rows = [[str(partner.label), *(BOX for _purpose in Purpose), "", ""] for partner in Partner]
    return Section(heading=_("What I allow"), table=Table(columns=columns, rows=rows, widths=WIDTHS))


def _each_alone(case: Case) -> Section:
    contact = "" if case.client.is_protected else case.coordinator.email
    who = ", ".join(part for part in (case.coordinator.name, contact) if part)
    points = [
        _("Every box counts by itself. An empty box means no."),
        _("Without a day under “Until” it holds until you take it back."),
        _("You may take back any of them alone, at any time. Tell %(who)s; no reason is needed.") % {"who": who},
        _("Taking it back changes nothing about what was done on its ground before."),
    ]
    return Section(heading=_("Each box by itself"), points=points)


def _power(case: Case) -> Section:
    words = _("I authorise %(name)s to act for me. Tick in what:")
    ticks = [
        _("file applications and further evidence for me"),
        _("sign and file appeals for me"),
        _("ask how my matters stand and get my decisions and papers"),
    ]
    lines = [f"{BOX} {line}" for line in ticks]
    ending = _("Where, for example Kela: %(line)s Until: %(day)s") % {"line": "_" * 26, "day": DAY_LINE}
    opening = words % {"name": case.coordinator.name}
    return Section(heading=_("Power of attorney"), paragraphs=[opening, *lines, ending])


def _signature(case: Case, signer: Representation | None) -> list[str]:
    place = _("Place and date: %(line)s") % {"line": LINE}
    signed = _("Signature: %(line)s") % {"line": LINE}
    return [place, "", signed, on_behalf(signer, case.client) if signer else case.client.name]
