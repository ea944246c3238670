"""The choice of categories: the machine's ranking first, then all others; a second one if any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.drafts import Draft
from models.letters import RankedCategory, Suggestion
from models.terms import LetterKind
from review_ui.answers import Typed, code_in_use
from review_ui.desk import Category, Desk

_RANKED = 3
_NOTHING = Suggestion((), False, (), "")


@dataclass(frozen=True, slots=True)
class CategoryView:
    """The category of the letter; ``state`` is sure, doubt, none or edited."""

    chosen: str
    state: str
    ranked: tuple[RankedCategory, ...]
    others: tuple[Category, ...]
    phrases: tuple[str, ...]
    doubts: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class SecondView:
    """A further category that the letter carries, chosen among all."""

    chosen: str
    state: str
    choices: tuple[Category, ...]
    suggested: RankedCategory | None
    problem: str


def category_view(
    draft: Draft, typed: Typed, desk: Desk, problems: Mapping[str, str]
) -> CategoryView:
    """Return the choice of the category."""
    suggestion = draft.suggestion or _NOTHING
    ranked = _ranked(suggestion, desk)
    machine = code_in_use(suggestion.choice, desk)
    unsure = _doubts(suggestion, machine, desk) if draft.suggestion else _alone(typed)
    if typed.category != machine:
        state = "edited"
    elif unsure or (not machine and typed.kind == LetterKind.COMPLAINT):
        state = "doubt"
    else:
        state = "sure" if machine else "none"
    first = {each.code for each in ranked}
    return CategoryView(
        chosen=typed.category,
        state=state,
        ranked=ranked,
        others=tuple(each for each in desk.categories if each.code not in first),
        phrases=tuple(dict.fromkeys(each.text for each in suggestion.evidence)),
        doubts=unsure,
        problem=problems.get("category", ""),
    )


def second_view(draft: Draft, typed: Typed, desk: Desk, problems: Mapping[str, str]) -> SecondView:
    """Return the choice of a second category."""
    second = draft.suggestion.second if draft.suggestion else None
    machine = code_in_use(second.code if second else None, desk)
    as_read = "doubt" if machine else "none"
    state = as_read if typed.second_category == machine else "edited"
    return SecondView(
        chosen=typed.second_category,
        state=state,
        choices=desk.categories,
        suggested=second if machine else None,
        problem=problems.get("second_category", ""),
    )


def _ranked(suggestion: Suggestion, desk: Desk) -> tuple[RankedCategory, ...]:
    """Return what the machine proposes, then its ranking, as far as these are still in use."""
    own = [each for each in suggestion.categories if each.code == suggestion.choice]
    found: dict[str, RankedCategory] = {}
    for each in (*own, *suggestion.ranked):
        code = code_in_use(each.code, desk)
        if code and code not in found:
            found[code] = RankedCategory(code, desk.labels[code], each.probability)
    return tuple(found.values())[:_RANKED]


def _doubts(suggestion: Suggestion, machine: str, desk: Desk) -> tuple[str, ...]:
    if suggestion.abstained:
        return ("เครื่องไม่แน่ใจ จึงไม่เลือกให้",)
    if not machine:
        return ("หมวดที่เครื่องเสนอเลิกใช้แล้ว เลือกหมวดใหม่",)
    if any(each.code.startswith(f"{machine}.") for each in desk.categories):
        return ("เครื่องแน่ใจเฉพาะหมวดหลัก เลือกหมวดย่อยถ้าทราบ",)
    return ()


def _alone(typed: Typed) -> tuple[str, ...]:
    """Return what is said where the machine proposes nothing at all."""
    chosen = typed.category or typed.kind != LetterKind.COMPLAINT
    return () if chosen else ("เครื่องไม่มีข้อเสนอหมวด อ่านเรื่องแล้วเลือกเอง",)


def kind_doubt(draft: Draft, kind: str) -> str:
    """Return why the kind of paper is in doubt by its words, "" where it is not."""
    said = draft.suggestion.is_complaint if draft.suggestion else None
    if said is False and kind == LetterKind.COMPLAINT:
        return "ถ้อยคำคล้ายหนังสือราชการเกี่ยวกับเรื่องร้องเรียน อาจไม่ใช่คำร้องเรียนเอง"
    if said and kind not in (LetterKind.COMPLAINT, LetterKind.OTHER):
        return "ถ้อยคำคล้ายคำร้องเรียน โปรดดูว่าเป็นเรื่องร้องเรียนหรือไม่"
    return ""
