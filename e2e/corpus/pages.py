"""Pages as they come out of a printer: Vietnamese text set with the system's Noto fonts, forms, tables, receipts, cards."""

import math
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

WORDS = (
    "cộng hòa xã hội chủ nghĩa việt nam độc lập tự do hạnh phúc tờ khai đăng ký khai sinh kính gửi ủy ban nhân dân phường "
    "cái khế thành phố cần thơ họ tên người yêu cầu nơi cư trú giấy tờ tùy thân quan hệ với được đề nghị cơ quan ngày tháng "
    "năm sinh ghi bằng chữ dân tộc quốc tịch giới tính quê quán mẹ cha thường trú tạm trú cam đoan nội dung khai trên là "
    "đúng sự thật chịu trách nhiệm trước pháp luật về của mình làm tại bản sao số lượng thửa đất diện tích mục đích sử dụng "
    "hợp đồng chuyển nhượng quyền tài sản gắn liền công chứng chứng thực lệ phí biên lai hồ sơ thủ tục hành chính"
).split()


@lru_cache(None)
def face_of(family, weight, size):
    return ImageFont.truetype(f"/usr/share/fonts/truetype/noto/{family}-{weight}.ttf", size)


def font(rng, size, bold=False):
    return face_of(str(rng.choice(["NotoSans", "NotoSerif"])), "Bold" if bold else "Regular", int(size))


def sentence(rng, count):
    words = [str(rng.choice(WORDS)) for _ in range(count)]
    words[0] = words[0].capitalize()
    return " ".join(words)


def lines(draw, rng, box, size, ink, gap=1.55, fill=1.0):
    """Fills a box with lines of words; `fill` is how many of the lines are written."""
    face = font(rng, size)
    left, top, right, bottom = box
    y = top
    while y + size < bottom:
        if rng.random() < fill:
            text = sentence(rng, 22)
            share = (right - left) / draw.textlength(text, font=face)
            if share < 1:
                text = text[: int(len(text) * share)].rsplit(" ", 1)[0]
            draw.text((left, y), text, font=face, fill=ink)
        y += size * gap


def strokes(draw, rng, box, ink, width, count):
    """Handwriting-like: joined arcs along a line."""
    left, top, right, bottom = box
    for _ in range(count):
        x, y = rng.uniform(left, right - 60), rng.uniform(top, bottom)
        size = rng.uniform(0.6, 1.3) * (bottom - top) / max(count, 4) + 8
        points = []
        phase = rng.uniform(0, 6)
        for step in range(int(rng.integers(20, 90))):
            points.append((x + step * size / 9, y + size * 0.5 * math.sin(step * 0.9 + phase) * rng.uniform(0.3, 1.0)))
            if points[-1][0] > right:
                break
        draw.line(points, fill=ink, width=width, joint="curve")


def head(draw, rng, w, y, size, ink):
    for text, bold in (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True), ("Độc lập - Tự do - Hạnh phúc", True)):
        face = font(rng, size, bold)
        draw.text(((w - draw.textlength(text, font=face)) / 2, y), text, font=face, fill=ink)
        y += size * 1.6
    draw.line([(w * 0.38, y), (w * 0.62, y)], fill=ink, width=2)
    return y + size * 1.5


def stamp(draw, rng, x, y, r):
    red = (int(rng.integers(180, 225)), 40, 50)
    draw.ellipse([x - r, y - r, x + r, y + r], outline=red, width=max(2, int(r / 14)))
    draw.ellipse([x - r * 0.72, y - r * 0.72, x + r * 0.72, y + r * 0.72], outline=red, width=2)
    draw.polygon([(x + r * 0.4 * math.sin(k * 2.513), y - r * 0.4 * math.cos(k * 2.513)) for k in range(5)], fill=red)


def page(rng, kind):
    """One of six pages of a kind, three for each half of the corpus: `rng.half` is 0 or 1."""
    return variant(kind, 2 * int(rng.integers(0, 3)) + rng.half)


@lru_cache(None)
def variant(kind, number):
    return drawn(np.random.default_rng([number, *kind.encode()]), kind)


def drawn(rng, kind):
    """A page as a picture, with its format: A4 at about 180 dpi, a receipt, or an ID-1 card at about 400 dpi."""
    if kind == "card":
        return card(rng)
    w, h = (700, int(rng.integers(1300, 1900))) if kind == "receipt" else (1488, 2105)
    paper = {"certificate": (250, 240, 225), "pink": (252, 228, 232)}.get(kind, tuple(int(v) for v in rng.integers(244, 256, 3)))
    ink = (int(rng.integers(10, 45)),) * 3
    image = Image.new("RGB", (w, h), paper)
    draw = ImageDraw.Draw(image)
    size = int(rng.integers(25, 36))
    m = int(w * rng.uniform(0.07, 0.12))
    blue = (30, 45, int(rng.integers(120, 170)))
    if kind == "receipt":
        face = face_of("NotoSans", "Regular", 27)
        y = 40
        while y < h - 90:
            text = f"{sentence(rng, 3)[:17]:<18}{int(rng.integers(5, 900))}.000đ"
            draw.text((36, y), text, font=face, fill=ink)
            y += 44
        return image, None
    y = head(draw, rng, w, m, size, ink)
    if kind == "letter":
        lines(draw, rng, (m, y, w - m, h * 0.78), size, ink, fill=0.93)
        strokes(draw, rng, (w * 0.55, h * 0.83, w - m, h * 0.9), blue, 4, 3)
    elif kind == "form":
        face = font(rng, size)
        while y < h * 0.86:
            text = sentence(rng, int(rng.integers(3, 7))) + ": "
            draw.text((m, y), text, font=face, fill=ink)
            x = m + draw.textlength(text, font=face)
            draw.text((x, y), "." * max(0, int((w - m - x) / draw.textlength(".", font=face))), font=face, fill=ink)
            if rng.random() < 0.7:
                strokes(draw, rng, (x + 10, y + size * 0.3, min(x + 420, w - m), y + size * 0.7), blue, 3, 1)
            y += size * 1.95
    elif kind == "table":
        rows, columns = int(rng.integers(18, 34)), int(rng.integers(4, 8))
        row_height, column_width = (h * 0.9 - y) / rows, (w - 2 * m) / columns
        face = font(rng, min(size, row_height * 0.55))
        for row in range(rows + 1):
            draw.line([(m, y + row * row_height), (w - m, y + row * row_height)], fill=ink, width=2)
        for column in range(columns + 1):
            draw.line([(m + column * column_width, y), (m + column * column_width, y + rows * row_height)], fill=ink, width=2)
        for row in range(rows):
            for column in range(columns):
                text = sentence(rng, 2) if rng.random() < 0.6 else str(int(rng.integers(1, 99999)))
                while draw.textlength(text, font=face) > column_width - 12:
                    text = text[:-1]
                draw.text((m + column * column_width + 6, y + row * row_height + row_height * 0.2), text, font=face, fill=ink)
    elif kind == "blank":
        lines(draw, rng, (m, y, w - m, y + size * rng.uniform(3, 7)), size, ink)
        strokes(draw, rng, (w * 0.55, h * 0.6, w - m, h * 0.65), blue, 4, 2)
    elif kind == "handwriting":
        for row in range(int((h * 0.9 - y) / 62)):
            draw.line([(m, y + row * 62), (w - m, y + row * 62)], fill=(190, 205, 225), width=2)
            strokes(draw, rng, (m, y + row * 62 - 26, w - m - 200, y + row * 62 - 18), blue, 4, 3)
    elif kind in ("certificate", "pink"):
        for inset in (24, 40):
            draw.rectangle([inset, inset, w - inset, h - inset], outline=(150, 60, 60), width=4)
        title = font(rng, size * 2, True)
        text = "GIẤY KHAI SINH"
        draw.text(((w - draw.textlength(text, font=title)) / 2, y), text, font=title, fill=(190, 30, 40))
        lines(draw, rng, (m, y + size * 4, w - m, h * 0.7), size, ink, gap=2.1, fill=0.9)
        stamp(draw, rng, w * 0.7, h * 0.82, 120)
        strokes(draw, rng, (w * 0.6, h * 0.84, w - m, h * 0.88), blue, 4, 2)
    if kind == "letter" and rng.random() < 0.4:
        stamp(draw, rng, w * 0.68, h * 0.84, 110)
    return image, "a4"


def card(rng):
    w, h = 1348, 850
    base = np.array([rng.integers(190, 225), rng.integers(215, 240), rng.integers(205, 240)], float)
    yy, xx = np.mgrid[0:h, 0:w]
    wave = 9 * np.sin(xx / 37 + 4 * np.sin(yy / 90)) + 6 * np.sin(yy / 23)
    image = Image.fromarray(np.clip(base + wave[..., None] * np.array([1, 0.6, 0.8]), 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    ink = (25, 25, 35)
    head(draw, rng, w * 1.1, 30, 34, ink)
    draw.text((w * 0.42, 190), "CĂN CƯỚC CÔNG DÂN", font=font(rng, 52, True), fill=(190, 40, 40))
    # A face: smooth, without detail.
    photo = np.zeros((430, 320, 3))
    py, px = np.mgrid[0:430, 0:320]
    photo[...] = (205, 215, 225)
    head_mask = ((px - 160) / 85.0) ** 2 + ((py - 170) / 115.0) ** 2 < 1
    photo[head_mask] = (215, 175, 150)
    photo[((px - 160) / 95.0) ** 2 + ((py - 90) / 75.0) ** 2 < 1] = (40, 35, 35)
    photo[(py > 300) & (((px - 160) / 140.0) ** 2 + ((py - 430) / 130.0) ** 2 < 1)] = (60, 70, 110)
    image.paste(Image.fromarray(photo.astype(np.uint8)), (60, 260))
    face, small = font(rng, 40), font(rng, 30)
    draw.text((430, 280), "Số / No.: " + "".join(str(d) for d in rng.integers(0, 10, 12)), font=font(rng, 46, True), fill=ink)
    y = 360
    while y < 800:
        draw.text((430, y), sentence(rng, 3), font=small, fill=(90, 70, 70))
        draw.text((430, y + 38), sentence(rng, int(rng.integers(4, 7))).title()[:38], font=face, fill=ink)
        y += 108
    return image, "card"
