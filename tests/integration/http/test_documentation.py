"""The documentation page works without internet, and tells the truth."""

import re

import pytest

ENVELOPE = {"$ref": "#/components/schemas/ErrorBody"}


@pytest.fixture
async def document(gateway):
    """The OpenAPI document as it is served."""
    return (await gateway.client.get("/schema/openapi.json")).json()


@pytest.fixture
def operations(document):
    """Every operation of the document by its id."""
    return {
        operation["operationId"]: operation
        for path in document["paths"].values()
        for operation in path.values()
    }


async def test_everything_the_page_loads_comes_from_here(gateway):
    page = await gateway.client.get("/docs")

    sources = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    answers = [await gateway.client.get(source) for source in sources]
    assert len(sources) == 4
    assert all(source.startswith("/docs/") for source in sources)
    assert [answer.status_code for answer in answers] == [200] * 4
    assert "//" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]


async def test_the_page_shows_this_document(gateway):
    start = await gateway.client.get("/docs/start.js")

    assert 'url: "/schema/openapi.json"' in start.text
    assert "validatorUrl: null" in start.text
    assert start.headers["Content-Type"].startswith("text/javascript")


@pytest.mark.parametrize("path", ["/docs/index.html", "/docs/swagger-initializer.js", "/docs/%2e"])
async def test_other_files_of_the_package_are_not_served(gateway, path):
    answer = await gateway.client.get(path)

    assert answer.status_code == 404


def test_operation_ids_are_in_words(operations):
    assert set(operations) == {
        "signUp",
        "logIn",
        "readMe",
        "deleteMe",
        "renewToken",
        "logOut",
        "linkEmporiaAccount",
        "unlinkEmporiaAccount",
        "listDevices",
        "readInstantUsage",
        "readHistory",
        "streamUsage",
        "readBudget",
        "checkLiveness",
        "checkReadiness",
    }


def test_every_failure_is_the_envelope_with_an_example_of_it(operations):
    failures = [
        answer["content"]["application/json"]
        for operation in operations.values()
        for status, answer in operation["responses"].items()
        if int(status) >= 400
    ]

    assert all(failure["schema"] == ENVELOPE for failure in failures)
    assert all(failure["examples"] for failure in failures)


def test_every_success_with_a_body_has_an_example(operations):
    successes = [
        content
        for operation in operations.values()
        for status, answer in operation["responses"].items()
        if int(status) < 300
        for content in answer.get("content", {}).values()
    ]

    assert len(successes) == 12
    assert all(success["examples"] for success in successes)


def test_every_operation_has_a_summary_a_description_and_a_tag(operations):
    assert all(operation["summary"] for operation in operations.values())
    assert all(operation["description"] for operation in operations.values())
    assert all(len(operation["tags"]) == 1 for operation in operations.values())


def test_what_needs_a_token_says_so(operations):
    open_to_all = {name for name, operation in operations.items() if "security" not in operation}

    assert open_to_all == {"signUp", "logIn", "checkLiveness", "checkReadiness"}


def test_arrays_in_queries_are_arrays_of_strings(operations):
    parameters = {
        parameter["name"]: parameter
        for name in ("readInstantUsage", "readHistory")
        for parameter in operations[name]["parameters"]
    }

    assert parameters["devices"]["schema"]["items"]["type"] == "string"
    assert not parameters["devices"]["required"]
    assert parameters["channels"]["schema"]["items"]["type"] == "string"
    assert parameters["channels"]["required"]
