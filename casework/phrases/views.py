"""The municipality's own phrases: the list, one with its wordings, and the steps of its life."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.models import Phrase
from casework.phrases import actions as phrases
from casework.phrases import queries
from casework.phrases.forms import EditPhraseForm, PhraseForm, PhraseStepForm
from casework.phrases.presenters import filters, row, rows
from tenants.accounts.access import PortalRequest, requires
from tenants.accounts.permissions import Permission
from tenants.components import Text
from tenants.form_pages import FormPage, form_page


@require_safe
@requires(Permission.WRITE_PHRASES)
def phrase_list(request: PortalRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("kind", "language")}
    is_retired = request.GET.get("show") == "retired"
    found = queries.phrases(**asked, is_retired=is_retired)
    page = {"rows": rows(found), "filters": filters(**asked, is_retired=is_retired)}
    return render(request, "casework/phrases/phrase_list.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WRITE_PHRASES)
def phrase_new(request: PortalRequest) -> HttpResponse:
    form = PhraseForm(request.POST or None)
    page = FormPage(
        title=_("New phrase"),
        above=[(_("Phrases"), reverse("phrase_list"))],
        submit=_("Save the phrase"),
        cancel=reverse("phrase_list"),
        intro=_("Everybody who writes papers here is offered it, when a supervisor has approved it."),
    )
    done = _("The phrase is saved. It is offered when somebody else has approved it.")
    return form_page(request, form, phrases.write, page=page, done=done)


@require_safe
@requires(Permission.WRITE_PHRASES)
def phrase(request: PortalRequest, phrase_id: uuid.UUID) -> HttpResponse:
    found = queries.phrase_or_404(phrase_id)
    shown, can_approve = row(found), request.user.has(Permission.APPROVE_PHRASES)
    page = {
        "phrase": found,
        "shown": shown,
        "waits_for": [person.name for person in queries.second_persons(shown.newest.written_by)],
        "can_approve": can_approve and (found.is_retired or not shown.newest.is_approved),
        "can_retire": can_approve and not found.is_retired,
    }
    return render(request, "casework/phrases/phrase.html", page)


@require_http_methods(["GET", "POST"])
@requires(Permission.WRITE_PHRASES)
def phrase_edit(request: PortalRequest, phrase_id: uuid.UUID) -> HttpResponse:
    found = queries.phrase_or_404(phrase_id)
    newest = found.newest
    known = {"title": newest.title, "text": newest.text, "version": found.version}
    form = EditPhraseForm(request.POST or None, initial=known)
    intro = _("The changed phrase is approved anew. Until then the wording that was approved last is offered.")
    page = _below(found, title=_("Change the phrase"), submit=_("Save the phrase"), intro=intro)
    return form_page(request, form, partial(phrases.change, phrase=found), page=page, done=_("The phrase is saved."))


@require_http_methods(["GET", "POST"])
@requires(Permission.APPROVE_PHRASES)
def phrase_approve(request: PortalRequest, phrase_id: uuid.UUID) -> HttpResponse:
    found = queries.phrase_or_404(phrase_id)
    form = PhraseStepForm(request.POST or None, initial={"version": found.version})
    intro = _("Read it as everybody will insert it. Nothing of a client may stand in it.")
    page = _step(found, title=_("Approve the phrase"), submit=_("Approve"), intro=intro)
    done = _("The phrase is approved and offered from now on.")
    return form_page(request, form, partial(phrases.approve, phrase=found), page=page, done=done)


@require_http_methods(["GET", "POST"])
@requires(Permission.APPROVE_PHRASES)
def phrase_retire(request: PortalRequest, phrase_id: uuid.UUID) -> HttpResponse:
    found = queries.phrase_or_404(phrase_id)
    form = PhraseStepForm(request.POST or None, initial={"version": found.version})
    intro = _("It is offered no more. What was written with it stays, and it can be approved again.")
    page = _step(found, title=_("Take the phrase out of use"), submit=_("Take out of use"), tone="danger", intro=intro)
    done = _("The phrase is out of use.")
    return form_page(request, form, partial(phrases.retire, phrase=found), page=page, done=done)


def _step(found: Phrase, **page: Text) -> FormPage:
    return _below(found, template="casework/phrases/phrase_step.html", **page)


def _below(found: Phrase, **page: Text) -> FormPage:
    """The page of a form right below a phrase."""
    shown = row(found)
    above: list[tuple[Text, str]] = [(_("Phrases"), reverse("phrase_list"))]
    above.append((shown.newest.title, found.get_absolute_url()))
    return FormPage(above=above, cancel=found.get_absolute_url(), values={"shown": shown}, **page)  # type: ignore[arg-type]
