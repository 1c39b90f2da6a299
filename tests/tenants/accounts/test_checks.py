"""Settings that would weaken sign-in are errors."""

import pytest
from django.core.checks import run_checks

from tenants.accounts.checks import FORBIDDEN


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_setting_that_weakens_sign_in_is_an_error(settings, name):
    setattr(settings, name, "123456")

    assert [error.id for error in run_checks(tags=["security"])] == ["suunta.E020"]


def test_the_settings_as_they_are_pass():
    assert run_checks(tags=["security"]) == []
