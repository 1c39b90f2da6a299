"""From the invitation to the second sign-in, in a database where commits are real."""

from allauth.mfa.models import Authenticator
from django.utils import timezone

from tenants.accounts import invitations
from tenants.accounts.models import User
from tenants.accounts.permissions import Role
from tenants.mail.models import OutgoingEmail
from tenants.scope import in_municipality
from tests.people import person
from tests.tenants.accounts.signing_in import (
    CODES,
    SECOND_STEP,
    SET_UP,
    Phone,
    browser_at,
    is_in,
    type_password,
)

NEW = "kuusi-koivu-mänty-haapa"


def test_an_invited_person_opens_an_account_sets_up_the_second_step_and_signs_in_again(own_database):
    with in_municipality("kaavi"):
        paula = person("Paula", Role.PORTAL_ADMIN)
        invitations.invite(email="eeva@kaavi.example", name="Eeva", roles=["portal_admin"], by=paula, at=timezone.now())
        link = OutgoingEmail.objects.get().text.partition(":8000")[2].split()[0]
        visitor = browser_at("kaavi")

        answer = visitor.post(link, {"name": "Eeva", "password": NEW, "password_again": NEW}, follow=True)
        assert answer.request["PATH_INFO"] == SET_UP
        phone = Phone(secret=answer.context["form"].secret)
        shown = visitor.post(SET_UP, {"code": phone.code()}, follow=True)
        assert shown.request["PATH_INFO"] == CODES
        codes = shown.context["unused_codes"]
        assert is_in(visitor)
        assert Authenticator.objects.filter(user=User.objects.get(name="Eeva")).count() == 2

        for code in (phone.code(), codes[0]):
            visitor.post("/account/logout/")
            assert not is_in(visitor)
            assert type_password(visitor, "eeva@kaavi.example", NEW).headers["Location"] == SECOND_STEP
            visitor.post(SECOND_STEP, {"code": code})
            assert is_in(visitor)
