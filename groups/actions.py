"""What can be done with groups and the places in them. Each verb acts and logs in one transaction.

Every verb locks the group before its people, so that two at once cannot deadlock and the count of
places taken is always right.
"""
