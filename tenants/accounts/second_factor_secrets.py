"""The secrets of second factors in allauth's table: sealed as text, because its columns are not ours."""

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator

from tenants import encryption

PURPOSE = "second_factor"
SECRET = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}  # a passkey has none


def seal(text: str) -> str:
    """Seal a secret with the key of the place one is in."""
    return encryption.seal_text(text, purpose=PURPOSE)


def open_sealed(text: str) -> str:
    """Open what `seal` sealed.

    Raises:
        UnknownVersion, UnknownKey, BadTag
    """
    return encryption.open_text(text, purpose=PURPOSE)


def under_other_keys() -> Iterator[Authenticator]:
    """List the factors whose secret is sealed with another key than the current one."""
    for factor in Authenticator.objects.filter(type__in=SECRET).order_by("pk"):
        if not encryption.is_current_text(factor.data[SECRET[factor.type]]):
            yield factor


def reseal(factor: Authenticator) -> int:
    """Seal its secret with the current key, unless somebody used or changed it meanwhile; answer how many it were.

    Raises:
        UnknownVersion, UnknownKey, BadTag
    """
    name = SECRET[factor.type]
    renewed: dict[str, Any] = {**factor.data, name: seal(open_sealed(factor.data[name]))}
    changed: int = Authenticator.objects.filter(pk=factor.pk, data=factor.data).update(data=renewed)
    return changed
