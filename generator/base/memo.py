"""Remembers results from one run to the next, as long as what they were made from is the same."""

import weakref
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar, cast

Result = TypeVar("Result")


class _Held(weakref.ref[object]):
    __slots__ = ("key",)
    key: int


class OfEach(Generic[Result]):
    """What was made of each object, for as long as that object lives. No result may hold the object itself."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[_Held, tuple[object, ...], Result]] = {}

    def get(self, thing: object, inputs: tuple[object, ...], make: Callable[[], Result]) -> Result:
        """The result for an object; made again when the other inputs are not the same as the last time."""
        found = self._known.get(id(thing))
        if found is None or found[1] != inputs:
            held = _Held(thing, self._forget)
            held.key = id(thing)
            found = self._known[held.key] = (held, inputs, make())
        return found[2]

    def _forget(self, held: "_Held") -> None:
        self._known.pop(held.key, None)


class Memo:
    """Results by key. One is made again when an input is another object; objects here are frozen and kept while
    their file does not change, so that identity is enough and costs nothing.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[tuple[object, ...], Any]] = {}
        self._before: dict[Hashable, tuple[tuple[object, ...], Any]] = {}

    def has(self, key: Hashable) -> bool:
        """Whether there is a result from the run before, made from the same or not."""
        return key in self._before

    def turn(self) -> None:
        """Begins a run: what it does not ask for will be forgotten at the next."""
        self._before, self._kept = self._kept, {}

    def get(self, key: Hashable, inputs: tuple[object, ...], make: Callable[[], Result]) -> Result:
        found = self._kept.get(key) or self._before.get(key)
        if (
            found is None
            or len(found[0]) != len(inputs)
            or any(one is not other for one, other in zip(found[0], inputs, strict=True))
        ):
            found = (inputs, make())
        self._kept[key] = found
        return cast("Result", found[1])
