"""A made-up centre to look at and try things out on: `manage.py load_demo`.

What it says and draws is data (`data/`, `pictures/`, `documents/`); the modules put it in place.
Nobody in it exists.
"""
