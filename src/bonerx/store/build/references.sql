-- What claims name, looked up for all of them at once: which sentences they rest on, and which claims name what is not
-- there or does not fit them. What is wrong with each of these is told when it is judged by itself.

CREATE TEMP TABLE resting AS   -- every sentence that a claim names, NULL where there is none
SELECT claim, sentence.seq AS sentence, source FROM cited LEFT JOIN sentence ON sentence.id = cited.sentence;

CREATE INDEX temp.resting_claim ON resting (claim);

INSERT INTO claim_sentence
SELECT DISTINCT sentence, claim FROM resting WHERE sentence IS NOT NULL ORDER BY sentence, claim;

INSERT OR IGNORE INTO doubtful
SELECT claim FROM resting WHERE sentence IS NULL;

INSERT OR IGNORE INTO doubtful
SELECT claim FROM claim_source WHERE source NOT IN (SELECT id FROM record WHERE kind = 'sources');

CREATE TEMP TABLE unknown AS   -- regimens with an agent that is not there
SELECT DISTINCT regimen FROM regimen_agent WHERE agent NOT IN (SELECT id FROM record WHERE kind = 'agents');

INSERT OR IGNORE INTO doubtful -- a cue stands in a sentence of its language
SELECT claim FROM cue WHERE NOT EXISTS (
    SELECT 1 FROM resting JOIN passage USING (sentence)
    WHERE resting.claim = cue.claim AND passage.lang = cue.lang AND instr(passage.text, cue.word)
);

CREATE TEMP TABLE marked AS    -- claims to be marked as resting on retracted sources only: all that these have are
WITH touched AS (
    SELECT claim FROM resting WHERE source IN retracted
    UNION SELECT claim FROM claim_source WHERE source IN retracted
)
SELECT claim FROM touched
WHERE NOT EXISTS (SELECT 1 FROM resting WHERE resting.claim = touched.claim AND source NOT IN retracted)
AND NOT EXISTS (SELECT 1 FROM claim_source WHERE claim_source.claim = touched.claim AND source NOT IN retracted);

INSERT OR IGNORE INTO doubtful
SELECT seq FROM claim
WHERE regimen IN unknown OR comparator IN unknown
OR outcome NOT IN (SELECT id FROM record WHERE kind = 'outcomes')
OR emphasis NOT IN (SELECT population FROM studied)
OR (population, species) NOT IN studied
OR retracted <> (seq IN marked);
