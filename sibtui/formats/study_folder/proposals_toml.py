"""The file proposals.toml of a study folder: the codes that coders propose, and the decisions on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec.toml_tables import Moment, document, load, table
from sibtui.model.drafts import CodeProposalDraft
from sibtui.model.records import PROPOSAL_STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.formats.codec.toml_tables import Fields


def read_proposals(name: str, data: bytes) -> tuple[CodeProposalDraft, ...]:
    """Return the proposals of codes in a file. Raises InputError, which names the file and the faulty entry."""
    fields = load(name, data)
    proposals = tuple(_proposal(each) for each in fields.tables("proposal"))
    fields.done()
    return proposals


def write_proposals(proposals: Iterable[CodeProposalDraft]) -> bytes:
    """Return the proposals as the bytes of proposals.toml. Empty fields are left out."""
    return document([table("[[proposal]]", _fields(proposal)) for proposal in proposals])


def _fields(proposal: CodeProposalDraft) -> dict[str, str | Moment | None]:
    return {
        "path": proposal.path,
        "definition": proposal.definition,
        "coder": proposal.coder,
        "created": Moment(proposal.created or ""),
        "state": "" if proposal.state == "open" else proposal.state,
        "code": proposal.code,
        "reason": proposal.reason,
        "decided": Moment(proposal.decided),
        "id": proposal.uid,
    }


def _proposal(fields: Fields) -> CodeProposalDraft:
    proposal = CodeProposalDraft(
        path=fields.needed("path"),
        definition=fields.text("definition"),
        coder=fields.optional("coder"),
        created=fields.moment("created"),
        state=fields.one_of("state", PROPOSAL_STATES, "open"),
        code=fields.text("code"),
        reason=fields.text("reason"),
        decided=fields.moment("decided") or "",
        uid=fields.text("id"),
    )
    fields.done()
    return proposal
