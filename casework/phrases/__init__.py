"""The municipality's own phrases: writing and approving them, and offering them where papers are written."""
