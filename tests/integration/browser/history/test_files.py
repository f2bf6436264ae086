"""A history goes into a spreadsheet or a letter as a file that says what is in it."""

import base64

import pytest
from playwright.async_api import expect

from tests.integration.browser.loop import in_browsers_loop

PIXELS = """async (content) => {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const pixels = new DataView(data.buffer);
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const colour = pixels.getUint32(at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const { width, height } = image;
  const part = (colour) => (counts.get(colour) ?? 0) / (width * height);
  return {
    width,
    height,
    colours: counts.size,
    corner: pixels.getUint32(0),
    ground: part(0xffffffff),
    line: part(0x0f8f7cff),
  };
}"""
"""How large an image is, and how much of it is of which colour, as red, green, blue, opacity."""


@in_browsers_loop
async def day(history):
    """A day in June, loaded."""
    await history.show("2024-06-10T00:00", "2024-06-11T00:00")
    await expect(history.title).to_have_text("Monday, June 10, 2024")
    await expect(history.loaded).to_be_visible()
    return history


async def test_a_csv_has_a_line_for_each_bucket_and_a_column_for_each_series(day):
    await day.choice("Fridge").check()
    await day.page.get_by_label("Compare with the period before").check()
    await expect(day.legend).to_have_count(2)
    await expect(day.page.get_by_text("Before: Sunday, June 9, 2024.")).to_be_visible()
    await expect(day.loaded).to_be_visible()
    columns = [await day.usages(asked) for asked in day.asked[-4:]]

    name, content = await day.download("CSV")

    assert name == "home-2024-06-10-to-2024-06-11-1h.csv"
    header, *lines, end = content.decode("ascii").split("\r\n")
    assert header == (
        "Start (local),Start (UTC),"
        'Mains (kWh),"Mains, period before (kWh)",Fridge (kWh),"Fridge, period before (kWh)"'
    )
    assert end == ""
    assert len(lines) == 24
    first, *_, last = [line.split(",") for line in lines]
    assert first[:2] == ["2024-06-10T00:00:00-04:00", "2024-06-10T04:00:00Z"]
    assert last[:2] == ["2024-06-10T23:00:00-04:00", "2024-06-11T03:00:00Z"]
    mains, fridge, mains_before, fridge_before = columns
    in_order = (mains, mains_before, fridge, fridge_before)
    assert [float(value) for value in first[2:]] == pytest.approx([one[0] for one in in_order])
    assert [float(value) for value in last[2:]] == pytest.approx([one[-1] for one in in_order])


async def test_a_png_holds_the_chart_and_what_explains_it(day):
    name, content = await day.download("PNG")

    assert name == "home-2024-06-10-to-2024-06-11-1h.png"
    image = await day.page.evaluate(PIXELS, base64.b64encode(content).decode())
    shown = await day.chart.bounding_box()
    assert shown["width"] < image["width"] < shown["width"] + 100
    assert shown["height"] + 60 < image["height"] < shown["height"] + 200
    assert image["corner"] == 0xFFFFFFFF
    assert 0.5 < image["ground"] < 0.95
    assert image["line"] > 0.02
    assert image["colours"] > 50  # the soft edges of letters
