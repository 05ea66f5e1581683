"""Fills the database that the settings name: `python -m tests.benchmarks.fill 1000`."""

import sys

import django

django.setup()

from tests.benchmarks.filling import Filling  # noqa: E402, models are there only now

Filling(int(sys.argv[1])).fill()
