"""Reading what hangs on an appeal: its letter."""

from casework.models import Appeal, AppealLetter


def letter_of(appeal: Appeal) -> AppealLetter:
    """The letter of an appeal that was fetched before; one of which nobody has said anything is empty."""
    related = ("power_of_attorney", "document")
    found = AppealLetter.objects.filter(appeal=appeal).select_related(*related).first()
    letter = found or AppealLetter(appeal=appeal)
    letter.appeal = appeal
    return letter
