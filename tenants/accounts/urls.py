"""Addresses of signing in, the second factor, invitations and people; the same on every host.

allauth's own views are listed one by one under the names by which it links to them: what is not here (signing up,
changing addresses, signing in by a code in a mail) does not exist.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.db import transaction
from django.urls import URLPattern, path, re_path

from tenants.accounts import pages, role_views, views

_SIGN_IN = [
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/change/", account.password_change, name="account_change_password"),
    path("account/password/reset/", account.password_reset, name="account_reset_password"),
    path("account/password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "account/password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
_SECOND_FACTOR = [
    path("account/second-factor/", mfa.index, name="mfa_index"),
    path("account/second-factor/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("account/second-factor/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/second-factor/codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path("account/second-factor/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("account/second-factor/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path(
        "account/second-factor/passkeys/reauthenticate/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/second-factor/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/second-factor/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]
for pattern in (*_SIGN_IN, *_SECOND_FACTOR):
    pattern.callback = transaction.atomic(pattern.callback)  # allauth writes in several, and one may not be the last
_PEOPLE = [
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.person_invite, name="person_invite"),
    path("people/<uuid:person_id>/", views.person, name="person"),
    path("people/<uuid:person_id>/disable/", views.person_disable, name="person_disable"),
    path("people/<uuid:person_id>/enable/", views.person_enable, name="person_enable"),
    path(
        "people/<uuid:person_id>/second-factor/",
        views.person_second_factor_reset,
        name="person_second_factor_reset",
    ),
    path("people/requests/<uuid:role_request_id>/", role_views.role_request, name="role_request"),
    path(
        "people/requests/<uuid:role_request_id>/confirm/", role_views.role_request_confirm, name="role_request_confirm"
    ),
    path("people/requests/<uuid:role_request_id>/refuse/", role_views.role_request_refuse, name="role_request_refuse"),
    path(
        "people/requests/<uuid:role_request_id>/withdraw/",
        role_views.role_request_withdraw,
        name="role_request_withdraw",
    ),
    path("people/invitations/<uuid:invitation_id>/withdraw/", views.invitation_withdraw, name="invitation_withdraw"),
]
_FOR_EVERYBODY = [
    path("session/", pages.session, name="session"),
    path("language/", pages.language, name="language"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("help/", pages.help_page, name="help"),
]
urlpatterns: list[URLPattern] = [*_SIGN_IN, *_SECOND_FACTOR, *_PEOPLE, *_FOR_EVERYBODY]
