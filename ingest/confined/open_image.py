"""Opens a foreign picture; run only as a confined child, with Pillow alone.

    open_image.py count  FILE MOST_PAGES MOST_PIXELS
    open_image.py render FILE PAGE MOST_PIXELS OUTPUT   (raw bytes into OUTPUT; in a fork of
                                                         serve_pictures.py)

Answers with one JSON object on standard output: {"pages"}, {"width", "height", "channels"} or
{"problem"}.
"""

import json
import sys
import warnings

# Named one by one, or Pillow loads all its forty formats to find one of ours.
from PIL import Image, ImageOps, ImageSequence, MpoImagePlugin, TiffImagePlugin

PLUGINS = (MpoImagePlugin, TiffImagePlugin)  # JPEG and PNG come with Pillow itself

BAND = 256  # rows of pixels that are written at once
ORIENTATION = 0x0112  # the EXIF tag that tells how a camera was held
FORMATS = ("TIFF", "JPEG", "PNG", "MPO")


def answer(**values: object) -> None:
    """Print the answer."""
    sys.stdout.write(json.dumps(values))


def too_large(picture: Image.Image, most: int) -> bool:
    """Tell by the header, before anything is decoded."""
    return picture.width * picture.height > most


def count(path: str, most_pages: int, most_pixels: int) -> None:
    """Count the pictures of a file and look at their sizes."""
    with Image.open(path, formats=FORMATS) as picture:
        pages = 0
        for frame in ImageSequence.Iterator(picture):
            pages += 1
            if pages > most_pages:
                return answer(problem="pages")
            if too_large(frame, most_pixels):
                return answer(problem="pixels")
            if picture.format == "MPO":  # a photograph with its preview: only the first is a page
                break
    return answer(pages=pages)


def render(path: str, page: int, most_pixels: int, output: str) -> None:
    """Decode one picture into upright RGB, or grey, on white."""
    with Image.open(path, formats=FORMATS) as picture:
        picture.seek(page - 1)
        if too_large(picture, most_pixels):
            return answer(problem="pixels")
        turned = picture.getexif().get(ORIENTATION, 1) != 1
        upright = ImageOps.exif_transpose(picture) if turned else picture
        if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
            clear = upright.convert("RGBA")
            upright = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
        if upright.mode.startswith("I"):  # 16 bits of grey
            upright = upright.point(lambda value: value / 256).convert("L")
        # Grey pages travel as one channel: a third of the bytes.
        pixels = upright if upright.mode in ("RGB", "L") else upright.convert("RGB")
        with open(output, "wb", buffering=0) as file:
            for top in range(0, pixels.height, BAND):  # the whole page again would take its time
                band = (0, top, pixels.width, min(pixels.height, top + BAND))
                file.write(pixels.crop(band).tobytes())
    return answer(width=pixels.width, height=pixels.height, channels=len(pixels.getbands()))


def main(arguments: list[str]) -> None:
    """Do what the command line says; whatever breaks is the file's fault and said so."""
    Image.MAX_IMAGE_PIXELS = None  # our own bound is checked first, on the header
    warnings.simplefilter("ignore")
    try:
        if arguments[0] == "count":
            count(arguments[1], int(arguments[2]), int(arguments[3]))
        else:
            render(arguments[1], int(arguments[2]), int(arguments[3]), arguments[4])
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, TypeError, KeyError):
        answer(problem="broken")


if __name__ == "__main__":
    main(sys.argv[1:])
