"""Files as people send them in, made on the spot."""

import io
import struct
import zlib

from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
SECRET = "Somewhere 60.1N, camera 4711"


def picture(form="PNG", size=(64, 48), **options) -> bytes:
    """Return a picture of three stripes."""
    made = Image.new("RGB", size, "#7a1f2b")
    made.paste("#f0c020", (0, 0, size[0] // 3, size[1]))
    made.paste("#204080", (2 * size[0] // 3, 0, size[0], size[1]))
    out = io.BytesIO()
    made.save(out, form, **options)
    return out.getvalue()


def telling(form="JPEG", orientation=1) -> bytes:
    """Return a picture that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET
    exif.get_ifd(0x8825)[29] = SECRET
    options = {"exif": exif}
    if form == "JPEG":
        options |= {"comment": SECRET, "xmp": f"<x>{SECRET}</x>".encode()}
    if form == "WEBP":
        options |= {"xmp": f"<x>{SECRET}</x>".encode(), "lossless": True}
    if form == "PNG":
        from PIL.PngImagePlugin import PngInfo

        words = PngInfo()
        words.add_text("Author", SECRET)
        words.add_itxt("XML:com.adobe.xmp", SECRET)
        options |= {"pnginfo": words}
    return picture(form, **options)


def bomb(width=30_000, height=30_000) -> bytes:
    """Return a small PNG that says it unpacks to a huge picture."""

    def chunk(name, data):
        crc = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + crc

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (1 + width // 8) * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows)
