from django.apps import AppConfig


class CachingConfig(AppConfig):
    name = "tenants.caching"
    label = "caching"
