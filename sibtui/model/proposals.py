"""Clusters of proposed codes that may have the same meaning, and tables of these clusters.

The library rapidfuzz compares the names of codes and the words of their definitions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from rapidfuzz import fuzz, process

from sibtui.model.codebook import comparable, path_key, split_path
from sibtui.model.frozen import dataclass
from sibtui.model.records import CodeProposal
from sibtui.model.table import Table, Value
from sibtui.model.text import one_line

_SHORTEST = 4
"""The least number of letters in a word that is compared. Shorter words, such as “the”, are in nearly every definition."""
_SAME_WORD = 75
"""The least similarity (0-100) of two words that count as the same word, such as help and helped."""


@dataclass(frozen=True, slots=True)
class ProposalCluster:
    """Proposals of codes that may have the same meaning.

    `code` is the path of the code into which they can be merged. `exists` is set if the codebook already has this code.
    """

    code: str
    exists: bool
    proposals: tuple[CodeProposal, ...]


def cluster(
    proposals: Iterable[CodeProposal],
    paths: Sequence[str] = (),
    *,
    similar: bool = True,
    name_at_least: float = 80,
    words_at_least: float = 50,
) -> list[ProposalCluster]:
    """Return clusters of proposals that may mean the same code, ordered by the first proposal of each cluster.

    Proposals with the same path are in one cluster. With `similar`, a cluster may also have several paths. Any two
    of these paths must then meet one of two conditions:

    - Their names are similar: their token sort ratio is at least `name_at_least` (0-100).
    - Their definitions are similar: of all words in the two definitions, at least `words_at_least` percent are in
      both.

    The most similar proposals are joined first. A code and its own sub-code are never in one cluster. `paths` are
    the codes of the codebook.
    """
    groups: dict[tuple[str, ...], list[CodeProposal]] = {}
    for proposal in proposals:
        groups.setdefault(path_key(proposal.path), []).append(proposal)
    keys = list(groups)
    clusters = [[at] for at in range(len(keys))]
    if similar:
        likeness = _likenesses([groups[key] for key in keys], name_at_least, words_at_least)
        clusters = _joined(likeness, len(keys))
    made = [[proposal for at in members for proposal in groups[keys[at]]] for members in clusters]
    return [ProposalCluster(*agreed_path(members, paths), tuple(members)) for members in made]


def _joined(likeness: Mapping[tuple[int, int], float], number: int) -> list[list[int]]:
    """Return the indexes 0 to `number` - 1 in clusters. In a cluster, any two indexes are a pair in `likeness`.

    `likeness` is a map: pair of indexes → how similar they are. The most similar indexes are joined first.
    """
    cluster_of = {at: [at] for at in range(number)}
    for first, second in sorted(likeness, key=lambda pair: (-likeness[pair], pair)):
        one, two = cluster_of[first], cluster_of[second]
        if one is not two and all((min(a, b), max(a, b)) in likeness for a in one for b in two):
            joined = sorted([*one, *two])
            cluster_of.update(dict.fromkeys(joined, joined))
    return sorted({id(members): members for members in cluster_of.values()}.values())


def _likenesses(
    groups: Sequence[Sequence[CodeProposal]], name_at_least: float, words_at_least: float
) -> dict[tuple[int, int], float]:
    """Return a map: two indexes of `groups` → how similar these groups are (0-100), by name or by definition.

    A group has the proposals with one path. Groups that are not similar are left out.
    """
    keys = [path_key(group[0].path) for group in groups]
    alike = [
        *_similar_names([comparable(split_path(group[0].path)[-1]) for group in groups], name_at_least),
        *_common_words([_words(group) for group in groups], words_at_least),
    ]
    found: dict[tuple[int, int], float] = {}
    for first, second, score in alike:
        shorter = min(len(keys[first]), len(keys[second]))
        if keys[first][:shorter] != keys[second][:shorter]:
            found[first, second] = max(score, found.get((first, second), 0))
    return found


def _similar_names(names: Sequence[str], at_least: float) -> Iterator[tuple[int, int, float]]:
    """Yield (index, index, likeness 0-100) for each pair of names whose likeness is at least `at_least`."""
    for first, name in enumerate(names):
        for _, score, offset in process.extract(
            name, names[first + 1 :], scorer=fuzz.token_sort_ratio, score_cutoff=at_least, limit=None
        ):
            if name:
                yield first, first + 1 + offset, score


def _words(group: Iterable[CodeProposal]) -> set[str]:
    """Return the words in the definitions of these proposals, without short words."""
    texts = (comparable(proposal.definition) for proposal in group)
    return {word for text in texts for word in text.split() if len(word) >= _SHORTEST}


def _common_words(definitions: Sequence[set[str]], at_least: float) -> Iterator[tuple[int, int, float]]:
    """Yield (index, index, percentage) for each pair of similar definitions.

    The percentage is computed from the words of both definitions: it is the share of words that are also in the other
    definition. Words with nearly the same spelling count as equal. A pair is similar if its percentage is at least
    `at_least`.
    """
    having: dict[str, set[int]] = {}
    for at, words in enumerate(definitions):
        for word in words:
            having.setdefault(word, set()).add(at)
    near = {word: set[int]().union(*map(having.__getitem__, same)) for word, same in _same_words(having).items()}
    common = [Counter(at for word in words for at in near[word]) for words in definitions]
    for first, counts in enumerate(common):
        for second in sorted(counts):
            if second > first:
                both = len(definitions[first]) + len(definitions[second])
                share = 100 * (counts[second] + common[second][first]) / both
                if share >= at_least:
                    yield first, second, share


def _same_words(vocabulary: Iterable[str]) -> dict[str, list[str]]:
    """Return a map: word → itself and all words that are spelled nearly alike."""
    words = list(vocabulary)
    every = {
        word: process.extract(word, words, scorer=fuzz.ratio, score_cutoff=_SAME_WORD, limit=None) for word in words
    }
    return {word: [same for same, _, _ in found] for word, found in every.items()}


def agreed_path(proposals: Sequence[CodeProposal], paths: Sequence[str]) -> tuple[str, bool]:
    """Return (path of the code into which these proposals are merged by default, whether this code exists).

    `paths` are the paths of all codes in the codebook. The code is the first of these:

    1. an existing code that has the path of a proposal;
    2. an existing code that has the name of a proposal, if no other code has this name;
    3. a new code with the path that most of the proposals have.
    """
    wanted = Counter(path_key(proposal.path) for proposal in proposals)
    most = sorted(wanted, key=lambda key: -wanted[key])
    known = {path_key(path): path for path in paths}
    named: dict[str, list[str]] = {}
    for key, path in known.items():
        named.setdefault(key[-1], []).append(path)
    same = (known[key] for key in most if key in known)
    alike = (named[key[-1]][0] for key in most if len(named.get(key[-1], ())) == 1)
    existing = next(chain(same, alike), None)
    if existing is not None:
        return existing, True
    return next(proposal.path for proposal in proposals if path_key(proposal.path) == most[0]), False


def agreements(
    proposals: Iterable[CodeProposal], proposed: Iterable[str] = ()
) -> dict[str, tuple[tuple[str, ...], str]]:
    """Return a map: path of a code → (coders who proposed it, time of the first decision on it).

    A proposal counts for the code into which it was merged. An open proposal counts too if its path is in `proposed`
    (paths of codes in the codebook). The time is empty for a code with open proposals only.
    """
    waiting = {path_key(path): path for path in proposed}
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    for proposal in proposals:
        if proposal.code:
            coders, decided = found.get(proposal.code, ((), ""))
            first = min(filter(None, (decided, proposal.decided)), default="")
            found[proposal.code] = tuple(dict.fromkeys((*coders, proposal.coder))), first
        elif proposal.state == "open" and (path := waiting.get(path_key(proposal.path))) is not None:
            coders, decided = found.get(path, ((), ""))
            found[path] = tuple(dict.fromkeys((*coders, proposal.coder))), decided
    return found


def clusters_table(clusters: Sequence[ProposalCluster]) -> Table:
    """Return a table with one row per cluster, and one column per coder with the coder's proposals."""
    coders = sorted({proposal.coder for each in clusters for proposal in each.proposals})
    rows = tuple(_row(each, coders) for each in clusters)
    known = [one_line(each.code) for each in clusters if each.exists]
    below = (f"In the codebook already: {'; '.join(known)}.",) if known else ()
    return Table(("code", *coders), rows, "Proposed codes side by side", below, tuple(map(_object, clusters)))


def _row(each: ProposalCluster, coders: Sequence[str]) -> tuple[Value, ...]:
    return (each.code, *(_cells(each, coder) for coder in coders))


def _cells(each: ProposalCluster, coder: str) -> tuple[str, ...]:
    return tuple(_cell(proposal) for proposal in each.proposals if proposal.coder == coder)


def _cell(proposal: CodeProposal) -> str:
    definition = one_line(proposal.definition)
    return f"{proposal.id} {one_line(proposal.path)}" + (f": {definition}" if definition else "")


def _object(each: ProposalCluster) -> dict[str, object]:
    fields = ("path", "definition", "coder", "created")
    proposals = [
        {"number": proposal.id} | {name: getattr(proposal, name) for name in fields} for proposal in each.proposals
    ]
    return {"code": each.code, "exists": each.exists, "proposals": proposals}


def proposals_table(proposals: Iterable[CodeProposal]) -> Table:
    return Table(
        ("proposal", "path", "definition", "coder", "proposed", "state", "code", "reason", "decided"),
        tuple(
            (p.id, p.path, p.definition, p.coder, p.created, p.state, p.code, p.reason, p.decided) for p in proposals
        ),
        "Proposed codes",
    )
