"""The text that a new table begins as: what it is for, what to do next, and an empty list for every kind of record."""

HEADER = """\
# An evidence table, begun by `bonerx init`
# =========================================
# Nothing in it answers a question yet: every claim is a draft. A draft is a guess from words, and only a
# reader can tell what its sentence says. To bring the table to an end:
#
# 1. Read each sentence, in its source, and the drafts that rest on it. Above each draft stands what to
#    decide. Correct it, or delete it; add what the sentence says and no draft does.
# 2. Remove the line `draft: true` of a claim that you stand by. From then on it answers.
# 3. Delete sentences that no claim needs. A draft that you leave marked answers nothing, and is not drafted
#    again; neither is anything from a sentence with a claim that is no draft.
# 4. `bonerx check FILE` lists every fault with its line, and the drafts that are left. When a quotation has
#    moved, `bonerx check --fix-offsets FILE` corrects its place.
# 5. Ask: `bonerx compare A B --evidence FILE`.
#
# New words (agents, outcomes) go into the lists below by hand; then `bonerx init` on the same abstract adds
# the drafts that they make possible. It changes nothing that stands here. `better` says whether higher or
# lower is better for a patient; `start` and `end` count code points of the source's text from 0.

format: bonerx-evidence/1

# What is given.    - {id: drug-a, kind: drug, names: {en: drug A}, synonyms: {en: [another name]}}
agents: []

# What is measured. - {id: pain, names: {en: pain}, better: lower}
outcomes: []

# Who is treated.   - {id: adults, names: {en: adults}}
populations: []

# Where it is said, and what is known against it.
sources: []

# The sentences, as printed.
sentences: []

# What the sentences say.
claims: []
"""
