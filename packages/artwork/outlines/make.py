"""Writes the letters of a font as paths, and how far apart each two of them stand: see README.md beside this."""
import json
import sys
from io import StringIO
from fontTools.misc.transform import Transform
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

# In thousandths of an em. What is less nobody sees, and there is much of it.
LEAST_KERN = 15


def pairs(font):
    """What the `kern` feature adds between two glyphs, from its pair lookups. The first lookup that knows a pair decides."""
    table = font["GPOS"].table if "GPOS" in font else None
    if not table or not table.FeatureList:
        return {}
    wanted = {i for f in table.FeatureList.FeatureRecord if f.FeatureTag == "kern" for i in f.Feature.LookupListIndex}
    found = {}
    for index in sorted(wanted):
        for subtable in table.LookupList.Lookup[index].SubTable:
            subtable = getattr(subtable, "ExtSubTable", subtable)
            if subtable.LookupType != 2:
                continue
            firsts = subtable.Coverage.glyphs
            if subtable.Format == 1:
                for first, pair_set in zip(firsts, subtable.PairSet):
                    for record in pair_set.PairValueRecord:
                        value = record.Value1.XAdvance if record.Value1 and hasattr(record.Value1, "XAdvance") else 0
                        found.setdefault((first, record.SecondGlyph), value)
            else:
                seconds = font.getGlyphOrder()
                for first in firsts:
                    row = subtable.Class1Record[subtable.ClassDef1.classDefs.get(first, 0)].Class2Record
                    for second in seconds:
                        value = row[subtable.ClassDef2.classDefs.get(second, 0)].Value1
                        found.setdefault((first, second), getattr(value, "XAdvance", 0) if value else 0)
    return found


def outlines(files, axes):
    out = {"unitsPerEm": 1000, "glyphs": {}, "kerns": {}}
    for file in files:
        font = TTFont(file)
        known = {axis.axisTag for axis in font["fvar"].axes} if "fvar" in font else set()
        if known:
            font = instancer.instantiateVariableFont(font, {k: v for k, v in axes.items() if k in known})
        scale = 1000 / font["head"].unitsPerEm
        glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
        out.setdefault("capHeight", round(font["OS/2"].sCapHeight * scale))
        out.setdefault("descent", round(-font["hhea"].descent * scale))
        names = {}
        for code, name in sorted(cmap.items()):
            letter = chr(code)
            if letter in out["glyphs"] or code < 32:
                continue
            pen = SVGPathPen(glyphs, ntos=lambda number: str(round(number)))
            glyphs[name].draw(TransformPen(pen, Transform(scale, 0, 0, -scale, 0, 0)))
            out["glyphs"][letter] = [round(glyphs[name].width * scale), pen.getCommands()]
            names.setdefault(name, []).append(letter)
        # The files beyond the second hold letters of languages that kern little.
        for (first, second), value in pairs(font).items() if file in files[:2] else ():
            value = round(value * scale)
            if abs(value) >= LEAST_KERN and first in names and second in names:
                for a in names[first]:
                    for b in names[second]:
                        out["kerns"][a + b] = value
    return out


target, axes, *files = sys.argv[1:]
with open(target, "w", encoding="utf-8") as file:
    said = dict(part.split("=") for part in axes.split(",") if part)
    json.dump(outlines(files, {k: float(v) for k, v in said.items()}), file, ensure_ascii=False, separators=(",", ":"))
    file.write("\n")
