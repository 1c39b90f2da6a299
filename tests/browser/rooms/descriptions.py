"""A description that is being written, and what stands on the client's own map."""

from datetime import timedelta

from django.utils import timezone

from casework.models import Case
from tenants.accounts.models import User
from tests.casework.descriptions.making import a_description, a_fact


def furnish(case: Case, aino: User) -> dict[str, object]:
    """Begin a second version of the description; the first is signed."""
    now, day = timezone.now(), timezone.localdate() - timedelta(days=30)
    a_fact(case, "work", "Rakennusmiehenä kolmessa yrityksessä.", learned_on=day, by=aino, at=now)
    a_description("signed", case=case, by=aino, language="fi", at=now, health="Selkäkipu rajoittaa liikkumista.")
    description = a_description(case=case, by=aino, language="fi", at=now)
    a_fact(case, "hopes", "Kevyt osa-aikainen työ lähellä kotia.", learned_on=day, by=aino, at=now)
    return {"description_id": description.pk}
