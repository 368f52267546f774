"""The items of two checklists (standards) for reporting qualitative studies: COREQ and SRQR.

Sources: Tong, Sainsbury and Craig 2007; O'Brien and others 2014. The titles of the items are quoted from the standards;
the questions are in our own words.
"""

from __future__ import annotations

from typing import Literal, get_args

from sibtui.model.frozen import dataclass

MethodStandard = Literal["coreq", "srqr", "none"]
"""The name of a reporting standard, or "none" for a report with figures only."""
METHOD_STANDARDS: tuple[MethodStandard, ...] = get_args(MethodStandard)


@dataclass(frozen=True, slots=True)
class MethodItem:
    """An item of a checklist. `key` is the name under which the author's answer is stored."""

    number: str
    key: str
    title: str
    question: str


def _items(rows: str) -> tuple[MethodItem, ...]:
    parts = (line.split(" | ") for line in rows.strip().splitlines())
    return tuple(MethodItem(number.strip(), key, title, question) for number, key, title, question in parts)


COREQ = _items("""
1 | interviewer | Interviewer | Which author did the interviews?
2 | credentials | Credentials | What are the researchers' degrees?
3 | occupation | Occupation | What was their occupation at the time?
4 | gender | Gender | What is the gender of the researchers?
5 | experience | Experience and training | What experience or training did they have?
6 | relationship | Relationship established | Did they know the participants before?
7 | knowledge | Participant knowledge of the interviewer | What did the participants know about the researchers?
8 | characteristics | Interviewer characteristics | Which interests or assumptions of the interviewers are reported?
9 | orientation | Methodological orientation and theory | Which method or theory underlies the study?
10 | sampling | Sampling | How were the participants chosen?
11 | approach | Method of approach | How were the participants approached?
12 | sample-size | Sample size | How many people took part?
13 | non-participation | Non-participation | How many people refused or left, and why?
14 | setting | Setting of data collection | Where were the data collected?
15 | others-present | Presence of non-participants | Who else was present?
16 | sample | Description of sample | What are the important characteristics of the sample?
17 | interview-guide | Interview guide | Were there questions or a guide, and were they tried?
18 | repeat-interviews | Repeat interviews | Were people interviewed more than once?
19 | recording | Audio/visual recording | Were the interviews recorded?
20 | field-notes | Field notes | Were notes taken during or after the interviews?
21 | duration | Duration | How long were the interviews?
22 | saturation | Data saturation | Was saturation discussed?
23 | transcripts-returned | Transcripts returned | Did participants see their transcripts?
24 | data-coders | Number of data coders | How many people coded?
25 | coding-tree | Description of the coding tree | Is the codebook described?
26 | derivation | Derivation of themes | Were the themes set before, or found in the data?
27 | software | Software | Which software was used?
28 | participant-checking | Participant checking | Did participants comment on the findings?
29 | quotations | Quotations presented | Are quotations shown and identified?
30 | consistency | Data and findings consistent | Do the data bear out the findings?
31 | major-themes | Clarity of major themes | Are the major themes clear in the findings?
32 | minor-themes | Clarity of minor themes | Are unlike cases and minor themes described?
""")

SRQR = _items("""
1 | title | Title | Does the title name the nature of the study?
2 | abstract | Abstract | Does the abstract have the parts that the journal asks for?
3 | problem | Problem formulation | Which problem is studied, and what is known about it?
4 | purpose | Purpose or research question | What is the question?
5 | orientation | Qualitative approach and research paradigm | Which approach and paradigm underlie the study?
6 | characteristics | Researcher characteristics and reflexivity | How may the researchers have shaped the study?
7 | setting | Context | Where and in which context was the study done?
8 | sampling | Sampling strategy | How and why were participants, documents or events chosen?
9 | ethics | Ethical issues | Who approved the study, and how was consent given?
10 | data-collection | Data collection methods | Which data were collected, and when?
11 | interview-guide | Data collection instruments and technologies | Which guides and devices were used?
12 | sample-size | Units of study | How many participants, documents or events are in the study?
13 | processing | Data processing | How were the data prepared, kept and anonymised?
14 | analysis | Data analysis | How were themes found, and by whom?
15 | trustworthiness | Techniques to enhance trustworthiness | What was done to make the results trustworthy?
16 | major-themes | Synthesis and interpretation | What are the main findings?
17 | quotations | Links to empirical data | Which evidence bears out the findings?
18 | integration | Integration with prior work | How do the findings relate to earlier work?
19 | limitations | Limitations | How far can the findings be trusted and transferred?
20 | interests | Conflicts of interest | Which interests may have shaped the study?
21 | funding | Funding | Who paid for the study?
""")

ITEMS_OF: dict[MethodStandard, tuple[MethodItem, ...]] = {"coreq": COREQ, "srqr": SRQR, "none": ()}
KEYS: tuple[str, ...] = tuple(dict.fromkeys(item.key for item in (*COREQ, *SRQR)))
"""The keys of all items, each once."""
