"""Which fields of a letter a record keeps, and which of them are codes instead of words."""

from __future__ import annotations

from models.terms import FieldName

# A person's national number has no place among the words of a record: records are searched,
# shown to every officer and exported. Until it has an encrypted home, it is not kept at all.
RECORDED: tuple[FieldName, ...] = tuple(
    name for name in FieldName if name is not FieldName.NATIONAL_ID
)

# Codes are found by no search: "app" or "new" in every second record would drown the words.
CODED = frozenset(
    {FieldName.ANONYMOUS, FieldName.CONFIDENTIAL, FieldName.CHANNEL, FieldName.OUTCOME}
)
