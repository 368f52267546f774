"""The head of an HTML page, and two style sheets: one for tables, and one for documents with texts."""

HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
"""
TABLE_STYLE = """\
body { font: 11pt/1.4 Georgia, "Times New Roman", serif; margin: 2em auto; max-width: 60em; padding: 0 1em; }
table { border-collapse: collapse; border-bottom: 1.5px solid; border-top: 1.5px solid; }
caption { font-weight: bold; padding-bottom: .5em; text-align: left; }
thead { border-bottom: 1px solid; }
th, td { padding: .25em .75em; text-align: center; vertical-align: top; }
tbody th { font-weight: normal; }
tbody th, .quotes td { text-align: left; }
.group th { font-style: italic; padding-top: .75em; }
sup { line-height: 0; }
a { color: inherit; text-decoration: none; }
ol, p { font-size: .9em; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } thead { display: table-header-group; } }
"""
DOCUMENT_STYLE = """\
body { max-width: 52em; }
nav ol { font-size: 1em; }
nav a { text-decoration: underline dotted; }
section { overflow-x: auto; }
h1, h2, h3, h4, h5, h6 { break-after: avoid; line-height: 1.2; }
h2 { border-bottom: 1px solid; margin-top: 2em; }
blockquote { border-left: 3px solid #999; break-inside: avoid; margin: .75em 0; padding-left: 1em; }
blockquote p { font-size: 1em; margin: 0; overflow-wrap: anywhere; }
blockquote footer, .facts { color: #444; font-size: .85em; }
dl { margin: .5em 0; }
dt { break-after: avoid; font-style: italic; }
dd { margin: 0 0 .25em 1.5em; }
td > a { padding: .25em .5em; text-decoration: underline dotted; }
td.number { text-align: right; }
.data td, .data th { text-align: left; }
.data td.number { text-align: right; }
:target { background: #fff3bf; }
@page { margin: 1.5cm; @bottom-center { content: counter(page); font: 9pt Georgia, "Times New Roman", serif; } }
@media print {
  #codebook, [id^="matrix-"] { break-before: page; }
  section { overflow: visible; }
  table { break-inside: avoid; }
  :is(h2, h3, h4, h5, h6) + .facts { break-after: avoid; }
  h2 { break-before: auto; }
  nav a, td > a { text-decoration: none; }
  .back { display: none; }
}
"""
