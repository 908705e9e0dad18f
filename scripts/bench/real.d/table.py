"""The bench's table: means by entrant and job, and differences paired over seeds."""

import statistics

# Student's t, two-sided 95 %, for one degree of freedom on; beyond these the last, which is on the safe side.
T = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262)


def interval(differences):
    """Mean and half width of its 95 % interval; None for the width where there is one value alone."""
    mean = statistics.fmean(differences)
    if len(differences) < 2:
        return mean, None
    error = statistics.stdev(differences) / len(differences) ** 0.5
    return mean, T[min(len(differences) - 1, len(T)) - 1] * error


def whole(rewards, entrant, kinds):
    """By seed, the mean over the kinds of job that this entrant and seed have all of."""
    seeds = {seed for name, _, seed in rewards if name == entrant}
    return {
        seed: statistics.fmean(rewards[entrant, kind, seed] for kind in kinds)
        for seed in sorted(seeds)
        if all((entrant, kind, seed) in rewards for kind in kinds)
    }


def table(rewards, kinds, reference):
    """Markdown of rewards by (entrant, kind, seed); differences are those of the row less the reference entrant."""
    entrants = list(dict.fromkeys(entrant for entrant, _, _ in rewards))
    lines = [
        "| entrant | " + " | ".join([*kinds, "all"]) + f" | less {reference}, all |",
        "|---" * (len(kinds) + 3) + "|",
    ]
    base = whole(rewards, reference, kinds)
    for entrant in entrants:
        cells = [_mean([reward for key, reward in rewards.items() if key[:2] == (entrant, kind)]) for kind in kinds]
        own = whole(rewards, entrant, kinds)
        shared = [own[seed] - base[seed] for seed in own if seed in base]
        less = "" if entrant == reference or not shared else _signed(*interval(shared))
        lines.append("| " + " | ".join([entrant, *cells, _mean(list(own.values())), less]) + " |")
    return "\n".join(lines)


def _mean(values):
    return f"{statistics.fmean(values):.3f}" if values else "–"


def _signed(mean, half):
    return f"{mean:+.3f}" + ("" if half is None else f" ± {half:.3f}")
