"""Rows of sessions do not gather."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from tenants.accounts import sessions
from tests.people import browser_of


def test_an_ended_session_is_forgotten_and_a_living_one_stays(kaavi, aino, bertta):
    browser_of(aino)
    browser_of(bertta)
    now = timezone.now()
    ended = Session.objects.all()[0]
    Session.objects.filter(pk=ended.pk).update(expire_date=now - timedelta(seconds=1))

    assert sessions.forget_ended(at=now) == 1
    assert Session.objects.count() == 1
    assert not Session.objects.filter(pk=ended.pk).exists()
