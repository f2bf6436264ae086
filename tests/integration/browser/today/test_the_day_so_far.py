"""Every figure of the day is what the gateway's answers come to."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from playwright.async_api import expect

from tests.integration.browser.today.conftest import FLAT

NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")
UNKNOWN = "\N{EN DASH}"
WHOLE = {"measured", "netted"}

Buckets = dict[datetime, float]


def buckets(told: Any, name: str, minutes: int) -> Buckets:
    """The kWh of each bucket that is wholly known, by its beginning."""
    first = datetime.fromisoformat(told["firstUsageInstant"])
    qualities = [quality for quality, count in told["quality"] for _ in range(count)]
    return {
        first + timedelta(minutes=minutes * index): kwh
        for index, (kwh, quality) in enumerate(zip(told["flows"][name], qualities, strict=True))
        if kwh is not None and quality in WHOLE
    }


def figure(value: float | None, digits: int = 2) -> str:
    return UNKNOWN if value is None else f"{value:,.{digits}f}"


def total(known: Buckets, start: datetime, end: datetime, minutes: int) -> float | None:
    """The sum from start to end; of a bucket that only begins within, its share."""
    width = timedelta(minutes=minutes)
    parts = [
        kwh * (min(at + width, end) - at) / width for at, kwh in known.items() if start <= at < end
    ]
    return sum(parts) if parts else None


def day_of(moment: datetime, zone: ZoneInfo, days: int = 0) -> datetime:
    """The midnight of its day, or of another one."""
    local = moment.astimezone(zone) + timedelta(days=days)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


async def test_the_day_is_told_beside_yesterday_and_the_usual_weekday(open_view):
    view = await open_view("today")
    await expect(view.page.get_by_test_id("today-usual")).to_be_visible()
    quarters = buckets(await view.answer("/flows", scale="15MIN"), "consumption", 15)
    hours = buckets(await view.answer("/flows", scale="1H"), "consumption", 60)
    asked = [answer for answer in view.answers if answer.query.get("scale") == "15MIN"]
    now = datetime.fromisoformat(asked[-1].query["end"])
    over = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    midnight = day_of(now, NEW_YORK)
    today = {at: kwh for at, kwh in quarters.items() if midnight <= at < over}
    until = max(today, default=midnight - timedelta(minutes=15)) + timedelta(minutes=15)

    assert await view.text("today-kwh") == figure(total(quarters, midnight, until, 15))
    peak = max(today.values(), default=None)
    assert await view.text("today-peak") == figure(peak and peak * 4_000, 0)
    same_time = (until.astimezone(NEW_YORK) - midnight).total_seconds()
    yesterday = day_of(now, NEW_YORK, -1)
    known = total(quarters, yesterday, yesterday + timedelta(seconds=same_time), 15)
    assert await view.text("today-yesterday") == figure(known)
    sums = []
    for week in range(1, 5):
        start = day_of(now, NEW_YORK, -7 * week)
        sums.append(total(hours, start, start + timedelta(seconds=same_time), 60))
    usual = median(found) if (found := [one for one in sums if one is not None]) else None
    assert await view.text("today-usual") == figure(usual)
    week_ago = day_of(now, NEW_YORK, -7)
    quietest = min(kwh for at, kwh in hours.items() if week_ago <= at < midnight)
    assert await view.text("today-always") == figure(quietest * 1_000, 0)


async def test_the_sun_of_the_day_is_told_and_what_of_it_was_used_here(open_view):
    view = await open_view("today", solar=True)
    await expect(view.page.get_by_test_id("today-self-use")).to_be_visible()
    told = await view.answer("/flows", scale="15MIN")
    asked = [answer for answer in view.answers if answer.query.get("scale") == "15MIN"]
    now = datetime.fromisoformat(asked[-1].query["end"])
    over = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    midnight = day_of(now, BERLIN)
    sun, used = (
        total(buckets(told, name, 15), midnight, over, 15) for name in ("generation", "selfUse")
    )

    assert await view.text("today-sun") == figure(sun)
    assert await view.text("today-self-use") == figure(used)
    share = f"{used / sun:.0%}" if sun and used is not None else UNKNOWN
    assert await view.text("today-self-share") == share


async def test_what_is_used_now_and_most_today_is_what_the_stream_and_the_day_tell(open_view):
    view = await open_view("today")
    rows = view.page.locator("[data-top]")
    none_yet = view.page.get_by_text("Nothing is known of the circuits' day yet.")
    await expect(rows.first.or_(none_yet)).to_be_visible()
    answer = await view.stage.get(
        "/devices/instant",
        view.person,
        instant=datetime.now(UTC).isoformat(),
        scale="1D",
        energyUnit="KilowattHours",
    )
    kwh = dict(flattened(answer.json()["deviceListUsages"]["devices"]))
    keys = [str(await row.get_attribute("data-top")) for row in await rows.all()]
    shown = [
        float((await row.locator("td").inner_text()).replace(",", "")) for row in await rows.all()
    ]

    now = datetime.now(UTC)
    assert shown or now - day_of(now, NEW_YORK) < timedelta(hours=1)
    assert shown == sorted(shown, reverse=True)
    for key, figure_shown in zip(keys, shown, strict=True):
        assert abs(figure_shown - kwh[key]) < 0.1
    watts = float((await view.text("today-now")).replace(",", ""))
    assert 0 < watts < 40_000


def flattened(devices: Any) -> Any:
    """The kWh of every channel, by gid and channel."""
    for device in devices:
        for channel in device["channelUsages"]:
            yield f"{channel['deviceGid']}/{channel['channelNum']}", channel["usage"]
            yield from flattened(channel["nestedDevices"])


async def test_without_a_tariff_there_is_no_cost_but_a_way_to_one(open_view):
    view = await open_view("today")
    await view.page.get_by_role("link", name="Set up a tariff").click()

    await expect(view.page.get_by_role("heading", level=1)).to_have_text("Costs")
    await expect(view.page.get_by_test_id("today-cost")).to_have_count(0)


async def test_with_a_tariff_the_cost_of_the_day_is_told(open_view):
    view = await open_view("today", tariff=FLAT)
    await expect(view.page.get_by_test_id("today-cost")).to_be_visible()
    (row,) = (await view.answer("/costs", by="day"))["rows"]

    assert await view.text("today-cost") == f"${Decimal(row['amount']):.2f}"


async def test_the_view_asks_once_and_not_again_when_somebody_comes_back(open_view):
    view = await open_view("today")
    await expect(view.page.get_by_test_id("today-usual")).to_be_visible()
    for way in ("Now", "Today"):
        await view.page.get_by_role("navigation").get_by_role("link", name=way).click()
    await expect(view.page.get_by_test_id("today-usual")).to_be_visible()
    await view.answer("/flows", scale="1H")
    scales = [answer.query["scale"] for answer in view.answers if answer.path == "/flows"]

    assert scales.count("1H") == 1
    assert scales.count("15MIN") <= 2


async def test_several_homes_are_told_one_by_one(stage, open_page):
    person = await stage.sign_up()
    await stage.link(person, "two@example.com", "two-password")
    page = await open_page(stage.url, view="today", person=person)

    await expect(page.locator(".today-home")).to_have_count(2)
    await expect(page.get_by_test_id("today-kwh")).to_have_count(2)


async def test_what_the_gateway_can_t_tell_is_said_with_a_way_to_try_again(open_view, faults):
    view = await open_view("now")
    await view.page.get_by_test_id("home-watts").wait_for()
    faults.expect("answer 50")
    await view.page.route(
        "**/flows?*",
        lambda route: route.fulfill(
            status=503,
            content_type="application/problem+json",
            body='{"detail": "Emporia can\'t be reached.", "code": "emporia_unavailable"}',
        ),
    )
    await view.page.get_by_role("link", name="Today").click()

    await expect(view.page.get_by_role("alert")).to_contain_text("Emporia can't be reached.")
    await view.page.unroute("**/flows?*")
    await view.page.get_by_role("button", name="Try again").click()
    await expect(view.page.get_by_test_id("today-kwh")).to_be_visible()
