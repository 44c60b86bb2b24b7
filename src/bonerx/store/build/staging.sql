-- What claims name, as they name it, beside the store and for the time of its making: records come in any order, and
-- only when all have come can what is named be looked up, for all claims at once (references.sql).

CREATE TEMP TABLE cited (      -- sentences that claims rest on
    claim INTEGER NOT NULL,    -- claim.seq
    sentence TEXT NOT NULL     -- sentence.id
);
CREATE TEMP TABLE cue (        -- words that show how a claim is worded, which stand in a sentence that it rests on
    claim INTEGER NOT NULL,
    lang TEXT NOT NULL,
    word TEXT NOT NULL
);
CREATE TEMP TABLE studied (    -- populations and their species
    population TEXT NOT NULL,
    species TEXT NOT NULL
);
CREATE TEMP TABLE retracted (  -- sources that are
    source TEXT NOT NULL
);
CREATE TEMP TABLE doubtful (   -- claims and drafts to be judged one by one
    seq INTEGER PRIMARY KEY
);
