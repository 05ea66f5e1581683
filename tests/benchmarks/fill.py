"""Fills the database that the settings name: `python -m tests.benchmarks.fill 1000`."""

import sys

import django

django.setup()

from .filling import Filling  # noqa: E402 - needs Django to be set up

Filling(int(sys.argv[1])).fill()
