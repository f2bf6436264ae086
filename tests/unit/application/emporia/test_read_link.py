from datetime import timedelta

from application.emporia.read_link import LinkReport, LinkState

DAY = 86_400


async def test_without_a_link_only_what_is_allowed_is_told(make_world) -> None:
    for allowed in (False, True):
        world = make_world(may_keep_passwords=allowed)
        caller = await world.sign_up()
        report = await world.read_link(caller.user.id)
        assert report == LinkReport(link=None, may_keep_password=allowed)


async def test_a_link_tells_about_when_it_ends_and_warns_five_days_before(make_world) -> None:
    world = make_world(may_keep_passwords=True)
    caller = await world.sign_up()
    await world.link(caller, keep_password=True)
    link = await world.link_of(caller)
    fresh = LinkState(
        emporia_username="home@example.com",
        linked_at=link.linked_at,
        ends_at=link.linked_at + timedelta(days=30),
        ends_soon=False,
        keeps_password=True,
    )
    assert (await world.read_link(caller.user.id)).link == fresh
    await world.clock.advance(25 * DAY)
    assert (await world.read_link(caller.user.id)).link.ends_soon
    assert world.pool.refreshes == 0


async def test_a_dead_link_ends_no_more(world) -> None:
    caller = await world.resident()
    await world.links.replace_tokens((await world.link_of(caller)).with_tokens(None))
    link = (await world.read_link(caller.user.id)).link
    assert (link.ends_at, link.ends_soon) == (None, False)
