"""The account of somebody with a home, on the page."""

from dataclasses import dataclass
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.integration.browser.acts import sign_in
from tests.integration.browser.loop import in_browsers_loop


@dataclass(frozen=True, slots=True)
class Account:
    """The view, who it belongs to, and what a test names of it."""

    page: Page
    person: Any
    stage: Any

    def card(self, name: str) -> Locator:
        """One part of the view, by its title."""
        return self.page.get_by_role("region", name=name, exact=True)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def key(self, name: str) -> Locator:
        """A key of the list."""
        heading = self.page.get_by_role("heading", name=name, exact=True)
        return self.card("API keys").get_by_role("listitem").filter(has=heading)

    @property
    def sessions(self) -> Locator:
        return self.card("Sessions").get_by_role("listitem")

    @property
    def secret(self) -> Locator:
        return self.page.locator("code")

    async def ask_for_a_key(self, name: str) -> None:
        """Open the form and name the key."""
        await self.button("Make a key …").click()
        await self.card("API keys").get_by_label("Name", exact=True).fill(name)

    async def make_key(self, name: str) -> str:
        """A key as the form suggests it; its secret."""
        await self.ask_for_a_key(name)
        await self.button("Make the key").click()
        return await self.secret.inner_text()

    async def status_of(self, token: str, path: str = "/me") -> int:
        """What the gateway says to this token."""
        answer = await self.stage.client.get(path, headers={"Authorization": f"Bearer {token}"})
        status: int = answer.status_code
        return status

    async def forget_passwords(self) -> None:
        """Let all sessions have given their password long ago."""
        async with self.stage.container.engine().begin() as connection:
            await connection.exec_driver_sql("UPDATE sessions SET password_at = 0")


async def open_account(page: Page, person: Any) -> None:
    """Sign in, and go to the account."""
    await sign_in(page, person)
    await page.get_by_role("link", name="Account", exact=True).click()
    await expect(page.get_by_role("heading", name="API keys")).to_be_visible()


@in_browsers_loop
async def page(stage: Any, open_page: Any) -> Page:
    """The way in, from where it goes on to the account."""
    opened: Page = await open_page(stage.url, view="account")
    return opened


@in_browsers_loop
async def account(page: Page, stage: Any) -> Account:
    """Signed in on the page, and with another session over HTTP, whose token the person has."""
    person = await stage.linked()
    await open_account(page, person)
    return Account(page, person, stage)
