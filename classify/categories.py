"""The list of categories: an editable file, checked when it is read.

A code that was once used stays in the file (``retired = true``), so that old records keep a name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,31}")
_KNOWN_KEYS = {"code", "label", "anonymous_allowed", "retired", "merged_into", "sub"}


class CategoriesError(ValueError):
    """The categories file cannot be used; the message says in Thai where and why."""


@dataclass(frozen=True, slots=True)
class Category:
    """A main category, or a sub-category where ``main`` names its main category.

    ``code`` is whole (``HELP`` or ``HELP.POOR``); ``merged_into`` is the code that took its place.
    """

    code: str
    label: str
    main: str | None = None
    anonymous_allowed: bool = False
    retired: bool = False
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class Categories:
    """All categories in the order of the file, which is the order on the screen."""

    every: tuple[Category, ...]

    def get(self, code: str) -> Category | None:
        """Return the category with the code, in use or retired; None for an unknown code."""
        return next((c for c in self.every if c.code == code), None)

    def whole_label(self, code: str) -> str:
        """Return the label of a category, of a part with that of its main category before it.

        A code that the list does not have is its own label.
        """
        category = self.get(code)
        if category is None:
            return code
        main = self.get(category.main) if category.main else None
        return f"{main.label} › {category.label}" if main else category.label

    def current(self, code: str) -> Category | None:
        """Return the category that the code means today: merged codes lead to their heir."""
        category = self.get(code)
        while category is not None and category.merged_into is not None:
            category = self.get(category.merged_into)
        return category

    def in_force(self, code: str) -> Category | None:
        """Return the category in use that an old code speaks for, None where there is none.

        A part whose main category was merged speaks for the heir of that one.
        """
        category = self.current(code)
        while category is not None and category.retired:
            above = category.merged_into or category.main
            category = self.current(above) if above else None
        return category

    def mains(self) -> tuple[Category, ...]:
        """Return the main categories in use."""
        return tuple(c for c in self.every if c.main is None and not c.retired)

    def subs(self, main: str) -> tuple[Category, ...]:
        """Return the sub-categories in use under a main category."""
        return tuple(c for c in self.every if c.main == main and not c.retired)


def load_categories(path: Path | None = None) -> Categories:
    """Return the categories of a file, or those of the product where no file is named."""
    source = path if path is not None else files("classify").joinpath("categories.toml")
    try:
        raw = tomllib.loads(source.read_text("utf-8"))
    except OSError as error:
        raise CategoriesError(f"{source}: อ่านไฟล์ไม่ได้ ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise CategoriesError(f"{source}: ไม่ใช่ข้อความ UTF-8 ให้บันทึกใหม่เป็น UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CategoriesError(f"{source}: รูปแบบ TOML ผิด ({error})") from error
    try:
        return parse_categories(raw)
    except CategoriesError as error:
        raise CategoriesError(f"{source}: {error}") from error


def parse_categories(raw: Mapping[str, Any]) -> Categories:
    """Return the categories of a parsed file, or say what is wrong with it."""
    tables = raw.get("main")
    if not isinstance(tables, list) or not tables:
        raise CategoriesError("ไม่มีหมวดหลัก [[main]]")
    every: list[Category] = []
    for table in tables:
        main = _category(table, None)
        every.append(main)
        subs = table.get("sub", [])
        if not isinstance(subs, list):
            raise CategoriesError(f"{main.code}: sub ต้องเป็นรายการ")
        every += [_category(sub, main) for sub in subs]
    _check_codes(every)
    return Categories(tuple(every))


def _category(table: Any, main: Category | None) -> Category:
    place = f"ใต้ {main.code}" if main else "[[main]]"
    if not isinstance(table, Mapping):
        raise CategoriesError(f"{place}: หมวดต้องมี code และ label")
    code, label = table.get("code"), table.get("label")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise CategoriesError(f"{place}: code {code!r} ต้องเป็นตัวพิมพ์ใหญ่ A-Z ตัวเลข และ _")
    if not isinstance(label, str) or not label.strip():
        raise CategoriesError(f"{place}: {code} ไม่มี label")
    if unknown := sorted(set(table) - _KNOWN_KEYS):
        raise CategoriesError(f"{place}: {code} มีคำสั่งที่ไม่รู้จัก {unknown[0]!r}")
    flags = {key: table.get(key, False) for key in ("anonymous_allowed", "retired")}
    for key, value in flags.items():
        if not isinstance(value, bool):
            raise CategoriesError(f"{place}: {code}: {key} ต้องเป็น true หรือ false")
    heir = table.get("merged_into")
    if heir is not None and not isinstance(heir, str):
        raise CategoriesError(f"{place}: {code}: merged_into ต้องเป็นรหัสหมวด")
    return Category(
        code=f"{main.code}.{code}" if main else code,
        label=label.strip(),
        main=main.code if main else None,
        anonymous_allowed=main.anonymous_allowed if main else flags["anonymous_allowed"],
        retired=flags["retired"] or heir is not None or (main.retired if main else False),
        merged_into=heir,
    )


def _check_codes(every: list[Category]) -> None:
    by_code: dict[str, Category] = {}
    for category in every:
        if category.code in by_code:
            raise CategoriesError(f"รหัส {category.code} ซ้ำกัน")
        by_code[category.code] = category
    if not any(c.main is None and not c.retired for c in every):
        raise CategoriesError("ทุกหมวดหลักเลิกใช้หมด")
    for category in every:
        seen, heir = {category.code}, category.merged_into
        while heir is not None:
            if heir not in by_code:
                raise CategoriesError(f"{category.code}: merged_into {heir} ไม่มีในรายการ")
            if heir in seen:
                raise CategoriesError(f"{category.code}: merged_into วนกลับมาที่เดิม")
            seen.add(heir)
            heir = by_code[heir].merged_into
