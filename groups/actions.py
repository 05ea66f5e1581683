"""What can be done with groups and the places in them. Each verb acts and logs in one transaction.

Every verb locks the group first and its people after, so that two at once never wait for each
other, and the count of places taken is always right.
"""
