"""Forms about assessments and results of instruments."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.assessments.actions import AssessmentDetails, Scored
from casework.assessments.instruments import ResultDetails
from casework.documents.document_field import DocumentField
from casework.documents.queries import newest_versions
from casework.law import instruments
from casework.law.domains import DOMAINS, SCALE, Domain
from casework.models import Assessment, Case, InstrumentResult
from tenants.forms import DateInput, SuuntaForm, VersionField, field_of


class AssessmentForm(SuuntaForm):
    """An assessment: who, when, each domain 0-4 or not assessed, and what follows from it."""

    template_name = "casework/assessments/parts/assessment_fields.html"
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose")), *Assessment.Kind.choices])
    assessed_on = forms.DateField(label=_("Assessed on"), widget=DateInput)
    assessor = forms.CharField(
        label=_("Who assessed"),
        required=False,
        max_length=200,
        help_text=_("If you leave this empty, it is whoever writes this down."),
    )
    summary = forms.CharField(
        label=_("Summary"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 5})
    )
    recommendation = forms.CharField(
        label=_("Recommendation"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )
    document = DocumentField(help_text=_("A statement or report that was added to the documents."))
    ABOVE = ("kind", "assessed_on", "assessor")
    BELOW = ("summary", "recommendation", "document")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "document", DocumentField).queryset = newest_versions(case)
        for domain in DOMAINS:
            self._add(domain)

    @property
    def above(self) -> list[forms.BoundField]:
        """What stands above the domains."""
        return [self[name] for name in self.ABOVE]

    @property
    def below(self) -> list[forms.BoundField]:
        """What stands below the domains."""
        return [self[name] for name in self.BELOW]

    @property
    def domains(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Score and note of each domain."""
        for domain in DOMAINS:
            yield self[f"score_{domain.code}"], self[f"note_{domain.code}"]

    def clean(self) -> dict[str, Any]:
        """A note without a score would be lost: ask for the score."""
        typed = super().clean() or {}
        for domain in DOMAINS:
            score = f"score_{domain.code}"
            if typed.get(f"note_{domain.code}") and score in typed and typed[score] is None:
                self.add_error(score, _("Choose how well it goes, or empty “How it shows in daily life”."))
        return typed

    @property
    def details(self) -> AssessmentDetails:
        """What was typed, of a valid form."""
        typed = self.cleaned_data
        scores = {
            domain.code: Scored(score=typed[f"score_{domain.code}"], note=typed[f"note_{domain.code}"])
            for domain in DOMAINS
            if typed[f"score_{domain.code}"] is not None
        }
        return AssessmentDetails(**{name: typed[name] for name in (*self.ABOVE, *self.BELOW)}, scores=scores)

    def _add(self, domain: Domain) -> None:
        steps = [(str(level.score), f"{level.score} {level.name}") for level in SCALE]
        self.fields[f"score_{domain.code}"] = forms.TypedChoiceField(
            label=domain.name,
            help_text=domain.question,
            required=False,
            choices=[("", _("Not assessed")), *steps],
            coerce=int,
            empty_value=None,
            initial="",
            widget=forms.RadioSelect,
        )
        self.fields[f"note_{domain.code}"] = forms.CharField(
            label=_("How it shows in daily life"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


class EditAssessmentForm(AssessmentForm):
    """The same for an assessment that is there."""

    version = VersionField()

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        known = {name: getattr(assessment, name) for name in (*self.ABOVE, *self.BELOW, "version")}
        for score in assessment.scores.all():
            known |= {f"score_{score.domain}": str(score.score), f"note_{score.domain}": score.note}
        super().__init__(*args, initial=known, **kwargs)


class ResultForm(SuuntaForm):
    """The result of an instrument that was filled in elsewhere."""

    instrument = forms.ChoiceField(label=_("Instrument"))
    edition = forms.CharField(
        label=_("Version"),
        required=False,
        max_length=40,
        help_text=_("If the instrument is not in the list, write its name."),
    )
    taken_on = forms.DateField(label=_("Taken on"), widget=DateInput)
    taken_with = forms.CharField(label=_("With whom"), required=False, max_length=200)
    result = forms.CharField(label=_("Result"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    document = DocumentField()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "instrument", forms.ChoiceField).choices = [("", _("Choose")), *instruments.choices()]
        field_of(self, "document", DocumentField).queryset = newest_versions(case)

    @property
    def details(self) -> ResultDetails:
        """What was typed, of a valid form."""
        return ResultDetails(**{name: self.cleaned_data[name] for name in ResultDetails.__dataclass_fields__})


class EditResultForm(ResultForm):
    """The same for a result that is there."""

    version = VersionField()

    def __init__(self, *args: Any, found: InstrumentResult, **kwargs: Any) -> None:
        names = [*ResultDetails.__dataclass_fields__, "version"]
        super().__init__(*args, initial={name: getattr(found, name) for name in names}, **kwargs)
