"""A made-up centre to look at and try things out on: `manage.py load_demo`.

Its texts and pictures are data (`data/`, `pictures/`, `documents/`), which the modules load. Nobody
in it exists.
"""
