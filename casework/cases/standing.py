"""Which decisions stand: no ruling has annulled them, and they were not removed. What rests on others has ended."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from casework.models import Appeal, Decision, Removal


def has_fallen() -> Q:
    """Whether a decision stands no longer; as a condition, or by `as_fact` as a column."""
    annulled = Appeal.objects.filter(decision=OuterRef("pk"), result=Appeal.Result.RETURNED)
    removed = Removal.objects.filter(decision=OuterRef("pk"), answer=Removal.Answer.REMOVED)
    return Q(Exists(annulled)) | Q(Exists(removed))


def standing() -> QuerySet[Decision]:
    """The decisions that stand."""
    found: QuerySet[Decision] = Decision.objects.filter(~has_fallen())
    return found
