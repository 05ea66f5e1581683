"""Fills the database that the settings name: `python -m tests.benchmarks.fill 1000`."""

import sys

import django

from tests.benchmarks.filling import Filling

django.setup()

Filling(int(sys.argv[1])).fill()
