"""What can be done with groups and the places in them. Each verb acts and logs in one transaction.

A public verb locks what it changes, once: the group first, then its people by key, then their
places. One with an underscore takes what is locked already, and is called only from this package.

Where both change, the place is saved before the application moves, so that whatever follows from
the application's new status finds the place as it is going to be.
"""
