"""Photographs of pages: a desk, a perspective, a lamp, a lens, a sensor."""

from functools import lru_cache

import cv2
import numpy as np

DESKS = ("wood", "dark", "fabric", "white", "grey", "tiles", "table-cloth")


def noise(rng, h, w, scale):
    small = rng.normal(0, 1, (max(2, int(h / scale) + 2), max(2, int(w / scale) + 2))).astype(np.float32)
    return cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC)


@lru_cache(None)
def grain(number):
    """White noise of deviation 1, to be laid side by side."""
    return np.random.default_rng(number).standard_normal((1024, 1024), np.float32)


def white_noise(rng, h, w):
    dy, dx = int(rng.integers(0, 1024)), int(rng.integers(0, 1024))
    one = np.roll(grain(int(rng.integers(0, 3))), (dy, dx), (0, 1))
    return np.tile(one, (h // 1024 + 1, w // 1024 + 1))[:h, :w]


def places(h, w):
    return np.arange(h, dtype=np.float32)[:, None], np.arange(w, dtype=np.float32)[None, :]


def desk(rng, kind, h, w):
    """A surface as floats, 0 to 255; drawn at half the size where nothing of it is finer."""
    if kind != "fabric":
        return cv2.resize(surface(rng, kind, h // 2, w // 2), (w, h), interpolation=cv2.INTER_LINEAR)
    return surface(rng, kind, h, w)


def surface(rng, kind, h, w):
    if kind == "wood":
        base = np.array([rng.uniform(90, 175), rng.uniform(60, 120), rng.uniform(35, 80)])
        grain = cv2.resize(rng.normal(0, 1, (max(8, h // 3), 6)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
        rings = np.sin(noise(rng, h, w, 160) * 5 + places(h, w)[0] / rng.uniform(9, 26))
        out = base + (grain * 9 + rings * 7)[..., None] * np.array([1, 0.8, 0.6])
        if rng.random() < 0.4:
            step = int(h / rng.uniform(2.2, 5))
            out[::step] *= 0.5
            out[1::step] *= 0.6
    elif kind == "dark":
        out = np.full((h, w, 3), rng.uniform(25, 60)) + noise(rng, h, w, 4)[..., None] * 3
    elif kind == "fabric":
        base = rng.uniform(60, 170, 3)
        yy, xx = places(h, w)
        weave = np.sin(xx * 1.1) * np.sin(yy * 1.1) * 10 + noise(rng, h, w, 2) * 8
        out = base + weave[..., None]
    elif kind == "white":
        out = np.full((h, w, 3), rng.uniform(196, 222)) + noise(rng, h, w, 120)[..., None] * 4
    elif kind == "grey":
        out = np.full((h, w, 3), rng.uniform(90, 150)) + noise(rng, h, w, 200)[..., None] * 6 + 4 * white_noise(rng, h, w)[..., None]
    elif kind == "tiles":
        out = np.full((h, w, 3), rng.uniform(120, 190)) + noise(rng, h, w, 30)[..., None] * 10
        step = int(min(h, w) / rng.uniform(2, 4))
        offset = int(rng.integers(0, step))
        for at in range(offset, h, step):
            out[at : at + 4] *= 0.6
        for at in range(offset, w, step):
            out[:, at : at + 4] *= 0.6
    else:
        yy, xx = places(h, w)
        size = rng.uniform(40, 110)
        check = (np.floor(xx / size) + np.floor(yy / size)) % 2
        one, other = rng.uniform(60, 200, 3), rng.uniform(60, 200, 3)
        out = np.where(check[..., None] > 0, one, other) + noise(rng, h, w, 3)[..., None] * 5
    return out.astype(np.float32)


def photograph(rng, page, long_side, *, kind=None, turn=None, share=None, shift=(0, 0), tilt=0.05, level=None):
    """A page on a desk. `share` is how much of the picture's shorter fit the page takes; the corners come back too, in
    pixels, clockwise from the page's own top left."""
    pw, ph = page.size
    landscape = pw > ph
    w, h = (long_side, int(long_side * 0.75)) if landscape else (int(long_side * 0.75), long_side)
    kind = kind or str(rng.choice(DESKS))
    turn = rng.uniform(-4.5, 4.5) if turn is None else turn
    share = rng.uniform(0.78, 0.92) if share is None else share
    ground = desk(rng, kind, h, w)
    radians = np.deg2rad(turn)
    c, s = abs(np.cos(radians)), abs(np.sin(radians))
    scale = share * min(w / (pw * c + ph * s), h / (pw * s + ph * c))
    half = np.array([[-pw, -ph], [pw, -ph], [pw, ph], [-pw, ph]], float) / 2 * scale
    turned = half @ np.array([[np.cos(radians), np.sin(radians)], [-np.sin(radians), np.cos(radians)]])
    turned *= 1 + rng.uniform(-tilt, tilt, (4, 2))
    corners = turned + np.array([w / 2 + shift[0] * w, h / 2 + shift[1] * h])
    source = np.array([[0, 0], [pw, 0], [pw, ph], [0, ph]], np.float32)
    array = np.asarray(page)
    factor = max(1.0, 1 / scale)
    if factor > 1.15:
        array = cv2.GaussianBlur(array, (0, 0), 0.42 * factor)
    matrix = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    warped = cv2.warpPerspective(array, matrix, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    mask = cv2.warpPerspective(np.ones((ph, pw), np.float32), matrix, (w, h), flags=cv2.INTER_LINEAR)
    # The shadow that a sheet throws on its desk.
    depth = rng.uniform(0.002, 0.008) * long_side
    shadow = cv2.GaussianBlur(mask, (0, 0), depth)
    moved = cv2.warpAffine(shadow, np.float32([[1, 0, depth], [0, 1, depth * rng.uniform(0.3, 1)]]), (w, h))
    ground *= (1 - np.float32(rng.uniform(0.2, 0.45)) * moved)[..., None]
    scene = ground * (1 - mask[..., None]) + warped * mask[..., None]
    # Light: uneven, sometimes with the soft shadow of a hand or a phone; the white of paper ends below white.
    yy, xx = places(h, w)
    angle = rng.uniform(0, 2 * np.pi)
    slope = ((xx / w - 0.5) * np.cos(angle) + (yy / h - 0.5) * np.sin(angle)) * rng.uniform(0, 0.35)
    light = 1 + slope
    if rng.random() < 0.45:
        cx, cy, r = rng.uniform(-0.1, 1.1) * w, rng.uniform(0.5, 1.2) * h, rng.uniform(0.25, 0.5) * long_side
        light *= 1 - rng.uniform(0.12, 0.4) / (1 + np.exp((np.hypot(xx - cx, yy - cy) - r) / (0.06 * r)))
    level = rng.uniform(0.68, 0.95) if level is None else level
    tint = np.array([1, rng.uniform(0.95, 1.0), rng.uniform(0.86, 1.02)], np.float32) * np.float32(level)
    scene = scene * light.astype(np.float32)[..., None] * tint
    scene = cv2.GaussianBlur(scene, (0, 0), rng.uniform(0.45, 0.8) * max(1.0, long_side / 2400))
    return sensor(rng, scene), corners, mask > 0.5


def sensor(rng, scene, amount=None):
    """Noise, in brightness and less in colours; whole levels."""
    amount = rng.uniform(0.8, 4.0) if amount is None else amount
    h, w = scene.shape[:2]
    scene = scene.astype(np.float32)
    scene += amount * white_noise(rng, h, w)[..., None]
    for colour in range(3):
        scene[..., colour] += 0.6 * amount * white_noise(rng, h, w)
    return cv2.convertScaleAbs(np.clip(scene, 0, 255))


def scan(rng, page, width):
    """The page alone, as a flatbed makes it."""
    array = np.asarray(page.resize((width, int(page.size[1] * width / page.size[0]))), np.float32)
    h, w = array.shape[:2]
    matrix = cv2.getRotationMatrix2D((w / 2, h / 2), rng.uniform(-0.9, 0.9), 1)
    array = cv2.warpAffine(array, matrix, (w, h), borderMode=cv2.BORDER_REPLICATE)
    array = array * rng.uniform(0.96, 1.04) + rng.uniform(-6, 3)
    style = rng.choice(["colour", "grey", "two-tone"])
    if style != "colour":
        array = np.repeat(array.mean(2, keepdims=True), 3, 2)
    if style == "two-tone":
        return np.where(array > 150, 255, 0).astype(np.uint8)
    return sensor(rng, array, rng.uniform(0, 2))
