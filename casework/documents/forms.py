"""The form about a document."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Document
from tenants import files
from tenants.errors import Refusal
from tenants.files import CheckedFile
from tenants.forms import DateInput, SuuntaForm


class DocumentForm(SuuntaForm):
    """A file and what it is. The file is checked by its content."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # tenants.files says it better
        help_text=_("PDF, picture (JPEG, PNG, TIFF) or text document (DOCX, ODT), at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.docx,.odt"}),
    )
    kind = forms.ChoiceField(label=_("Kind of document"), choices=[("", _("Choose")), *Document.Kind.choices])
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=200,
        help_text=_("Leave empty to use the kind of document as its title."),
    )
    dated_on = forms.DateField(label=_("Date of the document"), required=False, widget=DateInput)
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=DateInput, help_text=_("Fill this in for a power of attorney.")
    )

    def clean_file(self) -> CheckedFile:
        """Check the content at once, so that a refusal stands at the field with the other errors."""
        upload = self.cleaned_data["file"]
        try:
            return files.check_upload(upload, upload.name or "")
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.user_message)) from None


class NewerVersionForm(DocumentForm):
    """A newer version of a document: what it is and is called stays."""

    kind = None  # type: ignore[assignment]
    title = None  # type: ignore[assignment]

    def __init__(self, *args: Any, document: Document, **options: Any) -> None:
        super().__init__(*args, **options)
        if document.kind != Document.Kind.POWER_OF_ATTORNEY:
            del self.fields["valid_until"]
