"""A habit of an endpoint, and what the product is wanted to do about it."""

import dataclasses
import typing

HABITS = {}


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What has to come of a run.

    control: it ends as with an honest endpoint; where `means` is false with its verdict alone.
    cause, remedy: else it ends with an error (or with HOLD) whose text has both, as patterns.
    says: what the terminal must say in any case.
    seconds: within which time, on a machine that has nothing else to do.
    """

    control: bool = False
    means: bool = True
    cause: str = ""
    remedy: str = ""
    says: str = ""
    seconds: int = 60

    def in_words(self):
        parts = ["as the control" if self.means else "the control's verdict"] if self.control else []
        parts += [f"names {self.cause!r}"] if self.cause else []
        return " or ".join(parts) or f"says {self.says!r}"


def handled(seconds=60, means=True, says="", cause="", remedy=""):
    return Wanted(control=True, seconds=seconds, means=means, says=says, cause=cause, remedy=remedy)


def named(cause, remedy="", seconds=30, says=""):
    return Wanted(cause=cause, remedy=remedy, seconds=seconds, says=says)


@dataclasses.dataclass(frozen=True)
class Habit:
    name: str
    kind: str
    source: str
    wanted: Wanted
    reply: typing.Callable
    options: tuple = ()
    command: str = "optimize"
    path: str = "/v1"
    url: str = ""
    key: str = "sk-test-0123456789abcdef"
    environment: dict = dataclasses.field(default_factory=dict)
    tls: bool = False
    proxy: bool = False
    slow: bool = False
    grader: str = "exact"
    engines: tuple = ("java",)
    check: typing.Callable = None
    models: tuple = ()
    tasks: str = "tasks"
    before: typing.Callable = None
    real: bool = False
    worker: str = "m-worker"
    key_is_secret: bool = True


BOTH = ("java", "agentlightning")


def habit(wanted, source, **more):
    """Registers a function of a call as a habit; its name and the name of its module say which."""

    def register(reply):
        kind = reply.__module__.rsplit(".", 1)[-1]
        name = more.pop("name", reply.__name__)
        HABITS[name] = Habit(name, kind, source, wanted, reply, **more)
        return reply

    return register
