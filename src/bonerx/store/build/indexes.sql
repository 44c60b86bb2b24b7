-- What questions look claims up by, made once all of them stand.

CREATE INDEX IF NOT EXISTS claim_regimen ON claim (regimen, outcome);
CREATE INDEX IF NOT EXISTS claim_comparator ON claim (comparator, seq) WHERE comparator IS NOT NULL;
CREATE INDEX IF NOT EXISTS claim_advice ON claim (
    kind, seq, id, regimen, comparator, named, outcome, direction, favours, hedge, population, emphasis, species,
    source, retracted
) WHERE kind IN ('recommendation', 'proposal');
