"""The documentation page works without internet, and tells the truth."""

import re

import pytest

from entrypoints.failures.codes import OF_STREAMS, TABLE

ENVELOPE = {"$ref": "#/components/schemas/ErrorBody"}
PROBLEM = {"$ref": "#/components/schemas/Problem"}


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
        "listSessions",
        "endSession",
        "endOtherSessions",
        "changePassword",
        "createKey",
        "listKeys",
        "revokeKey",
        "listEvents",
        "beginSecondFactor",
        "confirmSecondFactor",
        "readSecondFactor",
        "renewRecoveryCodes",
        "switchOffSecondFactor",
        "offerProvider",
        "startOidc",
        "finishOidc",
        "takeOverFromOidc",
        "joinIdentity",
        "listIdentities",
        "leaveIdentity",
        "readLink",
        "readHistories",
        "readFlows",
        "readArchive",
        "readCoverage",
        "readRecorder",
        "chooseRecording",
        "exportHistory",
        "importHistory",
        "readImport",
        "readNewestImport",
        "readCurrency",
        "chooseCurrency",
        "listTariffs",
        "addTariff",
        "importTariff",
        "changeTariff",
        "removeTariff",
        "readCosts",
        "readStatement",
        "keepUtilityReadings",
        "readUtilityReadings",
        "removeUtilityReadings",
    }


@pytest.fixture
def failures(operations):
    """What every failure of every operation may contain, by media type."""
    return [
        answer["content"]
        for operation in operations.values()
        for status, answer in operation["responses"].items()
        if int(status) >= 400
    ]


def values(failure, media_type):
    """The examples of a failure."""
    return [example["value"] for example in failure[media_type]["examples"].values()]


def test_every_failure_is_the_envelope_or_a_problem_with_examples_of_both(failures):
    assert failures
    for failure in failures:
        assert {name: content["schema"] for name, content in failure.items()} == {
            "application/json": ENVELOPE,
            "application/problem+json": PROBLEM,
        }
        problems = values(failure, "application/problem+json")
        assert problems
        assert values(failure, "application/json") == [
            {"error": problem["detail"]} for problem in problems
        ]


def test_every_problem_is_a_row_of_the_table(document, failures):
    rows = {
        failure.code: (failure.status, failure.title)
        for failure in TABLE
        if failure not in OF_STREAMS
    }
    shown = [
        problem for failure in failures for problem in values(failure, "application/problem+json")
    ]

    assert document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == list(rows)
    assert [rows[problem["code"]] for problem in shown] == [
        (problem["status"], problem["title"]) for problem in shown
    ]
    assert all(problem["detail"] for problem in shown)


async def test_the_table_of_codes_is_a_page_with_a_row_for_each(gateway):
    page = await gateway.client.get("/docs/errors")

    assert page.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert re.findall(r'<tr id="(\w+)">', page.text) == [failure.code for failure in TABLE]
    assert "//" not in page.text


def test_every_success_with_a_body_has_an_example(operations):
    successes = [
        content
        for operation in operations.values()
        for status, answer in operation["responses"].items()
        if int(status) < 300
        for content in answer.get("content", {}).values()
    ]

    assert len(successes) == 48
    assert all(success["examples"] for success in successes)


def test_every_operation_has_a_summary_a_description_and_a_tag(operations):
    assert all(operation["summary"] for operation in operations.values())
    assert all(operation["description"] for operation in operations.values())
    assert all(len(operation["tags"]) == 1 for operation in operations.values())


def test_what_needs_a_token_says_so(operations):
    open_to_all = {name for name, operation in operations.items() if "security" not in operation}

    assert open_to_all == {
        "offerProvider",
        "startOidc",
        "finishOidc",
        "takeOverFromOidc",
        "checkLiveness",
        "checkReadiness",
    }


def test_a_client_app_may_say_which_it_is_where_people_come_in(operations):
    for name in ("signUp", "logIn"):
        assert operations[name]["security"] == [{}, {"client": []}]


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
