-- What ids are found by, made once all records have come and before they are proven against one another.

CREATE INDEX claim_id ON claim (id);
CREATE INDEX draft_id ON draft (id);
