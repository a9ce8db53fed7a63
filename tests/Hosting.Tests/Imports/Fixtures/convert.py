"""Writes every fixture again in the other encodings: `python3 convert.py`. The file *.utf8.csv is the one that people edit.

What a workbook cannot hold, a quote that is not closed, stands in the last row and is left out there. Bytes that are no text are what they are in each
encoding; in a workbook that is a character which no database keeps. The errors that are expected are written by the tests (UPDATE_GOLDEN=1) and read by whoever changes them.
"""

import csv
import pathlib
import zipfile
from xml.sax.saxutils import escape

DAMAGED = b"\xc3("
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def gb18030(line):
    return b"\xff\xff".join(part.decode("utf-8").encode("gb18030") for part in line.split(DAMAGED))


def cells(line):
    return next(csv.reader([line.replace(DAMAGED, b"_x0000_").decode("utf-8")]))


def workbook(rows):
    texts = {}
    batch = rows[0].index("batch") if "batch" in rows[0] else None

    def cell(column, place, text):
        at = f"{chr(ord('A') + column)}{place}"
        if column == batch and text.isdecimal() and text.isascii():
            return f'<c r="{at}"><v>{text}</v></c>'
        return f'<c r="{at}" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>' if text else ""

    sheet = "".join(
        f'<row r="{place}">{"".join(cell(column, place, text) for column, text in enumerate(row))}</row>' for place, row in enumerate(rows, 1))
    strings = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    types = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for part, kind in [("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("sharedStrings", "sharedStrings")])
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{NAMESPACE}" xmlns:r="{RELATIONS}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{NAMESPACE}"><sheetData>{sheet}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{NAMESPACE}">{strings}</sst>',
    }


for source in pathlib.Path(__file__).parent.glob("*.utf8.csv"):
    name = str(source)[: -len(".utf8.csv")]
    lines = source.read_bytes().split(b"\r\n")
    pathlib.Path(f"{name}.bom.csv").write_bytes(b"\xef\xbb\xbf" + source.read_bytes())
    pathlib.Path(f"{name}.gb18030.csv").write_bytes(b"\r\n".join(map(gb18030, lines)))
    rows = [cells(line) for line in lines if line and line.count(b'"') % 2 == 0]
    with zipfile.ZipFile(f"{name}.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in workbook(rows).items():
            archive.writestr(zipfile.ZipInfo(part, (2026, 1, 1, 0, 0, 0)), DECLARATION + content, zipfile.ZIP_DEFLATED)
