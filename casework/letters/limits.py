"""How much of a letter is read: pages, characters, memory and seconds. What goes beyond is said, not read. Pure."""

import os
import resource

MOST_PAGES = 100  # with text; of a longer letter the rest is not read
MOST_PICTURES = 12  # pages that a machine reads from a picture, three seconds each on a machine of its own
PICTURE_SECONDS = 25  # then it begins no further one
MOST_TEXT = 20_000  # characters of one page
MOST_PIXELS = 40_000_000  # of a page as a picture: A3 at the usual three hundred dots an inch has half of that
MEMORY = 1536 * 1024 * 1024  # bytes of addresses, dictionaries and a page as a picture included
PROCESSOR_SECONDS = 40
SECONDS = 45  # by the clock of the wall; with the rest of a turn less than settings.WAKE_AGAIN
NICE = 10  # pages of people come first


def confine() -> None:
    """Take from this process and those it starts what reading a letter does not need."""
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # nor what it held in memory, when it breaks
