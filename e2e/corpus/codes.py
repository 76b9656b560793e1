"""Photographs of cards with a QR code on them, each with the text that must be read: for the corpus, and as frames of a
camera for the bench (`codes.py FOLDER`).

The codes are written by OpenCV; what stands in them has the shape of what is on a card of 2021 and is nobody's."""

import json
import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

import pages
import scenes

#: Long sides of a camera's frames, and how many of each.
FRAMES, PER_SIZE = (640, 1280, 1920), 12


def text(rng):
    digits = lambda count: "".join(str(it) for it in rng.integers(0, 10, count))
    return "|".join([
        "0" + digits(11), digits(9), pages.sentence(rng, 4).upper(), "0" + digits(1) + "01" + "19" + digits(2), "Nam",
        f"{digits(2)} {pages.sentence(rng, 6)}", "01072021",
    ])


def card(rng):
    """A card as drawn for the corpus, with a code in its corner."""
    image, paper = pages.card(rng)
    content = text(rng)
    modules = cv2.QRCodeEncoder.create().encode(content)
    side = int(rng.uniform(300, 360))
    code = Image.fromarray(modules).resize((side, side), Image.Resampling.NEAREST).convert("RGB")
    # A quiet zone of white, and the code in dark ink.
    place = (image.width - side - 40, 40)
    image.paste((250, 250, 250), [place[0] - 16, place[1] - 16, place[0] + side + 16, place[1] + side + 16])
    image.paste(code, place)
    return image, content, paper


def photograph(rng, long_side, share=None):
    image, content, paper = card(rng)
    share = rng.uniform(0.72, 0.92) if share is None else share
    array, _, _ = scenes.photograph(rng, image, long_side, share=share, turn=float(rng.choice([0, 90, 180, 270])) + rng.uniform(-12, 12))
    return array, content, paper


def make(folder):
    """Photographs as a phone makes them, up to a card on a table seen from far: labels for `judge.py`."""
    labels = []
    for index in range(30):
        rng = np.random.default_rng(32_000 + index)
        long_side = (1280, 1920, 4000)[index % 3]
        array, content, _ = photograph(rng, long_side, share=rng.uniform(0.3, 0.9) if long_side == 4000 else None)
        name = f"{long_side}-{index:02}.jpg"
        Image.fromarray(array).save(folder / name, "JPEG", quality=int(rng.integers(70, 93)))
        labels.append({"file": name, "text": content})
    return labels


def frames(folder):
    """Writes the frames of a camera and `frames.json`, which says what is in each."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    labels = []
    for long_side in FRAMES:
        for index in range(PER_SIZE):
            rng = np.random.default_rng(31_000 + 100 * index + long_side)
            array, content, _ = photograph(rng, long_side)
            name = f"{long_side}-{index:02}.jpg"
            Image.fromarray(array).save(folder / name, "JPEG", quality=90)
            labels.append({"file": name, "longSide": long_side, "text": content})
    (folder / "frames.json").write_text(json.dumps(labels))


if __name__ == "__main__":
    cv2.setNumThreads(1)
    frames(sys.argv[1])
