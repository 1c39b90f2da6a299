"""Addresses of paid days and of the registration as a jobseeker."""

from django.urls import URLPattern, path

from casework.sickness_days import views

CASE = "cases/<str:case_number>"
DAYS = f"{CASE}/sickness-days"
COUNT = f"{DAYS}/<uuid:sickness_day_count_id>"
REGISTRATION = f"{CASE}/jobseeker/<uuid:jobseeker_registration_id>"

urlpatterns: list[URLPattern] = [
    path(f"{DAYS}/", views.sickness_days, name="sickness_days"),
    path(f"{DAYS}/add/", views.sickness_days_add, name="sickness_days_add"),
    path(f"{COUNT}/correct/", views.sickness_days_correct, name="sickness_days_correct"),
    path(f"{COUNT}/remove/", views.sickness_days_remove, name="sickness_days_remove"),
    path(f"{CASE}/jobseeker/add/", views.jobseeker_add, name="jobseeker_add"),
    path(f"{REGISTRATION}/correct/", views.jobseeker_correct, name="jobseeker_correct"),
    path(f"{REGISTRATION}/remove/", views.jobseeker_remove, name="jobseeker_remove"),
]
