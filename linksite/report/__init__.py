"""Statistics of what was counted: periods, how counts are published, and tables.

Reads the sums in `Tally`. Knows no names of topics, areas or queues: who shows a report
(`home.report`) does.
"""
