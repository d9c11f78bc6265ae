"""Cuts the faces that cards are lettered in down to what cards need: see README.md beside this."""
import glob
import io
import sys
import brotli
from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ASCII = list(range(0x20, 0x7F))
LATIN = ASCII + list(range(0xA0, 0x250)) + list(range(0x1E00, 0x1F00))
MARKS = list(range(0x300, 0x370))
SIGNS = list(range(0x2010, 0x2060)) + list(range(0x2070, 0x20C1)) + list(range(0x2100, 0x2150)) + list(range(0x2190, 0x2300)) + list(range(0x25A0, 0x2700))
GREEK = list(range(0x370, 0x400)) + list(range(0x1F00, 0x2000))
CYRILLIC = list(range(0x400, 0x530)) + list(range(0x2DE0, 0x2E00)) + list(range(0xA640, 0xA6A0))
# Without Latin letters: those of a mixed title are set in the face of Latin ones.
PLAIN = [code for code in ASCII if not chr(code).isalpha()] + [0xA0, 0xAB, 0xB7, 0xBB] + list(range(0x2010, 0x2028))
ARABIC = list(range(0x600, 0x700)) + list(range(0x750, 0x780)) + list(range(0x8A0, 0x900))
HEBREW = list(range(0x590, 0x600)) + [0x20AA]
EAST_ASIAN = list(range(0x3000, 0x3020)) + list(range(0xFF01, 0xFFEF))
KANA = list(range(0x3040, 0x3100)) + [0x30FB, 0x31F0]


def rows(encoding, first, last):
    """The characters of so many rows of a standard that lists the frequent ones first."""
    pairs = (bytes((row + 0xA0, cell + 0xA0)) for row in range(first, last + 1) for cell in range(1, 95))
    return [ord(char) for pair in pairs for char in pair.decode(encoding, "ignore")]


NEWSREADER = [f"newsreader-{part}-standard-normal.woff2" for part in ("latin", "latin-ext", "vietnamese")]
GROTESK = [f"schibsted-grotesk-{part}-wght-normal.woff2" for part in ("latin", "latin-ext")]
LITERATA = [f"literata-{part}-standard-normal.woff2" for part in ("latin", "greek", "greek-ext")]

# Name, files, axes, what it letters. Slices of one font know nothing of each other's marks: those have none.
FACES = [
    ("serif-latin", NEWSREADER, {"wght": 440, "opsz": 72}, LATIN + SIGNS),
    ("serif-european", ["SourceSerif4Variable-Roman.ttf.woff2"], {"wght": 520, "opsz": 60}, LATIN + MARKS + SIGNS + GREEK + CYRILLIC),
    ("serif-greek", LITERATA, {"wght": 400, "opsz": 72}, PLAIN + GREEK),
    ("serif-hebrew", ["FrankRuhlLibre_500Medium.ttf"], {}, PLAIN + HEBREW),
    ("sans-latin", GROTESK, {"wght": 450}, LATIN + SIGNS),
    ("sans-european", ["InterTight_400Regular.ttf"], {}, LATIN + MARKS + SIGNS + GREEK + CYRILLIC),
    ("sans-hebrew", ["Heebo_400Regular.ttf"], {}, PLAIN + HEBREW),
    ("arabic", ["NotoNaskhArabic_500Medium.ttf"], {}, PLAIN + ARABIC),
    ("chinese", ["NotoSerifSC_500Medium.ttf"], {}, PLAIN + EAST_ASIAN + rows("gb2312", 16, 55)),
    ("japanese", ["NotoSerifJP_500Medium.ttf"], {}, PLAIN + EAST_ASIAN + KANA + rows("euc_jp", 16, 47)),
]


def opened(path, axes):
    font = TTFont(path)
    if "fvar" in font:
        known = {axis.axisTag for axis in font["fvar"].axes}
        font = instancer.instantiateVariableFont(font, {tag: at for tag, at in axes.items() if tag in known})
    font.flavor = None
    file = io.BytesIO()
    font.save(file)
    file.seek(0)
    return file


def cut(file, codes, name):
    options = subset.Options(hinting=False, notdef_outline=True, glyph_names=False, name_IDs=[0, 13, 14])
    options.layout_features = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "rlig", "init", "medi", "fina", "isol", "calt", "rclt"]
    options.drop_tables += ["STAT", "MVAR", "meta", "DSIG", "vhea", "vmtx", "VORG", "BASE"]
    font = TTFont(file)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    # A font that reserves its name lends it to no changed one.
    for number, text in ((1, f"Card {name}"), (2, "Regular"), (4, f"Card {name}"), (6, f"Card-{name}")):
        font["name"].setName(text, number, 3, 1, 0x409)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


folder, *only = sys.argv[1:]
for name, files, axes, codes in FACES:
    if only and name not in only:
        continue
    found = [glob.glob(f"{folder}/**/{file}", recursive=True)[0] for file in files]
    slices = [opened(path, axes) for path in found]
    if len(slices) > 1:
        merged = Merger().merge(slices)
        whole = io.BytesIO()
        merged.save(whole)
        whole.seek(0)
    else:
        whole = slices[0]
    font = cut(whole, codes, name)
    with open(f"{name}.ttf.br", "wb") as file:
        file.write(brotli.compress(font, quality=11))
    print(name, len(font))
