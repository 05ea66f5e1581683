"""Reading the figures: what happened in a period, how much of it may be told, and plots of it.

Pure functions over the sums in `Tally`. Knows no names of topics, areas or queues: who shows a
report (`home.report`) does.
"""
