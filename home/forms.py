"""The signup form: one class for each queue, on a base with what everybody is asked."""
