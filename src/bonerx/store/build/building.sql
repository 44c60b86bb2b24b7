-- What ids are found by, made once all records have come and before they are proven against one another, or when a
-- record is looked for that is not at hand.

CREATE INDEX IF NOT EXISTS sentence_id ON sentence (id, source);
CREATE INDEX IF NOT EXISTS passage_sentence ON passage (sentence, seq);
CREATE INDEX IF NOT EXISTS claim_id ON claim (id);
CREATE INDEX IF NOT EXISTS draft_id ON draft (id);
