"""Addresses of referrals."""

from django.urls import URLPattern, path

from casework.referrals import views

REFERRAL = "referrals/<uuid:referral_id>"

urlpatterns: list[URLPattern] = [
    path("referrals/", views.referral_list, name="referral_list"),
    path("referrals/new/", views.referral_new, name="referral_new"),
    path(f"{REFERRAL}/", views.referral, name="referral"),
    path(f"{REFERRAL}/edit/", views.referral_edit, name="referral_edit"),
    path(f"{REFERRAL}/correct/", views.referral_correct, name="referral_correct"),
    path(f"{REFERRAL}/remove/", views.referral_remove, name="referral_remove"),
    path(f"{REFERRAL}/accept/", views.referral_accept, name="referral_accept"),
    path(f"{REFERRAL}/return/", views.referral_return, name="referral_return"),
    path(f"{REFERRAL}/decline/", views.referral_decline, name="referral_decline"),
    path(f"{REFERRAL}/again/", views.referral_again, name="referral_again"),
]
