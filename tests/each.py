"""One test over a whole corpus: thousands of items of their own cost each worker more than the checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest


def each(cases: Iterable[object]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Makes a test that checks each case, and shows all that failed, each with its case.

    Args:
        cases: What the check is called with; a tuple gives it several arguments.
    """
    corpus = list(cases)

    def over_all(check: Callable[..., None]) -> Callable[[], None]:
        def test() -> None:
            assert corpus, "an empty corpus checks nothing"
            failures: list[BaseException] = []
            for case in corpus:
                try:
                    check(*case) if isinstance(case, tuple) else check(case)
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001  # told below, all of them
                    error.add_note(f"case: {case!r}")
                    failures.append(error)
            if failures:
                raise BaseExceptionGroup(f"{len(failures)} of {len(corpus)} cases failed", failures)

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return over_all
