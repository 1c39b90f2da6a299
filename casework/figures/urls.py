"""Addresses of figures."""

from django.urls import URLPattern, path

from casework.figures import annex_views, views

urlpatterns: list[URLPattern] = [
    path("figures/", views.figure_list, name="figure_list"),
    path("figures/annexes/", annex_views.figure_annexes, name="figure_annexes"),
    path("figures/annexes/<str:benefit_code>/new/", annex_views.figure_annex_new, name="figure_annex_new"),
    path("figures/annexes/<str:benefit_code>/<str:annex_code>/", annex_views.figure_annex, name="figure_annex"),
    path("figures/<str:figure_key>/", views.figure, name="figure"),
]
