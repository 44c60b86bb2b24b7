"""What later evidence says of the statements an answer cites: shown beside them, never part of a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bonerx.model.regimen import regimen_id
from bonerx.questions.citations.names import Words, listed
from bonerx.questions.statements.scope import Scope
from bonerx.store.queries import Store

if TYPE_CHECKING:
    from bonerx.page import Quotes
    from bonerx.questions.citations.claims import Citations


class Later(NamedTuple):
    """The findings that bear on the cited claims, and the records of their sources by id."""

    findings: tuple[dict[str, Any], ...]
    sources: dict[str, dict[str, Any]]

    def documents(self, cited: Citations) -> list[dict[str, Any]]:
        """Return the findings in the fields of the JSON document; `bears_on` names cited claims only."""
        return [
            {
                "id": finding["id"],
                "stance": finding["stance"],
                "source": finding["source"],
                "year": self.sources[finding["source"]].get("year"),
                "integrity": self.sources[finding["source"]].get("integrity", {}).get("status", "none-known"),
                "species": finding.get("species", "human"),
                "bears_on": [claim for claim in finding["bears_on"] if claim in cited.claims],
                "summary": finding["summary"],
                "note": finding.get("note"),
            }
            for finding in self.findings
        ]

    def unseen(self, cited: Citations) -> list[dict[str, Any]]:
        """Return the records of the sources that no cited claim rests on."""
        return [source for id_, source in self.sources.items() if id_ not in cited.sources]

    def contradictions(self, words: Words, cited: Citations) -> list[str]:
        """Return one clause for each cited claim on people that later evidence of a standing source contradicts."""
        against: dict[str, list[str]] = {}
        for finding in self.findings:
            source = self.sources[finding["source"]]
            if finding["stance"] != "contradicts" or source.get("integrity", {}).get("status") == "retracted":
                continue
            for id_ in finding["bears_on"]:
                claim = cited.claims.get(id_)
                if claim and claim.get("species", "human") == finding.get("species", "human") == "human":
                    against.setdefault(id_, []).append(words.cite(source))
        return [
            f"later evidence contradicts {_said(words, cited.claims[id_])} ({listed(cites)})"
            for id_, cites in against.items()
        ]

    def quotes(self, words: Words, cited: Citations) -> Quotes:
        """Return the findings as a person reads them: summaries in a curator's words, marked as such."""
        from bonerx.page import Quote, Quotes

        first = len(cited.numbers) + 1
        quotes = []
        for number, finding in enumerate(self.findings, first):
            source = self.sources[finding["source"]]
            on = listed(
                f"[{ref}]" for ref in cited.refs(claim for claim in finding["bears_on"] if claim in cited.claims)
            )
            facts = (
                f"{finding['stance']} {on} · {finding.get('species', 'human')}",
                *filter(None, [finding.get("note")]),
            )
            warning = words.warning(source)
            cite = words.cite(source)
            quotes.append(Quote(number, finding["summary"], verbatim=False, cite=cite, warning=warning, facts=facts))
        return Quotes("What later evidence says of these sentences", quotes)


def later(store: Store, cited: Citations, scope: Scope) -> Later:
    """Return the findings that bear on the cited claims and were known by the time asked for, as in the table."""
    found = store.findings_on(cited.claims).values()
    findings = tuple(finding for finding in found if scope.knows(finding["source"]))
    sources = store.records("sources", {finding["source"] for finding in findings}) if findings else {}
    return Later(findings, sources)


def _said(words: Words, claim: dict[str, Any]) -> str:
    regimen = words.regimen(regimen_id(claim["regimen"], claim.get("combination")))
    outcome = f" {words.name('outcomes', claim['outcome'])}" if claim.get("outcome") else ""
    return f"that {regimen} {claim['direction'].replace('-', ' ')}{outcome}"
