-- What ids are found by, made once all records have come and before they are proven against one another.

CREATE INDEX IF NOT EXISTS claim_id ON claim (id);
CREATE INDEX IF NOT EXISTS draft_id ON draft (id);
