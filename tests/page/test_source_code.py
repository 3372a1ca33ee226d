"""Programs and dumps of data: what they hold is shown, not said."""

from __future__ import annotations

import pytest

from auditor.page.sourcecode import is_source_code

CODE = [
    "const drugs = [\n  'xanax',\n  'valium',\n];\nexport default drugs;\n",
    "def test_spam():\n    mail = 'Buy tramadol'\n    assert is_spam(mail)\n    return True\n",
    "INSERT INTO posts VALUES (1, 'buy xanax');\nINSERT INTO posts VALUES (2, 'hello');\n-- end\nSELECT 1;\n",
    "rules:\n  - pattern: >\n    name: [spam]\n  flags: {a: 1}\n  note: 'x'\n",
]
PROSE = [
    "Buy tramadol online.\nNo prescription.\nFast delivery.\nPay with bitcoin.\n",
    "Xanax 1mg: $2\nXanax 2mg: $3\nShipping: free\nOrder today\n",
    "From our pharmacy to you.\nReturn policy: none.\nFor orders, call us.\nWhile stocks last!\n",
    "| Item | Price |\n| Lyrica 75 | 31 |\n| Lyrica 150 | 42 |\n| Lyrica 300 | 58 |\n",
    "one; line;\n",
]


@pytest.mark.parametrize("text", CODE)
def test_programs_and_data_are_told(text: str) -> None:
    assert is_source_code(text)


@pytest.mark.parametrize("text", PROSE)
def test_what_people_write_is_none(text: str) -> None:
    assert not is_source_code(text)
