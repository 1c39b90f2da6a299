"""The keys of the schema that is entered: a data key and an index key, each wrapped by a master key from outside."""


def create() -> None:
    """Make the keys of the schema that is entered, unless it has them; provisioning and migrating call this.

    Raises:
        ImproperlyConfigured: there is no master key, and this machine may not make one.
    """
    from tenants.keys import ring  # models can be imported only when the apps are ready

    if not ring.has_keys():
        ring.create_data_key()
