"""What goes wrong with photographs, by two tools that share no code: OpenCV with NumPy, and libvips.

Each function takes and gives an RGB array; strengths are in pixels of a long side of 1,600, or as named."""

import cv2
import numpy as np
import pyvips


def to_vips(array):
    return pyvips.Image.new_from_memory(np.ascontiguousarray(array).data, array.shape[1], array.shape[0], 3, "uchar")


def of_vips(image):
    image = image.cast("uchar")
    return np.ndarray(buffer=image.write_to_memory(), dtype=np.uint8, shape=(image.height, image.width, 3))


def scale_of(array):
    return max(array.shape[:2]) / 1600


def line_kernel(length, angle):
    size = int(length) | 1
    kernel = np.zeros((size, size), np.float32)
    middle = size // 2
    dx, dy = np.cos(angle) * middle, np.sin(angle) * middle
    cv2.line(kernel, (int(round(middle - dx)), int(round(middle - dy))), (int(round(middle + dx)), int(round(middle + dy))), 1)
    return kernel / kernel.sum()


def disk_kernel(radius):
    size = 2 * int(np.ceil(radius)) + 1
    yy, xx = np.mgrid[0:size, 0:size] - size // 2
    kernel = (np.hypot(xx, yy) <= radius).astype(np.float32)
    return kernel / kernel.sum()


def blur(rng, array, tool):
    s = scale_of(array)
    way = rng.choice(["gaussian", "motion", "defocus"])
    if way == "gaussian":
        sigma = rng.uniform(2.6, 7) * s
        return of_vips(to_vips(array).gaussblur(sigma)) if tool == "vips" else cv2.GaussianBlur(array, (0, 0), sigma)
    kernel = line_kernel(rng.uniform(11, 28) * s, rng.uniform(0, np.pi)) if way == "motion" else disk_kernel(rng.uniform(3.6, 9) * s)
    if tool == "vips":
        # libvips wants odd masks and does not spread the border: it is embedded first.
        pad = kernel.shape[0]
        image = to_vips(array).embed(pad, pad, array.shape[1] + 2 * pad, array.shape[0] + 2 * pad, extend="copy")
        image = image.conv(pyvips.Image.new_from_array(kernel.tolist()), precision="float")
        return of_vips(image.crop(pad, pad, array.shape[1], array.shape[0]))
    return cv2.filter2D(array, -1, kernel)


def dark(rng, array, tool):
    gain = rng.uniform(0.12, 0.34)
    if tool == "vips":
        return of_vips(to_vips(array).linear(gain, 0) + pyvips.Image.gaussnoise(array.shape[1], array.shape[0], sigma=2.5, mean=0, seed=int(rng.integers(1, 1 << 30))))
    return np.clip(array * gain + rng.normal(0, 2.5, array.shape), 0, 255).astype(np.uint8)


def bright(rng, array, tool):
    """Light enough for ink to fade: multiplied in linear light, then cut off at white."""
    gain = rng.uniform(9, 20)
    veil = rng.uniform(0.015, 0.03)
    if tool == "vips":
        linear = (to_vips(array) / 255.0) ** 2.2
        out = ((linear + veil) * gain) 
        return of_vips((out > 1).ifthenelse(1, out) ** (1 / 2.2) * 255)
    linear = (array / 255.0) ** 2.2
    return (np.clip((linear + veil) * gain, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8)


def faint(rng, array, tool):
    """Ink hardly darker than paper: levels pressed together below the paper's."""
    top = float(np.percentile(array, 85))
    share = rng.uniform(0.05, 0.13)
    floor = top - top * share
    if tool == "vips":
        return of_vips(to_vips(array).linear(share, floor))
    return np.clip(array * share + floor, 0, 255).astype(np.uint8)


def glare(rng, array, mask, tool):
    """One to three mirrored lamps on the paper."""
    h, w = array.shape[:2]
    long_side = max(h, w)
    ys, xs = np.nonzero(cv2.erode(mask.astype(np.uint8), np.ones((3, 3)), iterations=max(1, int(long_side * 0.04))))
    spots = []
    for _ in range(int(rng.integers(1, 4))):
        at = int(rng.integers(0, len(ys)))
        spots.append((xs[at], ys[at], rng.uniform(0.05, 0.11) * long_side, rng.uniform(0.5, 1.0), rng.uniform(0, np.pi), rng.uniform(0.8, 2.5)))
    if tool == "vips":
        image, grid = to_vips(array).cast("float"), pyvips.Image.xyz(w, h)
        for x, y, r, flat, angle, power in spots:
            dx, dy = grid[0] - float(x), grid[1] - float(y)
            u = (dx * np.cos(angle) + dy * np.sin(angle)) / r
            v = (dy * np.cos(angle) - dx * np.sin(angle)) / (r * flat)
            image = image + ((u * u + v * v) * -power).exp() * 420
        return of_vips((image > 255).ifthenelse(255, image))
    out = array.astype(np.float32)
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    for x, y, r, flat, angle, power in spots:
        u = ((xx - x) * np.cos(angle) + (yy - y) * np.sin(angle)) / r
        v = ((yy - y) * np.cos(angle) - (xx - x) * np.sin(angle)) / (r * flat)
        out += (np.exp(-(u * u + v * v) * power) * 420)[..., None]
    return np.clip(out, 0, 255).astype(np.uint8)


def smaller(rng, array, factor, tool):
    if tool == "vips":
        return of_vips(to_vips(array).resize(factor))
    return cv2.resize(array, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


def cut(rng, array, corners, tool):
    """Cropped so that one or two sides of the paper are outside."""
    h, w = array.shape[:2]
    left, top = corners.min(0)
    right, bottom = corners.max(0)
    x0, y0, x1, y1 = 0, 0, w, h
    sides = rng.choice(["left", "right", "top", "bottom", "corner"], 1)[0]
    part = rng.uniform(0.1, 0.3)
    if sides in ("left", "corner"):
        x0 = int(left + part * (right - left))
    if sides == "right":
        x1 = int(right - part * (right - left))
    if sides in ("top", "corner"):
        y0 = int(top + part * (bottom - top))
    if sides == "bottom":
        y1 = int(bottom - part * (bottom - top))
    if tool == "vips":
        return of_vips(to_vips(array).crop(x0, y0, x1 - x0, y1 - y0))
    return array[y0:y1, x0:x1]


def turned(rng, array, degrees, tool):
    """Turned by hand: the scene is turned and cropped to what it still fills."""
    h, w = array.shape[:2]
    if tool == "vips":
        image = to_vips(array).similarity(angle=degrees, background=[90, 80, 70])
        x, y = (image.width - w) // 2, (image.height - h) // 2
        return of_vips(image.crop(max(x, 0), max(y, 0), min(w, image.width), min(h, image.height)))
    matrix = cv2.getRotationMatrix2D((w / 2, h / 2), -degrees, 1)
    return cv2.warpAffine(array, matrix, (w, h), borderMode=cv2.BORDER_REFLECT)
