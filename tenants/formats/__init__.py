"""How days and numbers are typed and written in each language (settings.FORMAT_MODULE_PATH), where Django's differ."""
