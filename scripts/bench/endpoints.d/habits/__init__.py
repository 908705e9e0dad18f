"""The habits of real endpoints, by kind; importing the package registers them all."""

from habits import (  # noqa: F401
    answers,
    connection,
    errors,
    forms,
    judge,
    limits,
    parameters,
    refusals,
    thinking,
    transport,
    usage,
)
