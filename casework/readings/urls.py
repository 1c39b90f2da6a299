"""Addresses of readings."""

from django.urls import URLPattern, path

from casework.readings import views

CASE = "cases/<str:case_number>"
DESCRIPTION = f"{CASE}/descriptions/<uuid:description_id>"
READING = f"{CASE}/readings/<uuid:reading_id>"
REMARK = f"{READING}/remarks/<uuid:remark_id>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/appeals/<uuid:appeal_id>/reader/", views.reading_of_appeal, name="reading_of_appeal"),
    path(
        f"{DESCRIPTION}/reader/",
        views.reading_of_description,
        name="reading_of_description",
    ),
    path(f"{READING}/", views.reading, name="reading"),
    path(f"{READING}/finish/", views.reading_finish, name="reading_finish"),
    path(f"{READING}/take-back/", views.reading_take_back, name="reading_take_back"),
    path(f"{REMARK}/settle/", views.reading_settle, name="reading_settle"),
    path(f"{REMARK}/unsettle/", views.reading_unsettle, name="reading_unsettle"),
]
