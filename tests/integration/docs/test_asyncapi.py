"""docs/asyncapi.yaml says what the code does, and what docs/streaming.md says."""

import inspect
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from domain.accounts.errors import KeyNotAllowed
from domain.emporia.devices import Customer
from domain.emporia.links import AccountId
from domain.errors import (
    AccessTokenInvalid,
    InvalidInput,
    StorageUnavailable,
    TooManyStreams,
    UserNotFound,
)
from domain.live.errors import ReplayOff, ReplayOverBudget, ReplayWithoutPanel
from entrypoints.failures import codes
from entrypoints.streams import goodbye, messages
from entrypoints.streams.close_codes import CloseCode
from entrypoints.websocket import conversation
from tests.integration.docs import stream_messages

DOCS = Path(__file__).parents[3] / "docs"
SERVER_CODES = {1002, 1007, 1009, 1012}
CUSTOMER = Customer(
    account=AccountId(1),
    document={},
    devices=(),
    received_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
)
STREAM_MESSAGES = {
    "authenticate": stream_messages.Authenticate,
    "authenticated": messages.Authenticated,
    "subscribe": stream_messages.Subscribe,
    "subscribed": messages.Subscribed,
    "deviceData": stream_messages.DeviceData,
    "error": messages.Error,
}


@pytest.fixture(scope="module")
def asyncapi() -> dict[str, Any]:
    """The document, read."""
    document: dict[str, Any] = yaml.safe_load((DOCS / "asyncapi.yaml").read_text())
    return document


def refusals() -> list[InvalidInput]:
    """One for each way in which a subscription can be refused."""
    with pytest.raises(InvalidInput) as unknown:
        messages.read_subscription({"scale": "1m"})
    with pytest.raises(InvalidInput) as foreign:
        CUSTOMER.require(frozenset({99}))
    return [unknown.value, foreign.value]


def failures_in_code() -> set[tuple[str, str | None]]:
    """Each sentence a conversation can say, with its code; one comes before codes can."""
    kinds = (
        AccessTokenInvalid,
        KeyNotAllowed,
        ReplayOff,
        ReplayOverBudget,
        ReplayWithoutPanel,
        StorageUnavailable,
        TooManyStreams,
        UserNotFound,
    )
    named = {
        getattr(codes, name)
        for module in (conversation, goodbye, messages)
        for name in re.findall(r"\bcodes\.([A-Z_]+)\b", inspect.getsource(module))
        if name != "OF_NOTICES"
    } - {codes.TOKEN_MISSING}
    raised = {*map(codes.failure_of, kinds), *map(codes.failure_of, refusals())}
    said = {*named, *codes.OF_NOTICES.values(), *raised, goodbye.NO_TOKEN}
    first = json.loads(messages.AUTHENTICATE_FIRST)["message"]
    return {*((failure.sentence, failure.code) for failure in said), (first, None)}


def sentences_described(asyncapi: dict[str, Any]) -> list[str]:
    examples = asyncapi["components"]["messages"]["error"]["examples"]
    return [example["payload"]["message"] for example in examples]


def closes_described(asyncapi: dict[str, Any]) -> dict[str, int]:
    """The close code that follows a sentence."""
    return {
        sentence: close["code"]
        for close in asyncapi["channels"]["stream"]["x-close-codes"]
        for sentence in close["after"]
    }


def rows_told() -> list[tuple[str, str, str]]:
    """The error table of streaming.md: the message, its code, and what follows."""
    text = (DOCS / "streaming.md").read_text()
    table = text.partition("## Errors and close codes")[2].partition("\n## ")[0]
    cells = [line.split("|") for line in table.splitlines() if line.startswith("| ")]
    return [(row[1].strip(" `"), row[2].strip(" `"), row[4].strip()) for row in cells[1:]]


def without_descriptions(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {key: without_descriptions(schema[key]) for key in schema if key != "description"}
    return schema


def test_schemas_are_those_of_the_messages_in_the_code(asyncapi):
    _, schemas = msgspec.json.schema_components(
        STREAM_MESSAGES.values(), ref_template="#/components/schemas/{name}"
    )

    assert asyncapi["components"]["schemas"] == without_descriptions(schemas)


@pytest.mark.parametrize("name", STREAM_MESSAGES)
def test_each_example_is_read_as_the_message_it_stands_for(asyncapi, name):
    examples = asyncapi["components"]["messages"][name]["examples"]

    for example in examples:
        msgspec.convert(example["payload"], STREAM_MESSAGES[name])


def test_every_reference_leads_somewhere(asyncapi):
    references = re.findall(r"\$ref: '#/(.+)'", (DOCS / "asyncapi.yaml").read_text())

    for reference in references:
        place = asyncapi
        for step in reference.split("/"):
            place = place[step]


def test_error_sentences_and_their_codes_are_those_of_the_code(asyncapi):
    described = [
        (example["payload"]["message"], example["payload"].get("code"))
        for example in asyncapi["components"]["messages"]["error"]["examples"]
    ]

    assert set(described) == failures_in_code()
    assert len(described) == len(set(described))


def test_a_code_is_one_of_those_that_the_code_has(asyncapi):
    told = asyncapi["components"]["messages"]["error"]["x-codes"]

    assert told == sorted({code for _, code in failures_in_code() if code})


def test_close_codes_are_those_of_the_code(asyncapi):
    codes = [close["code"] for close in asyncapi["channels"]["stream"]["x-close-codes"]]

    assert sorted(codes) == sorted({*CloseCode} | SERVER_CODES)


def test_closes_follow_sentences_that_exist(asyncapi):
    assert set(closes_described(asyncapi)) <= set(sentences_described(asyncapi))


def test_streaming_md_tells_the_same_sentences_and_closes(asyncapi):
    closes = closes_described(asyncapi)
    described = {
        (
            sentence,
            code or "",
            f"closes, {closes[sentence]}" if sentence in closes else "stays open",
        )
        for sentence, code in failures_in_code()
    }

    assert {row for row in rows_told() if row[0] != "none"} == described


def test_streaming_md_tells_every_close_code(asyncapi):
    told = {int(code) for _, _, then in rows_told() for code in re.findall(r"\d+", then)}

    assert told == {close["code"] for close in asyncapi["channels"]["stream"]["x-close-codes"]}
