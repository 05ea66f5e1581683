"""The pages of a queue. Every row comes through `visible_to`."""
