-- What a reading that is set aside measures, by its gateway's number: a gap of one sensor is not
-- filled by what is kept apart of another. Null where that can't be read.
ALTER TABLE tributary_setaside ADD COLUMN type_id BIGINT;
