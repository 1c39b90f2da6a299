"""The demo's invented people and their months of casework and billing, written through the real actions only.

Nothing here is needed to run the service; `manage.py load_demo_data` is its only entrance.
"""
