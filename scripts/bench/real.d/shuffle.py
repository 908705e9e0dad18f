"""Java's own shuffle, so that the bench's Python and its Java split the data alike by a seed alone.

The generator is java.util.Random's, as its documentation states it; the order is that of Collections.shuffle.
"""

MULTIPLIER, INCREMENT, MASK = 0x5DEECE66D, 0xB, (1 << 48) - 1


class JavaRandom:
    def __init__(self, seed):
        self.state = (seed ^ MULTIPLIER) & MASK

    def bits(self, count):
        """The next `count` random bits, as a signed number where there are 32."""
        self.state = (self.state * MULTIPLIER + INCREMENT) & MASK
        found = self.state >> (48 - count)
        return found - (1 << 32) if count == 32 and found >> 31 else found

    def below(self, bound):
        """A number from 0 to bound - 1."""
        drawn = self.bits(31)
        if bound & (bound - 1) == 0:
            return (bound * drawn) >> 31
        while drawn - drawn % bound + bound - 1 >= 1 << 31:
            drawn = self.bits(31)
        return drawn % bound


def shuffled(rows, seed):
    """The rows in the order that Collections.shuffle(rows, new Random(seed)) gives them."""
    rows, random = list(rows), JavaRandom(seed)
    for size in range(len(rows), 1, -1):
        other = random.below(size)
        rows[size - 1], rows[other] = rows[other], rows[size - 1]
    return rows
