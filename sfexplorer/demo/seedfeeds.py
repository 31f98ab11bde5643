"""What the users have written to each other under accounts, deals and cases, and who liked it."""

from __future__ import annotations

from sfexplorer.demo.seedworld import Row, World, read_seeds
from sfexplorer.demo.storage import stamp

_POSTS = 90
# The account of Ada Lovelace, the first contact, has three.
_FIRST_POSTS = 3


def seed_feeds(world: World) -> None:
    """Fill FeedItem, FeedComment and FeedLike."""
    work = read_seeds("work")
    posts = [_post(world, number, work["sentences"]) for number in range(_POSTS)]
    comments: list[Row] = []
    likes: list[Row] = []
    for post in posts:
        said = [_comment(world, post, work["replies"]) for _ in range(world.one_of((0, 0, 1, 2)))]
        liked = [_written(world, post, user) for user in world.users[: world.one_of((0, 0, 1, 3))]]
        post |= {"CommentCount": len(said), "LikeCount": len(liked)}
        comments += said
        likes += liked
    world.add("FeedItem", posts)
    world.add("FeedComment", comments)
    world.add("FeedLike", likes)


def _post(world: World, number: int, sentences: list[str]) -> Row:
    person = world.people[0] if number < _FIRST_POSTS else world.one_of(world.people)
    deal, case = str(world.one_of(world.deals)["Id"]), str(world.one_of(world.cases)["Id"])
    parent = person.account or person.id if number < _FIRST_POSTS else world.one_of((person.id, deal, case))
    created = stamp(world.moment(120, 1))
    return {
        "Id": world.store.new_id(world.store.schema["FeedItem"]),
        "ParentId": parent,
        "Body": world.one_of(sentences),
        "CreatedDate": created,
        "CreatedById": world.one_of(world.users),
        "LastModifiedDate": created,
        "SystemModstamp": created,
    }


def _written(world: World, post: Row, user: str) -> Row:
    """What a comment and a like have in common."""
    at = post["CreatedDate"]
    return {"FeedItemId": post["Id"], "CreatedById": user, "CreatedDate": at, "SystemModstamp": at}


def _comment(world: World, post: Row, replies: list[str]) -> Row:
    return {**_written(world, post, world.one_of(world.users)), "CommentBody": world.one_of(replies)}
