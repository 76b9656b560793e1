"""Makes the labelled corpus: make.py FOLDER. The same files each time, from seeds; nothing is fetched.

FOLDER/labels.json says of each file what must be found in it, and which half it belongs to: thresholds are tuned on
"tune" (odd seeds) and reported on "report" (even seeds)."""

import io
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw

import codes
import faults
import kinds
import pages
import scenes

cv2.setNumThreads(1)

KINDS = ("letter", "form", "table", "blank", "handwriting", "certificate", "pink", "receipt", "card", "card")
PER_FAULT = 24


class Generator(np.random.Generator):
    """Random numbers from a seed, for one half of the corpus."""

    def __init__(self, seed, half):
        super().__init__(np.random.PCG64(seed))
        self.half = half


def encode(rng, array, tool, kind="jpeg"):
    if kind == "png":
        buffer = io.BytesIO()
        Image.fromarray(array).save(buffer, "PNG", compress_level=2)
        return buffer.getvalue()
    quality = int(rng.integers(62, 93))
    if tool == "vips":
        return faults.to_vips(array).copy(interpretation="srgb").jpegsave_buffer(Q=quality)
    return cv2.imencode(".jpg", array[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_PROGRESSIVE, int(rng.random() < 0.2)])[1].tobytes()


def side(rng):
    return int(rng.choice([1800, 1800, 1920, 2000, 2400]))


def scene(rng, kind=None, long_side=None, **how):
    page, paper = pages.page(rng, kind or str(rng.choice(KINDS)))
    array, corners, mask = scenes.photograph(rng, page, long_side or side(rng), **how)
    return array, corners, mask, paper


def clean_photo(rng, tool):
    array, _, _, paper = scene(rng)
    return array, [], paper, "jpeg"


def clean_large(rng, tool):
    array, _, _, paper = scene(rng, long_side=4000)
    return array, [], paper, "jpeg"


def clean_scan(rng, tool):
    kind = str(rng.choice(["letter", "form", "table", "blank", "handwriting", "certificate", "pink"]))
    page, paper = pages.page(rng, kind)
    return scenes.scan(rng, page, int(rng.choice([1240, 1240, 1654, 2480]))), [], paper, str(rng.choice(["jpeg", "jpeg", "png"]))


def clean_crop(rng, tool):
    """A photograph already cut to its paper, as scanning apps make it."""
    page, paper = pages.page(rng, str(rng.choice(["letter", "form", "table", "handwriting", "card"])))
    array, corners, _ = scenes.photograph(rng, page, 2000, tilt=0.03, share=0.9)
    w, h = int(np.linalg.norm(corners[1] - corners[0])), int(np.linalg.norm(corners[3] - corners[0]))
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), np.float32([[0, 0], [w, 0], [w, h], [0, h]]))
    return cv2.warpPerspective(array, matrix, (w, h), flags=cv2.INTER_LINEAR), [], paper, "jpeg"


def blurred(rng, tool):
    array, _, _, paper = scene(rng)
    return faults.blur(rng, array, tool), ["blurred"], paper, "jpeg"


def dark(rng, tool):
    array, _, _, paper = scene(rng)
    return faults.dark(rng, array, tool), ["tooDark"], paper, "jpeg"


def bright(rng, tool):
    array, _, _, paper = scene(rng, str(rng.choice(["letter", "form", "table", "handwriting", "receipt"])))
    return faults.bright(rng, array, tool), ["tooBright"], paper, "jpeg"


def faint(rng, tool):
    array, _, _, paper = scene(rng, str(rng.choice(["letter", "form", "table", "handwriting", "receipt"])))
    return faults.faint(rng, array, tool), ["lowContrast"], paper, "jpeg"


def glare(rng, tool):
    array, _, mask, paper = scene(rng, level=rng.uniform(0.6, 0.84))
    return faults.glare(rng, array, mask, tool), ["glare"], paper, "jpeg"


def cut(rng, tool):
    array, corners, _, paper = scene(rng, share=rng.uniform(0.72, 0.86))
    return faults.cut(rng, array, corners, tool), ["cutOff"], paper, "jpeg"


def skewed(rng, tool):
    degrees = float(rng.choice([-1, 1])) * rng.uniform(13, 40)
    if rng.random() < 0.5:
        array, _, _, paper = scene(rng, turn=degrees, share=0.86)
    else:
        array, _, _, paper = scene(rng, turn=0, share=0.58)
        array = faults.turned(rng, array, degrees, tool)
    return array, ["skewed"], paper, "jpeg"


def far(rng, tool):
    """Fewer pixels than A4 needs at 100 dpi, a card at 200 dpi."""
    kind = str(rng.choice(["letter", "form", "table", "pink", "card", "card"]))
    page, paper = pages.page(rng, kind)
    # The paper's long side, in pixels: floors are 1,169 and 674.
    pixels = rng.uniform(500, 1050) if paper == "a4" else rng.uniform(280, 600)
    share = rng.uniform(0.5, 0.85)
    array, corners, _ = scenes.photograph(rng, page, 1600, share=share)
    long_side = max(np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[1]))
    return faults.smaller(rng, array, pixels / long_side, tool), ["lowResolution"], paper, "jpeg"


def screenshot(rng, tool):
    w, h = [(1080, 2400), (1080, 2340), (720, 1600), (1170, 2532), (1284, 2778), (1080, 2400)][int(rng.integers(0, 6))]
    dark_theme = rng.random() < 0.3
    back, ink = ((18, 18, 20), (235, 235, 240)) if dark_theme else ((245, 246, 250), (30, 30, 35))
    image = Image.new("RGB", (w, h), back)
    draw = ImageDraw.Draw(image)
    draw.text((40, 24), "9:41", font=pages.font(rng, 40, True), fill=ink)
    draw.rectangle([w - 130, 34, w - 60, 66], outline=ink, width=4)
    draw.rectangle([0, 110, w, 250], fill=(0, 104, 255) if rng.random() < 0.5 else back)
    draw.text((110, 150), pages.sentence(rng, 3), font=pages.font(rng, 48, True), fill=(255, 255, 255) if not dark_theme else ink)
    if rng.random() < 0.5:
        page, _ = pages.page(rng, str(rng.choice(["letter", "form", "card"])))
        picture, _, _ = scenes.photograph(rng, page, 1200)
        picture = Image.fromarray(picture)
        picture = picture.resize((w, int(picture.height * w / picture.width)))
        image.paste(picture.crop((0, 0, w, min(picture.height, h - 700))), (0, 330))
    else:
        pages.lines(draw, rng, (60, 320, w - 60, h - 400), 42, ink, gap=1.9, fill=0.8)
    draw.rounded_rectangle([60, h - 250, w - 60, h - 130], 50, fill=(0, 104, 255))
    array = np.asarray(image)
    if rng.random() < 0.3:
        array = faults.smaller(rng, array, 0.75 if w != 720 else 1.0, tool)
    return array, ["screenshot"], None, str(rng.choice(["png", "png", "jpeg"]))


MAKERS = [
    (clean_photo, 78), (clean_large, 6), (clean_scan, 30), (clean_crop, 10),
    (blurred, PER_FAULT + 12), (dark, PER_FAULT), (bright, PER_FAULT), (faint, PER_FAULT), (glare, PER_FAULT),
    (cut, PER_FAULT), (skewed, PER_FAULT), (far, PER_FAULT), (screenshot, PER_FAULT),
]


def make(job):
    folder, number, maker, index = job
    rng = Generator(20_260_000 + number, index % 2)
    tool = "vips" if index // 2 % 2 else "opencv"
    array, expected, paper, kind = maker(rng, tool)
    name = f"{maker.__name__}-{index:03}.{'png' if kind == 'png' else 'jpg'}"
    Path(folder, name).write_bytes(encode(rng, array, tool, kind))
    return {"file": name, "half": "report" if index % 2 == 0 else "tune", "expected": expected, "paper": paper, "tool": tool}


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    jobs, number = [], 0
    for maker, count in MAKERS:
        for index in range(count):
            jobs.append((str(folder), number, maker, index))
            number += 1
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        labels = list(pool.map(make, jobs, chunksize=4))
    Path(folder, "labels.json").write_text(json.dumps(labels, indent=0))
    for name, made in (("kinds", kinds.make), ("codes", codes.make)):
        inside = folder / name
        inside.mkdir(exist_ok=True)
        Path(folder, f"{name}.json").write_text(json.dumps(made(inside), indent=0))
    print(f"corpus: {len(labels)} pictures, and files of every kind and photographs of codes, in {folder}")


if __name__ == "__main__":
    os.environ.setdefault("VIPS_CONCURRENCY", "1")
    main()
