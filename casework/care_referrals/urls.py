"""Addresses of referrals to a clinic."""

from django.urls import URLPattern, path

from casework.care_referrals import views

CARE_REFERRALS = "cases/<str:case_number>/care-referrals"
CARE_REFERRAL = f"{CARE_REFERRALS}/<uuid:care_referral_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CARE_REFERRALS}/new/", views.care_referral_new, name="care_referral_new"),
    path(f"{CARE_REFERRAL}/", views.care_referral, name="care_referral"),
    path(f"{CARE_REFERRAL}/send/", views.care_referral_send, name="care_referral_send"),
    path(f"{CARE_REFERRAL}/ask-for-more/", views.care_referral_ask_for_more, name="care_referral_ask_for_more"),
    path(f"{CARE_REFERRAL}/supply/", views.care_referral_supply, name="care_referral_supply"),
    path(f"{CARE_REFERRAL}/accept/", views.care_referral_accept, name="care_referral_accept"),
    path(f"{CARE_REFERRAL}/refuse/", views.care_referral_refuse, name="care_referral_refuse"),
    path(f"{CARE_REFERRAL}/complain/", views.care_referral_complain, name="care_referral_complain"),
    path(
        f"{CARE_REFERRAL}/answer-complaint/",
        views.care_referral_answer_complaint,
        name="care_referral_answer_complaint",
    ),
    path(f"{CARE_REFERRAL}/examine/", views.care_referral_examine, name="care_referral_examine"),
    path(f"{CARE_REFERRAL}/report/", views.care_referral_report, name="care_referral_report"),
    path(f"{CARE_REFERRAL}/withdraw/", views.care_referral_withdraw, name="care_referral_withdraw"),
    path(f"{CARE_REFERRAL}/correct/", views.care_referral_correct, name="care_referral_correct"),
    path(f"{CARE_REFERRAL}/step-back/", views.care_referral_step_back, name="care_referral_step_back"),
    path(f"{CARE_REFERRAL}/remove/", views.care_referral_remove, name="care_referral_remove"),
]
