"""Reading the figures: what happened in a period, and how much of it may be told.

Pure functions over the sums in `Tally`. Knows no names of topics, areas or queues: who shows a
report (`home.report`) does.
"""
