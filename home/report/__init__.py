"""The figures of both queues and of the groups, for who answers for the centre."""
