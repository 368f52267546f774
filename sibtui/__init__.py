"""Code interview notes in the terminal; get the tables of a paper from them, each X traceable to its quotes.

`Project` opens a study. Its attributes, such as `project.codes`, are the nouns of the command line, and their methods
are its verbs: `project.codes.merge(…)` is `sibtui code merge`.

- The classes of the nouns (`Sources`, `Codes`, …) are for annotations: `def tidy(codes: Codes)`. Do not call them: a `Project` makes their objects.
- Drafts (`SourceDraft`, `CodeDraft`, …) are values to add. Filters (`CodingFilter`, `EvidenceFilter`) choose the codings to list or count.
- Records (`Source`, `Code`, `Coding`, …) are values of a study; results (`Added`, `Imported`, …) describe the changes of an action.
- `MatrixDefinition`, `RowDefinition` and `Rule` define a table; `Matrix`, `MatrixRow` and `Cell` are the computed table.
- `CodeFields`, `FilterWords`, `NewCodeFields` and `NewCodingFields` are keyword arguments: `def add(code: str, **fields: Unpack[NewCodeFields])`.
- Every error is a `SibtuiError`.

>>> from sibtui import Project
>>> with Project.open("tour.sibtui") as project:
...     print(project.matrices.show("table-1").to_csv())
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sibtui.errors import (
        AmbiguousError,
        ConflictError,
        InputError,
        NotFoundError,
        OutOfRangeError,
        QueryError,
        SibtuiError,
        StatementError,
        StudyBusyError,
        StudyFileError,
        StudyReplacedError,
    )
    from sibtui.formats.other_programs.coding_table import CodingTableOptions
    from sibtui.formats.sources.read_options import ReadOptions
    from sibtui.model.agreement.disagreements import Disagreement
    from sibtui.model.attribute_kinds import MixedAttribute
    from sibtui.model.backups import Backup
    from sibtui.model.cell_basis import Gap
    from sibtui.model.claims.claim import Claim
    from sibtui.model.claims.notes import NoteClaim
    from sibtui.model.claims.report import ClaimReport
    from sibtui.model.claims.row_cells import ClaimCell, ClaimRow
    from sibtui.model.claims.verdicts import CheckedClaim
    from sibtui.model.drafts import (
        AttributeDraft,
        CaseDraft,
        CodeDraft,
        CodeProposalDraft,
        CodingDraft,
        CommentDraft,
        MemoDraft,
        MethodAnswer,
        QueryDraft,
        SourceDraft,
        SourceSetDraft,
        StudyDraft,
    )
    from sibtui.model.filters import CodingFilter, EvidenceFilter
    from sibtui.model.import_reports import Convention, ImportReport, Loss, Offsets, ProjectImport, Review
    from sibtui.model.judgement_basis import BasisQuote, JudgementBasis
    from sibtui.model.left_out import LeftOut
    from sibtui.model.lost_rows import LostRows
    from sibtui.model.matrix import Cell, CellEvidence, CellSummary, LinkedQuote, Matrix, MatrixRow, Numbered
    from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition
    from sibtui.model.matrix_summary import JudgedCell, MatrixSummary
    from sibtui.model.pictures.picture import (
        ChartRow,
        CurveChart,
        HeatCell,
        HeatMap,
        Portrait,
        PortraitSource,
        RowChart,
    )
    from sibtui.model.presence import Rule
    from sibtui.model.proposals import ProposalCluster
    from sibtui.model.pseudonyms import Pseudonym, Sighting
    from sibtui.model.quotations.marks import DraftQuotation
    from sibtui.model.quotations.matching import CheckedQuotation
    from sibtui.model.quote_match import QuoteMatch
    from sibtui.model.records import (
        Act,
        Attribute,
        Case,
        Change,
        Code,
        CodeProposal,
        Coder,
        Coding,
        Lineage,
        Memo,
        Package,
        Reading,
        ReadingDue,
        Round,
        SavedQuery,
        Source,
        SourceSet,
        Study,
        TextVersion,
        TopicRecord,
    )
    from sibtui.model.report_values import AppendixOptions, CodeFigures, MatrixEvidence, StudyReport
    from sibtui.model.salvage import Salvaged, SalvageLoss
    from sibtui.model.segments import Segment
    from sibtui.model.similar import Similar
    from sibtui.model.summaries import Summary
    from sibtui.model.table import Rounded, Table
    from sibtui.model.text_search import KeywordInContext, TextMatch
    from sibtui.project import Project
    from sibtui.project.attributes import Attributes
    from sibtui.project.backups import Backups, backup_folder, list_backups, restore, salvage
    from sibtui.project.cases import Cases
    from sibtui.project.check import Finding
    from sibtui.project.claims import Claims
    from sibtui.project.codes import Codes
    from sibtui.project.codings import Codings
    from sibtui.project.damaged_study import ReadableRows, read_damaged
    from sibtui.project.erasing.withdrawal_values import ErasedCopy, RemainingMention, Withdrawal
    from sibtui.project.exports import Exports
    from sibtui.project.history import History
    from sibtui.project.importing.files import FoundFiles, ReadFile, find_files, read_file, with_speakers
    from sibtui.project.matrices import Matrices
    from sibtui.project.memos import Memos
    from sibtui.project.merging.merge_results import StudyComparison, StudyDifference, StudyMerge
    from sibtui.project.papers.claim_file import read_claims
    from sibtui.project.papers.draft_file import PaperDraft
    from sibtui.project.papers.filled_paper import FilledPaper
    from sibtui.project.papers.quote_check import QuotationReport
    from sibtui.project.proposals import Proposals
    from sibtui.project.pseudonyms import Pseudonyms
    from sibtui.project.queries import Queries
    from sibtui.project.quotes import Quotes
    from sibtui.project.readings import Readings
    from sibtui.project.replication.verification import CheckedFile, ReplicationCheck, verify_replication_package
    from sibtui.project.replication.writing import ReplicationPackage
    from sibtui.project.reports import Reports
    from sibtui.project.results import (
        Added,
        Anonymised,
        BySpeaker,
        CarriedCoding,
        ChangedCode,
        ChangedCoding,
        ChangeFact,
        ChangePlace,
        CodingsImported,
        Imported,
        Judged,
        MergedCase,
        MergedCode,
        Proposed,
        Reanchored,
        Reattributed,
        Refused,
        Replaced,
        UndecidedCoding,
        WrittenSummary,
    )
    from sibtui.project.retrieval.query_passages import RelatedPassage
    from sibtui.project.rounds import Rounds
    from sibtui.project.shared.keyword_types import CodeFields, FilterWords, NewCodeFields, NewCodingFields
    from sibtui.project.source_sets import SourceSets
    from sibtui.project.sources import Sources
    from sibtui.project.summaries import Summaries
    from sibtui.project.tables.pictured_table import PicturedTable
    from sibtui.project.tables.shown_matrix import ShownMatrix
    from sibtui.store.connection import OpenAct

__version__ = "1.0.0"
_MODULES = {
    "sibtui.project": ("Project",),
    "sibtui.model.drafts": (
        "AttributeDraft",
        "CaseDraft",
        "CodeDraft",
        "CodeProposalDraft",
        "CodingDraft",
        "CommentDraft",
        "MemoDraft",
        "MethodAnswer",
        "QueryDraft",
        "SourceDraft",
        "SourceSetDraft",
        "StudyDraft",
    ),
    "sibtui.model.attribute_kinds": ("MixedAttribute",),
    "sibtui.model.backups": ("Backup",),
    "sibtui.model.filters": ("CodingFilter", "EvidenceFilter"),
    "sibtui.model.agreement.disagreements": ("Disagreement",),
    "sibtui.model.lost_rows": ("LostRows",),
    "sibtui.model.left_out": ("LeftOut",),
    "sibtui.model.salvage": ("SalvageLoss", "Salvaged"),
    "sibtui.model.segments": ("Segment",),
    "sibtui.model.pictures.picture": (
        "ChartRow",
        "CurveChart",
        "HeatCell",
        "HeatMap",
        "Portrait",
        "PortraitSource",
        "RowChart",
    ),
    "sibtui.project.tables.pictured_table": ("PicturedTable",),
    "sibtui.model.presence": ("Rule",),
    "sibtui.model.matrix": (
        "Cell",
        "CellEvidence",
        "CellSummary",
        "LinkedQuote",
        "Matrix",
        "MatrixRow",
        "Numbered",
    ),
    "sibtui.model.matrix_definition": ("Judgement", "MatrixDefinition", "RowDefinition"),
    "sibtui.model.matrix_summary": ("JudgedCell", "MatrixSummary"),
    "sibtui.model.records": (
        "Act",
        "Attribute",
        "Case",
        "Change",
        "Code",
        "CodeProposal",
        "Coder",
        "Coding",
        "Lineage",
        "Memo",
        "Package",
        "Reading",
        "Round",
        "ReadingDue",
        "SavedQuery",
        "Source",
        "SourceSet",
        "Study",
        "TextVersion",
        "TopicRecord",
    ),
    "sibtui.project.attributes": ("Attributes",),
    "sibtui.project.backups": ("Backups", "backup_folder", "list_backups", "restore", "salvage"),
    "sibtui.project.cases": ("Cases",),
    "sibtui.project.codes": ("Codes",),
    "sibtui.project.codings": ("Codings",),
    "sibtui.project.erasing.withdrawal_values": ("ErasedCopy", "RemainingMention", "Withdrawal"),
    "sibtui.project.exports": ("Exports",),
    "sibtui.project.history": ("History",),
    "sibtui.project.matrices": ("Matrices",),
    "sibtui.project.memos": ("Memos",),
    "sibtui.project.proposals": ("Proposals",),
    "sibtui.project.queries": ("Queries",),
    "sibtui.project.source_sets": ("SourceSets",),
    "sibtui.project.pseudonyms": ("Pseudonyms",),
    "sibtui.project.readings": ("Readings",),
    "sibtui.project.rounds": ("Rounds",),
    "sibtui.project.reports": ("Reports",),
    "sibtui.project.sources": ("Sources",),
    "sibtui.project.summaries": ("Summaries",),
    "sibtui.model.report_values": ("AppendixOptions", "CodeFigures", "MatrixEvidence", "StudyReport"),
    "sibtui.model.similar": ("Similar",),
    "sibtui.model.summaries": ("Summary",),
    "sibtui.model.table": ("Rounded", "Table"),
    "sibtui.model.text_search": ("KeywordInContext", "TextMatch"),
    "sibtui.project.check": ("Finding",),
    "sibtui.project.damaged_study": ("ReadableRows", "read_damaged"),
    "sibtui.project.results": (
        "Added",
        "Anonymised",
        "BySpeaker",
        "CarriedCoding",
        "ChangeFact",
        "ChangePlace",
        "ChangedCode",
        "ChangedCoding",
        "CodingsImported",
        "Imported",
        "Judged",
        "MergedCase",
        "MergedCode",
        "Proposed",
        "Reanchored",
        "Reattributed",
        "Refused",
        "Replaced",
        "UndecidedCoding",
        "WrittenSummary",
    ),
    "sibtui.project.merging.merge_results": ("StudyComparison", "StudyDifference", "StudyMerge"),
    "sibtui.project.tables.shown_matrix": ("ShownMatrix",),
    "sibtui.model.proposals": ("ProposalCluster",),
    "sibtui.model.pseudonyms": ("Pseudonym", "Sighting"),
    "sibtui.model.quote_match": ("QuoteMatch",),
    "sibtui.model.import_reports": ("Convention", "ImportReport", "Loss", "Offsets", "ProjectImport", "Review"),
    "sibtui.model.cell_basis": ("Gap",),
    "sibtui.model.judgement_basis": ("BasisQuote", "JudgementBasis"),
    "sibtui.project.shared.keyword_types": ("CodeFields", "FilterWords", "NewCodeFields", "NewCodingFields"),
    "sibtui.project.replication.verification": ("CheckedFile", "ReplicationCheck", "verify_replication_package"),
    "sibtui.project.replication.writing": ("ReplicationPackage",),
    "sibtui.project.retrieval.query_passages": ("RelatedPassage",),
    "sibtui.store.connection": ("OpenAct",),
    "sibtui.formats.sources.read_options": ("ReadOptions",),
    "sibtui.formats.other_programs.coding_table": ("CodingTableOptions",),
    "sibtui.project.importing.files": ("FoundFiles", "ReadFile", "find_files", "read_file", "with_speakers"),
    "sibtui.model.claims.claim": ("Claim",),
    "sibtui.model.claims.verdicts": ("CheckedClaim",),
    "sibtui.model.claims.report": ("ClaimReport",),
    "sibtui.model.claims.row_cells": ("ClaimCell", "ClaimRow"),
    "sibtui.model.claims.notes": ("NoteClaim",),
    "sibtui.project.claims": ("Claims",),
    "sibtui.project.papers.claim_file": ("read_claims",),
    "sibtui.project.quotes": ("Quotes",),
    "sibtui.project.papers.quote_check": ("QuotationReport",),
    "sibtui.model.quotations.matching": ("CheckedQuotation",),
    "sibtui.model.quotations.marks": ("DraftQuotation",),
    "sibtui.project.papers.draft_file": ("PaperDraft",),
    "sibtui.project.papers.filled_paper": ("FilledPaper",),
    "sibtui.errors": (
        "AmbiguousError",
        "ConflictError",
        "InputError",
        "NotFoundError",
        "OutOfRangeError",
        "QueryError",
        "SibtuiError",
        "StatementError",
        "StudyBusyError",
        "StudyFileError",
        "StudyReplacedError",
    ),
}
"""A map: module → its public names. The module is imported when one of these names is first used."""

__all__ = [
    "Act",
    "Added",
    "AmbiguousError",
    "Anonymised",
    "AppendixOptions",
    "Attribute",
    "AttributeDraft",
    "Attributes",
    "Backup",
    "Backups",
    "BasisQuote",
    "BySpeaker",
    "CarriedCoding",
    "Case",
    "CaseDraft",
    "Cases",
    "Cell",
    "CellEvidence",
    "CellSummary",
    "Change",
    "ChangeFact",
    "ChangePlace",
    "ChangedCode",
    "ChangedCoding",
    "ChartRow",
    "CheckedClaim",
    "CheckedFile",
    "CheckedQuotation",
    "Claim",
    "ClaimCell",
    "ClaimReport",
    "ClaimRow",
    "Claims",
    "Code",
    "CodeDraft",
    "CodeFields",
    "CodeFigures",
    "CodeProposal",
    "CodeProposalDraft",
    "Coder",
    "Codes",
    "Coding",
    "CodingDraft",
    "CodingFilter",
    "CodingTableOptions",
    "Codings",
    "CodingsImported",
    "CommentDraft",
    "ConflictError",
    "Convention",
    "CurveChart",
    "Disagreement",
    "DraftQuotation",
    "ErasedCopy",
    "EvidenceFilter",
    "Exports",
    "FilledPaper",
    "FilterWords",
    "Finding",
    "FoundFiles",
    "Gap",
    "HeatCell",
    "HeatMap",
    "History",
    "ImportReport",
    "Imported",
    "InputError",
    "Judged",
    "JudgedCell",
    "Judgement",
    "JudgementBasis",
    "KeywordInContext",
    "LeftOut",
    "Lineage",
    "LinkedQuote",
    "Loss",
    "LostRows",
    "Matrices",
    "Matrix",
    "MatrixDefinition",
    "MatrixEvidence",
    "MatrixRow",
    "MatrixSummary",
    "Memo",
    "MemoDraft",
    "Memos",
    "MergedCase",
    "MergedCode",
    "MethodAnswer",
    "MixedAttribute",
    "NewCodeFields",
    "NewCodingFields",
    "NotFoundError",
    "NoteClaim",
    "Numbered",
    "Offsets",
    "OpenAct",
    "OutOfRangeError",
    "Package",
    "PaperDraft",
    "PicturedTable",
    "Portrait",
    "PortraitSource",
    "Project",
    "ProjectImport",
    "ProposalCluster",
    "Proposals",
    "Proposed",
    "Pseudonym",
    "Pseudonyms",
    "Queries",
    "QueryDraft",
    "QueryError",
    "QuotationReport",
    "QuoteMatch",
    "Quotes",
    "ReadFile",
    "ReadOptions",
    "ReadableRows",
    "Reading",
    "ReadingDue",
    "Readings",
    "Reanchored",
    "Reattributed",
    "Refused",
    "RelatedPassage",
    "RemainingMention",
    "Replaced",
    "ReplicationCheck",
    "ReplicationPackage",
    "Reports",
    "Review",
    "Round",
    "Rounded",
    "Rounds",
    "RowChart",
    "RowDefinition",
    "Rule",
    "SalvageLoss",
    "Salvaged",
    "SavedQuery",
    "Segment",
    "ShownMatrix",
    "SibtuiError",
    "Sighting",
    "Similar",
    "Source",
    "SourceDraft",
    "SourceSet",
    "SourceSetDraft",
    "SourceSets",
    "Sources",
    "StatementError",
    "Study",
    "StudyBusyError",
    "StudyComparison",
    "StudyDifference",
    "StudyDraft",
    "StudyFileError",
    "StudyMerge",
    "StudyReplacedError",
    "StudyReport",
    "Summaries",
    "Summary",
    "Table",
    "TextMatch",
    "TextVersion",
    "TopicRecord",
    "UndecidedCoding",
    "Withdrawal",
    "WrittenSummary",
    "__version__",
    "backup_folder",
    "find_files",
    "list_backups",
    "read_claims",
    "read_damaged",
    "read_file",
    "restore",
    "salvage",
    "verify_replication_package",
    "with_speakers",
]


if TYPE_CHECKING:
    from pathlib import Path as Path

_IN_ANNOTATIONS = {"pathlib": ("Path",)}
"""A map like `_MODULES`, for names that are not public. Only annotations use them, because importing pathlib takes 3 ms."""


def __getattr__(name: str) -> Any:
    """Import a public name at its first use, and return the value. In this way, `sibtui --version` starts fast.

    `typing.get_type_hints` also calls this function, for annotations of public methods such as `sibtui.Matrix`.
    """
    module = next((module for module, names in (_MODULES | _IN_ANNOTATIONS).items() if name in names), None)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value = getattr(import_module(module), name)
    return value


def __dir__() -> list[str]:
    return __all__
