"""Short references that can be read aloud on the phone."""

import secrets

#: No 0 and O, no 1, I and L: nobody should have to ask "zero or the letter?"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6


def new_reference() -> str:
    """Return a random reference such as `7KM-3PQ`, one of nearly 900 million."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{letters[:3]}-{letters[3:]}"


def normalise(text: str) -> str:
    """Return `text` as a reference is written, however it was typed: ` 7km3pq` → `7KM-3PQ`."""
    letters = "".join(char for char in text.upper() if char.isalnum())
    return f"{letters[:3]}-{letters[3:]}" if len(letters) == LENGTH else text
