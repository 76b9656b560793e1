"""Makes the files of this folder anew. Needs Python 3.11, Pillow 13, pypdf 7, cryptography, numpy and the DejaVu fonts.

    python3 make.py

Nothing here shows a real person or a real paper: every name and number is made up, and each page says so.
"""
from pathlib import Path
import io

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pypdf import PdfReader, PdfWriter

HERE = Path(__file__).parent
UNIT = HERE.parent.parent / "src" / "documents" / "tests" / "samples"
FONTS = Path("/usr/share/fonts/truetype/dejavu")
random = np.random.default_rng(20250701)

BIRTH = [
    "Họ, chữ đệm, tên mẹ: Nguyễn Thị Mẫu",
    "Năm sinh: 1996        Dân tộc: Kinh",
    "Nơi cư trú: khu vực 3, phường Cái Khế,",
    "thành phố Cần Thơ",
    "Đã sinh con vào lúc 06 giờ 40 phút,",
    "ngày 02 tháng 7 năm 2025",
    "Tại: Bệnh viện Mẫu",
    "Số con trong lần sinh này: 01",
    "Giới tính của con: Nữ     Cân nặng: 3100 gam",
    "Dự định đặt tên con: Nguyễn Mẫu An",
]
MARRIAGE = [
    "Họ, chữ đệm, tên: Trần Văn Mẫu",
    "Ngày sinh: 15/03/1990    Dân tộc: Khmer",
    "Nơi cư trú: phường Ninh Kiều, thành phố Cần Thơ",
    "Tình trạng hôn nhân: Chưa đăng ký kết hôn với ai",
]


def font(size, bold=False):
    return ImageFont.truetype(str(FONTS / ("DejaVuSerif-Bold.ttf" if bold else "DejaVuSerif.ttf")), size)


def page(title, lines, size=(1240, 1754)):
    """A page as it comes out of a printer."""
    paper = Image.new("RGB", size, (252, 251, 247))
    pen = ImageDraw.Draw(paper)
    middle = size[0] // 2
    pen.text((middle, 120), "MẪU THỬ, KHÔNG PHẢI GIẤY TỜ THẬT", font=font(30), fill=(150, 30, 30), anchor="mm")
    pen.text((middle, 240), title, font=font(60, bold=True), fill=(20, 20, 30), anchor="mm")
    for index, line in enumerate(lines):
        pen.text((120, 380 + index * 100), line, font=font(38), fill=(25, 25, 35))
    pen.ellipse((780, 1400, 1080, 1700), outline=(190, 40, 50), width=8)
    pen.text((930, 1550), "MẪU", font=font(64, bold=True), fill=(190, 40, 50), anchor="mm")
    return paper


def photographed(paper, size):
    """The page lying on a table, seen by a phone: a little turned, lit from one side, with a sensor's noise."""
    table = Image.new("RGB", size, (112, 84, 62))
    scale = 0.88 * min(size[0] / paper.width, size[1] / paper.height)
    laid = paper.resize((int(paper.width * scale), int(paper.height * scale)), Image.LANCZOS).convert("RGBA")
    laid = laid.rotate(2.0, expand=True, resample=Image.BICUBIC)
    table.paste(laid, ((size[0] - laid.width) // 2, (size[1] - laid.height) // 2), laid)
    seen = np.asarray(table.filter(ImageFilter.GaussianBlur(0.6)), dtype=float)
    across = np.linspace(1.04, 0.86, size[0])[None, :, None]
    seen = seen * across + random.normal(0, 2.5, seen.shape)
    return Image.fromarray(seen.clip(0, 255).astype("uint8"))


def jpeg(picture, quality=80, **more):
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=quality, **more)
    return held.getvalue()


def pdf(pages, resolution=150):
    held = io.BytesIO()
    pages[0].save(held, "PDF", save_all=True, append_images=pages[1:], resolution=resolution, quality=70)
    return held.getvalue()


def sealed(plain, user, owner, algorithm):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    writer.encrypt(user, owner, algorithm=algorithm)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def main():
    birth = page("GIẤY CHỨNG SINH", BIRTH)
    marriage = page("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", MARRIAGE)
    photo = jpeg(photographed(birth, (1500, 2000)))
    two_pages = pdf([birth, marriage])

    def write(name, content):
        (HERE / name).write_bytes(content)

    write("giay-chung-sinh.jpg", photo)
    sideways = photographed(birth, (1500, 2000)).rotate(90, expand=True)
    orientation = Image.Exif()
    orientation[0x0112] = 6
    write("giay-chung-sinh-nam-ngang.jpg", jpeg(sideways, exif=orientation))
    marriage.quantize(16).save(HERE / "tinh-trang-hon-nhan.png", optimize=True)
    write("hai-trang.pdf", two_pages)
    write("co-mat-khau.pdf", sealed(two_pages, "mot-cua", "mot-cua-owner", "AES-256"))
    write("bi-cat.jpg", photo[: len(photo) * 6 // 10])
    write("bi-cat.pdf", two_pages[: len(two_pages) * 6 // 10])
    write("that-ra-la-pdf.jpg", two_pages)
    write("rong.jpg", b"")
    write(
        "trang-web.jpg",
        "<!doctype html>\n<html lang=\"vi\"><title>Không phải ảnh</title>"
        "<script>document.title = 'chạy'</script></html>\n".encode(),
    )
    birth.resize((620, 877)).save(HERE / "anh-web.webp", "WEBP", quality=60)
    # Only what names the kind: size of the box, "ftyp", brands; then a box that says its content was left out.
    write("iphone.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00\x00\x00\x10free" + b"mau thu.")
    photographed(birth, (1500, 2000)).resize((240, 320)).save(HERE / "qua-nho.jpg", quality=75)

    # For the tests of src/documents, which cannot write an encrypted PDF themselves.
    blank = PdfWriter()
    blank.add_blank_page(595, 842)
    held = io.BytesIO()
    blank.write(held)
    small = held.getvalue()
    UNIT.mkdir(parents=True, exist_ok=True)
    for name, user, algorithm in [
        ("password-aes256.pdf", "mot-cua", "AES-256"),
        ("password-aes128.pdf", "mot-cua", "AES-128"),
        ("password-rc4.pdf", "mot-cua", "RC4-128"),
        ("owner-only-aes256.pdf", "", "AES-256"),
        ("owner-only-rc4.pdf", "", "RC4-128"),
    ]:
        (UNIT / name).write_bytes(sealed(small, user, "mot-cua-owner", algorithm))
    wave = np.fromfunction(lambda y, x: 128 + 60 * np.sin(x / 5) + 50 * np.cos(y / 7), (75, 93))
    noise = random.normal(0, 10, (75, 93, 3))
    colour = Image.fromarray((wave[:, :, None] + noise).clip(0, 255).astype("uint8"))
    shapes = {
        "sequential-444.jpg": dict(quality=90, subsampling=0),
        "sequential-420.jpg": dict(quality=75, subsampling=2, optimize=True),
        "sequential-420-restart.jpg": dict(quality=75, subsampling=2, restart_marker_blocks=3),
        "progressive-422.jpg": dict(quality=80, subsampling=1, progressive=True),
        "progressive-420-restart.jpg": dict(quality=80, subsampling=2, progressive=True, restart_marker_blocks=4),
    }
    for name, how in shapes.items():
        (UNIT / name).write_bytes(jpeg(colour, **how))
    (UNIT / "sequential-grey.jpg").write_bytes(jpeg(colour.convert("L")))
    (UNIT / "progressive-cmyk.jpg").write_bytes(jpeg(colour.convert("CMYK"), progressive=True))


main()
