"""From a record of Python's logging to a named event with fields.

Our own lines give one mapping as their argument: `logger.info("user %(user_id)s signed in",
{"event": "signed_in", "user_id": 7})`. That is a sentence for people and fields for programs at
once. A line without a name is named by its words.
"""

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from structlog.types import EventDict

from entrypoints.logs.places import is_ours, type_and_place
from entrypoints.logs.secrets import without_secrets
from entrypoints.request_context import current_request

PLACEHOLDER = re.compile(r"%(\(\w+\))?[-#0 +]*\d*(\.\d+)?[a-zA-Z%]")
MOST_WORDS = 8


def named(_logger: object, _method: str, line: EventDict) -> EventDict:
    """Name the event, and take its fields and its sentence apart."""
    record: logging.LogRecord = line["_record"]
    arguments = line.pop("positional_args", None)
    fields = dict(arguments) if isinstance(arguments, Mapping) else {}
    sentence = str(line.pop("event"))
    if is_ours(record.name):
        name = str(fields.pop("event", "")) or _name_of(str(record.msg))
    else:
        # What follows the first line is a dump of objects, and those may hold anything.
        name, fields, sentence = record.name, {}, sentence.partition("\n")[0]
    line.update(name=name, message=" ".join(sentence.split()), fields=fields)
    return line


def placed(_logger: object, _method: str, line: EventDict) -> EventDict:
    """Say when, how grave, who, and of an exception its type and place."""
    record: logging.LogRecord = line["_record"]
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    error = (line.pop("exc_info", None) or (None, None))[1]
    line.update(
        time=at.replace("+00:00", "Z"),
        level=record.levelname,
        logger=record.name,
        error=None if error is None else type_and_place(error),
    )
    line.pop("stack_info", None)
    return line


def about_request(_logger: object, _method: str, line: EventDict) -> EventDict:
    """Say which request it is about, and whose: ids alone."""
    line["request"] = current_request()
    return line


def as_sentence(_logger: object, _method: str, line: EventDict) -> str:
    """For people: time, level, who and what; in brackets what broke and which request it was."""
    notes = [line["error"]] if line["error"] else []
    notes += [f"{name}={value}" for name, value in line["request"].items()]
    said = f"{line['time']} {line['level']} {line['logger']}: {line['message']}"
    return without_secrets(f"{said} [{', '.join(notes)}]" if notes else said)


def as_object(_logger: object, _method: str, line: EventDict) -> dict[str, Any]:
    """For programs: the same as one flat object."""
    told = {
        "time": line["time"],
        "level": line["level"].lower(),
        "event": line["name"],
        "message": line["message"],
        "logger": line["logger"],
        **line["request"],
        **line["fields"],
    }
    if line["error"]:
        told["error"] = line["error"]
    return {name: _plain(value) for name, value in told.items()}


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int | float) else without_secrets(str(value))


def _name_of(template: str) -> str:
    words = re.findall(r"[a-z0-9]+", PLACEHOLDER.sub(" ", template).lower())
    return "_".join(words[:MOST_WORDS])
