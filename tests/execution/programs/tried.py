from dataclasses import dataclass


@dataclass(frozen=True)
class Tried:
    """The same programs for every language; None where the language has no such thing."""

    echo: str | None
    """Reads all lines, prints how many they are, then "Grüße 😀" and the last one."""
    status_3: str | None
    """Prints "before" and ends with status 3."""
    broken: str
    """Uses something called "nonsense" that is not there."""
    endless: str
    """Prints "before", then never ends."""
    greedy: str
    """Takes memory until it is stopped."""
