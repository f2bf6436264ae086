"""Sends every line of the process, ours and the libraries', through one formatter to stderr.

Other people's libraries are heard from a warning on: below that they tell addresses with their
queries, and even whole messages.
"""

import logging
import sys

import structlog
from structlog.types import Processor

from entrypoints.logs.places import OUR_PACKAGES
from entrypoints.logs.records import about_request, as_object, as_sentence, named, placed

WRITERS: dict[str, tuple[Processor, ...]] = {
    "console": (as_sentence,),
    "json": (as_object, structlog.processors.JSONRenderer(ensure_ascii=True)),
}
"""How a line looks, by the setting LOG_FORMAT."""


def formatter(form: str) -> logging.Formatter:
    """Writes records in this form."""
    return structlog.stdlib.ProcessorFormatter(
        processors=(named, placed, about_request, *WRITERS[form]), pass_foreign_args=True
    )


def log_to_stderr(level: str, form: str = "console") -> None:
    """Send everything to stderr, ours from this level on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(form))
    ours = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(handlers=[handler], level=max(ours, logging.WARNING), force=True)
    for name in OUR_PACKAGES:
        logging.getLogger(name).setLevel(ours)
