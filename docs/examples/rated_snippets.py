#!/usr/bin/env python3
"""Makes a CSV of texts that people rated: rated_snippets.py vaderSentiment-3.3.2.tar.gz [--rows N] > snippets.csv

The package (PyPI) has sentences of film reviews with the mean of twenty people's ratings, from -4 to 4. Those that
people agreed on are kept: a mean of 1 or more is positive, of -1 or less negative; as many of each.
"""

import argparse
import csv
import io
import sys
import tarfile

RATED = "vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz"
REVIEWS = "hutto_ICWSM_2014/movieReviewSnippets_GroundTruth.txt"
LONGEST = 160  # characters: a small model reads slowly


def main() -> None:
    """Writes the rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package")
    parser.add_argument("--rows", type=int, default=160)
    options = parser.parse_args()
    with tarfile.open(options.package) as package:
        rated = package.extractfile(RATED).read()
    with tarfile.open(fileobj=io.BytesIO(rated)) as archive:
        lines = archive.extractfile(REVIEWS).read().decode().splitlines()
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["snippet", "label", "mean rating"])
    left = {"positive": options.rows // 2, "negative": options.rows - options.rows // 2}
    for line in lines:
        _, mean, text = line.split("\t", 2)
        label = "positive" if float(mean) >= 1 else "negative" if float(mean) <= -1 else ""
        if left.get(label) and len(text) <= LONGEST:
            left[label] -= 1
            out.writerow([text, label, mean])


main()
