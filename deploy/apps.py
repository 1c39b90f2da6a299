from importlib import import_module

from django.apps import AppConfig


class DeployConfig(AppConfig):
    name = "deploy"

    def ready(self) -> None:
        import_module("deploy.checks")
        import_module("deploy.production")
