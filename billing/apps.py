from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"

    def ready(self) -> None:
        from billing.places import NAVIGATION
        from tenants import navigation

        navigation.add_places("console", NAVIGATION, after="municipality_list")
