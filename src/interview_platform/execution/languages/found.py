"""Which of the languages this machine has."""

import subprocess

import structlog

from interview_platform.execution.languages.all import LANGUAGES
from interview_platform.execution.languages.base import Installed

log = structlog.get_logger()


def find_languages() -> dict[str, Installed]:
    """By id, in the order in which people are offered them."""
    found: dict[str, Installed] = {}
    for language in LANGUAGES:
        try:
            tools = language.find()
        except (OSError, subprocess.SubprocessError):
            log.exception("a tool chain could not be looked at", language=language.id)
            continue
        if tools is not None:
            found[language.id] = Installed(language, tools)
    return found
