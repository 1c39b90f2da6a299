"""The settings of the version after this one."""

from deploy.settings import *  # noqa: F403
from tests.newer import MODULES

MIGRATION_MODULES = MODULES
