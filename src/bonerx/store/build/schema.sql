-- The store of one evidence table. `json` columns hold a record whole, as its file gave it; the other columns are
-- what questions look up. `seq` is the order of the files, with gaps, and every listing is in that order.
-- The indexes are made when all records stand: building.sql, then indexes.sql.

CREATE TABLE meta (            -- what the store is: format, title, files (path and sha256), languages, counts
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL        -- JSON
) WITHOUT ROWID;

CREATE TABLE record (          -- agents, outcomes, populations, sources, studies, published, findings
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,        -- the field of the evidence table: `agents`, `outcomes`, …
    id TEXT NOT NULL,
    json TEXT NOT NULL,
    UNIQUE (kind, id)
);

CREATE TABLE name (            -- every name and synonym of agents, outcomes and populations, folded for look-up
    kind TEXT NOT NULL,
    folded TEXT NOT NULL,      -- as model.name.fold has it: lower case, without most blanks and hyphens
    id TEXT NOT NULL,
    PRIMARY KEY (kind, folded, id)
) WITHOUT ROWID;

CREATE TABLE kin (             -- what is narrower than what, directly
    kind TEXT NOT NULL,        -- `agents`, `outcomes`, `populations`
    narrow TEXT NOT NULL,
    broad TEXT NOT NULL,
    how TEXT NOT NULL,         -- `member` of a class, `form` of an agent, `part` of an outcome or population
    PRIMARY KEY (kind, narrow, broad)
) WITHOUT ROWID;
CREATE INDEX kin_broad ON kin (kind, broad, narrow, how);

CREATE TABLE sentence (        -- verbatim sentences
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,          -- source, slash, label
    source TEXT NOT NULL
);

CREATE TABLE passage (         -- a sentence in one language, at code points `start` to `end` of its source's text
    seq INTEGER PRIMARY KEY,   -- of one sentence, the original language comes first
    sentence INTEGER NOT NULL, -- sentence.seq
    lang TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE VIRTUAL TABLE passage_text USING fts5(text, content = 'passage', content_rowid = 'seq', tokenize = 'trigram');

CREATE TABLE claim (           -- statements
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    regimen TEXT NOT NULL,     -- ids sorted and joined by `+`, or in order joined by `-then-`
    comparator TEXT,           -- the same; NULL is not stated
    named TEXT NOT NULL,       -- members that a sentence about a class names, joined by `+`
    outcome TEXT,              -- NULL is not stated
    direction TEXT NOT NULL,
    favours TEXT,              -- `regimen`, `comparator` or NULL
    hedge TEXT NOT NULL,
    population TEXT,           -- NULL is not stated
    emphasis TEXT,
    species TEXT NOT NULL,
    source TEXT NOT NULL,      -- the first source it rests on
    retracted INTEGER NOT NULL,-- 1: every source it rests on is retracted
    json TEXT NOT NULL
);

CREATE TABLE draft (           -- claims that no person has released yet; no question reads them
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    json TEXT NOT NULL
);

CREATE TABLE claim_sentence (  -- which sentences a claim rests on
    sentence INTEGER NOT NULL, -- sentence.seq
    claim INTEGER NOT NULL,    -- claim.seq
    PRIMARY KEY (sentence, claim)
) WITHOUT ROWID;

CREATE TABLE claim_source (    -- which sources a claim rests on that is a curator's summary
    source TEXT NOT NULL,      -- record.id
    claim INTEGER NOT NULL,    -- claim.seq
    PRIMARY KEY (source, claim)
) WITHOUT ROWID;

CREATE TABLE regimen_agent (   -- which agents stand in each regimen of claims
    agent TEXT NOT NULL,
    regimen TEXT NOT NULL,
    PRIMARY KEY (agent, regimen)
) WITHOUT ROWID;

CREATE TABLE domain_agent (    -- on which agents a claim bears with an outcome of a domain but benefit
    domain TEXT NOT NULL,      -- `harm`, `interaction`, `mechanism`
    agent TEXT NOT NULL,
    PRIMARY KEY (domain, agent)
) WITHOUT ROWID;

CREATE TABLE finding_claim (   -- which findings bear on which claims
    claim TEXT NOT NULL,       -- claim.id
    finding TEXT NOT NULL,
    PRIMARY KEY (claim, finding)
) WITHOUT ROWID;

CREATE TABLE study_agent (     -- which studies have an arm with an agent, alone or in a combination
    agent TEXT NOT NULL,
    study TEXT NOT NULL,       -- record.id
    PRIMARY KEY (agent, study)
) WITHOUT ROWID;

CREATE TABLE study_regimen (   -- which studies have an arm of exactly a regimen
    regimen TEXT NOT NULL,
    study TEXT NOT NULL,
    PRIMARY KEY (regimen, study)
) WITHOUT ROWID;

CREATE TABLE study_outcome (   -- which studies report on an outcome
    outcome TEXT NOT NULL,
    study TEXT NOT NULL,
    PRIMARY KEY (outcome, study)
) WITHOUT ROWID;

CREATE TABLE published (       -- which published estimates there are of regimen a against b, as printed
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    outcome TEXT NOT NULL,
    id TEXT NOT NULL,          -- record.id
    PRIMARY KEY (a, b, outcome, id)
) WITHOUT ROWID;

CREATE TABLE analysis (        -- the default analyses, made when the table is compiled
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,        -- `pool`: a against b; `network`: all regimens, a and b empty
    outcome TEXT NOT NULL,
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    json TEXT NOT NULL         -- the document of the analysis, without headline
);
CREATE UNIQUE INDEX analysis_of ON analysis (kind, a, b, outcome);
