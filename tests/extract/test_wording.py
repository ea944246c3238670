"""A page whose words are no words: nothing on it is to be trusted."""

from models.letters import Fields
from models.terms import FieldName
from tests.extract.made_letters import THAI
from tests.extract.reading import at, line, read, read_lines

N = FieldName
CLEAR = (
    "ด้วยอำเภอวานรนิวาสได้รับแจ้งจากประชาชนว่าถนนในหมู่บ้านชำรุดเสียหาย",
    "จึงขอเชิญท่านเข้าร่วมประชุมเพื่อพิจารณาแก้ไขปัญหาดังกล่าวตามวันและเวลาที่กำหนด",
)
BROKEN = (
    "ดวบอำเกอวานรนิวาลไดรบแจงจากปรซาซนวาถบนใบหมบานชำรดเลบหาบ",
    "จงขอเซญทานเขารวมประซมเพอพจารณาแกไขปญหาดงกลาวตามวนและเวลาทกำหบด",
)
HEAD = ("ที่ สน ๐๘๑๘/๒๔๑", "๑๐ มีนาคม ๒๕๖๘", "เรื่อง ขอเชิญประชุม", "เรียน ผู้ว่าราชการจังหวัดสกลนคร")


def page(body: tuple[str, ...], subject: str = HEAD[2]) -> Fields:
    texts = ["ด่วนมาก", HEAD[0], HEAD[1], subject, HEAD[3], *body]
    return read_lines(
        *[line(t, 0.14, 0.06 + 0.04 * n, confidence=1.0) for n, t in enumerate(texts)]
    )


def test_a_page_of_words_gives_no_doubt() -> None:
    fields = page(CLEAR)
    for name in (N.REFERENCE_NO, N.DATE, N.SUBJECT, N.ADDRESSEE):
        assert not at(fields, name).doubts


def test_on_a_page_full_of_no_words_nothing_is_sure() -> None:
    fields = page(BROKEN)
    found = [field for field in fields.values.values() if field is not None]
    assert len(found) >= 4
    for field in found:
        assert field.doubts
        assert field.confidence < 0.8
    assert at(fields, N.REFERENCE_NO).value == "สน 0818/241"
    assert fields.kind is page(CLEAR).kind
    assert fields.kind_confidence < page(CLEAR).kind_confidence


def test_names_in_a_list_outlast_a_shaky_page_but_not_a_broken_one() -> None:
    shaky, broken = page((CLEAR[1], BROKEN[0])), page(BROKEN)
    assert at(shaky, N.REFERENCE_NO).doubts
    assert not at(shaky, N.URGENCY).doubts
    assert at(broken, N.URGENCY).doubts


def test_a_subject_with_no_word_in_it_is_doubted_on_a_good_page() -> None:
    fields = page(CLEAR, subject="เรื่อง ขอเชิญประซุมคณะกรรมกาบ")
    assert at(fields, N.SUBJECT).doubts
    assert not at(fields, N.DATE).doubts


def test_the_names_of_places_and_persons_are_no_misread_words() -> None:
    body = (
        "ด้วยนายณัฐกฤตา วงศ์พิทักษ์ไพศาล ราษฎรตำบลไฮหย่อง อำเภอพังโคน แจ้งว่าถนนบ้านหนองแฝกชำรุด",
        *CLEAR,
    )
    assert not at(page(body), N.REFERENCE_NO).doubts


def test_what_was_typed_is_not_held_against_its_spelling() -> None:
    fields = read("\n".join([*HEAD, *BROKEN]))
    assert not at(fields, N.REFERENCE_NO).doubts
    assert not at(fields, N.DATE).doubts


def test_a_page_with_few_words_is_not_judged_by_them() -> None:
    number = line("ที่ สน 0818/241".translate(THAI), 0.14, 0.1, confidence=1.0)
    fields = read_lines(number, line("เรือง กขฃคฅ ฆงจฉช", 0.14, 0.2, confidence=1.0))
    assert not at(fields, N.REFERENCE_NO).doubts
