"""The signup form: one class for each queue, on one base with what everybody is asked."""
