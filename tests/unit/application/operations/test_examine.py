"""Every check has its look, whatever became of the one before."""

from collections.abc import Sequence

from application.operations.examine import Examine
from application.ports.operations.checks import Check
from domain.operations.findings import Finding, Verdict, fine, note, wrong


class Found(Check):
    """Finds what it is told to find."""

    about = "a thing"

    def __init__(self, *findings: Finding, error: Exception | None = None) -> None:
        self._findings = findings
        self._error = error

    async def look(self) -> Sequence[Finding]:
        if self._error is not None:
            raise self._error
        return self._findings


async def test_findings_come_in_the_order_of_the_checks() -> None:
    findings = fine("folder", "is there"), note("folder", "is open"), wrong("clock", "is off")
    examine = Examine(checks=(Found(*findings[:2]), Found(findings[2])))

    assert await examine() == [*findings]


NOT_ALLOWED = (
    "can't be looked at: this user may not; run doctor as the user that the gateway runs as."
)


async def test_a_check_that_breaks_is_a_finding_and_keeps_no_other_from_its_look() -> None:
    broken = OSError(5, "Input/output error")
    examine = Examine(
        checks=(
            Found(error=broken),
            Found(error=PermissionError(13, "Permission denied")),
            Found(error=ValueError("hunter2")),
            Found(fine("x", "y")),
        )
    )

    found = await examine()

    assert [(finding.verdict, finding.says) for finding in found] == [
        (Verdict.WRONG, "can't be looked at: Input/output error."),
        (Verdict.WRONG, NOT_ALLOWED),
        (Verdict.WRONG, "can't be looked at: ValueError."),
        (Verdict.FINE, "y"),
    ]
