"""A range by name, or from and to, in buckets that can be taken in at a glance."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from playwright.async_api import expect

HOME = ZoneInfo("America/New_York")
BUCKETS_UNASKED = {
    "Last hour": "minute",
    "Yesterday": "15 minutes",
    "Last 7 days": "hour",
    "Last 30 days": "day",
    "This bill": "day",
    "This month": "day",
    "This year": "day",
    "Today": "15 minutes",
}


async def test_every_range_by_name_is_in_buckets_that_fit_it(history):
    scale = history.page.get_by_label("Scale").locator("option:checked")

    for name, bucket in BUCKETS_UNASKED.items():
        await history.preset(name)
        await expect(scale).to_have_text(f"{bucket} (automatic)")
        await expect(history.unit).to_contain_text(f"kWh per {bucket}")


async def test_yesterday_is_the_home_s_whole_day_before_today(history):
    today = datetime.now(HOME).date()
    yesterday = today - timedelta(days=1)

    await history.preset("Yesterday")

    await expect(history.title).to_have_text(
        f"{yesterday:%A, %B} {yesterday.day}, {yesterday.year}"
    )
    await expect(history.loaded).to_be_visible()
    edges = [
        datetime.fromisoformat(history.asked[-1][edge]).astimezone(HOME)
        for edge in ("start", "end")
    ]
    assert [edge.date() for edge in edges] == [yesterday, today]
    assert [edge.time() for edge in edges] == [time(0), time(0)]


async def test_a_chosen_scale_is_asked_for_and_kept_while_going_earlier(history):
    await history.show("2024-06-10T00:00", "2024-06-17T00:00")
    await expect(history.unit).to_contain_text("kWh per hour")

    await history.page.get_by_label("Scale").select_option("day")
    await expect(history.unit).to_contain_text("kWh per day")
    await history.button("Earlier").click()

    await expect(history.title).to_contain_text("Jun 3")
    await expect(history.loaded).to_be_visible()
    assert history.asked[-1]["scale"] == "1D"
    assert history.asked[-1]["start"] == "2024-06-03T04:00:00.000Z"
    assert history.asked[-1]["end"] == "2024-06-10T04:00:00.000Z"


async def test_a_range_that_ends_before_it_begins_is_refused_beside_its_fields(history):
    asked = len(history.asked)

    await history.show("2024-06-11T00:00", "2024-06-10T00:00")

    alert = history.page.get_by_role("alert")
    await expect(alert).to_have_text("The beginning has to be before the end.")
    await expect(history.page.get_by_label("From", exact=True)).to_have_attribute(
        "aria-invalid", "true"
    )
    assert len(history.asked) == asked
