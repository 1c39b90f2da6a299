"""Addresses of figures."""

from django.urls import URLPattern, path

from casework.figures import views

urlpatterns: list[URLPattern] = [
    path("figures/", views.figure_list, name="figure_list"),
    path("figures/<str:figure_key>/", views.figure, name="figure"),
]
