"""Bar codes on a page: QR and Code 39, however the page lies. The one home of zxing-cpp."""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from models.letters import Box, Code, CodeKind
from ocr.raster import Rgb

_FORMATS = {
    zxingcpp.BarcodeFormat.QRCode: CodeKind.QR,
    zxingcpp.BarcodeFormat.Code39: CodeKind.CODE39,
}
_WANTED = zxingcpp.BarcodeFormats(list(_FORMATS))


def read_codes(pixels: Rgb) -> tuple[Code, ...]:
    """Return the codes on a page, from top to bottom; boxes are fractions of it as it lies."""
    grey = np.ascontiguousarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
    height, width = grey.shape
    found = zxingcpp.read_barcodes(
        grey, formats=_WANTED, try_rotate=True, try_downscale=True, try_invert=False
    )
    codes = (_code(each, width, height) for each in found)
    return tuple(sorted(codes, key=lambda code: (code.box.top, code.box.left)))


def code_picture(kind: CodeKind, text: str) -> NDArray[np.bool_]:
    """Return a code as dark cells, one for each module, without the light zone around it."""
    if kind is CodeKind.QR:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    else:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code39)
    cells = np.asarray(code.to_image(scale=1, add_quiet_zones=False)) < 128
    return np.asarray(cells if kind is CodeKind.QR else cells[:1], np.bool_)


def _code(found: zxingcpp.Barcode, width: int, height: int) -> Code:
    place = found.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    across = [min(max(corner.x / width, 0.0), 1.0) for corner in corners]
    down = [min(max(corner.y / height, 0.0), 1.0) for corner in corners]
    box = Box(min(across), min(down), max(across) - min(across), max(down) - min(down))
    turned = round(found.orientation / 90) * 90 % 360
    return Code(_FORMATS[found.format], found.text, box, turned)
