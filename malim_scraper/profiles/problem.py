"""What is wrong with a value of a profile."""


class Problem(Exception):
    """What is wrong with a value, with a remedy; it reads on from the key."""
