"""Files of every kind, right ones and broken ones, each with what must be told of it: `make(folder)` gives the labels.

Pictures are written by two tools that share no code with ours (Pillow and libvips); everything else is put together here,
from the formats' own descriptions. Only HEIC and PDFs under passwords are taken from the samples of the native tests, as
neither tool writes them."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pyvips
from PIL import Image

SAMPLES = Path(__file__).parents[2] / "src" / "documents" / "tests" / "samples"
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
SCRIPT = b"<script>alert(1)</script>"


def picture(w=320, h=240):
    """Something with edges and shades in it."""
    yy, xx = np.mgrid[0:h, 0:w]
    rng = np.random.default_rng(w * h)
    shade = 120 + 60 * np.sin(xx / 17.0) + 40 * np.cos(yy / 11.0)
    out = np.stack([shade, 0.8 * shade + 20, 255 - shade], 2) + rng.normal(0, 3, (h, w, 3))
    return np.clip(out, 0, 255).astype(np.uint8)


def by_pillow(kind, **how):
    buffer = io.BytesIO()
    Image.fromarray(picture()).save(buffer, kind, **how)
    return buffer.getvalue()


def by_vips(suffix, **how):
    array = picture()
    return pyvips.Image.new_from_array(array).copy(interpretation="srgb").write_to_buffer(suffix, **how)


def archive(entries, packing=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as file:
        for name, content in entries:
            file.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else packing)
    return buffer.getvalue()


def office(part, kind, more=()):
    types = f'<Types><Override PartName="/{part}" ContentType="{OFFICE}{kind}.main+xml"/></Types>'
    return archive([("[Content_Types].xml", types), ("_rels/.rels", "<Relationships/>"), (part, "<x/>"), *more])


def open_document(kind):
    return archive([("mimetype", OPEN + kind), ("content.xml", "<x/>"), ("META-INF/manifest.xml", "<manifest/>")])


def old_office(stream, start):
    """A compound file (MS-CFB) with one stream: header, table, list of streams, the stream."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6))
    header += bytes(10) + struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    header += b"\xff" * (512 - len(header))
    table = struct.pack("<III", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE) + b"\xff" * 500

    def entry(name, kind, first, size):
        text = (name + "\0").encode("utf-16-le")
        tree = struct.pack("<BBiii", kind, 1, -1, -1, 1 if kind == 5 else -1)
        return text.ljust(64, b"\0") + struct.pack("<H", len(text)) + tree + bytes(36) + struct.pack("<IQ", first, size)

    entries = entry("Root Entry", 5, 0xFFFFFFFE, 0) + entry(stream, 2, 2, 512)
    return bytes(header) + table + entries.ljust(512, b"\0") + start.ljust(512, b"\0")


def pdf(catalogue="", page="", objects=()):
    parts = [f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {page} >>", *objects]
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode("latin-1")
    table = len(out)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n".encode() + b"".join(b"%010d 00000 n \n" % it for it in places)
    return bytes(out + f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())


def pdf_stream(filters, packed):
    return f"<< /Filter {filters} /Length {len(packed)} >>\nstream\n{packed.decode('latin-1')}\nendstream"


def flood_png(w, h):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = zlib.compress(bytes(1 << 20))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0)) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def resized(jpeg, w, h):
    at = next(at for at in range(2, len(jpeg)) if jpeg[at] == 0xFF and jpeg[at + 1] in (0xC0, 0xC2))
    return jpeg[: at + 5] + struct.pack(">HH", h, w) + jpeg[at + 9 :]


def cut(data, share):
    return data[: int(len(data) * share)]


def hurt(data, share):
    """A few hundred bytes in the middle overwritten."""
    at = int(len(data) * share)
    return data[:at] + b"\xff\xd8\xff\xe0\x00\x00" * 60 + data[at + 360 :]


def exe():
    dos = b"MZ" + bytes(58) + struct.pack("<I", 64)
    return dos + b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x22) + bytes(400)


def pictures():
    """Every kind of picture, by each tool that writes it: name, bytes, kind."""
    yield "pillow.jpg", by_pillow("JPEG", quality=85), "image/jpeg"
    yield "pillow-progressive.jpg", by_pillow("JPEG", quality=70, progressive=True), "image/jpeg"
    yield "vips.jpg", by_vips(".jpg", Q=80), "image/jpeg"
    yield "vips-progressive.jpg", by_vips(".jpg", Q=90, interlace=True), "image/jpeg"
    yield "pillow.png", by_pillow("PNG"), "image/png"
    yield "vips-interlaced.png", by_vips(".png", interlace=True), "image/png"
    yield "pillow.webp", by_pillow("WEBP", quality=80), "image/webp"
    yield "pillow-lossless.webp", by_pillow("WEBP", lossless=True), "image/webp"
    yield "vips.webp", by_vips(".webp", Q=75), "image/webp"
    yield "pillow.gif", by_pillow("GIF"), "image/gif"
    yield "vips.gif", by_vips(".gif"), "image/gif"
    yield "pillow.bmp", by_pillow("BMP"), "image/bmp"
    yield "pillow.tiff", by_pillow("TIFF"), "image/tiff"
    yield "pillow-lzw.tif", by_pillow("TIFF", compression="tiff_lzw"), "image/tiff"
    yield "vips-tiled.tif", by_vips(".tif", tile=True, compression="deflate"), "image/tiff"
    yield "vips-big.tif", by_vips(".tif", bigtiff=True), "image/tiff"
    yield "pillow.avif", by_pillow("AVIF"), "image/avif"
    yield "vips.avif", by_vips(".avif"), "image/avif"
    yield "sample.heic", (SAMPLES / "plain.heic").read_bytes(), "image/heic"


def others():
    """Everything that is no picture and right: name, bytes, kind."""
    jpeg = by_pillow("JPEG").decode("latin-1")
    scan = f"<< /Type /XObject /Subtype /Image /Width 320 /Height 240 /Filter /DCTDecode /Length {len(jpeg)} >>\nstream\n{jpeg}\nendstream"
    packed = zlib.compress(b"BT /F1 12 Tf (a) Tj ET " * 400)
    yield "plain.pdf", pdf(), "application/pdf"
    yield "scan.pdf", pdf(page="/Resources << /XObject << /I 4 0 R >> >>", objects=[scan]), "application/pdf"
    yield "packed.pdf", pdf(page="/Contents 4 0 R", objects=[pdf_stream("/FlateDecode", packed)]), "application/pdf"
    yield "pillow.pdf", by_pillow("PDF"), "application/pdf"
    yield "link.pdf", pdf(page="/Annots [ << /Subtype /Link /A << /S /URI /URI (https://a.vn) >> >> ]"), "application/pdf"
    yield "owner-only-rc4.pdf", (SAMPLES / "owner-only-rc4.pdf").read_bytes(), "application/pdf"
    yield "owner-only-aes256.pdf", (SAMPLES / "owner-only-aes256.pdf").read_bytes(), "application/pdf"
    word = office("word/document.xml", "wordprocessingml.document")
    yield "letter.docx", word, OFFICE + "wordprocessingml.document"
    yield "table.xlsx", office("xl/workbook.xml", "spreadsheetml.sheet"), OFFICE + "spreadsheetml.sheet"
    yield "slides.pptx", office("ppt/presentation.xml", "presentationml.presentation"), OFFICE + "presentationml.presentation"
    yield "letter.odt", open_document("text"), OPEN + "text"
    yield "table.ods", open_document("spreadsheet"), OPEN + "spreadsheet"
    yield "letter.doc", old_office("WordDocument", b"\xec\xa5" + bytes(10)), "application/msword"
    yield "table.xls", old_office("Workbook", b"\x09\x08\x10\x00\x00\x06" + bytes(14) + b"\x0a\0\0\0"), "application/vnd.ms-excel"
    yield "slides.ppt", old_office("PowerPoint Document", b"\x0f\x00\xe8\x03"), "application/vnd.ms-powerpoint"
    yield "papers.zip", archive([("a.txt", "a" * 500), ("b/c.jpg", by_pillow("JPEG"))]), "application/zip"
    yield "stored.zip", archive([("a.txt", "a")], zipfile.ZIP_STORED), "application/zip"
    yield "empty.zip", archive([]), "application/zip"
    yield "utf-8.txt", "Kính gửi Ủy ban nhân dân phường Ninh Kiều\n".encode() * 9, "text/plain"
    yield "utf-16.txt", "Kính gửi Ủy ban nhân dân phường\r\n".encode("utf-16"), "text/plain"
    yield "vietnamese.csv", "Họ tên;Năm\r\nTrần An;1990\r\n".encode("utf-8-sig"), "text/plain"
    yield "windows-1258.txt", b"\xd0\xf4ng \xfd\r\n" * 30, "text/plain"
    yield "data.json", b'{"a": [1, 2, {"b": null}]}', "text/plain"
    yield "page.html", b"<!DOCTYPE html><title>a</title><p>b</p>", "text/html"
    yield "old.htm", b"\n  <HTML><BODY bgcolor=white>a</BODY></HTML>", "text/html"
    yield "drawing.svg", b'<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>', "image/svg+xml"
    yield "program.exe", exe(), "application/x-executable"
    yield "program", b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<HHI", 2, 62, 1) + bytes(40), "application/x-executable"
    yield "mac-program", b"\xcf\xfa\xed\xfe\x07\x00\x00\x01\x03" + bytes(60), "application/x-executable"
    yield "script.sh", b"#!/bin/sh\necho a\n", "application/x-executable"
    yield "script.bat", b"@echo off\r\ndel a.txt\r\n", "application/x-executable"
    yield "Program.class", b"\xca\xfe\xba\xbe\x00\x00\x00\x3d" + bytes(60), "application/x-executable"
    yield "module.wasm", b"\0asm\x01\0\0\0" + bytes(20), "application/x-executable"
    yield "noise.bin", np.random.default_rng(7).bytes(4000), "application/octet-stream"


def faults(right):
    """What is wrong, and must be told: name, bytes, kind, codes."""
    kinds = {name: (data, kind) for name, data, kind in right}
    cuttable = [name for name in kinds if kinds[name][1].startswith("image/") and not name.endswith(".svg")]
    for name in cuttable:
        for share in (0.9, 0.6, 0.3):
            data, kind = kinds[name]
            # The first third of a TIFF or AVIF may hold no list yet, or a list and no data: either word is true.
            yield f"cut-{share}-{name}", cut(data, share), kind, ["truncated|damaged"]
    for name in ("plain.pdf", "scan.pdf", "packed.pdf", "pillow.pdf"):
        for share in (0.95, 0.5):
            yield f"cut-{share}-{name}", cut(kinds[name][0], share), "application/pdf", ["truncated"]
    for name in ("letter.docx", "table.xlsx", "letter.odt", "papers.zip"):
        yield f"cut-{name}", cut(kinds[name][0], 0.7), None, ["truncated"]
    yield "hurt.jpg", hurt(kinds["vips.jpg"][0], 0.5), "image/jpeg", ["truncated|damaged"]
    yield "hurt.png", hurt(kinds["pillow.png"][0], 0.5), "image/png", ["damaged"]
    yield "hurt.pdf", pdf().replace(b"/Kids [3 0 R]", b"/Kidz [3 0 R]"), "application/pdf", ["damaged"]
    yield "no-root.pdf", pdf().replace(b"/Root 1 0 R", b"/Root 7 0 R"), "application/pdf", ["damaged"]
    yield "hurt.zip", kinds["papers.zip"][0].replace(b"PK\x03\x04", b"PK\x07\x04", 1), None, ["damaged|kind"]
    for name in ("password-rc4.pdf", "password-aes128.pdf", "password-aes256.pdf"):
        yield name, (SAMPLES / name).read_bytes(), "application/pdf", ["passwordNeeded"]
    yield "password.doc", old_office("WordDocument", b"\xec\xa5" + bytes(8) + b"\0\x01"), "application/msword", ["passwordNeeded"]
    yield "password.docx", old_office("EncryptedPackage", b""), None, ["passwordNeeded"]
    sealed = archive([("mimetype", OPEN + "text"), ("META-INF/manifest.xml", '<m:encryption-data x="1"/>')])
    yield "password.odt", sealed, OPEN + "text", ["passwordNeeded"]
    yield "script.pdf", pdf("/OpenAction << /S /JavaScript /JS (app.alert) >>"), "application/pdf", ["activeContent"]
    yield "launch.pdf", pdf(page="/Annots [ << /Subtype /Link /A << /S /Launch /F (a.exe) >> >> ]"), "application/pdf", ["activeContent"]
    yield "files.pdf", pdf("/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>", objects=["<< /EF << /F 5 0 R >> >>", "<< >>"]), "application/pdf", ["activeContent"]
    yield "xfa.pdf", pdf("/AcroForm << /Fields [] /XFA (a) >>"), "application/pdf", ["xfaForm"]
    macros = office("word/document.xml", "wordprocessingml.document", [("word/vbaProject.bin", "x")])
    yield "macros.docx", macros, OFFICE + "wordprocessingml.document", ["activeContent"]
    yield "script.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='a()'>" + SCRIPT + b"</svg>", "image/svg+xml", ["activeContent"]
    yield "script.html", b"<!DOCTYPE html>" + SCRIPT, "text/html", ["activeContent"]
    jpeg, png, zipped = kinds["pillow.jpg"][0], kinds["pillow.png"][0], kinds["papers.zip"][0]
    yield "zip-behind.jpg", jpeg + zipped, "image/jpeg", ["polyglot"]
    yield "html-behind.jpg", jpeg + b"<html>" + SCRIPT, "image/jpeg", ["polyglot"]
    yield "pdf-behind.jpg", jpeg + pdf(), "image/jpeg", ["polyglot"]
    yield "zip-behind.png", png + zipped, "image/png", ["polyglot"]
    yield "zip-behind.gif", kinds["pillow.gif"][0] + zipped, "image/gif", ["polyglot"]
    yield "zip-behind.pdf", pdf() + zipped, "application/pdf", ["polyglot"]
    yield "html-before.pdf", b"<html><body>\n" + pdf(), "application/pdf", ["polyglot"]
    yield "html-inside.pdf", pdf().replace(b"\n", b"\n%" + SCRIPT + b"\n", 1), "application/pdf", ["polyglot"]
    yield "flood.png", flood_png(60_000, 60_000), "image/png", ["pixelFlood"]
    yield "flood.jpg", resized(jpeg, 65_000, 65_000), "image/jpeg", ["pixelFlood"]
    yield "flood.gif", kinds["pillow.gif"][0][:6] + b"\xff\xff\xff\xff" + kinds["pillow.gif"][0][10:], "image/gif", ["pixelFlood"]
    yield "really-a-pdf.jpg", pdf(), "application/pdf", ["nameMismatch"]
    yield "really-a-jpeg.pdf", jpeg, "image/jpeg", ["nameMismatch"]
    yield "really-a-program.jpg", exe(), "application/x-executable", ["nameMismatch"]
    yield "really-a-heic.jpg", kinds["sample.heic"][0], "image/heic", ["nameMismatch"]
    yield "really-html.png", b"<!DOCTYPE html><p>404", "text/html", ["nameMismatch"]
    yield "empty.jpg", b"", None, ["empty"]


def make(folder):
    """Writes the files; each label says the kind and what must be told (`a|b`: either), nothing of a right one."""
    right = [*pictures(), *others()]
    labels = [{"file": name, "kind": kind, "expected": []} for name, _, kind in right]
    labels += [{"file": name, "kind": kind, "expected": codes} for name, _, kind, codes in faults(right)]
    for name, data in [(it[0], it[1]) for it in right] + [(it[0], it[1]) for it in faults(right)]:
        Path(folder, name).write_bytes(data)
    return labels
