"""The file around a Word document: its parts, styles, page and foot, packed with fixed dates so that bytes repeat."""

from __future__ import annotations

import io
import zipfile

from quizcnn.printing.document import Paper
from quizcnn.printing.layout import SIZES, Layout
from quizcnn.printing.ooxml import DECLARATION, EMPTY, Xml, content, el, root, twips

MARGINS = {"top": 18.0, "bottom": 20.0, "left": 22.0, "right": 20.0}
STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of every part, the earliest that the format can say; a paper has no other."""
WRITTEN = "1980-01-01T00:00:00Z"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
SERIF, SANS = "Times New Roman", "Arial"
SONG, HEI = "宋体", "微软雅黑"


def pack(paper: Paper, layout: Layout, body: Xml, size: float) -> bytes:
    """The DOCX file with this body."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", OFFICE, "word/document.xml"),
            ("metadata/core-properties", f"{PACKAGE}/relationships", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(paper),
        "word/_rels/document.xml.rels": _relations(
            ("styles", OFFICE, "styles.xml"), ("settings", OFFICE, "settings.xml"), ("footer", OFFICE, "footer1.xml")
        ),
        "word/document.xml": root("w:document", body),
        "word/styles.xml": _styles(paper, layout, size),
        "word/settings.xml": root(
            "w:settings",
            el(
                "w:compat",
                el(
                    "w:compatSetting",
                    w_name="compatibilityMode",
                    w_uri="http://schemas.microsoft.com/office/word",
                    w_val=15,
                ),
            ),
            spaces=("w",),
        ),
        "word/footer1.xml": _footer(paper, layout),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            archive.writestr(entry, part.encode())
    return out.getvalue()


def section_form(layout: Layout) -> Xml:
    """Size and margins of the pages; what follows a section in duplex begins on an odd page."""
    width, height = SIZES[layout.size]
    margins = {f"w_{side}": twips(millimetres) for side, millimetres in MARGINS.items()}
    return el(
        "w:sectPr",
        el("w:footerReference", w_type="default", r_id="r3"),
        el("w:type", w_val="oddPage" if layout.duplex else "nextPage"),
        el("w:pgSz", w_w=twips(width), w_h=twips(height)),
        el("w:pgMar", **margins, w_header=twips(8), w_footer=twips(10), w_gutter=0),
    )


def _content_types() -> str:
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings", "footer1": "footer"}
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>' for name, kind in kinds.items())  # fmt: skip
    core = '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    return f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}{core}</Types>'


def _relations(*targets: tuple[str, str, str]) -> str:
    lines = "".join(f'<Relationship Id="r{number}" Type="{base}/{kind}" Target="{target}"/>' for number, (kind, base, target) in enumerate(targets, 1))  # fmt: skip
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def _properties(paper: Paper) -> str:
    spaces = f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'  # fmt: skip
    stamps = "".join(f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{WRITTEN}</dcterms:{name}>' for name in ("created", "modified"))  # fmt: skip
    title = content(f"{paper.title} {paper.letter}")
    return f"{DECLARATION}<cp:coreProperties {spaces}><dc:title>{title}</dc:title><dc:language>{paper.lang}</dc:language>{stamps}</cp:coreProperties>"


def _styles(paper: Paper, layout: Layout, size: float) -> str:
    latin, han = (SANS, HEI) if layout.large else (SERIF, SONG)
    fonts = el("w:rFonts", w_ascii=latin, w_hAnsi=latin, w_cs=latin, w_eastAsia=han)
    language = el("w:lang", w_val="en-US", w_eastAsia="zh-CN")
    half = el("w:sz", w_val=round(2 * size))
    spacing = el("w:spacing", w_after=80, w_line=300 if paper.lang == "zh" else 264, w_lineRule="auto")
    defaults = el("w:docDefaults", el("w:rPrDefault", el("w:rPr", fonts, half, language)), el("w:pPrDefault", el("w:pPr", spacing)))  # fmt: skip
    styles = (_style("Normal", "Normal"), _style("Title", "Title"), _style("Heading1", "heading 1", outline=0), _style("Footer", "footer"))  # fmt: skip
    return root("w:styles", defaults, *styles, spaces=("w",))


def _style(name: str, shown: str, outline: int | None = None) -> Xml:
    based = EMPTY if name == "Normal" else el("w:basedOn", w_val="Normal")
    level = EMPTY if outline is None else el("w:pPr", el("w:outlineLvl", w_val=outline))
    known: dict[str, str | int] = {"w_type": "paragraph", "w_styleId": name} | ({"w_default": 1} if name == "Normal" else {})  # fmt: skip
    return el("w:style", el("w:name", w_val=shown), based, el("w:qFormat"), level, **known)


def _footer(paper: Paper, layout: Layout) -> str:
    """Title and code, the page of so many, and what stands at the right of every page."""
    width = SIZES[layout.size][0] - MARGINS["left"] - MARGINS["right"]
    stops = (el("w:tab", w_val=kind, w_pos=twips(place)) for place, kind in ((width / 2, "center"), (width, "right")))
    line = el("w:pBdr", el("w:top", w_val="single", w_sz=4, w_space=4, w_color="777777"))
    small = el("w:rPr", el("w:sz", w_val=16 if not layout.large else 18 if paper.form == "both" else 22))

    def run(text: str) -> Xml:
        return el("w:r", small, Xml(f'<w:t xml:space="preserve">{content(text)}</w:t>')) if text else EMPTY

    pages = (_field(FIELDS[piece], small) if piece in FIELDS else run(piece) for piece in paper.words.page_pieces())
    tab = el("w:r", el("w:tab"))
    right = paper.words.page_points + ("" if paper.kind == "key" else " ______")
    left = f"{paper.version if layout.large else f'{paper.title} · {paper.letter}'} · {paper.code}"
    form = el("w:pPr", el("w:pStyle", w_val="Footer"), line, el("w:tabs", *stops))
    return root("w:ftr", el("w:p", form, run(left), tab, *pages, tab, run(right)), spaces=("w",))


def _field(name: str, look: Xml) -> Xml:
    return el("w:fldSimple", el("w:r", look, el("w:t", content("1"))), w_instr=f" {name} ")
