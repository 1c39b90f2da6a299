"""The field of a form that chooses one of the documents of a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.documents.presenters import document_title
from casework.models import Document


class DocumentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """One of the documents of a case, or none; the form gives which are offered."""

    def __init__(self, **options: Any) -> None:
        known: dict[str, Any] = {"label": _("Document"), "required": False, "empty_label": _("No document")}
        super().__init__(queryset=Document.objects.none(), **known | options)

    def label_from_instance(self, obj: Document) -> str:
        return document_title(obj)
