from django.apps import AppConfig


class OnceConfig(AppConfig):
    name = "tenants.once"
    label = "once"
