"""Where documents lie (settings.STORAGES, "documents"): a folder of this host, or a bucket that all hosts share.

A store gets sealed content and names of our own making (tenants.files); it knows nothing of municipalities and keys.
"""


class StoreAway(OSError):
    """The bucket does not answer, or does not let us in: what was asked for was not done, and can be done again."""
