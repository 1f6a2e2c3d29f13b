"""The code of a paper: no letter that looks like another, and one slip is always noticed."""

from __future__ import annotations

from quizcnn.generation.papercode import ALPHABET, check_character, make_code, read_code

CODES = [make_code(str(number).encode()) for number in range(200)]


def test_form() -> None:
    assert set("ILOU") & set(ALPHABET) == set()
    assert all(len(code) == 7 and code[4] == "-" for code in CODES)
    assert len(set(CODES)) == 200


def test_the_check_character_by_hand() -> None:
    """Over GF(32) with x^5 = x^2 + 1: "00001" is x * 1 = 2; "000G0" is 16 at x^2: 16x = x^5 = 5, 5x = 10, "A"."""
    assert check_character("00001") == "2"
    assert check_character("000G0") == "A"
    assert check_character("00000") == "0"


def test_one_wrong_character_is_noticed() -> None:
    for code in CODES[:20]:
        for place, char in enumerate(code):
            if char == "-":
                continue
            for other in ALPHABET:
                typed = code[:place] + other + code[place + 1 :]
                assert read_code(typed) == (code if other == char else None)


def test_two_exchanged_characters_are_noticed() -> None:
    for code in CODES:
        plain = code.replace("-", "")
        for place in range(5):
            one, other = plain[place], plain[place + 1]
            if one != other:
                assert read_code(plain[:place] + other + one + plain[place + 2 :]) is None


def test_what_people_type_for_it() -> None:
    code = next(code for code in CODES if "0" in code and "1" in code)
    assert read_code(code.lower()) == code
    assert read_code(code.replace("0", "o").replace("1", "l")) == code
    assert read_code(f" {code.replace('-', ' ')} ") == code
    assert read_code(code[:-1]) is None
    assert read_code("") is None
