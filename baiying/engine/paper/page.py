"""The page of a letter in the language of typst. It is a constant: what people typed reaches it as data alone.

Measures after GB/T 9704-2012 (as known, not checked against the standard): A4, head 37 mm, binding edge 28 mm, type
area 156 by 225 mm, text 16 pt with 28 characters a line and 22 lines a page, title 22 pt centred, page number 14 pt. A
draft that she files herself is no official letter: 14 pt, so that it and the place to file it share a page.
"""

SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "FangSong", "STFangsong", "Songti SC",
         "SimSun", "NSimSun")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei", "PingFang SC", "SimHei",
        "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")

PAGE = """
#let doc = json(bytes(sys.inputs.doc))
#let serif = doc.serif
#let sans = doc.sans
#set document(title: doc.title, author: (), keywords: (), date: none)
#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm), footer-descent: 12mm,
  header: if doc.mark != "" { align(right, text(font: sans, size: 10.5pt, fill: rgb("#8a2b1d"), doc.mark)) },
  footer: context align(center, text(size: 14pt, "— " + str(counter(page).get().first()) + " —")))
#let size = if doc.mark != "" { 14pt } else { 16pt }
#set text(font: serif, size: size, lang: "zh", region: "cn", cjk-latin-spacing: none)
#let gap = if doc.mark != "" { 10pt } else { 13pt }
#set par(justify: true, leading: gap, spacing: gap, first-line-indent: (amount: 2em, all: true))
#let flush(body) = par(first-line-indent: 0em, body)
#align(center, par(first-line-indent: 0em, leading: 12pt, justify: false,
  text(font: serif, size: 22pt, weight: "bold", doc.title)))
#if doc.number != "" { v(6pt); align(center, flush(text(size: 16pt, doc.number))) }
#v(14pt)
#if doc.addressee != "" { flush(text(doc.addressee + "：")) }
#for part in doc.parts {
  if part.heading != "" { block(sticky: true, par(text(font: sans, weight: "medium", part.heading))) }
  for line in part.lines { par(text(line)) }
}
#v(18pt)
#block(width: 100%, breakable: false, {
  for line in doc.sign { align(right, flush(text(line))) }
  if doc.date != "" { align(right, flush(text(doc.date))) }
})
#if doc.foot.len() > 0 {
  v(16pt)
  block(width: 100%, stroke: (top: 0.5pt), inset: (top: 8pt),
    for line in doc.foot { par(first-line-indent: 0em, leading: 8pt, text(font: sans, size: 10.5pt, line)) })
}
"""
