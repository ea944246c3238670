"""Letter codes of provinces, ministries and independent bodies (domain: Thai letter codes).

The permanent secretary may add codes at any time: an unknown code is accepted and flagged.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_TABLE = (
    "กท กรุงเทพมหานคร|สป สมุทรปราการ|นบ นนทบุรี|ปท ปทุมธานี|อย พระนครศรีอยุธยา|"
    "อท อ่างทอง|ลบ ลพบุรี|สห สิงห์บุรี|ชน ชัยนาท|สบ สระบุรี|ชบ ชลบุรี|รย ระยอง|"
    "จบ จันทบุรี|ตร ตราด|ฉช ฉะเชิงเทรา|ปจ ปราจีนบุรี|นย นครนายก|สก สระแก้ว|"
    "นม นครราชสีมา|บร บุรีรัมย์|สร สุรินทร์|ศก ศรีสะเกษ|อบ อุบลราชธานี|ยส ยโสธร|"
    "ชย ชัยภูมิ|อจ อำนาจเจริญ|บก บึงกาฬ|นภ หนองบัวลำภู|ขก ขอนแก่น|อด อุดรธานี|ลย เลย|"
    "นค หนองคาย|มค มหาสารคาม|รอ ร้อยเอ็ด|กส กาฬสินธุ์|สน สกลนคร|นพ นครพนม|"
    "มห มุกดาหาร|ชม เชียงใหม่|ลพ ลำพูน|ลป ลำปาง|อต อุตรดิตถ์|พร แพร่|นน น่าน|"
    "พย พะเยา|ชร เชียงราย|มส แม่ฮ่องสอน|นว นครสวรรค์|อน อุทัยธานี|กพ กำแพงเพชร|"
    "ตก ตาก|สท สุโขทัย|พล พิษณุโลก|พจ พิจิตร|พช เพชรบูรณ์|รบ ราชบุรี|กจ กาญจนบุรี|"
    "สพ สุพรรณบุรี|นฐ นครปฐม|สค สมุทรสาคร|สส สมุทรสงคราม|พบ เพชรบุรี|"
    "ปข ประจวบคีรีขันธ์|นศ นครศรีธรรมราช|กบ กระบี่|พง พังงา|ภก ภูเก็ต|"
    "สฎ สุราษฎร์ธานี|รน ระนอง|ชพ ชุมพร|สข สงขลา|สต สตูล|ตง ตรัง|พท พัทลุง|ปน ปัตตานี|"
    "ยล ยะลา|นธ นราธิวาส"
)

PROVINCES: Mapping[str, str] = MappingProxyType({pair[:2]: pair[3:] for pair in _TABLE.split("|")})

CODES: Mapping[str, str] = MappingProxyType({name: code for code, name in PROVINCES.items()})

MINISTRIES: Mapping[str, str] = MappingProxyType(
    {
        "นร": "สำนักนายกรัฐมนตรี",
        "กห": "กระทรวงกลาโหม",
        "กค": "กระทรวงการคลัง",
        "กต": "กระทรวงการต่างประเทศ",
        "กก": "กระทรวงการท่องเที่ยวและกีฬา",
        "พม": "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์",
        "อว": "กระทรวงการอุดมศึกษา",
        "กษ": "กระทรวงเกษตรและสหกรณ์",
        "คค": "กระทรวงคมนาคม",
        "ดศ": "กระทรวงดิจิทัล",
        "ทส": "กระทรวงทรัพยากรธรรมชาติและสิ่งแวดล้อม",
        "พน": "กระทรวงพลังงาน",
        "พณ": "กระทรวงพาณิชย์",
        "มท": "กระทรวงมหาดไทย",
        "ยธ": "กระทรวงยุติธรรม",
        "รง": "กระทรวงแรงงาน",
        "วธ": "กระทรวงวัฒนธรรม",
        "ศธ": "กระทรวงศึกษาธิการ",
        "สธ": "กระทรวงสาธารณสุข",
        "อก": "กระทรวงอุตสาหกรรม",
    }
)

# Independent bodies and codes of former ministries.
_OTHERS = (
    "ทก", "วท", "ทม", "ตช", "พศ", "อส", "ศย", "ศป", "ปช", "ปป", "ปง", "ตผ", "ลต", "ผผ", "สม", "สผ",
    "สว",
)  # fmt: skip

# Glyphs that scanners take for each other (domain: confusable codes).
_LOOKALIKES: tuple[str, ...] = (
    "นมฆ", "บปษย", "ขชซ", "คตดศ", "ทหฑฬ", "กถภณฤ", "พผฟฝ", "รธฐ", "สล", "จว", "อฮ", "ฎฏ", "นบขค",
)  # fmt: skip


def is_known(code: str) -> bool:
    """Tell whether the letter code is in the tables."""
    return code in PROVINCES or code in MINISTRIES or code in _OTHERS


def lookalikes(code: str) -> tuple[str, ...]:
    """Return the known codes one look-alike glyph away."""
    near = []
    for known in (*PROVINCES, *MINISTRIES, *_OTHERS):
        if len(known) != len(code) or known == code:
            continue
        pairs = [(a, b) for a, b in zip(code, known, strict=True) if a != b]
        if len(pairs) == 1 and any(set(pairs[0]) <= set(group) for group in _LOOKALIKES):
            near.append(known)
    return tuple(near)
