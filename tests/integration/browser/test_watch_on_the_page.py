"""The watch that every browser test keeps on its pages overlooks nothing."""

ELSEWHERE = "http://127.0.0.1:9"

FETCH = "fetch('{}').catch(() => null)"
LOAD = (
    "new Promise((resolve) => {{"
    "  const image = new Image(); image.onload = image.onerror = resolve; image.src = '{}';"
    "}})"
)
INLINE_STYLE = "document.body.setAttribute('style', 'color: red')"
MARKUP = "() => { try { document.body.innerHTML = '<p>text</p>'; } catch { return; } }"
SOCKET = f"""new Promise((resolve) => {{
  new WebSocket("{ELSEWHERE.replace("http", "ws")}").onerror = resolve;
}})"""
LATE_ERROR = """new Promise((resolve) => {
  setTimeout(() => { throw new Error("nobody catches this"); });
  setTimeout(resolve);
})"""


WRONGS = {
    "console.error('something broke')": "console error: something broke",
    "console.warn('something looks odd')": "console warning: something looks odd",
    LATE_ERROR: "page error: nobody catches this",
    INLINE_STYLE: "policy: style-src-attr forbids inline",
    MARKUP: "policy: require-trusted-types-for forbids trusted-types-sink",
    FETCH.format(f"{ELSEWHERE}/x"): f"policy: connect-src forbids {ELSEWHERE}/x",
    LOAD.format(f"{ELSEWHERE}/x.png"): f"policy: img-src forbids {ELSEWHERE}/x.png",
    SOCKET: "policy: connect-src forbids ws://127.0.0.1:9/",
}


async def test_what_goes_wrong_on_the_page_is_told(page, faults):
    for doing in WRONGS:
        await page.evaluate(doing)

    assert set(WRONGS.values()) - set(await faults.take()) == set()


async def test_a_script_in_the_page_itself_does_not_run_and_is_told_twice(stage, page, faults):
    async def plant(route):
        answer = await route.fetch()
        planted = (await answer.text()).replace("</body>", "<script>document.title = 1</script>")
        await route.fulfill(response=answer, body=planted)

    await page.route(stage.url, plant)
    await page.reload()

    told = await faults.take()
    assert "policy: script-src-elem forbids inline" in told
    assert any("console error: Executing inline script violates" in sentence for sentence in told)
    assert await page.title() == "Emporia Energy"


async def test_other_hosts_are_told_of_without_a_policy_too(stage, open_page, faults):
    page = await open_page(stage.url, bypass_csp=True)

    await page.evaluate(FETCH.format(f"{ELSEWHERE}/x"))
    await page.evaluate(SOCKET)

    told = await faults.take()
    assert f"other host: {ELSEWHERE}/x" in told
    assert f"failed request: GET {ELSEWHERE}/x net::ERR_UNSAFE_PORT" in told
    assert "other host: ws://127.0.0.1:9/" in told


async def test_a_file_that_is_missing_is_told(stage, page, faults):
    await page.evaluate(LOAD.format("/assets/missing.png"))

    assert await faults.take() == [f"answer 404: GET {stage.url}/assets/missing.png"]


async def test_a_refusal_is_an_answer_and_a_breakdown_is_not(stage, page, faults):
    await page.route("**/devices", lambda route: route.fulfill(status=503))

    await page.evaluate(FETCH.format("/me"))
    await page.evaluate(FETCH.format("/devices"))

    assert await faults.take() == [f"answer 503: GET {stage.url}/devices"]


async def test_a_request_that_gets_no_answer_is_told(stage, page, faults):
    await page.route("**/devices", lambda route: route.abort("connectionrefused"))

    await page.evaluate(FETCH.format("/devices"))

    assert await faults.take() == [
        f"failed request: GET {stage.url}/devices net::ERR_CONNECTION_REFUSED"
    ]


async def test_what_the_page_itself_breaks_off_is_no_fault(page):
    await page.evaluate(
        "() => {"
        "  const wish = new AbortController();"
        "  const answer = fetch('/me', { signal: wish.signal }).catch(() => null);"
        "  wish.abort();"
        "  return answer;"
        "}"
    )


async def test_what_a_test_expects_is_no_fault_and_all_else_is(page, faults):
    faults.expect("^console error: the stream broke off$")

    await page.evaluate("console.error('the stream broke off')")
    await page.evaluate("console.error('the stream broke off, and more')")

    assert await faults.take() == ["console error: the stream broke off, and more"]


async def test_what_keeps_people_out_is_told(page, axe):
    await page.evaluate("document.documentElement.removeAttribute('lang')")

    [violation] = await axe(page)
    assert violation.startswith("serious html-has-lang: ")
