"""Drawn pages as files: PDF, TIFF, JPEG, PNG. No dates inside: the same letter, the same bytes."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

_DPI = {1754: 150, 2339: 200, 3508: 300}


def save(pages: list[Image.Image], path: Path, quality: int = 55) -> None:
    """Write the pages as one file of the type that the name's ending says."""
    dpi = _DPI.get(max(pages[0].size), 200)
    first, rest = pages[0], pages[1:]
    match path.suffix:
        case ".pdf":
            path.write_bytes(_pdf([_jpeg(p, quality) for p in pages], [p.size for p in pages], dpi))
        case ".tif":
            if first.mode == "1":
                first.save(path, "TIFF", save_all=True, append_images=rest, dpi=(dpi, dpi),
                           compression="group4")  # fmt: skip
                return
            grey = [page.convert("L") for page in pages]
            grey[0].save(path, "TIFF", save_all=True, append_images=grey[1:], dpi=(dpi, dpi),
                         compression="jpeg", quality=quality)  # fmt: skip
        case ".jpg":
            first.save(path, "JPEG", quality=quality, dpi=(dpi, dpi), optimize=True)
        case ".png":
            first.save(path, "PNG", dpi=(dpi, dpi), compress_level=4)
        case other:
            raise ValueError(f"no such file type: {other}")


def _jpeg(page: Image.Image, quality: int) -> bytes:
    grey = page.mode in ("1", "L")
    buffer = io.BytesIO()
    page.convert("L" if grey else "RGB").save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()


def _pdf(images: list[bytes], sizes: list[tuple[int, int]], dpi: int) -> bytes:
    """Return a PDF of one JPEG per page, as scanners make them."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{3 + 3 * n} 0 R" for n in range(len(images)))
    objects.append(f"<< /Type /Pages /Count {len(images)} /Kids [{kids}] >>".encode())
    for n, (data, (width, height)) in enumerate(zip(images, sizes, strict=True)):
        w, h = width * 72 / dpi, height * 72 / dpi
        space = "DeviceGray" if Image.open(io.BytesIO(data)).mode == "L" else "DeviceRGB"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {w:.2f} {h:.2f}]"
            f" /Contents {4 + 3 * n} 0 R"
            f" /Resources << /XObject << /Im {5 + 3 * n} 0 R >> >> >>".encode()
        )
        drawing = f"q {w:.2f} 0 0 {h:.2f} 0 0 cm /Im Do Q".encode()
        objects.append(_stream("", drawing))
        head = (f"/Type /XObject /Subtype /Image /Width {width} /Height {height}"
                f" /ColorSpace /{space} /BitsPerComponent 8 /Filter /DCTDecode ")  # fmt: skip
        objects.append(_stream(head, data))
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    out += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return bytes(out)


def _stream(head: str, data: bytes) -> bytes:
    return f"<< {head}/Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
