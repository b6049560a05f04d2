"""Which of the languages are on this machine."""

import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import structlog

from interview_platform.execution.languages.all import LANGUAGES
from interview_platform.execution.languages.asking import ANSWERS
from interview_platform.execution.languages.base import Installed, Language

log = structlog.get_logger()

# Each starts a small program at most and waits for it; more at once than this is no quicker on two cores.
_AT_ONCE = 8


def find_languages(memory: Path) -> Mapping[str, Installed]:
    """By id, in the order in which they are offered. `memory`: a file for what tool chains say of themselves."""
    ANSWERS.load(memory)
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        found = list(threads.map(_found, LANGUAGES))
    ANSWERS.save(memory)
    return {one.language.id: one for one in found if one is not None}


def _found(language: Language) -> Installed | None:
    try:
        tools = language.find()
    except (OSError, subprocess.SubprocessError):
        log.exception("a tool chain could not be looked at", language=language.id)
        return None
    return Installed(language, tools) if tools is not None else None
