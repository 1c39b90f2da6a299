"""The version after this one: the same code and two more migrations of casework, which only add.

A process is of it when `SETTINGS` are its settings (`DJANGO_SETTINGS_MODULE`); `newer.playing` lets a test be.
"""

SETTINGS = "tests.newer.settings"
MODULES = {"casework": "tests.newer.casework"}
ADDED = ("remark_on_client", "remarks")
