"""Addresses of tasks."""

from django.urls import URLPattern, path

from casework.case_tasks import views

CASE = "cases/<str:case_number>"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}/tasks/", views.case_tasks, name="case_tasks"),
    path(f"{CASE}/tasks/add/", views.task_add, name="task_add"),
    path(f"{CASE}/tasks/<uuid:task_id>/correct/", views.task_correct, name="task_correct"),
    path(f"{CASE}/tasks/<uuid:task_id>/remove/", views.task_remove, name="task_remove"),
    path("tasks/<uuid:task_id>/done/", views.task_done, name="task_done"),
    path("tasks/<uuid:task_id>/undo/", views.task_undo, name="task_undo"),
]
